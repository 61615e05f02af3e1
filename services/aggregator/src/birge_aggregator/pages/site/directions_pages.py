"""What volunteers do: the directions by their shares, and a page for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site.periods import period_name
from birge_aggregator.pages.site.reading import beside
from birge_aggregator.pages.site.said import absence, number, percent
from birge_aggregator.pages.site.visits import Visit, edition_page
from birge_common.codelists import DIRECTIONS, LAYERS
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.words import Words
from birge_common.web.problems import Problem

TABLE, MATRIX = "directions", "representedness"
BASIS = "front_office"
"""The layer that shares and marks of regions are of."""


@dataclass(frozen=True)
class Share:
    """A share in words and as a bar's length, 0 to 100; None where there is no figure."""

    text: str
    length: float | None = None


@dataclass(frozen=True)
class InLayer:
    """What one layer did in a direction."""

    layer: str
    hours: str
    events: str
    volunteers: str
    share: Share
    top_region: str
    top_share: str


@dataclass(frozen=True)
class OfRegion:
    """A region's share of its own hours that went into a direction."""

    region: str
    name: str
    share: Share
    mark: str


def directions_pages(shell: Shell) -> APIRouter:
    """`/directions` and `/directions/{direction}`."""
    router = APIRouter()
    router.include_router(edition_page(shell, "/directions", "site/directions.html", _all))
    router.include_router(
        edition_page(shell, "/directions/{direction}", "site/direction.html", _one)
    )
    return router


async def _all(reader: Reader, visit: Visit) -> View:
    key = AnswerKey(TABLE, reader.edition.period)
    frame = await reader.frame(key)
    return {
        "layers": [(code, reader.words.of(term.names)) for code, term in LAYERS.items()],
        "directions": [
            (code, reader.words.of(term.names), _by_layer(reader.words, frame, code))
            for code, term in DIRECTIONS.items()
        ],
        **await beside(reader, visit, key),
    }


async def _one(reader: Reader, visit: Visit) -> View:
    code, _ = visit.named["direction"], reader.words
    if code not in DIRECTIONS:
        raise Problem(404, "unknown_code", "There is no such direction.")
    period = reader.edition.period
    key, matrix = AnswerKey(TABLE, period), AnswerKey(MATRIX, period)
    regions = _of_regions(_, await reader.frame(matrix), code)
    return {
        "code": code,
        "name": _.of(DIRECTIONS[code].names),
        "in_layers": _by_layer(_, await reader.frame(key), code).values(),
        "shares": [
            (
                period_name(_, window),
                _basis_share(_, await reader.frame(AnswerKey(TABLE, window)), code),
            )
            for window in (*reader.edition.windows[1:], period)
        ],
        "regions": regions,
        "over": [one for one in regions if one.mark == "●"],
        "under": [one for one in regions if one.mark == "×"],
        "others": [
            (other, _.of(term.names)) for other, term in DIRECTIONS.items() if other != code
        ],
        **await beside(reader, visit, key, matrix),
    }


def _by_layer(words: Words, frame: Frame, direction: str) -> Mapping[str, InLayer]:
    return {
        row["layer"]: _in_layer(words, frame, row)
        for row in frame["rows"]
        if row["direction"] == direction
    }


def _in_layer(words: Words, frame: Frame, row: Mapping[str, Any]) -> InLayer:
    top = row["top_region"]
    return InLayer(
        layer=words.of(LAYERS[row["layer"]].names),
        hours=number(words, row["hours"], _why(words, frame, row, "hours"), 2),
        events=number(words, row["events"], _why(words, frame, row, "events")),
        volunteers=number(words, row["volunteers"], _why(words, frame, row, "volunteers")),
        share=_share(words, row["share_pct"], _why(words, frame, row, "share_pct")),
        top_region=words.region(top["region"]) if top and top["region"] else "",
        top_share=percent(
            words, top["share_pct"] if top else None, _why(words, frame, row, "top_region")
        ),
    )


def _why(words: Words, frame: Frame, row: Mapping[str, Any], what: str) -> str:
    return absence(words, frame, frame["region"], what, row)


def _share(words: Words, share: float | None, absent: str) -> Share:
    return Share(percent(words, share, absent, 2 if share and share < 1 else 1), share)


def _basis_share(words: Words, frame: Frame, direction: str) -> Share:
    _ = words
    for row in frame["rows"]:
        if (row["direction"], row["layer"]) == (direction, BASIS):
            return _share(words, row["share_pct"], _why(words, frame, row, "share_pct"))
    return Share(_("nothing was reported"))


def _of_regions(words: Words, frame: Frame, direction: str) -> list[OfRegion]:
    found = [
        OfRegion(
            row["region"],
            words.region(row["region"]),
            _share(words, row["share_pct"], absence(words, frame, row["region"], "share_pct", row)),
            row["mark"] or "",
        )
        for row in frame["rows"]
        if row["direction"] == direction
    ]
    return sorted(found, key=lambda one: in_order(one.name))
