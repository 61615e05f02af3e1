"""Somebody who reads all public answers and computes what they can, by their own arithmetic."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from birge_aggregator.domain.publication.frozen import AnswerKey, Answers

Quantity = tuple[str, ...]
Sum = dict[Quantity, int | Fraction]

FORMED_IN = {"KZ-63": "KZ-10"}
LAYERS = ("front_office", "grant", "independent")
YEAR_ALONE = "only 2022"
CHILDREN = ("child", "under_18", "school_pupil")


def is_small(quantity: Quantity, persons: Any) -> bool:
    """Fewer than five persons, or than ten minors; nobody is not few."""
    return persons is not None and 0 < persons < (10 if quantity[-1] in CHILDREN else 5)


@dataclass
class Attacker:
    """Learns numbers from answers and what adds up to what; then eliminates, with fractions.

    A quantity is (measure, map, window, region, thing, …). The years, halves, regions, directions
    and layers that could have figures are all those that any answer has a row for.
    """

    known: dict[Quantity, Fraction] = field(default_factory=dict)
    hidden: set[Quantity] = field(default_factory=set)
    sums: list[Sum] = field(default_factory=list)

    def read(self, answers: Answers, edition: str = "") -> None:
        """All numbers of an edition, and the sums between them."""
        told: dict[Quantity, Any] = {}
        for key, frame in answers.items():
            for quantity, value in quantities(key, frame):
                if told.get(quantity) is None:
                    told[quantity] = value
        for quantity, value in told.items():
            name = (*quantity, edition)
            if value is None:
                self.hidden.add(name)
            else:
                self.known[name] = Fraction(str(value))
        shares = (one for key, frame in answers.items() for one in shares_of(key, frame))
        self.sums += [
            {(*quantity, edition): sign for quantity, sign in one.items()}
            for one in (*sums_between(set(told)), *shares)
        ]

    def same(self, one: str, other: str, unchanged: set[Quantity]) -> None:
        """What both editions say of these quantities is one number."""
        for quantity in unchanged:
            pair = (*quantity, one), (*quantity, other)
            if all(name in self.known or name in self.hidden for name in pair):
                self.sums.append({pair[0]: 1, pair[1]: -1})

    def learned(self) -> dict[Quantity, Fraction]:
        """Every number that follows from those that were read, and stands in no answer."""
        waiting = [pair for one in self.sums if (pair := self._without_known(one))[0]]
        found: dict[Quantity, Fraction] = {}
        while single := [pair for pair in waiting if len(pair[0]) == 1]:
            for row, value in single:
                ((name, factor),) = row.items()
                found.setdefault(name, value / factor)
            waiting = [pair for one in waiting if (pair := _with(found, *one))[0]]
        for row, value in _eliminated(waiting):
            if len(row) == 1:
                ((name, factor),) = row.items()
                found[name] = value / factor
        return {name: value for name, value in found.items() if name not in self.known}

    def _without_known(self, one: Sum) -> tuple[dict[Quantity, Fraction], Fraction]:
        row = {name: Fraction(sign) for name, sign in one.items() if name not in self.known}
        value = sum(
            (-sign * self.known[name] for name, sign in one.items() if name in self.known),
            Fraction(0),
        )
        return row, value


Row = dict[Quantity, Fraction]


def _with(found: Mapping[Quantity, Fraction], row: Row, value: Fraction) -> tuple[Row, Fraction]:
    for name in [name for name in row if name in found]:
        value -= row[name] * found[name]
    return {name: number for name, number in row.items() if name not in found}, value


def _eliminated(equations: list[tuple[Row, Fraction]]) -> list[tuple[Row, Fraction]]:
    """Gauss and Jordan: each equation is left with a quantity that no other one has."""
    rows: dict[Quantity, tuple[Row, Fraction]] = {}
    for row, value in equations:
        for name in [name for name in row if name in rows]:
            row, value = _minus(row, value, rows[name], row[name])
        if not row:
            continue
        pivot = min(row)
        row, value = _scaled(row, value, 1 / row[pivot])
        for other, (its_row, its_value) in rows.items():
            if pivot in its_row:
                rows[other] = _minus(its_row, its_value, (row, value), its_row[pivot])
        rows[pivot] = row, value
    return list(rows.values())


def _scaled(row: Row, value: Fraction, factor: Fraction) -> tuple[Row, Fraction]:
    return {name: number * factor for name, number in row.items()}, value * factor


def _minus(
    row: Row, value: Fraction, other: tuple[Row, Fraction], factor: Fraction
) -> tuple[Row, Fraction]:
    left = dict(row)
    for name, number in other[0].items():
        left[name] = left.get(name, Fraction(0)) - factor * number
    return {name: number for name, number in left.items() if number}, value - factor * other[1]


def quantities(key: AnswerKey, frame: Mapping[str, Any]) -> Iterator[tuple[Quantity, Any]]:
    """Each number of people or hours in an answer, by what it counts."""
    place = "17" if key.map_17 else "20", key.window
    for row in frame["rows"]:
        region = row.get("region") or key.region
        of = (*place, region)
        match key.table:
            case "hours" | "directions":
                thing = (row["layer"], row["direction"] or "none")
                for measure in ("hours", "events", "volunteers"):
                    yield (measure, *of, *thing), row[measure]
            case "formats":
                yield ("hours", *of, "format", row["format"] or "none"), row["hours"]
            case "development":
                for measure in ("hours", "volunteers"):
                    yield (measure, *of, "development", row["layer"]), row[measure]
            case "participants":
                yield ("volunteers", *of, "takes part", row["category"]), row["volunteers"]
            case "steady_work":
                for name in ("continuous", "one_off", "not_stated"):
                    yield ("hours", *of, "regularity", name), row[name]
            case "grants":
                thing = ("project", row["direction"] or "none", row["project"])
                yield ("hours", *of, *thing), row["hours"]
                yield ("volunteers", *of, *thing), row["volunteers"]
            case "volunteers":
                yield from _of_census(place, row)
    if key.table == "hours":
        of = (*place, key.region)
        for layer in LAYERS:
            yield ("hours", *of, layer, "all"), frame["totals"][layer]
        # Where it is hidden, none was counted twice in these streams.
        if not frame["totals"]["already_counted"]:
            yield ("hours", *of, "all", "all"), frame["totals"]["grand_total"]
        for row in frame["not_attributable"]:
            if row["region"] != "KZ":
                thing = (row["layer"], row["direction"] or "none")
                page = (place[0], f"only {row['period']}", row["region"])
                yield ("hours", *page, *thing), row["hours"]


def shares_of(key: AnswerKey, frame: Mapping[str, Any]) -> Iterator[Sum]:
    """A share is one more equation between a part and its whole, as near as it is rounded."""
    place = "17" if key.map_17 else "20", key.window
    for row in frame["rows"]:
        of = ("hours", *place, row.get("region") or key.region)
        country = ("hours", *place, "KZ")
        match key.table:
            case "hours":
                thing = (row["layer"], row["direction"] or "none")
                yield from _share(row["share_of_region_pct"], (*of, *thing), (*of, thing[0], "all"))
                yield from _share(row["share_of_direction_pct"], (*of, *thing), (*country, *thing))
            case "directions":
                thing = (row["layer"], row["direction"] or "none")
                yield from _share(row["share_pct"], (*of, *thing), (*of, thing[0], "all"))
                if top := row["top_region"]:
                    leading = ("hours", *place, top["region"])
                    yield from _share(top["share_pct"], (*leading, *thing), (*country, *thing))
            case "formats":
                part = (*of, "format", row["format"] or "none")
                yield from _share(row["share_pct"], part, (*of, "all", "all"))
            case "volunteers":
                persons = ("persons", *place, row["region"])
                total = (*persons, "census", "total")
                for name in ("men", "women"):
                    yield from _share(row[f"{name}_pct"], (*persons, "gender", name), total)
                for group in ("age", "occupation"):
                    for name, share in row[f"{group}_pct"].items():
                        yield from _share(share, (*persons, group, name), total)


def _share(percent: Any, part: Quantity, whole: Quantity) -> Iterator[Sum]:
    if percent is not None:
        yield {part: Fraction(1), whole: -Fraction(str(percent)) / 100}


def _of_census(place: tuple[str, str], row: Mapping[str, Any]) -> Iterator[tuple[Quantity, Any]]:
    region = row["region"]
    of = ("persons", place[0], place[1], region)
    yield (*of, "census", "total"), row["total"]
    for name in ("men", "women"):
        yield (*of, "gender", name), row[name]
    for group in ("age", "occupation"):
        for name, value in row[group].items():
            yield (*of, group, name), value


def sums_between(quantities: set[Quantity]) -> Iterator[Sum]:
    """What adds up to what; a part of which no answer has a row is nothing."""
    groups: dict[tuple[Quantity, str], list[Quantity]] = {}
    pages = {other for other in quantities if other[2] == YEAR_ALONE}
    for one in sorted(quantities):
        for whole, by in _wholes(one):
            if whole in quantities:
                groups.setdefault((whole, by), []).append(one)
        if one[2] == "2022" and one[0] != "persons":
            parts = [part for part in _in(one, "2022-H1", "2022-H2") if part in quantities]
            groups[one, "window"] = parts + _stated_for_the_year(one, pages)
        elif one[2] == "2022":
            last = [part for part in _in(one, "2022-H2", "2022-H1") if part in quantities]
            groups[one, "census"] = last[:1]
    for (whole, _), parts in groups.items():
        yield {whole: 1, **dict.fromkeys(parts, -1)}


def _in(one: Quantity, *windows: str) -> list[Quantity]:
    return [(*one[:2], window, *one[3:]) for window in windows]


def _stated_for_the_year(one: Quantity, pages: set[Quantity]) -> list[Quantity]:
    """What lies in no half is unknown, unless no answer speaks of anything such."""
    (alone,) = _in(one, YEAR_ALONE)
    if one[3] != "KZ":
        pages = {other for other in pages if other[3] in (one[3], FORMED_IN.get(one[3]))}
    if one[4] in LAYERS and one[5] != "all":
        pages = {other for other in pages if other[4:] == one[4:]}
    return [alone] if pages else []


def _wholes(one: Quantity) -> Iterator[tuple[Quantity, str]]:
    measure, drawn, window, region, thing, *name = one
    if region != "KZ":
        yield (measure, drawn, window, "KZ", thing, *name), "region"
    if drawn == "20":
        older = {newer: whole for whole, newer in FORMED_IN.items()}.get(region, region)
        yield (measure, "17", window, older, thing, *name), "map"
    of = (measure, drawn, window, region)
    if thing in ("gender", "age", "occupation"):
        yield (*of, "census", "total"), thing
    elif thing in ("format", "regularity"):
        yield (*of, "all", "all"), thing
    elif thing == "project":
        yield (*of, "grant", name[0]), thing
    elif thing in LAYERS:
        if name == ["all"]:
            yield (*of, "all", "all"), "layer"
        else:
            yield (*of, thing, "all"), "direction"
