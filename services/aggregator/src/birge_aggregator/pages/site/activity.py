"""What volunteers do and how: directions and formats by their shares, and the three layers."""

from collections.abc import Sequence
from dataclasses import dataclass

from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.pages.site.charts import Bar, BarList
from birge_aggregator.pages.site.said import absence, number
from birge_aggregator.pages.site.telling import Row, Telling, row_of, rows_of
from birge_aggregator.pages.site.visits import Visit
from birge_common.codelists import CATEGORIES, DIRECTIONS, FORMATS, LAYERS
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.words import Words

BASIS = "front_office"
OVER, UNDER = "●", "×"
_OF_LAYERS = {
    "front_office": N_("The basis: what the regions' offices see themselves."),
    "grant": N_("Reported by those who carry out grants. It stands beside the basis."),
    "independent": N_(
        "Of national programmes and organisations that no office reaches. "
        "It stands beside the basis."
    ),
}
_MARKS = {OVER: N_("over 25 %%"), UNDER: N_("under 5 %%")}


@dataclass(frozen=True)
class Layer:
    """A layer of reports: its hours in words, and what they are."""

    name: str
    hours: str
    meaning: str


def directions_of_country(words: Words, frame: Frame, visit: Visit) -> BarList:
    """The directions by their shares of the front offices' hours, the largest first."""
    _ = words
    named = [row for row in rows_of(frame, layer=BASIS) if row["direction"]]
    return BarList(
        _("Directions by their share of the front offices' hours"),
        (_("Direction"), _("Share"), _("Hours")),
        tuple(
            Bar(
                _.of(DIRECTIONS[one.value("direction")].names),
                one.value("share_pct"),
                (one.percent("share_pct"), one.number("hours")),
                address=visit.at(f"/directions/{one.value('direction')}"),
            )
            for one in _by_share(words, named, frame)
        ),
    )


def directions_of_region(words: Words, marks: Frame, country: Frame, visit: Visit) -> BarList:
    """A region's directions by its own shares, with its marks, beside the country's shares."""
    _ = words
    everywhere = {
        row["direction"]: Telling(_, country, COUNTRY, row) for row in rows_of(country, layer=BASIS)
    }
    nowhere = Telling(_, country, COUNTRY, None)
    return BarList(
        _("Directions by their share of the region's hours"),
        (_("Direction"), _("Region"), _("Kazakhstan"), _("Mark")),
        tuple(
            _beside_country(one, everywhere.get(one.value("direction"), nowhere), visit)
            for one in _by_share(words, marks["rows"], marks)
        ),
        _("Hours seen by the front office. The line in a bar is the country's share."),
    )


def _beside_country(own: Telling, country: Telling, visit: Visit) -> Bar:
    direction = own.value("direction")
    return Bar(
        own.words.of(DIRECTIONS[direction].names),
        own.value("share_pct"),
        (
            own.percent("share_pct"),
            country.percent("share_pct"),
            _mark_in_words(own),
        ),
        tick=country.value("share_pct"),
        address=visit.at(f"/directions/{direction}"),
    )


def _mark_in_words(own: Telling) -> str:
    """A mark and what it means; a share between the marks has none, a hidden one says so."""
    mark = own.value("mark")
    if mark is None:
        return own.why("mark")
    return f"{mark} {own.words(_MARKS[mark])}" if mark else ""


def formats_of(words: Words, frame: Frame, region: str) -> BarList:
    """The formats of all layers together, each by its share of the hours."""
    _ = words
    bars = []
    for row in rows_of(frame, region=region):
        one = Telling(_, frame, region, row)
        name = _.of(FORMATS[row["format"]].names) if row["format"] else _("Not stated")
        figures = (one.percent("share_pct"), one.number("hours"))
        bars.append(Bar(name, one.value("share_pct"), figures))
    return BarList(
        _("Formats by their share of all hours"),
        (_("Format"), _("Share"), _("Hours")),
        tuple(bars),
    )


def categories_of(words: Words, frame: Frame, region: str) -> BarList:
    """The kinds of participants by their share of all engagements."""
    _ = words
    tellings = [Telling(_, frame, region, row) for row in rows_of(frame, region=region)]
    return BarList(
        _("Kinds of participants by their share of engagements"),
        (_("Kind"), _("Share"), _("Engagements")),
        tuple(
            Bar(
                _.of(CATEGORIES[one.value("category")].names),
                one.value("share_pct"),
                (one.percent("share_pct"), one.number("volunteers")),
            )
            for one in tellings
        ),
    )


def layers_of(words: Words, hours: Frame) -> list[Layer]:
    """The three layers side by side, what was taken off, and the whole, in that order."""
    _, totals = words, hours["totals"]
    # Without a single report the totals are nothing that anybody has counted.
    known = totals if hours["rows"] else dict.fromkeys(totals)
    said = {name: number(_, known[name], why_no_hours(_, hours, name)) for name in totals}
    return [
        *(
            Layer(_.of(LAYERS[code].names), said[code], _(meaning))
            for code, meaning in _OF_LAYERS.items()
        ),
        Layer(
            _("Reported twice"),
            said["already_counted"],
            _("Hours that another report holds already. They are taken off once."),
        ),
        Layer(
            _("In all, counted once"),
            said["grand_total"],
            _("The three layers together, less what was reported twice."),
        ),
    ]


def why_no_hours(words: Words, hours: Frame, layer: str = BASIS) -> str:
    """Why a total of hours is not there."""
    _ = words
    if hours["rows"]:
        return absence(_, hours, hours["region"], layer)
    return _("nothing was reported")


def engagements_of(words: Words, directions: Frame) -> str:
    """How often people took part, by the front offices; one unknown number makes it unknown."""
    each = [row["volunteers"] for row in rows_of(directions, layer=BASIS)]
    known = None if not each or None in each else sum(each)
    return number(words, known, absence(words, directions, directions["region"], "volunteers"))


def steady_in_words(words: Words, frame: Frame, region: str) -> str:
    """The share of steady work among all hours."""
    _ = words
    share = Telling(_, frame, region, row_of(frame, region=region)).percent("steady_pct")
    return _("Share of steady work, week after week, in all hours: %(share)s.", share=share)


def _by_share(words: Words, rows: Sequence[Row], frame: Frame) -> list[Telling]:
    """The directions' rows, the largest share first."""
    ordered = sorted(rows, key=lambda row: (-(row["share_pct"] or 0), row["direction"]))
    return [Telling(words, frame, frame["region"], row) for row in ordered]
