"""What the chart macros are given: shares and figures in words, never a shape without its number.

A chart is drawn inside its own table, so that both always say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A row of a list of bars.

    `length` is 0 to 100 or None where there is no figure; `figures` one text a column;
    `tick` where the country's share stands on the same scale.
    """

    label: str
    length: float | None
    figures: tuple[str, ...]
    tick: float | None = None
    address: str = ""


@dataclass(frozen=True)
class BarList:
    """A list of bars: its caption, the heads of its columns and what the bars mean."""

    caption: str
    heads: tuple[str, ...]
    bars: tuple[Bar, ...]
    note: str = ""


@dataclass(frozen=True)
class Segment:
    """A part of a whole: where it starts and how long it is, 0 to 100."""

    label: str
    start: float
    length: float
    figures: tuple[str, ...]


@dataclass(frozen=True)
class ShareBar:
    """One bar that stands for a whole, cut into its parts; without parts nothing is drawn."""

    caption: str
    heads: tuple[str, ...]
    segments: tuple[Segment, ...]
    said: str


@dataclass(frozen=True)
class Point:
    """A period of a series: its height, 0 to 100 of the highest, or None for no figure."""

    label: str
    height: float | None
    figure: str


@dataclass(frozen=True)
class Series:
    """One figure over a few periods of its own past."""

    caption: str
    points: tuple[Point, ...]


def share_bar(
    caption: str,
    heads: tuple[str, ...],
    parts: Sequence[tuple[str, float | None, tuple[str, ...]]],
) -> ShareBar:
    """Parts are (label, share in per cent, figures); one that has no share is not drawn."""
    segments: list[Segment] = []
    start = 0.0
    for label, share, figures in parts:
        segments.append(Segment(label, start, share or 0.0, figures))
        start += share or 0.0
    said = "; ".join(f"{one.label} {one.figures[0]}" for one in segments)
    return ShareBar(caption, heads, tuple(segments), said)


def series(caption: str, points: Sequence[tuple[str, float | None, str]]) -> Series:
    """Points are (period, value, its text), the oldest first."""
    highest = max((value for _, value, _ in points if value), default=None)
    return Series(
        caption,
        tuple(Point(label, _height(value, highest), text) for label, value, text in points),
    )


def _height(value: float | None, highest: float | None) -> float | None:
    return None if value is None or highest is None else 100 * value / highest
