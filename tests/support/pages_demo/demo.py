"""A small application that shows everything the page shell has."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from starlette.middleware import Middleware

from birge_common.web.pages.assets import assets_router
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.headers import PageHeaders
from birge_common.web.pages.languages import language_of
from birge_common.web.pages.rendering import Pages
from birge_common.web.pages.views import Column, Option, Pager, Row, Task
from birge_common.web.problems import Problem, install_problem_handlers
from birge_common.web.tracing import RequestTracing

HERE = Path(__file__).parent
TEMPLATES, CATALOGUES = HERE / "templates", HERE / "locale"


@dataclass(frozen=True)
class Visitor:
    name: str


def demo_app() -> FastAPI:
    pages = Pages([TEMPLATES], [CATALOGUES], build="1.2.3")
    app = FastAPI(
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
        middleware=[Middleware(RequestTracing), Middleware(PageHeaders)],
    )
    app.include_router(assets_router())
    install_problem_handlers(app, pages)

    @app.get("/demo", response_class=HTMLResponse)
    async def demo(request: Request, person: str = "", name: str = "") -> HTMLResponse:
        if person:
            request.state.person, request.state.csrf_token = Visitor(person), "a-token"
        _ = pages.text_in(language_of(request))
        options = [Option("KZ-35", "Қарағанды"), Option("KZ-75", "Алматы", hint="қала")]
        return pages.render(
            request,
            "demo.html",
            name=name,
            errors={"name": _("Enter the name.")} if name == "wrong" else {},
            steps=[
                Task("Қабылдау", "done", "/1", until=date(2026, 1, 2)),
                Task("Тексеру", "yours", "/2", until=date(2026, 3, 2), hint="35"),
                Task("Отырыс", "waiting", waits_for="Қарағанды облысы", until=date(2026, 4, 2)),
                Task("Жариялау", "later"),
            ],
            rows=[Row("Өңір", "Қарағанды", "/change"), Row("Кезең", "2026")],
            options=options,
            columns=[Column("Өңір"), Column("Сағат", is_figure=True)],
            cells=[["Қарағанды", "12"], ["Алматы", "7"]],
            pager=Pager("/demo", page=2, size=20, total=61, parameters=(("q", "а б"),)),
            at=datetime(2026, 11, 23, 20, 7, tzinfo=UTC),
        )

    @app.get("/refusing", response_class=HTMLResponse)
    async def refusing() -> None:
        raise Problem(409, "too_late", N_("Come earlier."), headers={"Retry-After": "1"})

    @app.get("/untold", response_class=HTMLResponse)
    async def untold() -> None:
        raise Problem(403, "not_yours", "Only in English.")

    @app.get("/broken", response_class=HTMLResponse)
    async def broken() -> None:
        raise RuntimeError("a secret of the inside")

    @app.get("/v1/refusing")
    async def refusing_programs() -> None:
        raise Problem(409, "too_late", "Come earlier.")

    return app
