"""Who must not judge whom, and why: what people declare, and what their keys show.

A key is an opaque, normalised reference: an organisation's number, the keyed hash of an e-mail
address, a telephone number or an identity number. Unconfirmed keys count like confirmed ones: a
second address that nobody confirmed has hidden a conflict elsewhere.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from birge_awards.domain.jury.pair import Pair

ORGANISATION_YEARS = 3
"""For how long somebody who left an organisation is still of it."""
CO_EVENTS_MIN = 3
"""Two people seen at so many events together know each other; a policy may ask for more."""


class Kind(StrEnum):
    """What connects a juror with a nominee or who nominated it."""

    SAME_PERSON = "same_person"
    CONTACT = "contact"
    KINSHIP = "kinship"
    ORGANISATION = "organisation"
    NOMINATOR = "nominator"
    GRANT = "grant"
    AUTHORITY = "authority"
    CO_EVENTS = "co_events"
    RIVALRY = "rivalry"
    OTHER = "other"


class Source(StrEnum):
    """Who said so."""

    JUROR = "juror"
    APPLICANT = "applicant"
    COMPUTED = "computed"


class Role(StrEnum):
    """How a party stands to a nominee."""

    NOMINEE = "nominee"
    NOMINATOR = "nominator"


@dataclass(frozen=True)
class Membership:
    """Work or office in an organisation; `until` None where it goes on."""

    organisation: str
    until: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether it goes on, or ended within the last three years, that day of the year too."""
        return self.until is None or self.until >= _years_before(day, ORGANISATION_YEARS)


@dataclass(frozen=True)
class Keys:
    """All that is known of a person to be matched; `relatives` are ids of people."""

    person: str
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    identities: frozenset[str] = frozenset()
    memberships: tuple[Membership, ...] = ()
    relatives: frozenset[str] = frozenset()
    grants: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Party:
    """The nominee, or somebody who nominated or recommended it."""

    nominee: str
    role: Role
    keys: Keys


@dataclass(frozen=True)
class Conflict:
    """A reason why a juror must not judge a nominee; sealed from the juror where computed.

    `with_` is the person of the nominee's side and `keys` what they share, where that is known.
    """

    nominee: str
    juror: str
    kind: Kind
    source: Source
    with_: str | None = None
    role: Role = Role.NOMINEE
    keys: tuple[str, ...] = ()

    @property
    def pair(self) -> Pair:
        """Who must not judge whom."""
        return Pair(self.nominee, self.juror)


def computed_conflicts(
    jurors: Iterable[Keys],
    parties: Iterable[Party],
    on: date,
    co_events_min: int = CO_EVENTS_MIN,
) -> tuple[Conflict, ...]:
    """Every connection that the keys show on a day, in order of nominees, jurors and kinds."""
    judging = [(juror, _organisations(juror, on)) for juror in jurors]
    found = (
        Conflict(
            party.nominee,
            juror.person,
            kind,
            Source.COMPUTED,
            with_=party.keys.person,
            role=party.role,
            keys=keys,
        )
        for party in parties
        for organisations in (_organisations(party.keys, on),)
        for juror, own in judging
        for kind, keys in _connections(juror, party, own & organisations, co_events_min)
    )
    return tuple(
        sorted(found, key=lambda one: (one.pair, one.kind, one.role, one.with_ or "", one.keys))
    )


def _connections(
    juror: Keys, party: Party, organisations: frozenset[str], co_events_min: int
) -> Iterator[tuple[Kind, tuple[str, ...]]]:
    other = party.keys
    same = (juror.identities & other.identities) | ({juror.person} & {other.person})
    contacts = (juror.emails & other.emails) | (juror.phones & other.phones)
    if party.role == Role.NOMINATOR:
        # Who nominated somebody does not judge them, under whatever key.
        if same or contacts:
            yield Kind.NOMINATOR, _listed(same | contacts)
    else:
        if same:
            yield Kind.SAME_PERSON, _listed(same)
        if contacts:
            yield Kind.CONTACT, _listed(contacts)
    if other.person in juror.relatives or juror.person in other.relatives:
        yield Kind.KINSHIP, ()
    if organisations:
        yield Kind.ORGANISATION, _listed(organisations)
    if grants := juror.grants & other.grants:
        yield Kind.GRANT, _listed(grants)
    if len(events := juror.events & other.events) >= co_events_min:
        yield Kind.CO_EVENTS, _listed(events)


def _listed(keys: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(keys))


def _organisations(keys: Keys, on: date) -> frozenset[str]:
    return frozenset(one.organisation for one in keys.memberships if one.counts_on(on))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        # The 29th of February has no counterpart; the day before keeps the whole term.
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True)
class Waiver:
    """One kind of conflict of a pair is set aside, for a reason, by two people beside the juror."""

    nominee: str
    juror: str
    kind: Kind
    reason: str
    signed_by: tuple[str, ...]

    @property
    def is_in_force(self) -> bool:
        """Whether reason and signatures are there."""
        signers = set(self.signed_by) - {self.juror}
        return bool(self.reason.strip()) and len(signers) >= 2


def barred_pairs(
    conflicts: Iterable[Conflict],
    recusals: Collection[Pair] = (),
    waivers: Iterable[Waiver] = (),
) -> frozenset[Pair]:
    """The pairs that must not meet: every conflict not waived, and every recusal.

    A recusal is the juror's own word and no one waives it; nor is anybody let judge himself.
    """
    waived = {
        (one.nominee, one.juror, one.kind)
        for one in waivers
        if one.is_in_force and one.kind != Kind.SAME_PERSON
    }
    standing = {one.pair for one in conflicts if (*one.pair, one.kind) not in waived}
    return frozenset(standing | set(recusals))
