"""Bodies of requests that are not a command as it stands, and the check that all was understood."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from birge_awards.domain.cycle.commands import FormCommission
from birge_awards.domain.cycle.cycle import Member
from birge_awards.domain.jury.conflicts import Kind
from birge_awards.domain.nominees.personal import person_keys
from birge_awards.domain.sitting.commands import AddMember
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import Juror
from birge_awards.vault import Vault
from birge_common.web.problems import Problem

_PERSON = r"^[A-Za-z0-9-]{1,64}$"


class Body(BaseModel):
    """A body whose every field is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Seat(Body):
    """Somebody who is to judge.

    Contacts and organisations are only held against the nominees' to find conflicts; keyed digests
    of them are kept, never they themselves.
    """

    person: str = Field(pattern=_PERSON, description="The opaque id that the invitation gave")
    country: str = Field(pattern=r"^[A-Z]{2}$")
    region: str | None = Field(None, description="Where they live; none for somebody from abroad")
    is_chair: bool = False
    capacity: int = Field(200, ge=1, le=1_000, description="Reviews, at most")
    contacts: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()

    def keys(self, vault: Vault) -> tuple[str, ...]:
        """What conflicts are found by."""
        return person_keys(self.contacts, self.organisations, vault.digest)

    def command(self, vault: Vault) -> AddMember:
        """Appoint them."""
        keys = self.keys(vault)
        return AddMember(
            Juror(self.person, self.country, self.region, self.is_chair, self.capacity, keys)
        )


class Commission(Body):
    """The members of the national and international commission, one of whom chairs."""

    members: tuple[Seat, ...]

    def command(self, vault: Vault) -> FormCommission:
        """Form it."""
        return FormCommission(
            tuple(
                Member(one.person, one.country, one.region, one.is_chair, one.keys(vault))
                for one in self.members
            )
        )


class Declaration(Body):
    """One's own conflicts, by the alias that the list of nominees gave; none is an answer too."""

    conflicts: Mapping[str, Kind] = Field(default_factory=dict)


class Marks(Body):
    """A sheet: a mark for every criterion, null for one that does not apply."""

    marks: Mapping[str, Decimal | None]
    reason: str = Field("", max_length=4_000)
    is_confident: bool = True

    def sheet(self, cycle: str, panel: str, nominee: str, juror: str) -> Sheet:
        """The juror's sheet on this nominee."""
        return Sheet(cycle, panel, nominee, juror, self.marks, self.reason, self.is_confident)


async def require_understood(request: Request, command: Any) -> None:
    """Refuse a body that says more than the command took from it: 422 `unknown_field`."""
    raw = await request.json() if await request.body() else {}
    taken = TypeAdapter(type(command)).dump_python(command, mode="json")
    if unknown := sorted(_unknown(raw, taken)):
        raise Problem(422, "unknown_field", f"Leave out: {', '.join(unknown)}.")


def _unknown(raw: Any, taken: Any) -> Iterator[str]:
    match raw, taken:
        case dict(), dict():
            # A name from the request is not repeated unless it could be a field's.
            yield from (key if key.isidentifier() else "?" for key in raw.keys() - taken.keys())
            for key in raw.keys() & taken.keys():
                yield from _unknown(raw[key], taken[key])
        case list(), list():
            for each, of_it in zip(raw, taken, strict=True):
                yield from _unknown(each, of_it)
