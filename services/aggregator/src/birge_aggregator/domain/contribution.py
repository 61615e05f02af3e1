"""What one activity report adds to the figures, and what its correction takes away."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

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

    None means that the report did not say. `organisation`, `sent` (seconds since 1970) and
    `volunteer_hours` (reference, hundredths), `held_outside` (its day lies outside its period),
    `held_on` and `district` are added to no counter: they are read from the ledger, where reports
    are held against others.
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
    project: str | None = None
    organisation: str = ""
    sent: int = 0
    volunteer_hours: tuple[tuple[str, int], ...] = ()
    held_outside: bool = False
    held_on: str | None = None
    district: str | None = None

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
    hundredths = sign * contribution.hundredths
    get = counters.get
    for n, hours, held, held_given, people, people_given in _groups_of(contribution):
        counters[n] = get(n, 0) + sign
        counters[hours] = get(hours, 0) + hundredths
        if events is not None:
            counters[held] = get(held, 0) + sign * events
            counters[held_given] = get(held_given, 0) + sign
        if volunteers is not None:
            counters[people] = get(people, 0) + sign * volunteers
            counters[people_given] = get(people_given, 0) + sign
    if contribution.already_counted:
        already, direction = sign * contribution.already_counted, contribution.direction or ""
        _add_one(counters, f"direction/{direction}/already", already)
        if contribution.development:
            _add_one(counters, f"development/{direction}/already", already)
    for category, number in contribution.participants:
        persons, given = _participants(category)
        counters[persons] = get(persons, 0) + sign * number
        counters[given] = get(given, 0) + sign
    for kind in contribution.support:
        _add_one(counters, f"support/{kind}/n", sign)
    for reason, excluded, persons_excluded in contribution.excluded:
        _add_one(counters, f"excluded/{reason}/n", sign)
        _add_one(counters, f"excluded/{reason}/hours", sign * excluded)
        _add_one(counters, f"excluded/{reason}/people", sign * persons_excluded)


def _groups_of(contribution: Contribution) -> list[tuple[str, ...]]:
    groups = [
        _names(f"direction/{contribution.direction or ''}"),
        _names(f"format/{contribution.format or ''}"),
    ]
    if contribution.development:
        groups.append(_names(f"development/{contribution.direction or ''}"))
    if contribution.regularity is not None:
        groups.append(_names(f"regularity/{contribution.regularity}"))
    if contribution.project is not None:
        name = project_name(contribution.project, contribution.direction)
        groups.append(_names(f"project/{name}"))
    return groups


@lru_cache(maxsize=10_000)
def project_name(project: str, direction: str | None) -> str:
    """The counters' name of a grant project in one direction; partners choose its letters freely.

    A dot or a slash would split the name, so all but letters and digits are escaped.
    """
    return f"{direction or ''}|{quote(project, safe='').replace('.', '%2E')}"


def project_from(name: str) -> tuple[str, str | None]:
    """Project and direction in such a name."""
    direction, _, project = name.partition("|")
    return unquote(project), direction or None


# The names are made once: making a dozen of them anew for every report took longer than adding.
@lru_cache(maxsize=1_000)
def _names(group: str) -> tuple[str, ...]:
    parts = ("n", "hours", "events", "events/given", "people", "people/given")
    return tuple(f"{group}/{part}" for part in parts)


@lru_cache(maxsize=1_000)
def _participants(category: str) -> tuple[str, str]:
    return f"participants/{category}/people", f"participants/{category}/given"


def _add_one(counters: Counters, name: str, value: int) -> None:
    counters[name] = counters.get(name, 0) + value


def summed(pages: Iterable[Counters]) -> Counters:
    """The sum of several pages."""
    rest = iter(pages)
    total = dict(next(rest, {}))
    get = total.get
    for page in rest:
        for name, value in page.items():
            total[name] = get(name, 0) + value
    return total
