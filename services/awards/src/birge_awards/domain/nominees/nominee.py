"""A nominee as the awards service holds it: what a jury and a rule may know."""

from dataclasses import dataclass
from enum import StrEnum

ADULT_AGE = 18


class Kind(StrEnum):
    """What stands for an award."""

    PERSON = "person"
    GROUP = "group"
    ORGANISATION = "organisation"
    PROJECT = "project"


@dataclass(frozen=True)
class Consents:
    """What was agreed to; `guardian` only counts once it is confirmed by the guardian."""

    processing: bool
    publication: bool
    guardian: bool | None = None


@dataclass(frozen=True)
class Nominee:
    """One nomination of one nominee.

    `volunteer` is the opaque reference in activity reports; organisations are ids or names as
    given; `confirmations` are the organisations that confirmed the work when they were asked.
    """

    id: str
    nomination: str
    kind: Kind
    name: str
    contact: str
    volunteer: str | None = None
    birth_year: int | None = None
    organisation: str | None = None
    nominator_name: str = ""
    nominator_contact: str = ""
    nominator_organisation: str | None = None
    confirmations: tuple[str, ...] = ()
    consents: Consents = Consents(processing=False, publication=False)

    def may_be_minor(self, year: int) -> bool:
        """Whether the person may be under 18 in that year: only the year of birth is known."""
        return (
            self.kind is Kind.PERSON
            and self.birth_year is not None
            and year - self.birth_year <= ADULT_AGE
        )
