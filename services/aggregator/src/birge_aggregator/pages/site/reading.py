"""What every page says beside its figures: reservations, who is missing, and where to get them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.pages.shell import Reader
from birge_aggregator.pages.site.said import reason_in_words
from birge_aggregator.pages.site.table_words import TABLE_WORDS
from birge_aggregator.pages.site.visits import Visit, with_query
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.words import Words


@dataclass(frozen=True)
class Note:
    """A reservation or a reason, and the regions it is about by name."""

    text: str
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A table that a page is made of: its page in this edition, and its files."""

    table: str
    title: str
    page: str
    files: tuple[tuple[str, str], ...]


def names_of(words: Words, regions: Iterable[str]) -> tuple[str, ...]:
    """The regions by name, in the reader's alphabet; the country is no region."""
    return tuple(sorted((words.region(code) for code in set(regions) - {COUNTRY}), key=in_order))


def caveats_of(words: Words, *frames: Frame) -> list[Note]:
    """Every reservation of these answers once."""
    found: dict[str, tuple[str, set[str]]] = {}
    for frame in frames:
        for one in frame["caveats"]:
            said = found.setdefault(one["code"], (words.title(one["text"]), set()))
            said[1].update(one["regions"])
    return [Note(text, names_of(words, regions)) for text, regions in found.values()]


def missing_of(words: Words, *frames: Frame) -> list[Note]:
    """Why figures are missing, and whose."""
    found: dict[str, set[str]] = {}
    for frame in frames:
        for one in frame["missing"]:
            found.setdefault(one["reason"], set()).add(one["region"])
    return [
        Note(reason_in_words(words, reason), names_of(words, regions))
        for reason, regions in sorted(found.items())
    ]


def source_of(reader: Reader, visit: Visit, key: AnswerKey) -> Source:
    """Where the frozen answer itself can be read and taken away."""
    query: dict[str, str | None] = {
        "region": None if key.region == COUNTRY else key.region,
        "map": "17" if key.map_17 else None,
        "basis": None if key.basis == "hours" else key.basis,
    }
    window = None if key.window == reader.edition.period else key.window
    files = f"/v1{reader.links.root}/statistics/{key.table}"
    return Source(
        key.table,
        reader.words(TABLE_WORDS[key.table].title),
        visit.at(f"/tables/{key.table}", window=window, **query),
        tuple(
            (
                form.upper(),
                with_query(files, period=key.window, **query, format=form),
            )
            for form in ("csv", "xlsx", "json")
        ),
    )


async def coverage_of(reader: Reader, key: AnswerKey, region: str) -> str:
    """How much of what happens in the region its office sees, by its own estimate; may be empty."""
    frame = await reader.frame(AnswerKey("coverage", key.window, map_17=key.map_17))
    row = next((row for row in frame["rows"] if row["region"] == region), None)
    if row is None or row["low"] is None or row["high"] is None:
        return ""
    low, high = (reader.words.formats.number(row[name]) for name in ("low", "high"))
    return f"{low}–{high} %"


async def beside(reader: Reader, visit: Visit, *keys: AnswerKey) -> Mapping[str, Any]:
    """The part of a page's view that `site/parts.html` shows below its figures."""
    frames = [await reader.frame(key) for key in keys]
    return {
        "caveats": caveats_of(reader.words, *frames),
        "missing": missing_of(reader.words, *frames),
        "sources": [source_of(reader, visit, key) for key in keys],
    }
