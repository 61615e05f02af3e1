"""The country: what volunteering was in the period of the newest edition, or of a named one."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.pages.shell import Reader, Shell, View
from birge_common.web.pages.views import Row


def country_page(shell: Shell) -> APIRouter:
    """`/`, and under its permanent address `/publications/{edition}`."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @router.get("/")
    async def newest(request: Request) -> Response:
        return await shell.show(request, "site/country.html", _view)

    @router.get("/publications/{edition}")
    async def permanent(request: Request, edition: str) -> Response:
        return await shell.show(request, "site/country.html", _view, edition)

    return router


async def _view(reader: Reader) -> View:
    _ = reader.words
    hours = await reader.frame(AnswerKey("hours", reader.edition.period))
    totals = hours["totals"]
    return {
        "headlines": [
            Row(_("Hours seen by the front offices"), _.formats.number(totals["front_office"])),
            Row(_("Hours in all, counted once"), _.formats.number(totals["grand_total"])),
        ],
        "commentary": reader.edition.commentary.get(COUNTRY),
        "caveats": hours["caveats"],
    }
