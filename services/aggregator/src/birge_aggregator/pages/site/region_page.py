"""A region by its own profile: who, what, what is specific, its own past, and what is missing."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from fastapi import APIRouter

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site import activity, headlines, region_checks, region_profile
from birge_aggregator.pages.site.gaps import gaps_of, late_of, sentence
from birge_aggregator.pages.site.headlines import Headline
from birge_aggregator.pages.site.maps import regions_of_map
from birge_aggregator.pages.site.people import change_in_words, who_beside
from birge_aggregator.pages.site.reading import beside
from birge_aggregator.pages.site.telling import Telling, row_of, telling_of
from birge_aggregator.pages.site.visits import Visit, edition_page
from birge_common.regions import REGIONS
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.views import Row
from birge_common.web.pages.words import Words
from birge_common.web.problems import Problem

_TABLES = (
    "volunteers",
    "hours",
    "directions",
    "representedness",
    "formats",
    "participants",
    "steady_work",
    "organisations",
    "coverage",
    "support",
    "programme",
    "economy",
    "submissions",
    "quality",
)
_OF_COUNTRY = ("volunteers", "directions", "steady_work")
Frames: TypeAlias = Mapping[str, Frame]
_METHODS = ("regional_wage", "activity_wage")


def region_page(shell: Shell) -> APIRouter:
    """`/regions/{region}`, with `map=17` within the borders before 8 June 2022."""
    return edition_page(shell, "/regions/{region}", "site/region.html", _view)


async def _view(reader: Reader, visit: Visit) -> View:
    _, region, period = reader.words, visit.named["region"], reader.edition.period
    drawn = visit.choice("map", ("17", "20"), "20")
    on_map = regions_of_map(period, map_17=drawn == "17")
    if region not in on_map:
        raise Problem(404, "unknown_code", "There is no such region on this map.")
    keys = [AnswerKey(table, period, region, drawn == "17") for table in _TABLES]
    frames = {key.table: await reader.frame(key) for key in keys}
    country = {
        table: await reader.frame(AnswerKey(table, period, map_17=drawn == "17"))
        for table in _OF_COUNTRY
    }
    return {
        "region": region,
        "name": sentence(_.region(region)),
        "predecessor": _predecessor(_, region, frames),
        "commentary": reader.edition.commentary.get(region),
        "headlines": _headlines(_, region, frames),
        **_people(_, region, frames, country),
        **_work(_, region, frames, country, visit),
        **await _past(reader, region, drawn, telling_of(_, frames["volunteers"], region)),
        **_checks(_, region, frames),
        "neighbours": _neighbours(_, region, on_map),
        "drawn": drawn,
        "has_older_borders": any(one.predecessor == region for one in REGIONS.values()),
        **await beside(reader, visit, *keys),
        "missing": [*gaps_of(_, *frames.values()), *late_of(_, frames["submissions"])],
    }


def _people(words: Words, region: str, frames: Frames, country: Frames) -> View:
    """Who volunteers, beside the country's shares."""
    census = telling_of(words, frames["volunteers"], region)
    return {
        "who": who_beside(census, telling_of(words, country["volunteers"], COUNTRY)),
        "has_census": census.row is not None,
        "change": change_in_words(census),
    }


def _work(words: Words, region: str, frames: Frames, country: Frames, visit: Visit) -> View:
    """What they do and how; without a report there are no layers to show."""
    marks = frames["representedness"]
    return {
        "directions": activity.directions_of_region(words, marks, country["directions"], visit),
        "specifics": region_profile.specifics(
            words,
            frames["directions"],
            marks,
            telling_of(words, frames["steady_work"], region),
            telling_of(words, country["steady_work"], COUNTRY),
        ),
        "formats": activity.formats_of(words, frames["formats"], region),
        "categories": activity.categories_of(words, frames["participants"], region),
        "layers": activity.layers_of(words, frames["hours"]) if frames["hours"]["rows"] else [],
    }


def _checks(words: Words, region: str, frames: Frames) -> View:
    """What the office and the programme did, what it was worth, and what checks found."""
    return {
        "support": region_checks.support_of(words, frames["support"]),
        "milestones": region_checks.milestones_of(words, frames["programme"]),
        "economy": _economy(words, frames["economy"], region),
        "findings": region_checks.findings_of(words, frames["quality"]),
        "findings_in_all": len(frames["quality"]["rows"]),
    }


def _predecessor(words: Words, region: str, frames: Frames) -> Mapping[str, str] | None:
    """The region this one was formed from, where nothing is told of the new one itself."""
    before = REGIONS[region].predecessor
    if before is None or frames["volunteers"]["rows"] or frames["directions"]["rows"]:
        return None
    return {"code": before, "name": words.region(before)}


def _headlines(words: Words, region: str, frames: Frames) -> list[Headline]:
    _, submissions = words, frames["submissions"]
    engagements = activity.engagements_of(_, frames["directions"])
    basis, *_others = activity.layers_of(_, frames["hours"])
    sent = Telling(_, submissions, region, submissions["totals"])
    return [
        headlines.volunteers(
            telling_of(_, frames["volunteers"], region), telling_of(_, frames["coverage"], region)
        ),
        Headline(
            _("Hours seen by the front office"),
            basis.hours,
            _("Engagements: %(number)s.", number=engagements),
        ),
        *headlines.organisations(
            telling_of(_, frames["organisations"], region), frames["organisations"]
        ),
        Headline(
            _("Monthly reports"),
            _(
                "%(done)s of %(required)s",
                done=sent.number("received"),
                required=sent.number("expected"),
            ),
            _("Received on time: %(number)s.", number=sent.number("on_time")),
        ),
    ]


async def _past(reader: Reader, region: str, drawn: str, census: Telling) -> Mapping[str, Any]:
    """The region's own half-years, as far as this edition holds them."""
    _ = reader.words
    halves = [window for window in reader.edition.windows if window.endswith(("-H1", "-H2"))]
    people, hours = [], []
    for window in halves:
        key = AnswerKey("volunteers", window, region, drawn == "17")
        people.append((window, telling_of(_, await reader.frame(key), region)))
        hours.append((window, await reader.frame(key._replace(table="hours"))))
    return {
        "volunteers_then": region_profile.volunteers_then(census, people),
        "hours_then": region_profile.hours_then(_, hours),
    }


def _economy(words: Words, frame: Frame, region: str) -> list[Row]:
    """What the hours would have cost, by both methods."""
    _ = words
    names = {
        "regional_wage": _("At the region’s average wage"),
        "activity_wage": _("At the wage of the matching activity"),
    }
    rows = []
    for method in _METHODS:
        one = Telling(_, frame, region, row_of(frame, region=region, method=method))
        worth = one.value("tenge")
        said = _.formats.money(round(worth)) if worth is not None else one.why("tenge")
        rows.append(Row(names[method], said))
    rows.append(Row(_("Full-time posts"), one.number("fte", 1)))
    return rows


def _neighbours(
    words: Words, region: str, on_map: tuple[str, ...]
) -> Mapping[str, tuple[str, str] | None]:
    """The regions before and after this one by name."""
    ordered = sorted(on_map, key=lambda code: in_order(words.region(code)))
    named: list[tuple[str, str] | None] = [(code, words.region(code)) for code in ordered]
    place = ordered.index(region)
    before_and_after = [None, *named, None][place : place + 3]
    return {"previous": before_and_after[0], "next": before_and_after[2]}
