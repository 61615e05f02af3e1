"""F7, F8: a file is what its name, its first and its last bytes say, or it is not taken."""

import pytest

from birge_awards.domain.nominees.evidence import Attached, attached, links, shown_name, type_of

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"


@pytest.mark.parametrize(
    ("name", "body", "media_type"),
    [
        ("letter.pdf", PDF, "application/pdf"),
        ("ХАТ.PDF", PDF, "application/pdf"),
        ("photo.png", PNG, "image/png"),
        ("photo.jpg", JPEG, "image/jpeg"),
        ("photo.JPEG", JPEG + b"\0\0", "image/jpeg"),
    ],
)
def test_what_is_what_it_says_is_taken(name: str, body: bytes, media_type: str) -> None:
    found = type_of(name, body)
    assert found is not None
    assert found.media_type == media_type


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("photo.png", PDF),
        ("letter.pdf", PNG),
        ("letter.pdf", b"MZ\x90\0" + PDF),
        ("letter.pdf", b"\x7fELF" + PDF),
        ("letter.pdf", b"<html><script>alert(1)</script>%PDF-1.7 %%EOF"),
        ("letter.pdf", PDF + b"PK\x03\x04 another archive"),
        ("letter.pdf", PDF[:-10]),
        ("photo.svg", b"<svg onload='alert(1)'/>"),
        ("letter.pdf.exe", PDF),
        ("letter", PDF),
        ("letter.pdf", b""),
        ("", PDF),
    ],
)
def test_what_is_something_else_is_not(name: str, body: bytes) -> None:
    assert type_of(name, body) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Aliya\\хат.PDF", "хат.pdf"),
        ("a\0\r\nb.png", "ab.png"),
        (".pdf", "file.pdf"),
        ("я" * 300 + ".pdf", "я" * 80 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_its_path(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_files_address_is_told_from_a_link() -> None:
    file = Attached("0" * 32, "хат #1.pdf", "k" * 43)
    address, link = file.address("https://birge.kz"), "https://example.kz/awards/evidence/news#p1"
    assert attached([link, address]) == [file]
    assert links([link, address]) == [link]
