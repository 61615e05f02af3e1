"""What one activity report adds to the figures, and what its correction takes away."""

from collections.abc import Iterable
from typing import NamedTuple

Counters = dict[str, int]

FRONT_OFFICE, GRANT, INDEPENDENT = "front_office", "grant", "independent"
LAYERS = (FRONT_OFFICE, GRANT, INDEPENDENT)


class PageKey(NamedTuple):
    """Where a contribution is added: figures are kept by stated region, period and layer."""

    region: str
    period: str
    layer: str


class Excluded(NamedTuple):
    """What a report declares not to be volunteering: kept and shown, never counted."""

    reason: str
    hundredths: int
    volunteers: int


class Contribution(NamedTuple):
    """The counted part of one activity report; hours are integers of hundredths.

    None means that the report did not say.
    """

    region: str
    period: str
    layer: str
    direction: str | None
    hundredths: int
    events: int | None = None
    volunteers: int | None = None
    format: str | None = None
    regularity: str | None = None
    development: bool = False
    already_counted: int = 0
    participants: tuple[tuple[str, int], ...] = ()
    support: tuple[str, ...] = ()
    excluded: tuple[Excluded, ...] = ()

    @property
    def page(self) -> PageKey:
        """The page it belongs to."""
        return PageKey(self.region, self.period, self.layer)


def add(counters: Counters, contribution: Contribution, sign: int) -> None:
    """Add the contribution to its page's counters, or with `sign` −1 take it away again.

    Beside each sum of figures that may be missing stands the number of reports that gave one
    (`…/given`), so that a sum nobody contributed to is told from a sum of zero.
    """
    events, volunteers = contribution.events, contribution.volunteers
    groups = [f"direction/{contribution.direction or ''}", f"format/{contribution.format or ''}"]
    if contribution.development:
        groups.append("development/")
    if contribution.regularity is not None:
        groups.append(f"regularity/{contribution.regularity}")
    get = counters.get
    for group in groups:
        counters[group + "/n"] = get(group + "/n", 0) + sign
        counters[group + "/hours"] = get(group + "/hours", 0) + sign * contribution.hundredths
        if events is not None:
            counters[group + "/events"] = get(group + "/events", 0) + sign * events
            counters[group + "/events/given"] = get(group + "/events/given", 0) + sign
        if volunteers is not None:
            counters[group + "/people"] = get(group + "/people", 0) + sign * volunteers
            counters[group + "/people/given"] = get(group + "/people/given", 0) + sign
    if contribution.already_counted:
        _add_one(counters, groups[0] + "/already", sign * contribution.already_counted)
    for category, number in contribution.participants:
        _add_one(counters, f"participants/{category}/people", sign * number)
        _add_one(counters, f"participants/{category}/given", sign)
    for kind in contribution.support:
        _add_one(counters, f"support/{kind}/n", sign)
    for reason, hundredths, people in contribution.excluded:
        _add_one(counters, f"excluded/{reason}/n", sign)
        _add_one(counters, f"excluded/{reason}/hours", sign * hundredths)
        _add_one(counters, f"excluded/{reason}/people", sign * people)


def _add_one(counters: Counters, name: str, value: int) -> None:
    counters[name] = counters.get(name, 0) + value


def summed(pages: Iterable[Counters]) -> Counters:
    """The sum of several pages."""
    total: Counters = {}
    get = total.get
    for page in pages:
        for name, value in page.items():
            total[name] = get(name, 0) + value
    return total
