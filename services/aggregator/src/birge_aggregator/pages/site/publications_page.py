"""All editions that are out, the newest first, with their files and how to check them."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_aggregator.editions import Edition
from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site.periods import period_name
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.words import Words

FILES = (
    ("report-kk.pdf", N_("Report in Kazakh, PDF")),
    ("report-ru.pdf", N_("Report in Russian, PDF")),
    ("report-en.pdf", N_("Report in English, PDF")),
    ("tables.xlsx", N_("All tables, XLSX")),
    ("tables.zip", N_("All tables, CSV with descriptions")),
    ("edition.json", N_("The whole edition, JSON")),
)


@dataclass(frozen=True)
class Listed:
    """An edition as the list shows it; `successor` where another has taken its place."""

    edition: Edition
    title: str
    note: str
    successor: str
    files: tuple[tuple[str, str], ...]


def publications_page(shell: Shell) -> APIRouter:
    """`/publications`: of all editions, so it has one address."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @router.get("/publications")
    async def publications(request: Request) -> Response:
        return await shell.show(request, "site/publications.html", _view)

    return router


async def _view(reader: Reader) -> View:
    return {
        "editions": [
            listed(reader.words, one)
            for one in sorted(reader.others, key=lambda one: one.issued_at, reverse=True)
        ]
    }


def listed(words: Words, edition: Edition) -> Listed:
    """How the list, and the feeds, name an edition."""
    _ = words
    return Listed(
        edition,
        _(
            "%(period)s, edition %(number)s",
            period=period_name(_, edition.period),
            number=edition.number,
        ),
        _.title(edition.change_note) if edition.change_note else "",
        edition.superseded_by or "",
        tuple((f"/publications/{edition.id}/files/{name}", _(title)) for name, title in FILES),
    )
