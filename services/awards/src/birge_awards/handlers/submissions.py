"""A nomination as the door sent it, in the words of the domain."""

from datetime import datetime

from birge_awards.domain.nominees.candidacy import NEVER_SUBMITTED, Candidacy, State
from birge_awards.domain.nominees.nominee import Consents, Kind
from birge_awards.domain.nominees.personal import Nominator, Personal
from birge_common.contracts.nomination import NominationSubmittedV1, NominationWithdrawnV1


def candidacy_from(name: str, source: str, data: NominationSubmittedV1, now: datetime) -> Candidacy:
    """The nomination as it stands before anybody has looked at it."""
    consents = data.consents
    return Candidacy(
        id=name,
        cycle=data.cycle,
        track=data.track,
        nomination=data.nomination,
        region=data.region,
        country=data.country,
        kind=Kind(data.nominee.kind),
        consents=Consents(consents.processing, consents.publication, consents.guardian),
        source=source,
        nomination_id=data.nomination_id,
        version=data.version,
        received_at=now,
        volunteer=data.nominee.volunteer,
    )


def withdrawn_unheard(
    name: str, source: str, data: NominationWithdrawnV1, now: datetime
) -> Candidacy:
    """A nomination that was taken back before it came; an older version changes nothing then."""
    return Candidacy(
        id=name,
        cycle=NEVER_SUBMITTED,
        track="",
        nomination="",
        region=None,
        country=None,
        kind=Kind.PERSON,
        consents=Consents(False, False, False),
        source=source,
        nomination_id=data.nomination_id,
        version=data.version,
        received_at=now,
        state=State.WITHDRAWN,
        reason=data.reason,
    )


def personal_from(data: NominationSubmittedV1) -> Personal:
    """What it says of people."""
    nominee, nominator = data.nominee, data.nominator
    return Personal(
        name=nominee.name,
        contact=nominee.contact,
        birth_year=nominee.birth_year,
        organisation=nominee.organisation,
        nominator=Nominator(
            nominator.name, nominator.contact, nominator.organisation, nominator.relation
        ),
        citation=data.citation,
        evidence=tuple(str(one.url) for one in data.evidence),
        confirmations=tuple(one.organisation for one in data.confirmations or ()),
    )


def personal_of(opened: dict[str, object]) -> Personal:
    """The same as the vault gives it back."""
    values = {**opened, "nominator": Nominator(**opened["nominator"])}  # type: ignore[arg-type]
    for name in ("evidence", "confirmations"):
        values[name] = tuple(opened[name])  # type: ignore[arg-type]
    return Personal(**values)  # type: ignore[arg-type]
