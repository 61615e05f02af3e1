"""Inquiries to the information centre, all brought to a result; only their numbers are printed."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from birge_stack.year2022.envelope import INQUIRY_RECEIVED, INQUIRY_RESOLVED, Planned
from birge_stack.year2022.figures import figures_of_2022
from birge_stack.year2022.partners import INFORMATION_CENTRE, INFORMATION_CENTRE_SOURCE
from birge_stack.year2022.statements import statement

FROM_ABROAD, GENDER_UNKNOWN = 0.04, 0.05
SLOWEST_DAYS = 14
CHANNELS = ("instagram", "telegram", "phone", "e-mail", "site")
RELATED = (
    "Как стать волонтёром?",
    "Волонтёр болу үшін не істеу керек?",
    "How can I volunteer online?",
    "Куда передать гуманитарную помощь?",
    "Как оформить волонтёрскую книжку?",
    "Questions about the award Volunteer of the Year",
)
UNRELATED = ("Где получить социальную помощь?", "Жұмысқа қалай тұруға болады?", "Опрос")


def inquiries(rng: random.Random) -> Iterator[Planned]:
    """Received and resolved events of every inquiry."""
    printed = figures_of_2022().published["inquiries"]
    related = printed["related_about"]
    for number in range(related + printed["unrelated_at_least"]):
        yield from _inquiry(number, rng, is_related=number < related)


def _inquiry(number: int, rng: random.Random, *, is_related: bool) -> Iterator[Planned]:
    inquiry_id = f"inquiry-{number:05d}"
    received_on = date(2022, 1, 1) + timedelta(days=rng.randrange(365))
    resolved_on = received_on + timedelta(days=int(rng.triangular(0, SLOWEST_DAYS, 1)))
    received: dict[str, Any] = {
        "inquiry_id": inquiry_id,
        "received_on": received_on.isoformat(),
        "gender": None if rng.random() < GENDER_UNKNOWN else rng.choice(("women", "women", "men")),
        "channel": rng.choice(CHANNELS),
        "content": rng.choice(RELATED if is_related else UNRELATED),
        "related": is_related,
        **_where_from(rng),
    }
    resolved = {
        "inquiry_id": inquiry_id,
        "resolved_on": resolved_on.isoformat(),
        "outcome": "Answered" if is_related else "Passed on to the office in charge",
    }
    for event_type, data, day in (
        (INQUIRY_RECEIVED, received, received_on),
        (INQUIRY_RESOLVED, resolved, resolved_on),
    ):
        yield statement(
            event_type,
            partner=INFORMATION_CENTRE,
            source=INFORMATION_CENTRE_SOURCE,
            subject=inquiry_id,
            sent_on=day,
            data=data,
            minute_of_day=18 * 60 if event_type == INQUIRY_RESOLVED else 9 * 60,
        )


def _where_from(rng: random.Random) -> dict[str, str]:
    figures = figures_of_2022()
    if rng.random() < FROM_ABROAD:
        return {"country": rng.choice(figures.published["inquiries"]["countries"])}
    weights = [figures.census[region].volunteers for region in figures.regions]
    return {"region": rng.choices(figures.regions, weights)[0]}
