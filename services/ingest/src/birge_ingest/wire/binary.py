"""CloudEvents' binary mode: attributes in `ce-` headers, percent-encoded, and data as the body."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from birge_common.web.problems import Problem

_QUOTED_PAIR = re.compile(r"\\(.)")


def attributes_in(headers: Mapping[str, str]) -> dict[str, str]:
    """The attributes that the `ce-` headers hold; 400 where one is doubled or no UTF-8."""
    given = [(name[3:], value) for name, value in headers.items() if name.startswith("ce-")]
    attributes = {name: _decoded(value) for name, value in given}
    if len(attributes) < len(given):
        raise Problem(400, "malformed", "A ce- header stands twice; send each attribute once.")
    return attributes


def contradicts(attributes: Mapping[str, str], event: Mapping[str, Any]) -> bool:
    """Whether a header says something else than the event in the body, or more."""
    return any(_as_header(event.get(name)) != said for name, said in attributes.items())


def _as_header(value: Any) -> Any:
    """The text that a boolean or integer attribute has in a header."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else value


def _decoded(value: str) -> str:
    """HTTP binding of CloudEvents, 3.1.3.2: unquote, decode percent signs, read as UTF-8."""
    if len(value) > 1 and value.startswith('"') and value.endswith('"'):
        value = _QUOTED_PAIR.sub(r"\1", value[1:-1])
    try:
        return unquote_to_bytes(value.encode("latin-1")).decode()
    except UnicodeError:
        detail = "A ce- header is not percent-encoded UTF-8; encode what is not printable ASCII."
        raise Problem(400, "malformed", detail) from None
