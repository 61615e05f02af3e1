"""The part of a form in which each role has regions of its own: shown and read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.datastructures import FormData

from birge_common.access.account import AccessRefused
from birge_common.access.people import Role, Roles
from birge_common.access.words import ROLES, Words
from birge_common.regions import REGIONS
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.views import Option

COUNTRY, SOME = "country", "regions"
FIELDS_MAX = len(Role) * (1 + len(REGIONS)) + 10


@dataclass(frozen=True)
class RoleField:
    """One role of the form; `scope` is empty, the country, or some regions, and `regions` those."""

    role: Role
    label: str = ""
    scopes: Sequence[Option] = ()
    scope: str = ""
    regions: tuple[str, ...] = ()


def fields_of(roles: Roles) -> list[RoleField]:
    """The form as it stands for somebody who holds these roles."""
    return [
        RoleField(role, scope=_scope(roles, role), regions=tuple(sorted(roles.get(role) or ())))
        for role in Role
    ]


def fields_from(form: FormData) -> list[RoleField]:
    """What was chosen, as it was chosen."""
    return [
        RoleField(
            role,
            scope=str(form.get(f"scope-{role}", "")),
            regions=tuple(str(one) for one in form.getlist(f"regions-{role}")),
        )
        for role in Role
    ]


def roles_chosen(fields: Sequence[RoleField]) -> Roles:
    """The roles. Raises AccessRefused where a choice and its regions contradict each other."""
    roles: dict[Role, frozenset[str] | None] = {}
    for one in fields:
        if bool(one.regions) != (one.scope == SOME) or one.scope not in ("", COUNTRY, SOME):
            raise AccessRefused("role_regions", "Choose regions where the role is for some.")
        if one.scope:
            roles[one.role] = frozenset(one.regions) if one.scope == SOME else None
    return roles


def labelled(fields: Sequence[RoleField], words: Words) -> list[RoleField]:
    """The fields with their words; administrators are offered for the country alone."""
    not_held = Option("", words.text(N_("not held")))
    country = Option(COUNTRY, words.text(N_("for the whole country")))
    some = Option(SOME, words.text(N_("for the regions that are ticked below")))
    return [
        replace(
            one,
            label=words.text(ROLES[one.role]),
            scopes=[not_held, country, *([] if one.role == Role.ADMINISTRATOR else [some])],
        )
        for one in fields
    ]


def _scope(roles: Roles, role: Role) -> str:
    if role not in roles:
        return ""
    return COUNTRY if roles[role] is None else SOME
