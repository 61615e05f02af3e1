"""The cells of the tables that are made from censuses and from inquiries."""

from collections.abc import Iterator

from birge_aggregator.domain.census import AGES, GENDERS, OCCUPATIONS
from birge_aggregator.domain.disclosure.cell import (
    ALL,
    CENSUS,
    INQUIRY,
    OWN,
    Cell,
    cell_on,
)
from birge_aggregator.domain.disclosure.line import Line
from birge_aggregator.domain.period import a_year_before
from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.domain.territory import COUNTRY

_OF_INQUIRIES = ("received", "resolved", "open", "overdue", "median_days", "p90_days")


def volunteers_lines(key: AnswerKey, frame: Frame) -> Iterator[Line]:
    """A census is the same whatever window it is the last of; the country's sum is not."""
    for number, row in enumerate(frame["rows"]):
        path, region = ("rows", number), row["region"]
        total = _census(key, region, row["census_period"], "total")
        before = _census(key, region, f"before {row['census_period']}", "total")
        if region != COUNTRY:
            before = before._replace(window=a_year_before(row["census_period"]))
        whole = {"share_of_country_pct": (_census(key, COUNTRY, key.window, "total"),)}
        yield Line(path, region, "total", total, ("total",), whole, persons="total")
        change = {"change_pct": (total,)}
        yield Line(path, region, "previous", before, ("previous",), change, persons="previous")
        men, women = (_census(key, region, row["census_period"], name) for name in GENDERS)
        for name, cell, other in (("men", men, women), ("women", women, men)):
            derived = {f"{name}_pct": (total,), "prevailing": (other,)}
            yield Line(path, region, name, cell, (name,), derived, persons=name)
        for group, names in (("age", AGES), ("occupation", OCCUPATIONS)):
            for name in names:
                yield Line(
                    path,
                    region,
                    f"{group}.{name}",
                    _census(key, region, row["census_period"], name),
                    (f"{group}.{name}",),
                    {f"{group}_pct.{name}": (total,)},
                    persons=f"{group}.{name}",
                )


def country_sums(key: AnswerKey, frame: Frame) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    """The country's figures add up the very censuses that stand beside them."""
    of_region: dict[str, dict[str, Cell]] = {}
    for line in volunteers_lines(key, frame):
        of_region.setdefault(line.what, {})[line.region] = line.cell
    for cells in of_region.values():
        if whole := cells.pop(COUNTRY, None):
            yield whole, tuple(cells.values())


def coverage_lines(key: AnswerKey, frame: Frame, periods: dict[str, str]) -> Iterator[Line]:
    """The count of the volunteers table; `periods` tells which census each region's is."""
    for number, row in enumerate(frame["rows"]):
        region = row["region"]
        cell = _census(key, region, periods.get(region, key.window), "total")
        yield Line(("rows", number), region, "reported", cell, ("reported",), persons="reported")


def inquiries_lines(key: AnswerKey, frame: Frame) -> Iterator[Line]:
    """`related` counts a part of the row, and over all rows together what has a row of its own."""
    is_related = tuple(_inquiry(key, key.region, f"related/{said}") for said in ("true", "false"))
    for number, row in enumerate(frame["rows"]):
        by, value = row["by"], row["value"] or ""
        cell = _inquiry(key, key.region, f"{by}/{value}")
        if by == "total":
            cell = _inquiry(key, key.region, ALL)
        elif by == "region" and key.region == COUNTRY:
            cell = _inquiry(key, value or OWN, ALL)
        yield Line(
            ("rows", number),
            key.region,
            f"{by}/{value}",
            cell,
            _OF_INQUIRIES,
            {"related": is_related},
            persons="received",
        )


def _census(key: AnswerKey, region: str, period: str, name: str) -> Cell:
    window = key.window if region == COUNTRY and not period.startswith("before") else period
    return cell_on(key.map_17, CENSUS, window, region, ALL, name)


def _inquiry(key: AnswerKey, region: str, name: str) -> Cell:
    return cell_on(key.map_17, INQUIRY, key.window, region, ALL, name)
