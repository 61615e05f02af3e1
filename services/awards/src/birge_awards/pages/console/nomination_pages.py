"""The pages of nominations: a list to search and page through, and one with its decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_awards.domain.cycle.policy import INTERNATIONAL
from birge_awards.domain.nominees.candidacy import Candidacy, State
from birge_awards.domain.nominees.evidence import attached, links
from birge_awards.handlers.cycles import name_of_kind
from birge_awards.pages.console.action_pages import SignedIn, add_action
from birge_awards.pages.console.nomination_actions import NOMINATION_ACTIONS, OfNomination
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Shell, Words
from birge_awards.ports import Caller
from birge_common.access.people import Person
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.views import Option, Pager, Row

PAGE_SIZE = 25
SEARCH_MAX = 64
OF_NOMINATION = "/awards/nominations/{nomination}"
STATES = {
    State.RECEIVED: N_("Waits for a decision"),
    State.ADMITTED: N_("Admitted"),
    State.REFUSED: N_("Refused"),
    State.MERGED: N_("Merged with another"),
    State.WITHDRAWN: N_("Withdrawn"),
}


@dataclass(frozen=True)
class Filter:
    """What the address asks of the list."""

    text: str = ""
    state: str = ""
    region: str = ""
    track: str = ""

    def matches(self, one: Candidacy, name: str) -> bool:
        """Whether a nomination is in the list; texts are searched for as they are, in any case."""
        return (
            self.state in ("", one.state)
            and self.region in ("", one.region)
            and self.track in ("", one.track)
            and (self.text.casefold() in name.casefold() or self.text == one.id)
        )

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The same as parameters of an address."""
        return tuple((name, value) for name, value in vars(self).items() if value)


@dataclass(frozen=True)
class Line:
    """A nomination in the list."""

    id: str
    name: str
    nomination: str
    region: str
    state: str


