"""Notes and checkpoints are those of other programs, and a forged one is refused."""

import base64

import pytest

from birge_common.transparency.checkpoint import (
    Checkpoint,
    checkpoint_from,
    notes_in,
    open_checkpoint,
    sign_checkpoint,
)
from birge_common.transparency.merkle import Frontier, leaf_hash
from birge_common.transparency.note import (
    InvalidNote,
    Signer,
    new_signer,
    open_note,
    signer_from,
    verifier_from,
)

# The example in the documentation of Go's golang.org/x/mod/sumdb/note.
SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb"
    "6KE6RyyBwJnAM=\n"
)
# A tree head of Go's public checksum database.
SUMDB_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
SUMDB_NOTE = (
    "go.sum database tree\n6476701\nmb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=\n\n"
    "— sum.golang.org Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYfvimWE"
    "PWL+o3GeoWwOoAw=\n"
).encode()
SIGNER = Signer("example.org/log", bytes(range(32)))
ROOT = Frontier().root()


def test_the_known_note_is_signed_and_opened() -> None:
    signer = signer_from(SECRET)
    assert signer.sign(TEXT) == f"{TEXT}\n{LINE}".encode()
    assert open_note(signer.sign(TEXT), [verifier_from(PUBLIC)]) == TEXT


def test_keys_are_written_as_others_write_them() -> None:
    signer = signer_from(SECRET)
    assert signer.secret() == SECRET
    assert str(signer.verifier) == PUBLIC
    assert "seed" not in repr(signer)


def test_a_new_key_signs_what_its_public_half_opens() -> None:
    signer = new_signer("example.org/log")
    again = signer_from(signer.secret())
    assert open_note(again.sign("a\n"), [verifier_from(str(signer.verifier))]) == "a\n"
    assert new_signer("example.org/log").seed != signer.seed


def test_a_checkpoint_of_a_public_log_opens() -> None:
    opened = open_checkpoint(SUMDB_NOTE, [verifier_from(SUMDB_KEY)], "go.sum database tree")
    assert opened.checkpoint.size == 6476701
    with pytest.raises(InvalidNote, match="another log"):
        open_checkpoint(SUMDB_NOTE, [verifier_from(SUMDB_KEY)])


@pytest.mark.parametrize(
    "damaged",
    [
        PUBLIC.replace("c74f20a3", "c74f20a4"),
        PUBLIC.replace("ARpc", "ARpd"),
        PUBLIC.replace("+ARpc", "+AApc"),
        PUBLIC.replace("Peter", "Pieter"),
        "PeterNeumann+c74f20a3",
        "",
        "a+zz+AQ==",
    ],
)
def test_a_damaged_key_is_refused(damaged: str) -> None:
    with pytest.raises(InvalidNote):
        verifier_from(damaged)
    with pytest.raises(InvalidNote):
        signer_from(f"PRIVATE+KEY+{damaged}")


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b"])
def test_a_name_that_would_break_a_line_is_refused(name: str) -> None:
    with pytest.raises(InvalidNote):
        new_signer(name)


def test_no_byte_of_a_note_can_be_changed() -> None:
    note = SIGNER.sign("one\ntwo\n")
    for at in range(len(note)):
        for other in (note[at] ^ 1, 0x0A, 0x20):
            changed = note[:at] + bytes([other]) + note[at + 1 :]
            if changed != note:
                with pytest.raises(InvalidNote):
                    open_note(changed, [SIGNER.verifier])


def test_a_witness_may_add_its_line_and_a_wrong_one_of_ours_spoils_the_note() -> None:
    note, witness = SIGNER.sign("one\n"), new_signer("witness")
    line = witness.sign("one\n").partition(b"\n\n")[2]
    assert open_note(note + line, [SIGNER.verifier]) == "one\n"
    with pytest.raises(InvalidNote, match="none of the known"):
        open_note(note, [witness.verifier])
    wrong = witness.sign("two\n").partition(b"\n\n")[2]
    with pytest.raises(InvalidNote, match="does not fit"):
        open_note(note + wrong, [SIGNER.verifier, witness.verifier])


def test_a_text_that_is_no_whole_lines_is_not_signed() -> None:
    for text in ("", "one", "one\r\n", "one\x00\n"):
        with pytest.raises(InvalidNote):
            SIGNER.sign(text)


def test_a_checkpoint_is_origin_size_and_root_and_may_say_more() -> None:
    checkpoint = Checkpoint("example.org/log", 7, leaf_hash(b""), ("more",))
    signed = sign_checkpoint(checkpoint, SIGNER)
    root = base64.b64encode(leaf_hash(b"")).decode()
    assert signed.note.startswith(f"example.org/log\n7\n{root}\nmore\n\n— ".encode())
    assert open_checkpoint(signed.note, [SIGNER.verifier]).checkpoint == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "o\n1\n",
        "o\n01\nAAAA\n",
        "o\n-1\nAAAA\n",
        "o\n1\nAAAA\n",
        "o\n1\n????\n",
        f"o\n1\n{base64.b64encode(ROOT).decode()}\n\nx\n",
        f"\n1\n{base64.b64encode(ROOT).decode()}\n",
        f"o\n1\n{base64.b64encode(ROOT).decode()}",
        f"o\n1\n{base64.b64encode(ROOT).decode()[:-2]}V=\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(InvalidNote):
        checkpoint_from(text)


def test_a_key_signs_for_its_own_log_and_only_what_reads_back_the_same() -> None:
    with pytest.raises(ValueError, match="does not sign for"):
        sign_checkpoint(Checkpoint("example.org/other", 0, ROOT), SIGNER)
    with pytest.raises(ValueError, match="read as"):
        sign_checkpoint(Checkpoint("example.org/log", 0, ROOT, ("a\nb",)), SIGNER)


def test_notes_that_stand_in_a_file_are_given_whole() -> None:
    notes = [
        sign_checkpoint(Checkpoint("example.org/log", size, ROOT), SIGNER).note for size in range(3)
    ]
    kept = b"".join(note + b"\n" for note in notes)
    for end in range(len(kept) + 1):
        whole = [
            note for at, note in enumerate(notes) if end >= sum(map(len, notes[: at + 1])) + at + 1
        ]
        assert list(notes_in(kept[:end])) == whole
