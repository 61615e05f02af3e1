"""`birge-ingest partner` says what is wrong before it asks any server."""

import pytest
from typer.testing import CliRunner

from birge_common.contracts.registry import EVENT_TYPES
from birge_common.security.keys import KeyDirectory, issue_key
from birge_ingest.__main__ import program
from birge_ingest.partner_keys import announcement_of, partner_key
from tests.support.door import NOW, PEPPER, RECEIPT_KEY

SECRETS = {"BIRGE_SECURITY__KEY_PEPPER": PEPPER, "BIRGE_SECURITY__RECEIPT_KEY": RECEIPT_KEY}

WRONG = {
    "unknown_region": (("--source", "urn:x", "--region", "KZ-99"), "KZ-75"),
    "unknown_kind": (("--source", "urn:x", "--kind", "hours"), "grant-indicator"),
    "source_no_uri": (("--source", "с пробелом"), "source"),
    "no_source": ((), "--source"),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_a_key_cannot_cover_is_said_with_what_it_can(
    arguments: tuple[str, ...], told: str
) -> None:
    made = CliRunner().invoke(program, ["partner", "add", "Wrong", *arguments], env=SECRETS)
    assert made.exit_code != 0
    assert made.stdout == ""
    assert told in made.stderr


def test_without_secrets_no_key_is_made() -> None:
    made = CliRunner().invoke(
        program,
        ["partner", "add", "Early", "--source", "urn:x"],
        env=dict.fromkeys(SECRETS, "short"),
    )
    assert made.exit_code != 0
    assert "vk_" not in made.output


def test_an_announcement_is_what_every_api_reads() -> None:
    issued = issue_key("test", PEPPER)
    key = partner_key(issued, "Office", sources=["urn:a", "urn:a"], regions=[], kinds=[], now=NOW)
    event = EVENT_TYPES["kz.birge.partner.changed.v1"].adapter.validate_json(announcement_of(key))
    assert event.subject == key.key_id
    assert event.data == key
    assert announcement_of(key) == announcement_of(key)
    assert issued.text.encode() not in announcement_of(key)
    directory = KeyDirectory(PEPPER)
    directory.apply(event.data)
    partner = directory.authenticate(issued.text, NOW)
    assert partner is not None
    assert partner.sources == {"urn:a"}
    assert (partner.regions, partner.kinds) == (None, None)
