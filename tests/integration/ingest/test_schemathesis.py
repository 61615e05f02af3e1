"""A program that tries everything the OpenAPI document allows finds nothing undocumented."""

from typing import Any

import pytest
import schemathesis
from hypothesis import settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.support.door import NDJSON, DoorUnderTest

# It needs no server, but more time than the fast tests have, even to be collected.
pytestmark = pytest.mark.integration

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
)

door = DoorUnderTest()
schema = schemathesis.openapi.from_asgi("/openapi.json", door.app, headers={"Host": "127.0.0.1"})


@schemathesis.serializer(NDJSON)
def as_it_is(_: Any, value: Any) -> bytes:
    return str(value).encode("utf-8", "replace")


@schema.parametrize()
@settings(max_examples=15, deadline=None)
def test_every_answer_is_documented(case: schemathesis.Case) -> None:
    headers = {"Authorization": f"Bearer {door.key}", "Host": "127.0.0.1"}
    case.call_and_validate(headers=headers, checks=CHECKS)
