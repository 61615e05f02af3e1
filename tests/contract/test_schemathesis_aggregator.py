"""A program that tries everything the OpenAPI document allows finds nothing undocumented."""

from datetime import UTC, datetime

import schemathesis
from hypothesis import settings
from pydantic import SecretStr
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from birge_aggregator.app import access_over, create_api
from birge_aggregator.settings import AggregatorSettings
from birge_aggregator.stores.memory import MemoryEditions, MemoryFindings, MemoryStore
from birge_aggregator.stores.memory_publications import MemoryPublications
from birge_common.access.stores.failures_memory import MemoryFailures
from birge_common.access.stores.memory import MemoryPeopleStore
from birge_common.contracts.partner import PartnerChangedV1
from birge_common.security.keys import KeyDirectory, issue_key
from birge_common.settings import HttpSettings, SecuritySettings
from birge_common.testing.clock import ManualClock

SECRET = "k" * 32
KEY = issue_key("test", SECRET)
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


def app_with_a_key() -> object:
    keys = KeyDirectory(SECRET)
    keys.apply(
        PartnerChangedV1(
            key_id=KEY.key_id,
            name="Stranger",
            digest=KEY.digest,
            sources=("urn:birge:a",),
            state="active",
            registered_at=datetime(2022, 1, 1, tzinfo=UTC),
        )
    )
    service = AggregatorSettings(
        http=HttpSettings(allowed_hosts=("*",)),
        security=SecuritySettings(key_pepper=SecretStr(SECRET), receipt_key=SecretStr(SECRET)),
    )
    clock = ManualClock()
    return create_api(
        service,
        store=MemoryStore(),
        findings=MemoryFindings(),
        editions=MemoryEditions(),
        publications=MemoryPublications(),
        access=access_over(service, MemoryPeopleStore(), clock, MemoryFailures()),
        keys=keys,
        clock=clock,
    )


schema = schemathesis.openapi.from_asgi("/openapi.json", app_with_a_key())


@schema.parametrize()
@settings(max_examples=25, deadline=None)
def test_every_answer_is_documented(case: schemathesis.Case) -> None:
    headers = {"Authorization": f"Bearer {KEY.text}"}
    case.call_and_validate(headers=headers, checks=CHECKS)
