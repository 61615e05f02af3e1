"""The figures that a page begins with, each with what has to be known to read it."""

from dataclasses import dataclass

from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.pages.site.gaps import gaps_of
from birge_aggregator.pages.site.names import period_of_census
from birge_aggregator.pages.site.telling import Telling


@dataclass(frozen=True)
class Headline:
    """A figure in words, and what it counts and leaves out."""

    term: str
    figure: str
    caveat: str

    @property
    def is_known(self) -> bool:
        """Whether it is a number, and no reason for having none."""
        return self.figure[:1].isdigit()


def volunteers(census: Telling, coverage: Telling) -> Headline:
    """Counted volunteers beside what experts say of how many there are."""
    _ = census.words
    when = period_of_census(_, census.value("census_period"))
    return Headline(
        _("Volunteers"),
        census.number("total"),
        f"{when} {coverage_in_words(coverage)}".strip(),
    )


def coverage_in_words(coverage: Telling) -> str:
    """How much of what happens the figures see, by an estimate or by bounds."""
    _ = coverage.words
    if coverage.value("estimate") is not None:
        return _(
            "The network estimates at least %(estimate)s.", estimate=coverage.number("estimate")
        )
    if coverage.value("low") is not None and coverage.value("high") is not None:
        return _(
            "By experts’ estimate the office sees %(low)s to %(high)s.",
            low=coverage.percent("low", 0),
            high=coverage.percent("high", 0),
        )
    return _("Nobody has estimated how much of the whole this is.")


def organisations(units: Telling, frame: Frame) -> list[Headline]:
    """NGOs and initiative groups, and whose are missing."""
    _ = units.words
    lacking = [f"{one.text} ({', '.join(one.regions)})." for one in gaps_of(_, frame)]
    unregistered = _("Groups without registration.")
    return [
        Headline(
            _("Volunteer NGOs"),
            units.number("ngos"),
            " ".join([_("Registered organisations."), *_part(units, "ngo_pct_of_region")]),
        ),
        Headline(
            _("Initiative groups"),
            units.number("initiative_groups"),
            " ".join([unregistered, *_part(units, "group_pct_of_region"), *lacking]),
        ),
    ]


def _part(units: Telling, column: str) -> list[str]:
    """Which part of both kinds together this one is, where both are known."""
    _ = units.words
    if units.value(column) is None:
        return []
    return [_("%(share)s of both kinds.", share=units.percent(column))]
