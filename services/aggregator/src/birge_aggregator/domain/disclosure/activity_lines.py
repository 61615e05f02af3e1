"""The cells of every table that is made from activity reports."""

from collections.abc import Callable, Iterator, Sequence

from birge_aggregator.domain.contribution import FRONT_OFFICE, LAYERS
from birge_aggregator.domain.disclosure.cell import (
    ACTIVITY,
    ALL,
    DEVELOPMENT,
    FORMAT,
    NAMED,
    OWN,
    PAGE,
    PARTICIPANTS,
    PROJECT,
    REGULARITY,
    Cell,
    cell_on,
)
from birge_aggregator.domain.disclosure.line import Line
from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.domain.territory import COUNTRY

Cells = Callable[[str, bool], Sequence[Cell]]
"""The cells of activity in a region that frames tell of, as the older map draws it or not."""

BY_ACTIVITY = "activity_wage"
_COUNTED = ("hours", "events", "volunteers")


def hours_lines(key: AnswerKey, frame: Frame) -> Iterator[Line]:
    """Rows, totals, and what cannot be attributed."""
    for number, row in enumerate(frame["rows"]):
        region, layer, direction = row["region"], row["layer"], row["direction"] or ""
        yield Line(
            ("rows", number),
            region,
            f"{direction}/{layer}",
            _activity(key, region, layer, direction),
            (*_COUNTED, "already_counted"),
            {
                "share_of_direction_pct": (_activity(key, COUNTRY, layer, direction),),
                "share_of_region_pct": (_activity(key, region, layer),),
            },
            hours="hours",
            persons="volunteers",
        )
    for layer in LAYERS:
        whole = _activity(key, key.region, layer)
        yield Line(("totals",), key.region, f"totals/{layer}", whole, (layer,), hours=layer)
    everything = _activity(key, key.region)
    columns = ("already_counted", "grand_total")
    yield Line(
        ("totals",), key.region, "totals/grand_total", everything, columns, hours="grand_total"
    )
    yield from _pages(key, frame)


def _pages(key: AnswerKey, frame: Frame) -> Iterator[Line]:
    for number, row in enumerate(frame["not_attributable"]):
        region = OWN if row["region"] == COUNTRY else row["region"]
        names = (row["layer"], row["direction"] or "")
        yield Line(
            ("not_attributable", number),
            row["region"],
            "/".join(("not_attributable", row["period"], names[1], names[0])),
            cell_on(key.map_17, PAGE, row["period"], region, *names),
            ("hours",),
            hours="hours",
        )


def directions_lines(key: AnswerKey, frame: Frame) -> Iterator[Line]:
    """The same cells as in the hours table; the leading region's share tells of that region."""
    for number, row in enumerate(frame["rows"]):
        layer, direction = row["layer"], row["direction"] or ""
        cell = _activity(key, key.region, layer, direction)
        shares = {"share_pct": (_activity(key, key.region, layer),)}
        what = f"{direction}/{layer}"
        yield Line(("rows", number), key.region, what, cell, _COUNTED, shares)
        if top := row["top_region"]:
            leading = _activity(key, top["region"], layer, direction)
            country = {"top_region.share_pct": (_activity(key, COUNTRY, layer, direction),)}
            yield Line(("rows", number), key.region, f"top_region/{what}", leading, (), country)


def representedness_lines(key: AnswerKey, frame: Frame) -> Iterator[Line]:
    """A share tells of the whole, which is all that has a direction.

    A mark tells only on which side of 5 or 25 % a share lies, which nobody computes hours from.
    """
    for number, row in enumerate(frame["rows"]):
        region, direction = row["region"], row["direction"]
        whole = (_activity(key, region, FRONT_OFFICE), _activity(key, region, FRONT_OFFICE, ""))
        cell = _activity(key, region, FRONT_OFFICE, direction)
        yield Line(("rows", number), region, direction, cell, (), {"share_pct": whole})


def formats_lines(key: AnswerKey, frame: Frame) -> Iterator[Line]:
    """Over all layers."""
    for number, row in enumerate(frame["rows"]):
        region, name = row["region"], row["format"] or ""
        cell = cell_on(key.map_17, FORMAT, key.window, region, ALL, name)
        yield Line(
            ("rows", number),
            region,
            name,
            cell,
            ("hours", "events"),
            {"share_pct": (_activity(key, region),)},
            hours="hours",
        )