def nomination_pages(shell: Shell) -> APIRouter:
    """`/awards/cycles/{cycle}/nominations`, `/awards/nominations/{nomination}`, and commands."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_list(router, shell)
    _add_nomination(router, shell)

    async def matter(request: Request, person: Person) -> OfNomination:
        return await _of_nomination(shell, request.path_params["nomination"], person)

    for action in NOMINATION_ACTIONS:
        add_action(
            router,
            shell,
            OF_NOMINATION,
            action,
            matter=matter,
            give=lambda request, person, command: shell.desk.to_nomination(
                person, request.path_params["nomination"], command
            ),
            back=lambda request: f"/awards/nominations/{request.path_params['nomination']}",
        )
    return router


def _add_list(router: APIRouter, shell: Shell) -> None:
    @router.get("/awards/cycles/{cycle}/nominations")
    async def nominations(request: Request, cycle: str, person: SignedIn) -> Response:
        who = shell.desk.manager(person)
        await shell.desk.cycles.load(cycle)
        asked, number = _asked(request)
        _ = shell.words(request)
        several = [one.value for one in await shell.desk.cycles.store.candidacies(cycle, who.scope)]
        lines = await _lines(shell, several, asked, _)
        pager = Pager(request.url.path, number, PAGE_SIZE, len(lines), asked.parameters())
        page = lines[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        return shell.show(
            request,
            "console/nominations.html",
            cycle=cycle,
            lines=page,
            pager=pager,
            asked=asked,
            states=[Option(state, _(text)) for state, text in STATES.items()],
            regions=_regions(several, _),
            duplicates=await shell.desk.nominations.duplicates(cycle, who),
        )


def _asked(request: Request) -> tuple[Filter, int]:
    values = request.query_params
    page = values.get("page", "1")
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    asked = Filter(
        values.get("text", "").strip()[:SEARCH_MAX],
        values.get("state", ""),
        values.get("region", ""),
        values.get("track", ""),
    )
    return asked, max(1, number)


async def _lines(shell: Shell, several: Sequence[Candidacy], asked: Filter, _: Words) -> list[Line]:
    personal = await shell.desk.nominations.personal_of(several)
    lines = []
    for one in several:
        name = personal[one.id].name if one.id in personal else ""
        if asked.matches(one, name):
            lines.append(
                Line(
                    one.id,
                    name or one.id,
                    one.nomination,
                    _.place(one.region),
                    _(STATES[one.state]),
                )
            )
    return sorted(lines, key=lambda line: (in_order(line.name), line.id))


def _regions(several: Sequence[Candidacy], _: Words) -> list[Option]:
    codes = {one.region for one in several if one.region}
    return sorted(
        (Option(code, _.region(code)) for code in codes), key=lambda one: in_order(one.label)
    )


async def _of_nomination(shell: Shell, nomination: str, person: Person) -> OfNomination:
    who = shell.desk.manager(person)
    opened = await shell.desk.nominations.opened(nomination, who)
    return OfNomination(opened, await _twins(shell, opened.candidacy, who))


async def _twins(shell: Shell, candidacy: Candidacy, who: Caller) -> list[tuple[str, str]]:
    """Nominations that may be of the same nominee, with their names."""
    alike = {
        member
        for group in await shell.desk.nominations.duplicates(candidacy.cycle, who)
        if candidacy.id in group.nominees
        for member in group.nominees
        if member != candidacy.id
    }
    if not alike:
        return []
    found = await shell.desk.cycles.store.candidacies(candidacy.cycle, who.scope, ids=sorted(alike))
    personal = await shell.desk.nominations.personal_of([one.value for one in found])
    return [(name, one.name) for name, one in sorted(personal.items())]


def _add_nomination(router: APIRouter, shell: Shell) -> None:
    done = {name_of_kind(one.kind): one.done for one in NOMINATION_ACTIONS}

    @router.get(OF_NOMINATION)
    async def nomination(request: Request, nomination: str, person: SignedIn) -> Response:
        of = await _of_nomination(shell, nomination, person)
        candidacy = of.opened.candidacy
        _ = shell.words(request)
        said = done.get(request.query_params.get("done", ""), "")
        cycle = (await shell.desk.cycles.load(candidacy.cycle)).value
        return shell.show(
            request,
            "console/nomination.html",
            of=of,
            candidacy=candidacy,
            personal=of.opened.personal,
            links=links(of.opened.personal.evidence) if of.opened.personal else [],
            files=attached(of.opened.personal.evidence) if of.opened.personal else [],
            state=_(STATES[candidacy.state]),
            obstacles=[_(refusal_text(one.code)) for one in of.opened.obstacles],
            rows=_rows(of, _),
            is_blind=cycle.policy is not None and cycle.policy.is_blind,
            actions=_offered(shell, of, person),
            done=_(said) if said else "",
            is_international=candidacy.track == INTERNATIONAL,
        )


def _rows(of: OfNomination, _: Words) -> list[Row]:
    personal, candidacy = of.opened.personal, of.opened.candidacy
    rows = [
        Row(_("Region"), _.place(candidacy.region)),
        Row(_("Received"), _.formats.moment(candidacy.received_at)),
        Row(_("Verified hours"), _.formats.number(of.opened.verified_hundredths / 100, 2)),
    ]
    if personal is None:
        return rows
    return [
        *rows,
        Row(_("Contact"), personal.contact),
        Row(_("Year of birth"), str(personal.birth_year or _("not given"))),
        Row(_("Organisation"), personal.organisation or _("not given")),
        Row(_("Nominated by"), f"{personal.nominator.name}, {personal.nominator.contact}"),
        Row(_("Relation to the nominee"), personal.nominator.relation),
        Row(_("Confirming organisations"), ", ".join(personal.confirmations) or _("none")),
    ]


def _offered(shell: Shell, of: OfNomination, person: Person) -> list[tuple[str, str]]:
    """The commands that the state and the roles allow, as (address, title in English)."""
    candidacy = of.opened.candidacy
    wanted = {
        State.RECEIVED: {"Admit", "Refuse", "Merge", "Withdraw", "ConfirmGuardian", "SetBlindText"},
        State.ADMITTED: {"Refuse", "Merge", "Withdraw", "ConfirmGuardian", "SetBlindText"},
    }.get(candidacy.state, set())
    if of.opened.personal is not None:
        wanted = {*wanted, "Erase"}
    if not of.twins:
        wanted = wanted - {"Merge"}
    return [
        (name_of_kind(one.kind), one.title)
        for one in NOMINATION_ACTIONS
        if one.kind.__name__ in wanted and shell.desk.may(person, one.kind, candidacy.region)
    ]
