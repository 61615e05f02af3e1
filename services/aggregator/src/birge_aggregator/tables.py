"""Every table by its name: how it is made, and which statements it needs to be read."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.statements import (
    EXPLANATION,
    INDICATOR,
    INQUIRY_RECEIVED,
    INQUIRY_RESOLVED,
    MILESTONE,
)
from birge_aggregator.domain.tables.answer import Question, Table
from birge_aggregator.domain.tables.capture_recapture import capture_recapture
from birge_aggregator.domain.tables.coverage import coverage
from birge_aggregator.domain.tables.development import development
from birge_aggregator.domain.tables.directions import directions
from birge_aggregator.domain.tables.distinct_volunteers import distinct_volunteers
from birge_aggregator.domain.tables.economy import economy
from birge_aggregator.domain.tables.formats import formats
from birge_aggregator.domain.tables.grants import grants
from birge_aggregator.domain.tables.hours import hours
from birge_aggregator.domain.tables.inquiries import inquiries
from birge_aggregator.domain.tables.organisations import organisations
from birge_aggregator.domain.tables.participants import participants
from birge_aggregator.domain.tables.programme import programme
from birge_aggregator.domain.tables.quality import quality
from birge_aggregator.domain.tables.representedness import representedness
from birge_aggregator.domain.tables.steady_work import steady_work
from birge_aggregator.domain.tables.submissions import submissions
from birge_aggregator.domain.tables.support import support
from birge_aggregator.domain.tables.volunteers import volunteers
from birge_common.codelists import DIRECTIONS


class Needs(NamedTuple):
    """What a table reads besides: kinds of statements, sets of reports, whole calendar years."""

    kinds: frozenset[str] = frozenset()
    report_sets: bool = False
    years: bool = False


class Maker(NamedTuple):
    """Makes a table of a window's figures; `needs` beside pages, censuses and reference data."""

    make: Callable[[Figures, Question], Table]
    needs: Needs = Needs()


TABLES: Mapping[str, Maker] = {
    "hours": Maker(hours),
    "volunteers": Maker(volunteers, Needs(frozenset({EXPLANATION}))),
    "organisations": Maker(organisations),
    "directions": Maker(directions),
    "formats": Maker(formats),
    "participants": Maker(participants),
    "representedness": Maker(partial(representedness, all_directions=tuple(DIRECTIONS))),
    "development": Maker(development),
    "support": Maker(support),
    "grants": Maker(grants, Needs(frozenset({INDICATOR}))),
    "economy": Maker(economy),
    "inquiries": Maker(inquiries, Needs(frozenset({INQUIRY_RECEIVED, INQUIRY_RESOLVED}))),
    "programme": Maker(programme, Needs(frozenset({MILESTONE}))),
    "coverage": Maker(coverage),
    "quality": Maker(quality, Needs(frozenset({EXPLANATION}), report_sets=True, years=True)),
    "submissions": Maker(submissions, Needs(report_sets=True, years=True)),
    "steady_work": Maker(steady_work),
    "distinct_volunteers": Maker(distinct_volunteers, Needs(report_sets=True)),
    "capture_recapture": Maker(capture_recapture, Needs(report_sets=True)),
}
