"""Which of the four ways of sending events a request uses, by its headers alone."""

from collections.abc import Mapping
from enum import Enum

from birge_common.web.problems import Problem

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
NDJSON = "application/x-ndjson"
JSON = "application/json"

_ACCEPTED = (
    f"Send {STRUCTURED}, {BATCH} or {NDJSON}, or {JSON} with the event's attributes in ce- headers."
)


class Mode(Enum):
    """How events travel in a request."""

    STRUCTURED = STRUCTURED
    BATCH = BATCH
    NDJSON = NDJSON
    BINARY = JSON

    @property
    def is_single(self) -> bool:
        """Whether a request in this mode is one event, answered by the code of its error."""
        return self in (Mode.STRUCTURED, Mode.BINARY)


def mode_of(headers: Mapping[str, str]) -> Mode:
    """The mode that the headers announce; 415 where it is none of ours."""
    media_type, parameters = _parsed(headers.get("content-type", ""))
    if parameters.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise _unsupported("Send UTF-8; no other charset is read.")
    for mode in (Mode.STRUCTURED, Mode.BATCH, Mode.NDJSON):
        if media_type == mode.value:
            return mode
    if not any(name.startswith("ce-") for name in headers):
        raise _unsupported(_ACCEPTED)
    # CloudEvents lets a sender leave the type of its data out where it is JSON.
    if media_type in (JSON, "") or (
        media_type.startswith("application/") and media_type.endswith("+json")
    ):
        return Mode.BINARY
    raise _unsupported(f"In binary mode data must be {JSON}. {_ACCEPTED}")


def content_coding_of(headers: Mapping[str, str]) -> str:
    """`gzip` or `identity`; 415 for any other coding, or several."""
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("gzip", "x-gzip", "identity"):
        raise Problem(
            415,
            "unsupported_content_encoding",
            "Send the body as it is or with Content-Encoding: gzip.",
            headers={"Accept-Encoding": "gzip"},
        )
    return coding.removeprefix("x-")


def _parsed(content_type: str) -> tuple[str, dict[str, str]]:
    media_type, *parts = content_type.split(";")
    pairs = (part.split("=", 1) for part in parts if "=" in part)
    parameters = {name.strip().lower(): value.strip().strip('"') for name, value in pairs}
    return media_type.strip().lower(), parameters


def _unsupported(detail: str) -> Problem:
    return Problem(415, "unsupported_media_type", detail, headers={"Accept-Post": _ACCEPT_POST})


_ACCEPT_POST = f"{STRUCTURED}, {BATCH}, {NDJSON}, {JSON}"
