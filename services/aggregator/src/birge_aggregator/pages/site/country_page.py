"""The country: who volunteered, what they did, and how much of it the figures see."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.editions import Recommendation
from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site import activity, headlines
from birge_aggregator.pages.site.gaps import gaps_of, late_of
from birge_aggregator.pages.site.headlines import Headline
from birge_aggregator.pages.site.names import RECOMMENDATION_STATES
from birge_aggregator.pages.site.people import change_in_words, who
from birge_aggregator.pages.site.reading import beside
from birge_aggregator.pages.site.telling import Telling, rows_of, telling_of
from birge_aggregator.pages.site.visits import Visit, edition_page
from birge_common.codelists import LAYERS
from birge_common.web.pages.words import Words

_TABLES = (
    "volunteers",
    "hours",
    "directions",
    "formats",
    "participants",
    "steady_work",
    "organisations",
    "coverage",
    "capture_recapture",
    "submissions",
)


@dataclass(frozen=True)
class Estimate:
    """What two lists of organisations say of those that neither has seen."""

    layers: str
    seen: str
    estimate: str


@dataclass(frozen=True)
class Advice:
    """A recommendation of an earlier report and what became of it."""

    since: str
    text: str
    state: str
    note: str


def country_page(shell: Shell) -> APIRouter:
    """`/`, and under its permanent address `/publications/{edition}`."""
    return edition_page(shell, "/", "site/country.html", _view)


async def _view(reader: Reader, visit: Visit) -> View:
    _, edition = reader.words, reader.edition
    keys = [AnswerKey(table, edition.period) for table in _TABLES]
    frames = {key.table: await reader.frame(key) for key in keys}
    census = telling_of(_, frames["volunteers"], COUNTRY)
    return {
        "headlines": _headlines(_, frames),
        "commentary": edition.commentary.get(COUNTRY),
        "who": who(census),
        "change": change_in_words(census),
        "directions": activity.directions_of_country(_, frames["directions"], visit),
        "formats": activity.formats_of(_, frames["formats"], COUNTRY),
        "categories": activity.categories_of(_, frames["participants"], COUNTRY),
        "steady": activity.steady_in_words(_, frames["steady_work"], COUNTRY),
        "layers": activity.layers_of(_, frames["hours"]),
        "counted": census.number("total"),
        "coverage": headlines.coverage_in_words(telling_of(_, frames["coverage"], COUNTRY)),
        "estimates": _estimates(_, frames["capture_recapture"]),
        "recommendations": _advice(_, edition.recommendations),
        **await beside(reader, visit, *keys),
        "missing": [*gaps_of(_, *frames.values()), *late_of(_, frames["submissions"])],
    }


def _headlines(words: Words, frames: dict[str, Frame]) -> list[Headline]:
    _ = words
    basis, *_others, repeated, whole = activity.layers_of(_, frames["hours"])
    return [
        headlines.volunteers(
            telling_of(_, frames["volunteers"], COUNTRY), telling_of(_, frames["coverage"], COUNTRY)
        ),
        Headline(
            _("Hours seen by the front offices"),
            basis.hours,
            _("The basis of all shares. The offices see 40 to 60 %% of what happens."),
        ),
        Headline(
            _("Hours in all, counted once"),
            whole.hours,
            _(
                "With grants and independent organisations. Hours reported twice, which are "
                "taken off: %(hours)s.",
                hours=repeated.hours,
            ),
        ),
        Headline(
            _("Engagements"),
            activity.engagements_of(_, frames["directions"]),
            _("Who took part five times is counted five times. Seen by the front offices."),
        ),
        *headlines.organisations(
            telling_of(_, frames["organisations"], COUNTRY), frames["organisations"]
        ),
    ]


def _estimates(words: Words, frame: Frame) -> list[Estimate]:
    _ = words
    return [
        Estimate(
            " + ".join(_.of(LAYERS[row[layer]].names) for layer in ("first_layer", "second_layer")),
            Telling(_, frame, COUNTRY, row).number("seen"),
            _estimate_in_words(Telling(_, frame, COUNTRY, row)),
        )
        for row in rows_of(frame, region=COUNTRY, unit="organisation")
    ]


def _estimate_in_words(one: Telling) -> str:
    if one.value("low") is None or one.value("high") is None:
        return one.number("estimate")
    return one.words(
        "%(estimate)s (95 %% interval: %(low)s to %(high)s)",
        estimate=one.number("estimate"),
        low=one.number("low"),
        high=one.number("high"),
    )


def _advice(words: Words, recommendations: Sequence[Recommendation]) -> list[Advice]:
    return [
        Advice(
            one.since,
            words.title(one.text),
            words(RECOMMENDATION_STATES[one.state]),
            words.title(one.note) if one.note else "",
        )
        for one in recommendations
    ]
