"""Roles, and what a change of them or of an account means, in the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass

from birge_common.access.account import Account, State
from birge_common.access.people import Role, Roles
from birge_common.regions import REGIONS
from birge_common.web.pages.catalogues import N_, Texts
from birge_common.web.pages.languages import Language

ROLES = {
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.AWARD_MANAGER: N_("Award manager"),
    Role.REGIONAL_MANAGER: N_("Regional manager"),
    Role.JUROR: N_("Juror"),
    Role.COMMISSION_MEMBER: N_("Member of the commission"),
    Role.AUDITOR: N_("Auditor"),
    Role.EDITOR: N_("Editor"),
    Role.APPROVER: N_("Approver"),
}
STATES = {
    State.INVITED: N_("invited"),
    State.ACTIVE: N_("has an account"),
    State.REVOKED: N_("closed"),
}
GIVEN = N_("Given: %(role)s, for: %(after)s.")
TAKEN = N_("Taken away: %(role)s, held for: %(before)s.")
CHANGED = N_("Changed: %(role)s, from now on for: %(after)s; until now for: %(before)s.")
KEPT = N_("Kept: %(role)s, for: %(after)s.")
NOTHING_LEFT = N_("No role is left: this person can sign in, and do nothing.")
SIGNED_OUT = N_("This person is signed out everywhere when the change is in force.")
CLOSED = N_("%(name)s is signed out everywhere at once and never comes in again.")
LINK_ENDS = N_("The link that %(name)s was invited by stops working.")
ROLE_ENDS = N_("Ends: %(role)s, held for: %(before)s.")
PROPOSAL_ENDS = N_("The other roles that were proposed are dropped.")
RECORDS_STAY = N_("What was done under this account stays in the records, with the name.")
YOURS = N_("This is your own account: you are out as soon as you confirm.")


@dataclass(frozen=True)
class Words:
    """The words of one language; `text` translates."""

    language: Language
    text: Texts

    def roles(self, roles: Roles) -> list[str]:
        """Each role with its regions."""
        return [
            f"{self.text(ROLES[role])}: {self._where(regions)}" for role, regions in roles.items()
        ]

    def changes(self, before: Roles, after: Roles) -> list[str]:
        """What somebody gains, loses and keeps, one sentence for each role."""
        said = [self._change(role, before, after) for role in Role if role in {*before, *after}]
        return [*said, *([] if after else [self.text(NOTHING_LEFT)]), self.text(SIGNED_OUT)]

    def closing(self, account: Account, *, is_own: bool) -> list[str]:
        """What closing an account does to whom it belongs."""
        return list(self._closing(account, is_own=is_own))

    def _change(self, role: Role, before: Roles, after: Roles) -> str:
        if role not in before:
            return self._said(GIVEN, role, after=after[role])
        if role not in after:
            return self._said(TAKEN, role, before=before[role])
        text = KEPT if before[role] == after[role] else CHANGED
        return self._said(text, role, before=before[role], after=after[role])

    def _closing(self, account: Account, *, is_own: bool) -> Iterator[str]:
        if is_own:
            yield self.text(YOURS)
        text = LINK_ENDS if account.state == State.INVITED else CLOSED
        yield self.text(text, name=account.name)
        for role, regions in account.roles.items():
            yield self._said(ROLE_ENDS, role, before=regions)
        if account.proposal:
            yield self.text(PROPOSAL_ENDS)
        yield self.text(RECORDS_STAY)

    def _said(self, text: str, role: Role, **regions: frozenset[str] | None) -> str:
        where = {name: self._where(one) for name, one in regions.items()}
        return self.text(text, role=self.text(ROLES[role]), **where)

    def _where(self, regions: frozenset[str] | None) -> str:
        if regions is None:
            return self.text(N_("whole country"))
        return ", ".join(sorted(getattr(REGIONS[code].names, self.language) for code in regions))
