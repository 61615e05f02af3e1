"""Files that show what was done: which are taken, judged by their content and not by their name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote

FILE_BYTES_MAX = 10 * 1024 * 1024
FILES_MAX = 5
_STEM_MAX = 80
_ATTACHED = re.compile(r"https?://[^/]+/awards/evidence/([0-9a-f]{32})/([^/#]+)#([\w-]{43})")


@dataclass(frozen=True)
class FileType:
    """A kind of file that is taken: how it begins and ends, and how its name may end."""

    media_type: str
    extensions: tuple[str, ...]
    begins: bytes
    ends: bytes


_TYPES = (
    FileType("application/pdf", ("pdf",), b"%PDF-", b"%%EOF"),
    FileType("image/jpeg", ("jpg", "jpeg"), b"\xff\xd8\xff", b"\xff\xd9"),
    FileType("image/png", ("png",), b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
)


def type_of(name: str, body: bytes) -> FileType | None:
    """What the file is, where its name, its first and its last bytes all say the same.

    What stands behind the end may be another file for another program, so only blanks may.
    """
    extension = name.rpartition(".")[2].casefold() if "." in name else ""
    for one in _TYPES:
        if extension in one.extensions and body.startswith(one.begins):
            return one if body.rstrip(b"\0\r\n\t ").endswith(one.ends) else None
    return None


@dataclass(frozen=True)
class Attached:
    """A file of a nomination: the store's id of it, its sender's name for it, and its key."""

    id: str
    name: str
    key: str

    def address(self, site: str) -> str:
        """How the nomination's own texts name it; the key stands in no request's path."""
        return f"{site}/awards/evidence/{self.id}/{quote(self.name, safe='')}#{self.key}"


def attached(addresses: Iterable[str]) -> list[Attached]:
    """Which of a nomination's addresses are files that were sent with it."""
    found = map(_ATTACHED.fullmatch, addresses)
    return [Attached(one[1], unquote(one[2]), one[3]) for one in found if one]


def links(addresses: Iterable[str]) -> list[str]:
    """The other addresses, which lead out of here."""
    return [one for one in addresses if not _ATTACHED.fullmatch(one)]


def shown_name(name: str) -> str:
    """The last part of a path without what cannot be printed, short enough to be shown."""
    last = "".join(filter(str.isprintable, name.replace("\\", "/").rpartition("/")[2]))
    stem, _, extension = last.rpartition(".")
    return f"{stem[:_STEM_MAX] or 'file'}.{extension.casefold()}"
