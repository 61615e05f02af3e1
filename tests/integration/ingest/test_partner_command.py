"""`birge-ingest partner`: a key is made, known to the running door, and revoked within seconds."""

from uuid import uuid4

import pytest
from typer.testing import CliRunner

from birge_ingest.__main__ import program
from tests.support.door import PEPPER, RECEIPT_KEY, STRUCTURED, activity, as_text
from tests.support.ingest_process import IngestProcess

pytestmark = pytest.mark.integration


@pytest.fixture
def source() -> str:
    return f"urn:{uuid4()}"


def send(ingest: IngestProcess, source: str, key: str, **changes: object) -> int:
    event = activity(f"r-{uuid4()}", source=source, **changes)
    return ingest.send(as_text(event), STRUCTURED, key).status_code


def test_a_key_works_until_it_is_revoked(ingest: IngestProcess, source: str) -> None:
    made = ingest.partner("add", "Алматы кеңсесі", "--source", source)
    assert made.returncode == 0
    *others, key = made.stdout.splitlines()
    assert others == []
    assert "shown this once" in made.stderr
    assert key not in made.stderr
    assert ingest.wait_for_key(key, is_live=True) < 5
    assert send(ingest, source, key) == 202

    listed = ingest.partner("list").stdout
    [row] = [line.split("\t") for line in listed.splitlines() if source in line]
    assert row[:6] == [key.split("_")[2], "active", "Алматы кеңсесі", source, "all", "all"]
    assert key.split("_")[3] not in listed

    revoked = ingest.partner("revoke", row[0])
    assert revoked.returncode == 0
    assert ingest.wait_for_key(key, is_live=False) < 5
    assert send(ingest, source, key) == 401


def test_a_key_covers_what_it_was_made_for(ingest: IngestProcess, source: str) -> None:
    scope = ("--region", "KZ-75", "--region", "KZ-71", "--kind", "activity")
    made = ingest.partner("add", "Scoped", "--source", source, "--source", f"{source}:2", *scope)
    key = made.stdout.splitlines()[-1]
    ingest.wait_for_key(key, is_live=True)
    assert send(ingest, source, key, region="KZ-71") == 202
    assert send(ingest, f"{source}:2", key) == 202
    assert send(ingest, source, key, region="KZ-79") == 403
    assert send(ingest, f"{source}:3", key) == 403


def test_a_partner_may_hold_two_keys_and_no_other_may_take_its_source(
    ingest: IngestProcess, source: str
) -> None:
    first = ingest.new_key("Owner", source)
    second = ingest.new_key("Owner", source)
    taken = ingest.partner("add", "Another", "--source", source)
    assert taken.returncode == 1
    assert taken.stdout == ""
    assert source in taken.stderr
    assert "another partner" in taken.stderr
    assert (send(ingest, source, first), send(ingest, source, second)) == (202, 202)


def test_without_a_database_it_says_so() -> None:
    secrets = {"BIRGE_SECURITY__KEY_PEPPER": PEPPER, "BIRGE_SECURITY__RECEIPT_KEY": RECEIPT_KEY}
    nowhere = {"BIRGE_MONGO__URI": "mongodb://127.0.0.1:1/"}
    asked = CliRunner().invoke(program, ["partner", "list"], env={**secrets, **nowhere})
    assert asked.exit_code == 1
    assert "MongoDB" in asked.stderr
