"""Reports as partners send them, made from a seed: what every contestant counts."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from birge_common.codelists import DIRECTIONS, FORMATS, LAYERS
from birge_common.regions import REGIONS

RESENT_SHARE = 0.02
CATEGORIES = ("child", "inclusive", "corporate", "silver", "pro_bono", "general")
RECENT = 2_000
MONTHS = tuple(f"2025-{month:02d}" for month in range(12, 0, -1))
# Most reports are about the month that has just ended, few about the rest of the year.
MONTH_WEIGHTS = (70.0, 13.0, 8.0, 4.0, *[5 / 8] * 8)
LAYER_WEIGHTS = {"front_office": 80.0, "grant": 12.0, "independent": 8.0}


@dataclass(frozen=True, slots=True)
class SentEvent:
    """One record of the log: its key, its value, and whether it was sent before."""

    key: bytes
    value: bytes
    hundredths: int
    is_resent: bool


def sent_events(count: int, *, seed: int, first_number: int = 1) -> Iterator[SentEvent]:
    """`count` records in the order of sending, 2 % of them exact re-sends of recent ones.

    Every partner numbers its reports in order, from `first_number` on.
    """
    chance = random.Random(seed)
    codes = sorted(REGIONS)
    weights = [1 / (place + 1) ** 0.8 for place in range(len(codes))]
    numbers = dict.fromkeys(codes, first_number)
    recent: list[SentEvent] = []
    for _ in range(count):
        if recent and chance.random() < RESENT_SHARE:
            again = chance.choice(recent)
            yield SentEvent(again.key, again.value, again.hundredths, True)
            continue
        region = chance.choices(codes, weights)[0]
        event = _event(chance, region, numbers[region])
        numbers[region] += 1
        recent.append(event)
        if len(recent) > RECENT:
            recent.pop(0)
        yield event


def _event(chance: random.Random, region: str, number: int) -> SentEvent:
    source = source_of(region)
    subject = report_id(region, number)
    hundredths = chance.randint(1, 400) * 25
    envelope = {
        "specversion": "1.0",
        "id": f"{subject}/1",
        "source": source,
        "type": "kz.birge.activity.reported.v1",
        "subject": subject,
        "time": f"2026-01-{chance.randint(1, 28):02d}T08:{number % 60:02d}:00Z",
        "data": _data(chance, region, subject, hundredths),
    }
    value = json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()
    return SentEvent(f"{source}|{subject}".encode(), value, hundredths, False)


def source_of(region: str) -> str:
    """The office of a region."""
    return f"urn:birge:office:{region}"


def report_id(region: str, number: int) -> str:
    """How an office names its reports."""
    return f"{region}-2025-{number:08d}"


def _data(chance: random.Random, region: str, subject: str, hundredths: int) -> dict[str, Any]:
    layer = chance.choices(LAYERS_BY_WEIGHT, LAYER_WEIGHTS_IN_ORDER)[0]
    volunteers = chance.randint(1, 60)
    return {
        "report_id": subject,
        "version": 1,
        "region": region,
        "period": chance.choices(MONTHS, MONTH_WEIGHTS)[0],
        "direction": chance.choice(sorted(DIRECTIONS)),
        "format": chance.choice(sorted(FORMATS)),
        "hours": hundredths / 100,
        "events": chance.randint(1, 5),
        "volunteers": volunteers,
        "participants": {
            name: chance.randint(1, volunteers) for name in chance.sample(CATEGORIES, 2)
        },
        "layer": layer,
        "organisation": {
            "id": f"org-{chance.randint(1, 9_999):05d}",
            "name": "«Таза өзен» қоғамдық бірлестігі",
            "kind": "ngo",
        },
        "development": chance.random() < 0.05,
        "note": "Өзен жағасын тазалау",
    }


LAYERS_BY_WEIGHT = tuple(sorted(LAYERS))
LAYER_WEIGHTS_IN_ORDER = tuple(LAYER_WEIGHTS[layer] for layer in LAYERS_BY_WEIGHT)