def participants_lines(key: AnswerKey, frame: Frame) -> Iterator[Line]:
    """A share tells the sum over the region's categories, which stands nowhere."""
    of_region: dict[str, list[Cell]] = {}
    cells = [
        cell_on(key.map_17, PARTICIPANTS, key.window, row["region"], ALL, row["category"])
        for row in frame["rows"]
    ]
    for cell in cells:
        of_region.setdefault(cell.region, []).append(cell)
    for number, (row, cell) in enumerate(zip(frame["rows"], cells, strict=True)):
        yield Line(
            ("rows", number),
            row["region"],
            row["category"],
            cell,
            ("volunteers",),
            {"share_pct": tuple(of_region[cell.region])},
            persons="volunteers",
        )


def development_lines(key: AnswerKey, frame: Frame) -> Iterator[Line]:
    """A part of each layer."""
    for number, row in enumerate(frame["rows"]):
        region, layer = row["region"], row["layer"]
        yield Line(
            ("rows", number),
            region,
            layer,
            cell_on(key.map_17, DEVELOPMENT, key.window, region, layer),
            _COUNTED,
            {"share_of_region_pct": (_activity(key, region, layer),)},
            hours="hours",
            persons="volunteers",
        )


def steady_work_lines(key: AnswerKey, frame: Frame) -> Iterator[Line]:
    """Three parts of a region's hours; the share tells of two of them."""
    for number, row in enumerate(frame["rows"]):
        region = row["region"]
        parts = {
            name: cell_on(key.map_17, REGULARITY, key.window, region, ALL, name)
            for name in ("continuous", "one_off", "not_stated")
        }
        shares = {"steady_pct": (parts["one_off"],)}
        for name, cell in parts.items():
            derived = shares if name == "continuous" else {}
            yield Line(("rows", number), region, name, cell, (name,), derived, hours=name)


def grants_lines(key: AnswerKey, frame: Frame) -> Iterator[Line]:
    """A project in one direction, over all layers."""
    for number, row in enumerate(frame["rows"]):
        project, direction = row["project"], row["direction"] or ""
        cell = cell_on(key.map_17, PROJECT, key.window, key.region, ALL, f"{direction}|{project}")
        what = f"{project}/{direction}"
        yield Line(
            ("rows", number),
            key.region,
            what,
            cell,
            _COUNTED,
            hours="hours",
            persons="volunteers",
        )


def distinct_volunteers_lines(key: AnswerKey, frame: Frame) -> Iterator[Line]:
    """Persons, not engagements."""
    for number, row in enumerate(frame["rows"]):
        cell = cell_on(key.map_17, NAMED, key.window, row["region"])
        columns = ("volunteers", "hours", "reports")
        yield Line(
            ("rows", number),
            row["region"],
            "volunteers",
            cell,
            columns,
            hours="hours",
            persons="volunteers",
        )


def economy_lines(key: AnswerKey, frame: Frame, cells_of: Cells) -> Iterator[Line]:
    """Worth at wages that are public is one more equation between the hours it is made of.

    By economic activity between a region's directions, for the country between the regions; by
    the region's own wage it tells no more than the region's hours.
    """
    for number, row in enumerate(frame["rows"]):
        region, method = row["region"], row["method"]
        cell = _activity(key, region)
        made_of = _of_regions(key, frame, region)
        if method == BY_ACTIVITY:
            made_of += tuple(cells_of(region, cell.is_17))
        valued = dict.fromkeys(("tenge", "tenge_per_hour"), made_of)
        yield Line(("rows", number), region, method, cell, ("hours", "fte"), valued)


def _of_regions(key: AnswerKey, frame: Frame, region: str) -> tuple[Cell, ...]:
    if region != COUNTRY:
        return ()
    return tuple(_activity(key, row["region"]) for row in frame["rows"])


def _activity(key: AnswerKey, region: str, layer: str = ALL, name: str = ALL) -> Cell:
    return cell_on(key.map_17, ACTIVITY, key.window, region, layer, name)
