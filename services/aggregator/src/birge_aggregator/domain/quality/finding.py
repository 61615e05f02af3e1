"""A finding: what was expected, what was found, and how much it matters."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from birge_aggregator.domain.quality.details import Detail
from birge_aggregator.domain.territory import COUNTRY

ERROR, WARNING = "error", "warning"

Figure = int | float | None


@dataclass(frozen=True)
class Finding:
    """Something that does not fit; `difference` is found − expected, null where one is unknown.

    Region is None for the country. `key` tells apart findings that have everything else in
    common, such as those of two sources.
    """

    check: str
    importance: str
    region: str | None
    period: str
    what: str
    expected: Figure
    found: Figure
    difference: Figure
    detail: Detail = field(hash=False)
    key: str = ""

    @cached_property
    def id(self) -> str:
        """The same for as long as the finding is about the same thing, whatever its figures."""
        about = "|".join((self.check, self.region or "", self.period, self.what, self.key))
        return hashlib.sha256(about.encode()).hexdigest()[:16]

    @property
    def rank(self) -> tuple[bool, str, float, str, str, str, str]:
        """Errors first; within a check by the effect on the total."""
        effect = -abs(self.difference) if self.difference is not None else 0.0
        place = (self.region or "", self.period, self.what, self.key)
        return (self.importance != ERROR, self.check, effect, *place)


def region_or_none(region: str) -> str | None:
    """None for the country."""
    return None if region == COUNTRY else region


def readable(name: str) -> str:
    """`source|report_id` as a person would say it."""
    source, report_id = name.split("|", 1)
    return f"{report_id} ({source})"
