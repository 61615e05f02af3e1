"""Compares two answers figure by figure, and names the address of each that differs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Whatever of these a row has tells it from the others of its table.
ROW_KEYS = (
    *("finding", "period", "region", "direction", "layer", "format", "category"),
    *("first_layer", "second_layer", "method", "support", "milestone", "project", "by", "value"),
)
NOT_THERE = "(not there)"


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that two counts disagree about."""

    address: str
    recounted: object
    answered: object


@dataclass(slots=True)
class Comparison:
    """How many figures were compared, and which differ."""

    figures: int = 0
    differences: list[Difference] = field(default_factory=list)

    def table(
        self, address: str, recounted: Mapping[str, Any], answered: Mapping[str, Any]
    ) -> None:
        """Compare rows with their order, totals, what is missing and what cannot be attributed.

        Fields that only the answer has are growth of the contract and no difference.
        """
        for name in ("rows", "not_attributable"):
            if name in recounted:
                self._rows(f"{address} {name}", recounted[name], answered.get(name) or [])
        if "totals" in recounted:
            self._value(f"{address} totals", recounted["totals"], answered.get("totals"))
        self._set(f"{address} missing", recounted["missing"], answered.get("missing") or [])

    def _rows(
        self,
        address: str,
        recounted: Sequence[Mapping[str, Any]],
        answered: Sequence[Mapping[str, Any]],
    ) -> None:
        order, their_order = (_row_names(rows) for rows in (recounted, answered))
        ours, theirs = (
            dict(zip(order, recounted, strict=True)),
            dict(zip(their_order, answered, strict=True)),
        )
        if order != their_order and ours.keys() == theirs.keys():
            self._differ(f"{address} order", order, their_order)
        for name in [*ours, *(name for name in theirs if name not in ours)]:
            self._value(
                f"{address}[{name}]", ours.get(name, NOT_THERE), theirs.get(name, NOT_THERE)
            )

    def _set(
        self,
        address: str,
        recounted: Sequence[Mapping[str, Any]],
        answered: Sequence[Mapping[str, Any]],
    ) -> None:
        ours, theirs = ({tuple(sorted(item.items())) for item in s} for s in (recounted, answered))
        self.figures += len(ours)
        for item in sorted(ours - theirs):
            self._differ(address, dict(item), NOT_THERE)
        for item in sorted(theirs - ours):
            self._differ(address, NOT_THERE, dict(item))

    def _value(self, address: str, recounted: object, answered: object) -> None:
        if isinstance(recounted, Mapping) and isinstance(answered, Mapping):
            for name, value in recounted.items():
                self._value(f"{address}.{name}", value, answered.get(name, NOT_THERE))
            return
        self.figures += 1
        is_same_kind = isinstance(recounted, bool) == isinstance(answered, bool)
        if recounted != answered or not is_same_kind:
            self._differ(address, recounted, answered)

    def _differ(self, address: str, recounted: object, answered: object) -> None:
        self.differences.append(Difference(address, recounted, answered))


def _row_names(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The name of each row; of several of one name the second and later are numbered.

    So every row is compared, whatever tells it from the others.
    """
    seen: dict[str, int] = {}
    names = []
    for row in rows:
        name = row_name(row)
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def row_name(row: Mapping[str, Any]) -> str:
    """What tells a row from the others of its table."""
    return ",".join(_parts(row))


def _parts(row: Mapping[str, Any]) -> Iterator[str]:
    for key in ROW_KEYS:
        if key in row:
            yield "null" if row[key] is None else str(row[key])
