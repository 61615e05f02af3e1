"""The committed OpenAPI document of the aggregator is the one its code gives."""

from birge_aggregator.openapi import PATH, documented_app
from birge_common.web.openapi import document_of


def test_the_committed_document_is_up_to_date() -> None:
    assert PATH.read_text(encoding="utf-8") == document_of(documented_app())
