"""What a nomination says of people, as it is sealed under the nominee's own key, and its keys."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from birge_awards.domain.jury.conflicts import Keys, Membership, Party, Role
from birge_awards.domain.nominees.candidacy import Candidacy
from birge_awards.domain.nominees.keys import key_of, name_key
from birge_awards.domain.nominees.nominee import Consents, Nominee

CONTACT, ORGANISATION, NAME = "contact", "organisation", "name"
Digest = Callable[[str, str], str]
"""A keyed digest of a kind and a text, as `<kind>:<hexadecimal>`."""


@dataclass(frozen=True)
class Nominator:
    """Who nominated, and how they stand to the nominee."""

    name: str
    contact: str
    organisation: str | None
    relation: str


@dataclass(frozen=True)
class Personal:
    """Names, contacts and texts of one nomination; `evidence` are addresses."""

    name: str
    contact: str
    birth_year: int | None
    organisation: str | None
    nominator: Nominator
    citation: str
    evidence: tuple[str, ...] = ()
    confirmations: tuple[str, ...] = ()


def keys_from(personal: Personal, digest: Digest) -> tuple[str, ...]:
    """Keyed digests by role, such as `nominee|contact:…`, in order."""
    return tuple(sorted(set(_keys(personal, digest))))


def person_keys(
    contacts: tuple[str, ...], organisations: tuple[str, ...], digest: Digest
) -> tuple[str, ...]:
    """The same digests of a juror's contacts and organisations, without a role."""
    return tuple(
        sorted(
            [digest(CONTACT, key_of(one)) for one in contacts]
            + [digest(ORGANISATION, key_of(one)) for one in organisations]
        )
    )


def _keys(personal: Personal, digest: Digest) -> Iterator[str]:
    nominee, nominator = Role.NOMINEE, Role.NOMINATOR
    yield f"{nominee}|{digest(CONTACT, key_of(personal.contact))}"
    yield f"{nominee}|{digest(NAME, name_key(personal.name))}"
    yield f"{nominator}|{digest(CONTACT, key_of(personal.nominator.contact))}"
    if personal.organisation:
        yield f"{nominee}|{digest(ORGANISATION, key_of(personal.organisation))}"
    if personal.nominator.organisation:
        yield f"{nominator}|{digest(ORGANISATION, key_of(personal.nominator.organisation))}"


def parties_of(candidacy: Candidacy) -> tuple[Party, ...]:
    """Nominee and nominator as the search for conflicts knows them."""
    return tuple(
        Party(
            candidacy.id,
            role,
            conflict_keys(
                f"{candidacy.id}|{role}",
                [
                    key.removeprefix(f"{role}|")
                    for key in candidacy.keys
                    if key.startswith(f"{role}|")
                ],
            ),
        )
        for role in Role
    )


def conflict_keys(person: str, digests: list[str]) -> Keys:
    """Digests of contacts and organisations as what is matched."""
    return Keys(
        person,
        emails=frozenset(one for one in digests if one.startswith(f"{CONTACT}:")),
        memberships=tuple(
            Membership(one) for one in sorted(digests) if one.startswith(f"{ORGANISATION}:")
        ),
    )


def nominee_from(candidacy: Candidacy, personal: Personal) -> Nominee:
    """The nominee as the rules of eligibility and duplicates see it."""
    return Nominee(
        id=candidacy.id,
        nomination=candidacy.nomination,
        kind=candidacy.kind,
        name=personal.name,
        contact=personal.contact,
        volunteer=candidacy.volunteer,
        birth_year=personal.birth_year,
        organisation=personal.organisation,
        nominator_name=personal.nominator.name,
        nominator_contact=personal.nominator.contact,
        nominator_organisation=personal.nominator.organisation,
        confirmations=personal.confirmations,
        consents=Consents(
            candidacy.consents.processing,
            candidacy.consents.publication,
            candidacy.is_guardian_confirmed,
        ),
    )
