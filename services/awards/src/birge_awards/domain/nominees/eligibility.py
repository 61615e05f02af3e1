"""Really active, and with the consents it takes: who may stand. Hours make eligible, no more."""

from collections.abc import Iterator
from dataclasses import dataclass

from birge_awards.domain.nominees.keys import key_of, name_key, organisation_key
from birge_awards.domain.nominees.nominee import Kind, Nominee

CONFIRMATIONS_MIN = 2
"""So many organisations stand in for verified hours (the report's own rule)."""


@dataclass(frozen=True)
class Obstacle:
    """Why a nominee may not stand yet; `code` for programs, the text for the nominator."""

    code: str
    detail: str


def obstacles_of(
    nominee: Nominee, *, year: int, hours_min: int, verified_hundredths: int
) -> list[Obstacle]:
    """What keeps a nominee from standing in the cycle of a year; nothing where it may.

    `verified_hundredths` are hours of activity reports in force that name the volunteer by its
    reference, in the twelve months before nominations opened.
    """
    return list(_obstacles(nominee, year, hours_min, verified_hundredths))


def _obstacles(
    nominee: Nominee, year: int, hours_min: int, verified_hundredths: int
) -> Iterator[Obstacle]:
    if not nominee.consents.processing:
        yield Obstacle("no_processing_consent", "The nominee has not agreed to be considered.")
    if nominee.kind is Kind.PERSON and nominee.birth_year is None:
        yield Obstacle("no_birth_year", "Give the year of birth: a minor needs a guardian.")
    if nominee.may_be_minor(year) and not nominee.consents.guardian:
        yield Obstacle("no_guardian", "A guardian must confirm: the nominee may be under 18.")
    if nominates_himself(nominee):
        yield Obstacle("self_nomination", "Somebody else must nominate.")
    confirming = len(independent_confirmations(nominee))
    is_active = verified_hundredths > 0 and verified_hundredths >= 100 * hours_min
    if not is_active and confirming < CONFIRMATIONS_MIN:
        yield Obstacle(
            "not_shown_to_be_active",
            f"{verified_hundredths / 100:g} verified hours of {hours_min}, and {confirming} of "
            f"{CONFIRMATIONS_MIN} organisations that confirm the work.",
        )


def independent_confirmations(nominee: Nominee) -> frozenset[str]:
    """The confirming organisations, each once: neither the nominee's own nor the nominator's.

    An organisation that stands itself is confirmed by others alone.
    """
    own = {
        organisation_key(name)
        for name in (
            nominee.organisation,
            nominee.nominator_organisation,
            nominee.name if nominee.kind is not Kind.PERSON else None,
        )
        if name
    }
    return frozenset(map(organisation_key, nominee.confirmations)) - own - {""}


def nominates_himself(nominee: Nominee) -> bool:
    """Whether nominator and nominee share their contact, or their name in any order."""
    return bool(
        {name_key(nominee.name), key_of(nominee.contact)}
        & ({name_key(nominee.nominator_name), key_of(nominee.nominator_contact)} - {""})
    )
