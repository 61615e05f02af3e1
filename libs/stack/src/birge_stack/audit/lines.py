"""What a line of the log must look like, checked byte by byte; one line, one act.

    {"act":…,"actor":…,"at":…,"commitment":…,"public":{…},"seq":…,"subject":…}

Only `public` holds free JSON. It must be written in the one canonical way: keys sorted, no spaces,
no escapes that are not needed, whole numbers only.
"""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

INTEGER_MAX = 2**53 - 1

_ID = rb"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}"
_LINE = re.compile(
    rb'\{"act":"[a-z][a-z0-9_.-]{0,63}","actor":"' + _ID + rb'",'
    rb'"at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)",'
    rb'"commitment":(?:null|"[0-9a-f]{64}"),"public":(\{.*\}),'
    rb'"seq":(0|[1-9]\d{0,15}),"subject":"(' + _ID + rb')"\}',
    re.DOTALL,
)


class LineCheck:
    """Checks line after line: the form, that numbers count up and that time never goes back."""

    def __init__(self) -> None:
        self._last_at = b""

    def fault(self, index: int, line: bytes) -> str | None:
        """What is wrong with the line at this index, without its line end; None if nothing is."""
        found = _LINE.fullmatch(line)
        if found is None:
            return "is not the canonical line of an act"
        at, public, seq, _ = found.groups()
        if int(seq) != index:
            return f"carries the number {int(seq)}"
        if at < self._last_at:
            return f"is of {at.decode()}, earlier than the one before it"
        if not _is_instant(at):
            return f"is of {at.decode()}, which never was"
        if public != b"{}" and not is_canonical(public):
            return "has a public part that is not canonical JSON"
        self._last_at = at
        return None


def subject_of(line: bytes) -> str | None:
    """Whom a line is about; None where it is no line of a log."""
    found = _LINE.fullmatch(line)
    return found[4].decode() if found else None


def is_canonical(written: bytes) -> bool:
    """Whether this is a JSON object in its one canonical form."""
    try:
        text = written.decode()
        said, end = _DECODER.raw_decode(text)
        is_same = end == len(text) and _ENCODER.encode(said) == text
    except (ValueError, RecursionError):
        return False
    return is_same and (written.isascii() or all(map(_is_plain_key, _keys(said))))


def _is_instant(at: bytes) -> bool:
    try:
        datetime.fromisoformat(at.decode())
    except ValueError:
        return False
    return True


def _refuse(_number: str) -> Any:
    raise ValueError("only whole numbers are the same for everybody")


def _whole(number: str) -> int:
    if len(number) > 17 or abs(whole := int(number)) > INTEGER_MAX:
        raise ValueError("too large to be the same for everybody")
    return whole


def _is_plain_key(key: str) -> bool:
    return key.isascii() and key.isprintable()


def _keys(said: object) -> Iterable[str]:
    if isinstance(said, dict):
        yield from said
        said = list(said.values())
    if isinstance(said, list):
        for each in said:
            yield from _keys(each)


_DECODER = json.JSONDecoder(parse_float=_refuse, parse_int=_whole, parse_constant=_refuse)
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
