"""Events that the door must refuse: each is a right event with one fault that senders do make."""

from collections.abc import Callable
from dataclasses import dataclass

from birge_stack.year2022.envelope import INQUIRY_RECEIVED, Event
from birge_stack.year2022.figures import figures_of_2022
from birge_stack.year2022.partners import office_source

# Made up: no person has it, but its birth date and check digit are those of a real number.
MADE_UP_IIN = "220101500017"


@dataclass(frozen=True, slots=True)
class Fault:
    """How an event goes wrong, and the code that it must be refused with."""

    code: str
    spoil: Callable[[Event], None]


def _spoil_with(field: str, value: object) -> Callable[[Event], None]:
    def spoil(event: Event) -> None:
        event["data"][field] = value

    return spoil


def _other_region(region: str) -> str:
    regions = figures_of_2022().regions
    return regions[(regions.index(region) + 1) % len(regions)]


def _without_organisation(event: Event) -> None:
    del event["data"]["organisation"]


def _misspelt(event: Event) -> None:
    event["data"]["voluntears"] = event["data"].pop("volunteers", 1)


def _longer_than_a_day(event: Event) -> None:
    event["data"]["held_on"] = f"{event['data']['period'][:4]}-06-01"
    event["data"]["volunteer_hours"] = [{"volunteer": "vol-000001", "hours": 30}]


def _for_another_region(event: Event) -> None:
    event["data"]["region"] = _other_region(event["data"]["region"])


def _of_another_source(event: Event) -> None:
    event["source"] = office_source(_other_region(event["data"]["region"]))


def _of_another_subject(event: Event) -> None:
    event["subject"] += "-b"


def _without_zone(event: Event) -> None:
    event["time"] = event["time"][: len("2022-01-01T00:00:00")]


def _of_a_later_contract(event: Event) -> None:
    event["type"] = event["type"].removesuffix("v1") + "v9"


def _of_another_kind(event: Event) -> None:
    event["type"] = INQUIRY_RECEIVED
    event["data"] = {
        "inquiry_id": event["subject"],
        "received_on": "2022-06-01",
        "channel": "phone",
        "content": "How do I become a volunteer?",
        "related": True,
    }


def _with_other_content(event: Event) -> None:
    event["data"]["note"] = "Another report under the id of an earlier one."


def _before_its_region_was(event: Event) -> None:
    event["data"]["region"], event["data"]["period"] = "KZ-10", "2022-03"


REUSED_ID = Fault("id_reused", _with_other_content)
# Only a sender for all regions can get this far with a region that was not there yet.
REGION_TOO_EARLY = Fault("region_not_valid", _before_its_region_was)
_FAULTS = (
    Fault("range", _spoil_with("hours", -4)),
    Fault("range", _spoil_with("hours", 0)),
    Fault("range", _spoil_with("hours", 12.345)),
    Fault("type", _spoil_with("hours", "12")),
    Fault("type", _without_zone),
    Fault("range", _longer_than_a_day),
    Fault("unknown_code", _spoil_with("direction", "silver")),
    Fault("unknown_code", _spoil_with("region", "KZ-99")),
    Fault("required", _without_organisation),
    Fault("unknown_field", _misspelt),
    Fault("subject_mismatch", _of_another_subject),
    Fault("source_not_yours", _of_another_source),
    Fault("region_not_yours", _for_another_region),
    Fault("kind_not_yours", _of_another_kind),
    Fault("unknown_type", _of_a_later_contract),
    Fault("pii_not_allowed", _spoil_with("note", f"Coordinator's IIN {MADE_UP_IIN}, call her.")),
    REUSED_ID,
    REGION_TOO_EARLY,
)


def fault_of(number: int) -> Fault:
    """The fault of the n-th spoilt event: each in turn."""
    return _FAULTS[number % len(_FAULTS)]
