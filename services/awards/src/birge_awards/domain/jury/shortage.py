"""Why a panel cannot be assigned: which nominees compete for too few jurors.

The nominees named are the source side of a minimum cut, the smallest set that proves the shortage
(Hall's condition broken). It is the same whatever maximum flow it is read from.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from birge_awards.domain.jury.network import Booleans, Flow, Network


@dataclass(frozen=True)
class Lacking:
    """A nominee of the deficient set and its view of the jury, in numbers of jurors.

    `missing` is what it would lack in the best plan there is; 0 where others would lack instead.
    `eligible` jurors could read it if they had room, `guests` are those of another region; kept
    ones are in neither, nor in `barred` or `unread` (jurors without a language it needs).
    """

    nominee: str
    needed: int
    missing: int
    eligible: int
    guests: int
    barred: int
    unread: int


@dataclass(frozen=True)
class Shortage:
    """Nominees who together need more reviews than anybody can give them.

    `jurors` could read some of them and are full; where there are none, the nominees lack jurors,
    not capacity.
    """

    nominees: tuple[Lacking, ...]
    jurors: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many reviews there are too few."""
        return sum(one.missing for one in self.nominees)


class TooFewJurors(Exception):
    """No plan gives every nominee its reviews: appoint jurors, raise capacities, or lower N.

    Nothing was assigned. `shortages` are independent of each other: mend each of them.
    """

    def __init__(self, shortages: tuple[Shortage, ...]) -> None:
        missing = sum(one.missing for one in shortages)
        names = [each.nominee for one in shortages for each in one.nominees if each.missing]
        super().__init__(f"{missing} reviews are missing: {', '.join(names)}")
        self.shortages = shortages


def shortages_in(network: Network, flow: Flow) -> tuple[Shortage, ...]:
    """The deficient set of a flow that is not complete, in parts that share no juror."""
    missing = network.needed - flow.chosen.sum(axis=1)
    rows, columns = _reachable(network, flow.chosen)
    return tuple(
        Shortage(
            tuple(_lacking(network, row, int(missing[row])) for row in part_rows),
            tuple(network.jurors[column].id for column in part_columns),
        )
        for part_rows, part_columns in _parts(network.allowed, rows, columns)
    )


def _lacking(network: Network, row: int, missing: int) -> Lacking:
    eligible, kept, barred = network.allowed[row], network.kept[row], network.barred[row]
    return Lacking(
        nominee=network.nominees[row].id,
        needed=int(network.needed[row]),
        missing=missing,
        eligible=int(eligible.sum()),
        guests=int((eligible & ~network.home[row]).sum()),
        barred=int(barred.sum()),
        unread=int((network.unread[row] & ~barred & ~kept).sum()),
    )


def _reachable(network: Network, chosen: Booleans) -> tuple[set[int], set[int]]:
    """What the residual network reaches from nominees that lack reviews: nominees and jurors.

    A step leads from a nominee to a juror who could take a review more, and from a juror to a
    nominee whose review could be given to somebody else instead.
    """
    allowed, home = network.allowed, network.home
    chosen_home = (chosen & home).sum(axis=1)
    lacking = np.nonzero(network.needed > chosen.sum(axis=1))[0]
    rows: set[int] = {int(row) for row in lacking}
    home_nodes: set[int] = set()
    columns: set[int] = set()
    steps: list[tuple[str, int]] = [("nominee", row) for row in rows]
    while steps:
        kind, at = steps.pop()
        found: list[tuple[str, int]] = []
        if kind == "juror":
            found += [
                ("home" if home[row, at] else "nominee", int(row)) for row in _ones(chosen[:, at])
            ]
        else:
            if kind == "nominee" and chosen_home[at] < network.home_most[at]:
                found.append(("home", at))
            if kind == "home" and chosen_home[at] > 0:
                found.append(("nominee", at))
            through = home[at] if kind == "home" else ~home[at]
            found += [("juror", column) for column in _ones(allowed[at] & through & ~chosen[at])]
        seen = {"nominee": rows, "home": home_nodes, "juror": columns}
        for kind_found, number in found:
            if number not in seen[kind_found]:
                seen[kind_found].add(number)
                steps.append((kind_found, number))
    return rows, columns


def _ones(row: Booleans) -> list[int]:
    return [int(number) for number in np.nonzero(row)[0]]


def _parts(
    allowed: Booleans, rows: set[int], columns: set[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """The connected parts of the graph of these nominees and jurors, in order of nominees."""
    left = set(rows)
    while left:
        part_rows, part_columns, steps = set[int](), set[int](), [min(left)]
        while steps:
            row = steps.pop()
            part_rows.add(row)
            new = {column for column in columns if allowed[row, column]} - part_columns
            part_columns |= new
            steps += [one for one in left - part_rows if any(allowed[one, new_] for new_ in new)]
        left -= part_rows
        yield sorted(part_rows), sorted(part_columns)
