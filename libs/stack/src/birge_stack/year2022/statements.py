"""What partners say besides activity: censuses, inquiries, milestones, indicators, references."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from birge_stack.year2022.calendar_2022 import MINUTES_PER_DAY, day_number, instant_text
from birge_stack.year2022.envelope import Planned, cloud_event


def statement(
    event_type: str,
    *,
    partner: str,
    source: str,
    subject: str,
    sent_on: date,
    data: Mapping[str, Any],
    minute_of_day: int = 9 * 60,
    region: str = "KZ",
) -> Planned:
    """One event of a versioned or single statement, sent on a day."""
    minute = day_number(sent_on) * MINUTES_PER_DAY + minute_of_day
    version = data.get("version", 1)
    name = event_type.removeprefix("kz.birge.").removesuffix(".v1")
    event = cloud_event(
        event_type,
        event_id=f"{name}.{subject}.v{version}",
        source=source,
        subject=subject,
        time=instant_text(minute, 0, region),
        data=dict(data),
    )
    return Planned(minute, partner, event)
