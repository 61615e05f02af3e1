"""The verifier trusts a checkpoint only as it was signed, by the key of that very log."""

import pytest

from birge_common.transparency.checkpoint import Checkpoint, sign_checkpoint
from birge_common.transparency.merkle import leaf_hash
from birge_common.transparency.note import Signer, new_signer
from birge_stack.audit.notes import NotTrusted, public_key, stated_in, statements_in
from birge_stack.errors import StackError

SIGNER = Signer("example.org/log", bytes(range(32)))
KEY = public_key(str(SIGNER.verifier))
NOTE = sign_checkpoint(Checkpoint(SIGNER.name, 7, leaf_hash(b""), ("more",)), SIGNER).note


def test_a_signed_checkpoint_states_size_and_root() -> None:
    stated = stated_in(NOTE.decode(), [KEY])
    assert (stated.size, stated.root, stated.note) == (7, leaf_hash(b""), NOTE.decode())


def test_a_checkpoint_with_any_byte_changed_states_nothing() -> None:
    for at in range(len(NOTE)):
        for other in {NOTE[at] ^ 1, 0x0A, 0x20} - {NOTE[at]}:
            changed = NOTE[:at] + bytes([other]) + NOTE[at + 1 :]
            found = statements_in("file", changed + b"\n", [KEY])
            assert not found.trusted, (at, other)
            assert found.untrusted, (at, other)


def test_a_signature_is_written_one_way() -> None:
    """The last letter before the `=` has two bits that decoding drops."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = NOTE.decode()[-3]
    other = alphabet[alphabet.index(last) + 1]
    with pytest.raises(NotTrusted, match="base64"):
        stated_in(f"{NOTE.decode()[:-3]}{other}=\n", [KEY])


def test_reading_goes_on_after_a_damaged_checkpoint_and_tells_its_line() -> None:
    damaged = NOTE.replace(b"\n7\n", b"\n8\n")
    found = statements_in("file", b"\n".join([NOTE, damaged, NOTE, b""]), [KEY])
    assert [each.number for each in found.trusted] == [1, 3]
    assert [(each.number, each.line) for each in found.untrusted] == [(2, 8)]


def test_a_witness_may_add_its_line() -> None:
    line = new_signer("witness").sign("one\n").partition(b"\n\n")[2]
    assert stated_in((NOTE + line).decode(), [KEY]).size == 7


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("example.org/other\n7\n", "another log"),
        ("example.org/log\n07\n", "no size"),
        ("example.org/log\n7\n", "no size"),
        ("example.org/log\n7\nAAAA\n", "no root"),
        ("example.org/log\n7\n????\n", "base64"),
    ],
)
def test_what_was_signed_but_is_no_checkpoint_of_the_log_is_refused(text: str, said: str) -> None:
    with pytest.raises(NotTrusted, match=said):
        stated_in(SIGNER.sign(text).decode(), [KEY])


def test_the_key_of_one_log_does_not_sign_for_another() -> None:
    other = new_signer("example.org/other")
    text = NOTE.partition(b"\n\n")[0].decode() + "\n"
    with pytest.raises(NotTrusted, match="not signed by the log's key"):
        stated_in(other.sign(text).decode(), [KEY, public_key(str(other.verifier))])


def test_a_log_may_have_had_two_keys() -> None:
    newer = new_signer(SIGNER.name)
    assert stated_in(NOTE.decode(), [public_key(str(newer.verifier)), KEY]).size == 7


@pytest.mark.parametrize("at", range(0, len(KEY.text), 3))
def test_a_damaged_key_is_refused(at: int) -> None:
    other = "A" if KEY.text[at] != "A" else "B"
    with pytest.raises(StackError, match="copy it again"):
        public_key(KEY.text[:at] + other + KEY.text[at + 1 :])
