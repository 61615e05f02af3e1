"""The committed OpenAPI document of the awards is the one its code gives."""

from birge_awards.openapi import PATH, documented_app
from birge_common.web.openapi import document_of


def test_the_committed_document_is_up_to_date() -> None:
    assert PATH.read_text(encoding="utf-8") == document_of(documented_app())


def test_pages_for_people_are_no_part_of_it() -> None:
    paths = documented_app().openapi()["paths"]
    assert [path for path in paths if not path.startswith(("/v1/", "/health/", "/metrics"))] == []
