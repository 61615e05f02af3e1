"""The matrix of regions and directions: what prevails where, and what hardly happens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site.maps import regions_of_map
from birge_aggregator.pages.site.reading import beside, names_of
from birge_aggregator.pages.site.said import absence, percent
from birge_aggregator.pages.site.visits import Visit, edition_page
from birge_common.codelists import DIRECTIONS
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.views import Option
from birge_common.web.pages.words import Words

TABLE = "representedness"
OVER, UNDER, BETWEEN, UNKNOWN = "over", "under", "between", "unknown"
_CLASSES = {"●": OVER, "×": UNDER, "": BETWEEN, None: UNKNOWN}
_BRAND = "Birgemiz: "


@dataclass(frozen=True)
class Cell:
    """A direction of a region; `says` is the whole of it for who does not see the mark."""

    direction: str
    mark: str
    kind: str
    share: str
    says: str


@dataclass(frozen=True)
class Line:
    """A region with a cell for each direction."""

    region: str
    name: str
    cells: tuple[Cell, ...]

    def of(self, kind: str) -> tuple[Cell, ...]:
        """The directions that are over, under, between or unknown."""
        return tuple(cell for cell in self.cells if cell.kind == kind)


def representedness_page(shell: Shell) -> APIRouter:
    """`/representedness?basis=hours|events&map=17`."""
    return edition_page(shell, "/representedness", "site/representedness.html", _view)


async def _view(reader: Reader, visit: Visit) -> View:
    _ = reader.words
    basis = visit.choice("basis", ("hours", "events"), "hours")
    drawn = visit.choice("map", ("20", "17"), "20")
    key = AnswerKey(TABLE, reader.edition.period, map_17=drawn == "17", basis=basis)
    frame = await reader.frame(key)
    lines = _lines(_, frame)
    on_map = regions_of_map(key.window, map_17=key.map_17)
    return {
        "columns": [(code, short_name(_, code)) for code in DIRECTIONS],
        "lines": lines,
        "silent": names_of(_, set(on_map) - {line.region for line in lines}),
        "basis": basis,
        "drawn": drawn,
        "bases": [Option("hours", _("By hours")), Option("events", _("By events"))],
        "maps": [
            Option("20", _("20 regions, as they are today")),
            Option("17", _("17 regions, as before 8 June 2022")),
        ],
        **await beside(reader, visit, key),
    }


def short_name(words: Words, direction: str) -> str:
    """The direction without the programme's name before it, to stand above a column."""
    return words.of(DIRECTIONS[direction].names).removeprefix(_BRAND)


def _lines(words: Words, frame: Frame) -> list[Line]:
    by_region: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in frame["rows"]:
        by_region.setdefault(row["region"], {})[row["direction"]] = row
    lines = [
        Line(
            region,
            words.region(region),
            tuple(_cell(words, frame, row[code]) for code in DIRECTIONS),
        )
        for region, row in by_region.items()
    ]
    return sorted(lines, key=lambda line: in_order(line.name))


def _cell(words: Words, frame: Frame, row: Mapping[str, Any]) -> Cell:
    kind, _ = _CLASSES[row["mark"]], words
    share = percent(words, row["share_pct"], absence(words, frame, row["region"], "share_pct", row))
    meanings = {
        OVER: _("over 25 %%"),
        UNDER: _("under 5 %%"),
        BETWEEN: _("from 5 to 25 %%"),
        UNKNOWN: _("hidden"),
    }
    return Cell(
        short_name(words, row["direction"]),
        row["mark"] if row["mark"] is not None else "–",
        kind,
        share,
        f"{meanings[kind]}: {share}" if kind != UNKNOWN else share,
    )
