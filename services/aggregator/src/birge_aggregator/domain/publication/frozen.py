"""What an edition freezes: every answer it can ever give, by the question that asks for it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from birge_aggregator.domain.period import Window, stated_window
from birge_aggregator.domain.territory import COUNTRY

Frame = Mapping[str, Any]
"""An answer of `GET /v1/statistics/{table}` without `as_of`, as plain JSON values."""


class AnswerKey(NamedTuple):
    """The question of a frozen answer; `map_17` and `basis` as in the API."""

    table: str
    window: str
    region: str = COUNTRY
    map_17: bool = False
    basis: str = "hours"

    @property
    def name(self) -> str:
        """The same for ever, to keep and to sort by: `hours/2022/KZ/reported/hours`."""
        drawn = "17" if self.map_17 else "reported"
        return "/".join((self.table, self.window, self.region, drawn, self.basis))


Answers = Mapping[AnswerKey, Frame]


def windows_of(period: str) -> tuple[str, ...]:
    """The windows an edition of this half-year or year answers for, its own first.

    A year holds its halves; a half-year also the twelve months that end with it, which for a
    second half are the year's own and stay with the year's edition.
    """
    window = stated_window(period)
    if window.months == 12:
        return (period, f"{period}-H1", f"{period}-H2")
    return (period, f"{period[:4]}-06~12m") if period.endswith("H1") else (period,)


def may_be_published(window: Window | None) -> bool:
    """Whether there are publications of such a period: half-years and calendar years."""
    return window is not None and window.months in (6, 12) and "~" not in window.name


def frame_bytes(frame: Frame) -> bytes:
    """The one way of writing a frame down: sorted keys, no spaces, UTF-8."""
    return json.dumps(frame, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_hash(answers: Mapping[AnswerKey, bytes], words: Frame) -> str:
    """SHA-256 in hex over the edition's words and each answer with its question, in order."""
    digest = hashlib.sha256(frame_bytes(words))
    for key in sorted(answers, key=lambda one: one.name):
        digest.update(b"\n" + key.name.encode() + b"\n" + hashlib.sha256(answers[key]).digest())
    return digest.hexdigest()
