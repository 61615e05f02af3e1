"""A finding of the table `quality`, and whether somebody has explained it: rules 29 and 31."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from birge_stack.oracle.censuses import Registration
from birge_stack.oracle.exact import rounded
from birge_stack.oracle.territory import COUNTRY

Row = dict[str, Any]
Figure = int | Decimal | Fraction
Explained = Mapping[str, Sequence[tuple[str, Mapping[str, Any]]]]
ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What should be and what is; the key tells findings apart that agree in all else."""

    check: str
    region: str | None
    period: str
    what: str
    expected: Figure | None
    found: Figure | None
    key: str = ""
    importance: str = WARNING

    def __post_init__(self) -> None:
        """What is about the country has no region."""
        if self.region == COUNTRY:
            object.__setattr__(self, "region", None)

    @property
    def name(self) -> str:
        """Sixteen digits that follow from what was found, and not from its figures."""
        parts = (self.check, self.region or "", self.period, self.what, self.key)
        return sha256("|".join(parts).encode()).hexdigest()[:16]

    @property
    def order(self) -> tuple[bool, str, float, str, str, str, str]:
        """Errors before warnings, of one check the larger difference; no region before any."""
        size = abs(self.difference or 0)
        place = (self.region or "", self.period, self.what, self.key)
        return (self.importance != ERROR, self.check, -size, *place)

    @property
    def difference(self) -> int | float | None:
        """Found less expected, as it is shown."""
        if self.expected is None or self.found is None:
            return None
        return rounded(Fraction(self.found) - Fraction(self.expected), 2)


def explanations_by_finding(
    stated: Sequence[tuple[str, Mapping[str, Any]]], keys: Sequence[Registration]
) -> Explained:
    """Live explanations by the finding they name, the lowest source first.

    Only of those who answer for the region: every source of its office's key, and of keys for all.
    """
    named: defaultdict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    for source, data in sorted(stated, key=lambda item: item[0]):
        if source in _answering(keys, str(data.get("region"))):
            named[str(data.get("finding"))].append((source, data))
    return named


def _answering(keys: Sequence[Registration], region: str) -> set[str]:
    naming = [
        ((len(key.regions), key.registered_at), key)
        for key in keys
        if key.regions is not None and region in key.regions
    ]
    first = min((order for order, _ in naming), default=None)
    chosen = [key for order, key in naming if order == first]
    chosen += [key for key in keys if key.regions is None]
    return {source for key in chosen for source in key.sources}


def explanation_of(finding: Finding, explained: Explained) -> tuple[str | None, Mapping[str, Any]]:
    """Source and data of the first explanation that holds; without one, None and nothing."""
    for source, data in explained.get(finding.name, ()):
        if data.get("region") == (finding.region or COUNTRY) and _reaches(
            data.get("difference"), finding.difference
        ):
            return source, data
    return None, {}


def row_of(finding: Finding, explained: Explained) -> Row:
    """The finding with the first explanation that holds for it."""
    source, data = explanation_of(finding, explained)
    return {
        "finding": finding.name,
        "check": finding.check,
        "importance": finding.importance,
        "region": finding.region,
        "period": finding.period,
        "what": finding.what,
        "expected": _shown(finding.expected),
        "found": _shown(finding.found),
        "difference": finding.difference,
        "state": "explained" if source else "open",
        "reason": data.get("reason"),
        "explained_by": source,
    }


def _reaches(explained: int | Decimal | None, difference: int | float | None) -> bool:
    """Whether a finding is no larger than what was explained of it."""
    if explained is None or difference is None:
        return True
    return abs(Decimal(explained)) >= abs(Decimal(str(difference)))


def _shown(figure: Figure | None) -> int | float | None:
    return None if figure is None else rounded(figure, 2)
