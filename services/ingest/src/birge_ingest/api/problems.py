"""Which HTTP answer belongs to which refusal, and how the documentation shows it."""

from collections.abc import Mapping, Sequence
from typing import Any

from birge_common.web.problems import PROBLEM_JSON, Problem
from birge_ingest.api.models import RejectedProblem

_STATUSES: Mapping[str, int] = {
    "malformed": 400,
    "duplicate_key": 400,
    "source_not_yours": 403,
    "region_not_yours": 403,
    "kind_not_yours": 403,
    "too_large": 413,
    "unsupported_media_type": 415,
}

_DESCRIPTIONS = {
    400: "The request cannot be read; the detail tells the position",
    401: "No live key",
    403: "The key does not cover this",
    404: "There is nothing at this address, or nothing that this key may see",
    405: "This address does not take that method",
    408: "The body did not arrive in time",
    413: "The event, the request or its unpacked body is too large",
    415: "A content type, charset or coding that is not taken",
    422: "Every event was rejected; `results` tells why",
    431: "The headers are too large",
    500: "A fault of ours; nothing was accepted",
    503: "Something behind the door is away; nothing was accepted, and a retry is safe",
}


def status_of(code: str) -> int:
    """The HTTP code of a one-event request that was refused with this code."""
    return _STATUSES.get(code, 422)


def log_away() -> Problem:
    """The answer while the log does not acknowledge."""
    detail = "The log did not acknowledge; no receipt was given. Send the same events again."
    return Problem(503, "log_unavailable", detail, headers={"Retry-After": "2"})


def store_away() -> Problem:
    """The answer while the database does not answer."""
    detail = "The quarantine cannot be read just now; ask again."
    return Problem(503, "store_unavailable", detail, headers={"Retry-After": "2"})


def documented(statuses: Sequence[int]) -> dict[int | str, dict[str, Any]]:
    """Problem answers of these statuses, for the OpenAPI document."""
    schema = {"$ref": f"#/components/schemas/{RejectedProblem.__name__}"}
    return {
        status: {
            "description": _DESCRIPTIONS[status],
            "content": {PROBLEM_JSON: {"schema": schema}},
        }
        for status in statuses
    }
