"""The pages where juries and the commission are appointed, and people invited to them."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_awards.api.bodies import Seat
from birge_awards.desk import region_of
from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.commands import FormCommission
from birge_awards.domain.cycle.cycle import Member
from birge_awards.domain.sitting.commands import AddMember
from birge_awards.domain.sitting.sitting import COMMISSION
from birge_awards.pages.console.action_pages import SignedIn
from birge_awards.pages.console.panel_pages import OF_PANEL, of_panel
from birge_awards.pages.fields import NEEDED, Mistyped, Typed, text_of, typed_in
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Invited, Shell
from birge_awards.permissions import MANAGERS, permitted
from birge_awards.vault import Vault
from birge_common.access.people import Grant, Person, Role
from birge_common.access.rights import Forbidden, Right
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.views import Option

OF_COMMISSION = "/awards/cycles/{cycle}/commission"
NO_COUNTRY = N_("Give the country by its two letters, such as KZ.")


def member_pages(shell: Shell, vault: Vault) -> APIRouter:
    """`…/panels/{panel}/members` and `/awards/cycles/{cycle}/commission`."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_members(router, shell, vault)
    _add_commission(router, shell, vault)
    return router


def grant_of(panel: str) -> Grant:
    """The role that a member of this jury needs."""
    if panel == COMMISSION:
        return Grant(Role.COMMISSION_MEMBER)
    return Grant(Role.JUROR, frozenset({panel}))


def _add_members(router: APIRouter, shell: Shell, vault: Vault) -> None:
    async def page(
        request: Request,
        cycle: str,
        panel: str,
        person: Person,
        typed: Typed,
        errors: Mapping[str, str],
        invited: Invited | None = None,
    ) -> Response:
        who = shell.desk.reader(person)
        of = await of_panel(shell, cycle, panel, who)
        known = await shell.people.holding(grant_of(panel))
        seated = {one.person for one in of.sitting.members}
        return shell.show(
            request,
            "console/members.html",
            409 if errors else 200,
            cycle=cycle,
            panel=panel,
            name=shell.words(request).panel(panel),
            members=[(of.name(one.person), one) for one in of.sitting.members],
            free=[Option(one, name) for one, name in known.items() if one not in seated],
            may_appoint=shell.desk.may(person, AddMember, region_of(panel)),
            has_chair=any(one.is_chair for one in of.sitting.members),
            typed=typed,
            errors=errors,
            invited=invited,
        )

    @router.get(f"{OF_PANEL}/members")
    async def members(request: Request, cycle: str, panel: str, person: SignedIn) -> Response:
        return await page(request, cycle, panel, person, {}, {})

    @router.post(f"{OF_PANEL}/members")
    async def appoint(request: Request, cycle: str, panel: str, person: SignedIn) -> Response:
        typed, _ = await typed_in(request), shell.words(request)
        shell.desk.require(person, AddMember, region_of(panel))
        try:
            seat = _seat(typed, text_of(typed, "person"), region_of(panel))
            await shell.desk.to_panel(person, cycle, panel, seat.command(vault))
        except Mistyped as error:
            return await page(request, cycle, panel, person, typed, {error.field: _(error.text)})
        except Refused as refused:
            said = {"person": _(refusal_text(refused.code))}
            return await page(request, cycle, panel, person, typed, said)
        return RedirectResponse(f"/awards/cycles/{cycle}/panels/{panel}/members", 303)

    @router.post(f"{OF_PANEL}/members/invite")
    async def invite(request: Request, cycle: str, panel: str, person: SignedIn) -> Response:
        typed, _ = await typed_in(request), shell.words(request)
        permitted(person, Right(MANAGERS), region_of(panel), is_fresh=True)
        if not typed.get("name"):
            return await page(request, cycle, panel, person, typed, {"name": _(NEEDED)})
        # Shown once and not led away from: the link is nowhere else.
        invited = await shell.people.invite(person, typed["name"], grant_of(panel))
        return await page(request, cycle, panel, person, {}, {}, invited)


def _add_commission(router: APIRouter, shell: Shell, vault: Vault) -> None:
    async def page(
        request: Request,
        cycle: str,
        person: Person,
        typed: Typed,
        errors: Mapping[str, str],
        invited: Invited | None = None,
    ) -> Response:
        shell.desk.reader(person)
        held = (await shell.desk.cycles.load(cycle)).value
        seated = {one.person: one for one in held.commission}
        known = await shell.people.holding(Grant(Role.COMMISSION_MEMBER))
        return shell.show(
            request,
            "console/commission.html",
            409 if errors else 200,
            cycle=cycle,
            people=sorted(known.items(), key=lambda one: in_order(one[1])),
            typed=typed or _commission_typed(held.commission),
            is_formed=bool(seated),
            may_form=shell.desk.may(person, FormCommission, None),
            errors=errors,
            invited=invited,
        )

    @router.get(OF_COMMISSION)
    async def commission(request: Request, cycle: str, person: SignedIn) -> Response:
        return await page(request, cycle, person, {}, {})

    @router.post(OF_COMMISSION)
    async def form(request: Request, cycle: str, person: SignedIn) -> Response:
        typed, _ = await typed_in(request), shell.words(request)
        try:
            members = tuple(_members(typed, vault))
            await shell.desk.to_cycle(person, cycle, FormCommission(members))
        except Mistyped as error:
            return await page(request, cycle, person, typed, {error.field: _(error.text)})
        except Refused as refused:
            said = {"members": _(refusal_text(refused.code))}
            return await page(request, cycle, person, typed, said)
        return RedirectResponse(f"/awards/cycles/{cycle}", 303)

    @router.post(f"{OF_COMMISSION}/invite")
    async def invite(request: Request, cycle: str, person: SignedIn) -> Response:
        typed, _ = await typed_in(request), shell.words(request)
        if not person.may(Role.AWARD_MANAGER):
            raise Forbidden("The award manager invites to the commission.")
        if not typed.get("name"):
            return await page(request, cycle, person, {}, {"name": _(NEEDED)})
        invited = await shell.people.invite(person, typed["name"], grant_of(COMMISSION))
        return await page(request, cycle, person, {}, {}, invited)


def _commission_typed(members: Sequence[Member]) -> dict[str, str]:
    typed = {}
    for one in members:
        typed[f"member.{one.person}"] = "yes"
        typed[f"country.{one.person}"] = one.country
        typed[f"region.{one.person}"] = one.region or ""
        if one.is_chair:
            typed["chair"] = one.person
    return typed


def _members(typed: Typed, vault: Vault) -> list[Member]:
    chosen = [name.removeprefix("member.") for name in typed if name.startswith("member.")]
    members = []
    for one in chosen:
        own = {
            name: typed.get(f"{name}.{one}", "")
            for name in ("country", "region", "contacts", "organisations")
        }
        seat = _seat(own, one, own["region"] or None, field=f"country.{one}")
        chair = typed.get("chair") == one
        members.append(Member(one, seat.country, seat.region, chair, seat.keys(vault)))
    return members


def _seat(typed: Typed, person: str, region: str | None, *, field: str = "country") -> Seat:
    country = typed.get("country", "").upper()
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise Mistyped(field, NO_COUNTRY)
    values: dict[str, Any] = {
        "person": person,
        "country": country,
        "region": region,
        "is_chair": bool(typed.get("is_chair")),
        "contacts": _listed(typed.get("contacts", "")),
        "organisations": _listed(typed.get("organisations", "")),
    }
    return Seat(**values)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.replace("\n", ",").split(",") if one.strip())
