"""What the hours would have cost as paid work: both variants side by side, with their method."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fastapi import APIRouter

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site.periods import period_name
from birge_aggregator.pages.site.reading import beside
from birge_aggregator.pages.site.said import absence, number
from birge_aggregator.pages.site.visits import Visit, edition_page
from birge_common.codelists import LAYERS
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.words import Words

TABLE = "economy"
METHODS = ("regional_wage", "activity_wage")
REFERENCES = {
    "wages_by_region": N_("Average wages by region"),
    "wages_by_activity": N_("Average wages by economic activity"),
    "working_time": N_("Working time of a full-time post"),
}


@dataclass(frozen=True)
class Valued:
    """One variant of a region or of the country."""

    tenge: str
    per_hour: str


@dataclass(frozen=True)
class Line:
    """The hours of a region, and what they are worth by each variant."""

    region: str
    name: str
    hours: str
    posts: str
    by_method: Mapping[str, Valued]


@dataclass(frozen=True)
class Reference:
    """Data of somebody else that the variants stand on; `url` only where it can be opened."""

    name: str
    period: str
    publisher: str
    url: str


def economy_page(shell: Shell) -> APIRouter:
    """`/economy`."""
    return edition_page(shell, "/economy", "site/economy.html", _view)


async def _view(reader: Reader, visit: Visit) -> View:
    _ = reader.words
    key = AnswerKey(TABLE, reader.edition.period)
    frame = await reader.frame(key)
    lines = _lines(_, frame)
    basis = frame["basis"]
    return {
        "of_no_region": _of_no_region(_, frame),
        "country": next((line for line in lines if line.region == COUNTRY), None),
        "lines": [line for line in lines if line.region != COUNTRY],
        "methods": METHODS,
        "layers": [_.of(LAYERS[code].names) for code in basis["layers"]],
        "months": basis["months"],
        "hours_per_year": number(_, basis["hours_per_year"], _("not provided"), 1),
        "at_national_wage": sorted(
            {_.region(code) for codes in basis["at_national_wage"].values() for code in codes},
            key=in_order,
        ),
        "references": [_reference(_, one) for one in basis["sources"]],
        **await beside(reader, visit, key),
    }


def _lines(words: Words, frame: Frame) -> list[Line]:
    by_region: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in frame["rows"]:
        by_region.setdefault(row["region"], {})[row["method"]] = row
    lines = [_line(words, frame, region, rows) for region, rows in by_region.items()]
    return sorted(lines, key=lambda line: in_order(line.name))


def _of_no_region(words: Words, frame: Frame) -> str:
    """Hours stated for the country alone; nothing where there are none or a region is hidden."""
    hours = {row["region"]: row["hours"] for row in frame["rows"]}
    if not hours or None in hours.values():
        return ""
    exact = {region: Decimal(str(value)) for region, value in hours.items()}
    rest = exact.pop(COUNTRY, Decimal(0)) - sum(exact.values())
    return words.formats.number(rest, 2) if rest > 0 else ""


def _line(words: Words, frame: Frame, region: str, rows: Mapping[str, Mapping[str, Any]]) -> Line:
    any_row = next(iter(rows.values()))
    why = absence(words, frame, region, "hours")
    return Line(
        region,
        words.region(region),
        number(words, any_row["hours"], why, 2),
        number(words, any_row["fte"], why, 1),
        {method: _valued(words, frame, row) for method, row in rows.items()},
    )


def _valued(words: Words, frame: Frame, row: Mapping[str, Any]) -> Valued:
    why = absence(words, frame, row["region"], "wages")
    money = words.formats.money
    return Valued(
        why if row["tenge"] is None else money(round(row["tenge"])),
        why if row["tenge_per_hour"] is None else money(round(row["tenge_per_hour"])),
    )


def _reference(words: Words, source: Mapping[str, Any]) -> Reference:
    url = source["url"] or ""
    return Reference(
        words(REFERENCES[source["table"]]),
        period_name(words, source["period"]),
        source["publisher"],
        url if url.startswith(("https://", "http://")) else "",
    )
