"""The development events as printed: trainings, team building, motivation and recognition."""

import random
from collections.abc import Mapping
from functools import cache

from birge_stack.year2022.calendar_2022 import MONTHS
from birge_stack.year2022.figures import HUNDREDTHS, Figures, figures_of_2022
from birge_stack.year2022.partners import office_source
from birge_stack.year2022.places import Organisation, region_names
from birge_stack.year2022.portions import apportion, share_out
from birge_stack.year2022.report import FRONT_OFFICE, Report

SHORTEST = 50


def _with_rest(printed: Mapping[str, int], total: int, weights: dict[str, float]) -> dict[str, int]:
    """The printed regions as they are, the rest of the total among the others."""
    rest = {region: weight for region, weight in weights.items() if region not in printed}
    return {**share_out(total - sum(printed.values()), rest), **printed}


@cache
def _events_of_2022() -> Mapping[str, int]:
    figures = figures_of_2022()
    printed = figures.published["development_events"]
    # Even weights keep every unnamed region between the printed fewest and most.
    even = dict.fromkeys(figures.regions, 1.0)
    return _with_rest(
        {**printed["most_events"], **printed["fewest_events"]}, printed["events"], even
    )


def development_hours(figures: Figures) -> Mapping[str, int]:
    """Hours of development events by region; the regions not named in print are made up."""
    printed = figures.published["development_events"]
    weights = {region: float(count) for region, count in _events_of_2022().items()}
    named = {**printed["most_hours"], **printed["fewest_hours"]}
    return _with_rest(named, printed["hours"], weights)


def development_reports(figures: Figures, rng: random.Random) -> list[Report]:
    """One report for each development event."""
    events, hours = _events_of_2022(), development_hours(figures)
    people = share_out(
        figures.published["development_events"]["volunteers"],
        {region: float(count) for region, count in events.items()},
    )
    return [
        report
        for region in figures.regions
        for report in _region_reports(
            region, rng, events=events[region], hours=hours[region], people=people[region]
        )
    ]


def _region_reports(
    region: str, rng: random.Random, *, events: int, hours: int, people: int
) -> list[Report]:
    uneven = [rng.uniform(0.5, 2) for _ in range(events)]
    durations = apportion(hours * HUNDREDTHS, uneven, unit=25, least=SHORTEST)
    attendances = apportion(people, uneven, least=5)
    office = Organisation(
        f"{region.lower()}-front-office", f"Front office, {region_names()[region]}", "state"
    )
    return [
        Report(
            source=office_source(region),
            report_id=f"{region.lower()}-development-{number:03d}",
            region=region,
            period=rng.choice(MONTHS),
            direction="other_social",
            layer=FRONT_OFFICE,
            hundredths=hundredths,
            events=1,
            volunteers=volunteers,
            organisation=office,
            noise=rng.getrandbits(64),
            development=True,
        )
        for number, (hundredths, volunteers) in enumerate(zip(durations, attendances, strict=True))
    ]
