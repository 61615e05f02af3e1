"""The log of acts for those who audit it, and the export of nominees that it tells of."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_awards.domain.acting import Refused
from birge_awards.handlers.exporting import Exports
from birge_awards.pages.console.action_pages import SignedIn
from birge_awards.pages.fields import typed_in
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Shell
from birge_awards.ports import NumberedAct

PAGE_SIZE = 100
_NUMBER_DIGITS_MAX = 12


@dataclass(frozen=True)
class ActLine:
    """An act as the page shows it; what is private has only its commitment in the log."""

    number: int
    at: str
    actor: str
    act: str
    subject: str
    public: str


def audit_pages(shell: Shell) -> APIRouter:
    """`/awards/acts` and `/awards/cycles/{cycle}/export_nominees`."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_acts(router, shell)
    _add_export(router, shell)
    return router


def _add_acts(router: APIRouter, shell: Shell) -> None:
    @router.get("/awards/acts")
    async def acts(request: Request, person: SignedIn) -> Response:
        shell.desk.auditor(person)
        since = _number(request.query_params.get("since", ""))
        found = await shell.desk.cycles.store.acts(since, PAGE_SIZE + 1)
        names = await shell.people.names({one.actor for one in found})
        _ = shell.words(request)
        return shell.show(
            request,
            "console/acts.html",
            lines=[_line(one, names, _.formats.moment(one.at)) for one in found[:PAGE_SIZE]],
            since=since,
            earlier=max(0, since - PAGE_SIZE),
            later=since + PAGE_SIZE if len(found) > PAGE_SIZE else None,
        )


def _add_export(router: APIRouter, shell: Shell) -> None:
    exports = Exports(shell.desk.nominations)

    def page(request: Request, cycle: str, error: str = "") -> Response:
        errors = {"reason": error} if error else {}
        return shell.show(
            request, "console/export.html", 422 if error else 200, cycle=cycle, errors=errors
        )

    @router.get("/awards/cycles/{cycle}/export_nominees")
    async def ask(request: Request, cycle: str, person: SignedIn) -> Response:
        await shell.desk.exporter(person, cycle)
        return page(request, cycle)

    @router.post("/awards/cycles/{cycle}/export_nominees")
    async def export(request: Request, cycle: str, person: SignedIn) -> Response:
        caller = await shell.desk.exporter(person, cycle)
        reason = (await typed_in(request)).get("reason", "")
        try:
            text = await exports.nominees(cycle, reason, caller)
        except Refused as refused:
            return page(request, cycle, shell.words(request)(refusal_text(refused.code)))
        return Response(
            # With a mark at its begin, by which spreadsheets know the encoding.
            "\ufeff" + text,
            media_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="nominees.csv"',
                "Cache-Control": "no-store",
            },
        )


def _line(one: NumberedAct, names: Mapping[str, str], at: str) -> ActLine:
    public = json.dumps(one.public, ensure_ascii=False) if one.public else ""
    return ActLine(one.number, at, names.get(one.actor, one.actor), one.act, one.subject, public)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= _NUMBER_DIGITS_MAX else 0
