"""What the pages ask of accounts, answered by the access of this deployment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from birge_awards.pages.shell import Invited
from birge_common.access.access import Access
from birge_common.access.account import AccessRefused
from birge_common.access.people import Grant, Person
from birge_common.access.rights import Forbidden


@dataclass(frozen=True)
class Invitations:
    """Names, holders of roles, and invitations."""

    access: Access

    async def names(self, ids: Collection[str]) -> Mapping[str, str]:
        """The names of people, by id."""
        return await self.access.names(ids)

    async def holding(self, grant: Grant) -> Mapping[str, str]:
        """The names of all who hold this role in each of these regions, by id."""
        return await self.access.holding(grant)

    async def invite(self, by: Person, name: str, grant: Grant) -> Invited:
        """Reserve an id and make a link that works once. Raises Forbidden."""
        try:
            invitation = await self.access.invite(name, [grant], by)
        except AccessRefused as refused:
            raise Forbidden(str(refused)) from refused
        return Invited(invitation.person, self.access.link_of(invitation))
