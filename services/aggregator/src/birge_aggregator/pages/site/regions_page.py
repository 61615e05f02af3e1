"""The regions on a map of equal tiles and by name: what prevails in each, never who is larger."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from fastapi import APIRouter

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site.activity import BASIS
from birge_aggregator.pages.site.maps import regions_of_map
from birge_aggregator.pages.site.reading import beside
from birge_aggregator.pages.site.telling import rows_of, telling_of
from birge_aggregator.pages.site.tile_map import TILE, Tile, lines_of, places, size
from birge_aggregator.pages.site.visits import Visit, edition_page
from birge_common.codelists import DIRECTIONS
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.views import Option
from birge_common.web.pages.words import Words

PREVAILING, COVERAGE = "direction", "coverage"
_TABLE_OF = {PREVAILING: "hours", COVERAGE: "coverage"}


@dataclass(frozen=True)
class Kind:
    """A class of the legend: its number, letter and meaning; number 0 stands for no figure."""

    number: int
    sign: str
    said: str


def regions_page(shell: Shell) -> APIRouter:
    """`/regions`, with `map=17` for the older borders and `show=coverage`."""
    return edition_page(shell, "/regions", "site/regions.html", _view)


async def _view(reader: Reader, visit: Visit) -> View:
    _ = reader.words
    drawn = visit.choice("map", ("17", "20"), "20")
    shown = visit.choice("show", (PREVAILING, COVERAGE), PREVAILING)
    key = AnswerKey(_TABLE_OF[shown], reader.edition.period, map_17=drawn == "17")
    frame = await reader.frame(key)
    regions = regions_of_map(key.window, map_17=key.map_17)
    classes = (_prevailing if shown == PREVAILING else _covered)(_, frame, regions)
    kinds = _kinds(_, classes)
    tiles = [
        _tile(_, region, place, kinds[classes.get(region, "")], visit, drawn)
        for region, place in places(map_17=key.map_17).items()
        if region in regions
    ]
    tiles.sort(key=lambda tile: in_order(tile.name))
    return {
        "tiles": tiles,
        "width": size(map_17=key.map_17)[0],
        "height": size(map_17=key.map_17)[1],
        "kinds": sorted(set(kinds.values()), key=lambda kind: kind.number or len(kinds)),
        "drawn": drawn,
        "shown": shown,
        "maps": [
            Option("20", _("20 regions, as they are today")),
            Option("17", _("17 regions, as before 8 June 2022")),
        ],
        "subjects": [
            Option(PREVAILING, _("The direction that prevails")),
            Option(COVERAGE, _("How much the office sees")),
        ],
        **await beside(reader, visit, key),
    }


def _prevailing(words: Words, frame: Frame, regions: tuple[str, ...]) -> Mapping[str, str]:
    """The direction with most of a region's own hours.

    Left out where what is not public could be more: all that the shares leave of the whole.
    """
    found = {}
    for region in regions:
        of_region = rows_of(frame, region=region, layer=BASIS)
        known = [row for row in of_region if row["share_of_region_pct"] is not None]
        named = [row for row in known if row["direction"]]
        if not named:
            continue
        most = max(named, key=lambda row: (row["share_of_region_pct"], row["direction"]))
        unknown = 100 - sum(row["share_of_region_pct"] for row in known)
        if len(known) == len(of_region) or most["share_of_region_pct"] > unknown:
            found[region] = words.of(DIRECTIONS[most["direction"]].names)
    return found


def _covered(words: Words, frame: Frame, regions: tuple[str, ...]) -> Mapping[str, str]:
    """The bounds that experts give for what the office sees."""
    _ = words
    told = {region: telling_of(_, frame, region) for region in regions}
    return {
        region: _("%(low)s to %(high)s", low=one.percent("low", 0), high=one.percent("high", 0))
        for region, one in told.items()
        if one.value("low") is not None and one.value("high") is not None
    }


def _kinds(words: Words, classes: Mapping[str, str]) -> Mapping[str, Kind]:
    """The legend by what it says, in the alphabet's order; the empty text is no figure."""
    _ = words
    said = sorted(set(classes.values()), key=in_order)
    kinds = {
        text: Kind(number, ascii_uppercase[number - 1], text)
        for number, text in enumerate(said, start=1)
    }
    return kinds | {"": Kind(0, "–", _("no figure"))}


def _tile(
    words: Words, region: str, place: tuple[int, int], kind: Kind, visit: Visit, drawn: str
) -> Tile:
    column, row = place
    name = words.region(region)
    return Tile(
        region,
        name,
        lines_of(words, region),
        column * TILE,
        row * TILE,
        kind.number,
        kind.sign,
        kind.said,
        visit.at(f"/regions/{region}", map="17" if drawn == "17" else None),
    )
