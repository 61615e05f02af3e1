"""Plans the reports of grant projects and independent programmes, to the printed hour."""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from birge_stack.year2022.figures import HUNDREDTHS
from birge_stack.year2022.portions import apportion, share_out
from birge_stack.year2022.programmes import (
    GRANT_EVENTS,
    Programme,
    grant_programmes,
    grant_project_code,
    independent_programmes,
    organisation_of,
    overlap,
    source_of_grantee,
    source_of_programme,
)
from birge_stack.year2022.report import GRANT, INDEPENDENT, Report

GRANT_REPORTS = GRANT_EVENTS
HOURS_PER_INDEPENDENT_REPORT = 60
OVERLAP_REPORTS = 20


def grant_reports(rng: random.Random) -> list[Report]:
    """A report for each of the printed 800 events of the grant projects."""
    programmes = grant_programmes()
    sizes = share_out(GRANT_REPORTS, {p.slug: float(p.hundredths) for p in programmes}, least=1)
    return [
        report
        for programme in programmes
        for report in _reports(
            programme,
            rng,
            places=_places(programme, rng, sizes[programme.slug]),
            source=source_of_grantee(programme.direction or ""),
            layer=GRANT,
        )
    ]


def independent_reports(rng: random.Random, *, scale: float) -> list[Report]:
    """The programmes that no office reaches, one of them partly counted in Astana already."""
    return [
        report
        for programme in independent_programmes()
        for report in _programme_reports(programme, rng, scale=scale)
    ]


def _programme_reports(
    programme: Programme, rng: random.Random, *, scale: float
) -> Iterator[Report]:
    source = source_of_programme(programme.slug)
    already = programme.already_counted or {}
    declared = list(_declaring_reports(programme, already, rng, source=source))
    rest = Programme(
        slug=programme.slug,
        name=programme.name,
        hundredths=programme.hundredths - sum(already.values()),
        volunteers=_rest_of_volunteers(programme, declared),
        direction=programme.direction,
        regions=programme.regions,
        periods=programme.periods,
    )
    wanted = round(rest.hundredths * scale / HUNDREDTHS / HOURS_PER_INDEPENDENT_REPORT)
    everywhere = list(product(programme.regions, programme.periods))
    places = everywhere + _places(programme, rng, max(0, wanted - len(everywhere)))
    yield from declared
    yield from _reports(rest, rng, places=places, source=source, layer=INDEPENDENT)


def _declaring_reports(
    programme: Programme, already: Mapping[str, int], rng: random.Random, *, source: str
) -> Iterator[Report]:
    """Reports that say that every hour of theirs stands in Astana's own figures."""
    for period, hundredths in already.items():
        parts = apportion(hundredths, [1.0] * OVERLAP_REPORTS, unit=HUNDREDTHS)
        for number, part in enumerate(parts):
            yield Report(
                source=source,
                report_id=f"{programme.slug}-{period}-{number:02d}",
                region="KZ-71",
                period=period,
                direction=programme.direction,
                layer=INDEPENDENT,
                hundredths=part,
                events=None,
                volunteers=5,
                organisation=organisation_of(programme),
                noise=rng.getrandbits(64),
                already_counted=(overlap(programme, period, part),),
            )


def _rest_of_volunteers(programme: Programme, declared: Sequence[Report]) -> int | None:
    if programme.volunteers is None:
        return None
    return programme.volunteers - sum(report.volunteers or 0 for report in declared)


def _places(programme: Programme, rng: random.Random, count: int) -> list[tuple[str, str]]:
    regions, weights = zip(*programme.regions.items(), strict=True)
    chosen = rng.choices(regions, weights, k=count)
    return [(region, rng.choice(programme.periods)) for region in chosen]


def _reports(
    programme: Programme,
    rng: random.Random,
    *,
    places: Sequence[tuple[str, str]],
    source: str,
    layer: str,
) -> Iterator[Report]:
    uneven = [rng.uniform(0.4, 2.5) for _ in places]
    hours = apportion(programme.hundredths, uneven, unit=50, least=50)
    people = _people(programme, uneven)
    is_grant = layer == GRANT
    for number, ((region, period), hundredths) in enumerate(zip(places, hours, strict=True)):
        yield Report(
            source=source,
            report_id=f"{programme.slug}-{number:05d}",
            region=region,
            period=period,
            direction=programme.direction,
            layer=layer,
            hundredths=hundredths,
            events=1 if is_grant else None,
            volunteers=people[number],
            organisation=organisation_of(programme),
            noise=rng.getrandbits(64),
            grant_project=grant_project_code(programme.direction or "") if is_grant else None,
        )


def _people(programme: Programme, weights: list[float]) -> Sequence[int | None]:
    """The printed number of people over the reports; nobody gave one where none was printed."""
    if programme.volunteers is None:
        return [None] * len(weights)
    # Where there are more reports than people, the rest do not say: nobody was counted there.
    return [people or None for people in apportion(programme.volunteers, weights)]
