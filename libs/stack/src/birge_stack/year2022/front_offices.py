"""Plans the front offices' reports: every region × direction cell to the printed hour."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from birge_stack.year2022 import chance
from birge_stack.year2022.calendar_2022 import MONTHS
from birge_stack.year2022.development import development_hours
from birge_stack.year2022.figures import HUNDREDTHS, Figures
from birge_stack.year2022.partners import office_source
from birge_stack.year2022.places import Organisation, community_of
from birge_stack.year2022.portions import apportion, share_out
from birge_stack.year2022.report import FRONT_OFFICE, Report
from birge_stack.year2022.support import supported_places

REPORTS = 106_000
SHORTEST = 25
# Each office has its own habit of rounding: quarters, halves, tenths or to the hundredth.
ROUNDING = (25, 50, 25, 10, 100, 1)
STEADY_WORK = (0.10, 0.15)
_EVEN = (1.0,) * 12
SEASONS: dict[str, tuple[float, ...]] = {
    "taza_alem": (0.2, 0.2, 0.8, 3.0, 2.0, 1.5, 0.8, 0.8, 1.8, 2.0, 0.4, 0.2),
    "umit": (1.2, 0.8, 0.8, 0.8, 0.9, 0.9, 1.0, 1.0, 2.4, 2.4, 1.6, 1.0),
    "bilim": (0.8, 1.0, 1.0, 1.0, 1.0, 0.4, 0.3, 0.8, 1.6, 1.2, 1.2, 1.0),
    "sabaqtastyq": (1.2, 0.6, 0.8, 0.8, 1.0, 2.0, 0.8, 1.0, 1.0, 0.8, 0.8, 2.2),
    "culture": (0.6, 0.6, 2.0, 0.8, 1.4, 1.2, 1.0, 1.0, 1.0, 1.2, 0.8, 1.4),
}
# The report: the Ukraine headquarters' March and April stand in Astana's own figures.
_ASTANA_OTHER = (0.7, 0.8, 3.2, 2.6, 0.8, 0.8, 0.6, 0.6, 0.9, 0.9, 0.8, 0.8)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A report before it is known whether the office supported it."""

    direction: str
    month: str
    hundredths: int
    is_steady: bool


def front_office_reports(figures: Figures, rng: random.Random, *, scale: float) -> list[Report]:
    """Every counted report of the offices but their development events."""
    sizes = share_out(
        round(REPORTS * scale),
        {region: figures.region_hours(region) ** 0.9 for region in figures.regions},
        least=1,
    )
    return [
        report
        for region in figures.regions
        for report in _region_reports(figures, region, rng, count=sizes[region])
    ]


def _region_reports(
    figures: Figures, region: str, rng: random.Random, *, count: int
) -> Iterator[Report]:
    slots = list(_region_slots(figures, region, rng, count=count))
    frequency = figures.published["support_frequency"][region]
    supported = supported_places([slot.month for slot in slots], frequency, rng)
    source = office_source(region)
    for number, slot in enumerate(slots):
        noise = rng.getrandbits(64)
        yield Report(
            source=source,
            report_id=f"{region.lower()}-{number:06d}",
            region=region,
            period=_stated_period(slot, noise, is_supported=number in supported),
            direction=slot.direction,
            layer=FRONT_OFFICE,
            hundredths=slot.hundredths,
            events=None if slot.is_steady else 1,
            volunteers=_volunteers(slot.hundredths, noise),
            organisation=_organisation(region, noise, is_steady=slot.is_steady),
            noise=noise,
            supported=number in supported,
        )


def _region_slots(
    figures: Figures, region: str, rng: random.Random, *, count: int
) -> Iterator[_Slot]:
    hundredths = {code: hours * HUNDREDTHS for code, hours in figures.hours[region].items()}
    hundredths["other_social"] -= development_hours(figures)[region] * HUNDREDTHS
    worked = {direction: amount for direction, amount in hundredths.items() if amount}
    counts = share_out(max(count, len(worked)), {d: float(a) for d, a in worked.items()})
    unit, steady = rng.choice(ROUNDING), rng.uniform(*STEADY_WORK)
    for direction, amount in worked.items():
        size = min(max(1, counts[direction]), amount // SHORTEST)
        weights = [rng.lognormvariate(0, 0.9) for _ in range(size)]
        months = rng.choices(MONTHS, _season(region, direction), k=size)
        parts = apportion(amount, weights, unit=unit, least=SHORTEST)
        one_off = max(1, round(size * (1 - steady)))
        for place, (month, part) in enumerate(zip(months, parts, strict=True)):
            yield _Slot(direction, month, part, is_steady=place >= one_off)


def _season(region: str, direction: str) -> tuple[float, ...]:
    if (region, direction) == ("KZ-71", "other_social"):
        return _ASTANA_OTHER
    return SEASONS.get(direction, _EVEN)


def _stated_period(slot: _Slot, noise: int, *, is_supported: bool) -> str:
    """The month, but for some steady work that is only known by the half-year or the year."""
    if not slot.is_steady or is_supported:
        return slot.month
    drawn = chance.draw(noise, chance.SENDING + 8, 1000)
    if drawn < 5:
        return "2022"
    return f"2022-H{1 if slot.month <= '2022-06' else 2}" if drawn < 35 else slot.month


def _volunteers(hundredths: int, noise: int) -> int | None:
    """People for the hours, each between one and five; some offices' reports do not say."""
    if chance.happens(noise, chance.VOLUNTEERS, 60):
        return None
    per_person = HUNDREDTHS + chance.draw(noise, chance.VOLUNTEERS + 2, 4 * HUNDREDTHS)
    return max(1, hundredths // per_person)


def _organisation(region: str, noise: int, *, is_steady: bool) -> Organisation:
    community = community_of(region)
    pool = community.ngos if is_steady else (*community.ngos, *community.others)
    return chance.pick(noise, chance.ORGANISATION, pool)
