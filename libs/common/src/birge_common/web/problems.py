"""Errors of a request as RFC 9457 problem details: a stable code, and never the input."""

from http import HTTPStatus
from typing import Any

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


def install_problem_handlers(app: FastAPI) -> None:
    """Answer every failure as a problem, and no failure with the input that caused it."""

    async def on_problem(_request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        return problem_response(error.status, error.code, error.detail, headers=error.headers)

    async def on_http_error(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
        detail = {
            404: "There is nothing at this address; /docs lists what there is.",
            405: "This address does not take that method; the Allow header says which it takes.",
        }.get(error.status_code, "The request could not be answered.")
        headers = dict(error.headers) if error.headers else None
        return problem_response(error.status_code, code, detail, headers=headers)

    async def on_invalid(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        places = sorted({".".join(str(part) for part in e["loc"][:2]) for e in error.errors()})
        detail = f"Look at {', '.join(places)}; /docs says what is expected there."
        return problem_response(400, "invalid_request", detail)

    async def on_bug(_request: Request, error: Exception) -> Response:
        log.error("request.failed", exc_info=error)
        detail = "This is a fault of ours. Nothing of the request was accepted; quote the trace id."
        return problem_response(500, "internal", detail)

    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(Exception, on_bug)
