"""A letter is a file that any mail server takes, and that nobody else reads."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from birge_awards.form_ports import Letter
from birge_awards.mailing import FolderMail, message_of


async def test_each_letter_is_a_file_of_its_own(tmp_path: Path) -> None:
    mail = FolderMail(tmp_path / "mail")
    for text in ("Сілтеме: https://birge.kz/1\n", "Ссылка\n"):
        await mail.send(Letter("a@example.kz", "Ұсынылымыңызды растаңыз", text))
    files = list((tmp_path / "mail").iterdir())
    assert [one.suffix for one in files] == [".eml", ".eml"]
    assert {one.stat().st_mode & 0o777 for one in files} == {0o600}
    read = [message_from_bytes(one.read_bytes(), policy=default) for one in files]
    assert {one["Subject"] for one in read} == {"Ұсынылымыңызды растаңыз"}
    assert {one["To"] for one in read} == {"a@example.kz"}
    assert "Сілтеме: https://birge.kz/1" in "".join(one.get_content() for one in read)


def test_an_address_does_not_add_a_header() -> None:
    with pytest.raises(ValueError, match=r"newline|linefeed"):
        message_of(Letter("a@example.kz\r\nBcc: b@example.kz", "Subject", "text"))
