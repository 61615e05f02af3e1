"""How to take the data away: API, formats, licence, feeds and examples."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site.table_words import TABLE_WORDS


def open_data_page(shell: Shell, address: str) -> APIRouter:
    """`/data`: of all editions, so it has one address; the site's own stands in the examples."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    async def view(reader: Reader) -> View:
        return {"site": address, **_of_edition(reader)}

    @router.get("/data")
    async def data(request: Request) -> Response:
        return await shell.show(request, "site/data.html", view)

    return router


def _of_edition(reader: Reader) -> View:
    of_edition = f"/v1{reader.links.root}/statistics"
    window = reader.edition.period
    return {
        "tables": [
            (name, reader.words(said.title), f"{of_edition}/{name}?period={window}")
            for name, said in TABLE_WORDS.items()
        ],
        "example": f"{of_edition}/hours?period={window}&region=KZ-71&format=csv",
        "windows": reader.edition.windows,
    }
