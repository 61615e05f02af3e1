"""The pages of a policy: what holds, what is missing, and its forms while the cycle is a draft."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_awards.domain.cycle.commands import SetPolicy
from birge_awards.domain.cycle.cycle import Cycle, Stage
from birge_awards.domain.cycle.policy import (
    CALIBRATED,
    DOMESTIC,
    DUE,
    INTERNATIONAL,
    LANGUAGES,
    RAW_MEAN,
    TIE_STEPS,
    Policy,
    problems_of,
)
from birge_awards.pages.console.action_pages import SignedIn
from birge_awards.pages.console.policy_form import (
    CRITERIA_ROWS,
    NEW,
    NEW_NOMINATION,
    general_typed,
    nomination_from,
    nomination_typed,
    with_general,
    with_nomination,
    without_nomination,
)
from birge_awards.pages.fields import Mistyped, Typed, typed_in
from birge_awards.pages.shell import Shell, Words
from birge_common.access.people import Person
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.views import Option, Row

OF_POLICY = "/awards/cycles/{cycle}/policy"
NEW_CODE = "new"
TRACKS = {DOMESTIC: N_("Domestic"), INTERNATIONAL: N_("International")}
RANKS_BY = {
    CALIBRATED: N_("The calibrated score: how strict each member is, is taken out"),
    RAW_MEAN: N_("The raw mean of the scores"),
}
TIES = dict(
    zip(
        TIE_STEPS,
        (
            N_("Whom most of the members who read both put higher"),
            N_("Who has more of the highest marks"),
            N_("Who is ahead in the heaviest criteria"),
            N_("One more member reads those who tied"),
            N_("An open vote of the members without a conflict"),
            N_("The chair decides and gives the reason"),
            N_("The award is shared"),
        ),
        strict=True,
    )
)
STAGE_ENDS = dict(
    zip(
        DUE,
        (
            N_("Nominations end on"),
            N_("Regional stage ends on"),
            N_("National stage ends on"),
            N_("Laureates are published on"),
        ),
        strict=True,
    )
)

PROBLEMS = {
    "nominations": N_("Name at least one category, each once."),
    "scale": N_("The scale begins below its end."),
    "reviews": N_("Each nominee needs at least %(reviews)s independent reviews."),
    "ranks_by": N_("Say whether the raw mean or the calibrated score ranks."),
    "tie_chain": N_("Choose at least one way out of a tie."),
    "tie_end": N_("The ways out of a tie end with the chair's word or a shared award."),
    "quorum": N_("The quorum is a share of the members, above 0 and up to 1."),
    "appeal_days": N_("Leave at least a day for appeals."),
    "due": N_("The days that stages end on follow each other."),
    "fund": N_("The prizes add up to %(prizes)s tenge, the fund is %(fund)s tenge."),
    "track": N_("%(category)s: choose the domestic or the international track."),
    "criteria": N_("%(category)s: name at least one criterion, each once."),
    "titles": N_("%(category)s: name it and every criterion in all three languages."),
    "weights": N_("%(category)s: every criterion weighs at least 1."),
    "prizes": N_("%(category)s: give a prize, or 0, for each place."),
    "laureates": N_("%(category)s: a region may send at least one laureate."),
}


def policy_pages(shell: Shell) -> APIRouter:
    """`…/policy`, `…/policy/general`, and `…/policy/nominations/{code}`."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_policy(router, shell)
    _add_general(router, shell)
    _add_nomination(router, shell)
    return router


def _add_policy(router: APIRouter, shell: Shell) -> None:
    @router.get(OF_POLICY)
    async def policy(request: Request, cycle: str, person: SignedIn) -> Response:
        shell.desk.reader(person)
        found = (await shell.desk.cycles.load(cycle)).value
        held, _ = found.policy or NEW, shell.words(request)
        return shell.show(
            request,
            "console/policy.html",
            cycle=cycle,
            rows=_rows(held, _),
            ties=[_(TIES[step]) for step in held.tie_chain],
            nominations=held.nominations,
            tracks={track: _(text) for track, text in TRACKS.items()},
            problems=[_(PROBLEMS[one.code], **one.values) for one in problems_of(held)],
            may_write=_may_write(shell, person, found),
            policy_hash=found.policy_hash,
        )


