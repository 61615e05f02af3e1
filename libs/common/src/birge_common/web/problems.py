"""Errors of a request as RFC 9457 problem details: a stable code, and never the input."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Protocol

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from opentelemetry import trace
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

PROBLEM_JSON = "application/problem+json"
_TYPES = "https://birge.kz/problems/"

log = structlog.get_logger()


class ProblemDetails(BaseModel):
    """RFC 9457: what went wrong with the request as a whole."""

    type: str = Field(description="A stable address that names the kind of problem")
    title: str
    status: int
    code: str = Field(description="The kind of problem in one word")
    detail: str = Field(description="What to do about it")
    trace_id: str | None = None


class FailurePages(Protocol):
    """Answers failures to people; `birge_common.web.pages` has it."""

    def answers(self, request: Request) -> bool:
        """Whether the client wants a page, and the route gives pages."""
        ...

    def failure(
        self, request: Request, status: int, detail: str, headers: Mapping[str, str] | None
    ) -> Response:
        """The page in the reader's language."""
        ...


class Problem(Exception):
    """Raised at the edge only: ends the request with this problem."""

    def __init__(
        self, status: int, code: str, detail: str, *, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.headers = status, code, detail, headers


def current_trace_id() -> str | None:
    """The trace this request belongs to, as 32 hexadecimal digits."""
    context = trace.get_current_span().get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else None


def trace_id_of(request: Request) -> str | None:
    """The request's trace, also where its span has ended already."""
    kept: str | None = getattr(request.state, "trace_id", None)
    return current_trace_id() or kept


def problem_response(
    status: int,
    code: str,
    detail: str,
    *,
    headers: dict[str, str] | None = None,
    **extensions: Any,
) -> Response:
    """The answer to a request that failed; `extensions` are further members of the object."""
    body = {
        "type": f"{_TYPES}{code.replace('_', '-')}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "trace_id": current_trace_id(),
        **extensions,
    }
    return JSONResponse(body, status, headers=headers, media_type=PROBLEM_JSON)


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route's document says of the problem details that it may answer."""
    content = {PROBLEM_JSON: {"schema": ProblemDetails.model_json_schema()}}
    return {status: {"description": "Problem details", "content": content} for status in statuses}


def install_problem_handlers(app: FastAPI, pages: FailurePages | None = None) -> None:
    """Answer every failure as a problem, and no failure with the input that caused it.

    With `pages`, people get a page where programs get problem details; of a `Problem` it also
    shows the detail, which is written for whoever the route is for.
    """

    def answer(
        request: Request,
        status: int,
        code: str,
        detail: str,
        headers: dict[str, str] | None = None,
        for_people: str = "",
    ) -> Response:
        if pages is not None and pages.answers(request):
            return pages.failure(request, status, for_people, headers)
        trace_id = trace_id_of(request)
        return problem_response(status, code, detail, headers=headers, trace_id=trace_id)

    async def on_problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        detail = error.detail
        return answer(request, error.status, error.code, detail, error.headers, for_people=detail)

    async def on_http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
        detail = {
            404: "There is nothing at this address; /docs lists what there is.",
            405: "This address does not take that method; the Allow header says which it takes.",
        }.get(error.status_code, "The request could not be answered.")
        headers = dict(error.headers) if error.headers else None
        return answer(request, error.status_code, code, detail, headers)

    async def on_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        places = sorted({".".join(str(part) for part in e["loc"][:2]) for e in error.errors()})
        detail = f"Look at {', '.join(places)}; /docs says what is expected there."
        return answer(request, 400, "invalid_request", detail)

    async def on_bug(request: Request, error: Exception) -> Response:
        log.error("request.failed", exc_info=error)
        detail = "This is a fault of ours. Nothing of the request was accepted; quote the trace id."
        return answer(request, 500, "internal", detail)

    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(Exception, on_bug)