def _rows(held: Policy, _: Words) -> list[Row]:
    yes, no = _("yes"), _("no")
    return [
        Row(_("Scale"), f"{held.scale[0]}–{held.scale[1]}"),
        Row(_("Reviews of each nominee, at least"), str(held.reviews)),
        Row(_("Quorum, as a share of members without a conflict"), str(held.quorum)),
        Row(_("What ranks"), _(RANKS_BY[held.ranks_by])),
        Row(_("Jurors read texts without names"), yes if held.is_blind else no),
        Row(_("Every sheet says why in words"), yes if held.reasons_required else no),
        Row(_("Prize fund"), _.formats.money(held.fund_tenge)),
        Row(_("Days for appeals"), str(held.appeal_days)),
        *(
            Row(_(STAGE_ENDS[stage]), _.formats.date(held.due[stage]))
            for stage in DUE
            if stage in held.due
        ),
    ]


def _add_general(router: APIRouter, shell: Shell) -> None:
    def page(request: Request, cycle: str, typed: Typed, errors: Mapping[str, str]) -> Response:
        _ = shell.words(request)
        return shell.show(
            request,
            "console/policy_general.html",
            422 if errors else 200,
            cycle=cycle,
            typed=typed,
            errors=errors,
            ranks_by=_options(RANKS_BY, _),
            ties=_options(TIES, _),
            due=_options(STAGE_ENDS, _),
        )

    @router.get(f"{OF_POLICY}/general")
    async def write(request: Request, cycle: str, person: SignedIn) -> Response:
        held = await _held(shell, person, cycle)
        return page(request, cycle, general_typed(held), {})

    @router.post(f"{OF_POLICY}/general")
    async def keep(request: Request, cycle: str, person: SignedIn) -> Response:
        held, typed = await _held(shell, person, cycle), await typed_in(request)
        return await _kept(
            shell,
            request,
            person,
            cycle,
            lambda: with_general(held, typed),
            lambda errors: page(request, cycle, typed, errors),
        )


def _add_nomination(router: APIRouter, shell: Shell) -> None:
    def page(
        request: Request, cycle: str, code: str, typed: Typed, errors: Mapping[str, str]
    ) -> Response:
        return shell.show(
            request,
            "console/policy_nomination.html",
            422 if errors else 200,
            cycle=cycle,
            code=code,
            is_new=code == NEW_CODE,
            typed=typed,
            errors=errors,
            tracks=_options(TRACKS, shell.words(request)),
            rows=range(CRITERIA_ROWS),
            languages_of_text=LANGUAGES,
        )

    @router.get(OF_POLICY + "/nominations/{code}")
    async def write(request: Request, cycle: str, code: str, person: SignedIn) -> Response:
        found = (await _held(shell, person, cycle)).nomination(code)
        typed = nomination_typed(found) if found else NEW_NOMINATION
        return page(request, cycle, code, typed, {})

    @router.post(OF_POLICY + "/nominations/{code}")
    async def keep(request: Request, cycle: str, code: str, person: SignedIn) -> Response:
        held, typed = await _held(shell, person, cycle), await typed_in(request)

        def changed() -> Policy:
            if "remove" in typed:
                return without_nomination(held, code)
            return with_nomination(held, code, nomination_from(typed))

        return await _kept(
            shell,
            request,
            person,
            cycle,
            changed,
            lambda errors: page(request, cycle, code, typed, errors),
        )


def _options(texts: Mapping[str, str], _: Words) -> Sequence[Option]:
    return [Option(value, _(text)) for value, text in texts.items()]


async def _held(shell: Shell, person: Person, cycle: str) -> Policy:
    shell.desk.require(person, SetPolicy, None)
    return (await shell.desk.cycles.load(cycle)).value.policy or NEW


async def _kept(
    shell: Shell,
    request: Request,
    person: Person,
    cycle: str,
    changed: Callable[[], Policy],
    again: Callable[[Mapping[str, str]], Any],
) -> Response:
    try:
        policy = changed()
    except Mistyped as error:
        page: Response = again({error.field: shell.words(request)(error.text)})
        return page
    await shell.desk.to_cycle(person, cycle, SetPolicy(policy))
    return RedirectResponse(f"/awards/cycles/{cycle}/policy", 303)


def _may_write(shell: Shell, person: Person, cycle: Cycle) -> bool:
    return cycle.stage == Stage.DRAFT and shell.desk.may(person, SetPolicy, None)
