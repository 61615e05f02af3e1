"""Answers of a few regions, made by the real tables: an edition small enough to look through."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from typing import Any

from birge_aggregator.domain.period import stated_window
from birge_aggregator.domain.publication.frozen import AnswerKey, Frame, windows_of
from birge_aggregator.domain.report_sets import RememberedSets
from birge_aggregator.domain.tables.answer import Question
from birge_aggregator.readings import kinds_for, periods_for, reading_of
from birge_aggregator.rendering import frame_of
from birge_aggregator.tables import TABLES, Needs
from birge_common.security.keys import KeyDirectory
from tests.support.records import census, report
from tests.support.tables import counted

REGIONS = ("KZ", "KZ-71", "KZ-63", "KZ-10", "KZ-75")
_LATER = ("quality", "submissions")
_NEEDS = Needs(
    frozenset(kind for maker in TABLES.values() for kind in maker.needs.kinds), report_sets=True
)

Answered = dict[AnswerKey, Frame]


def answers_of(
    values: Iterable[bytes],
    period: str = "2022",
    *,
    tables: Sequence[str] = tuple(name for name in TABLES if name not in _LATER),
    regions: Sequence[str] = REGIONS,
    windows: Sequence[str] = (),
    maps: Sequence[bool] = (False, True),
) -> Answered:
    """Every answer of an edition about these regions, but findings, which take seconds."""
    store, keys = counted(values), KeyDirectory("pepper")
    parsed = [stated_window(name) for name in windows or windows_of(period)]
    periods = sorted({name for window in parsed for name in periods_for(window, _NEEDS)})
    snapshot = asyncio.run(store.snapshot(periods, kinds_for(_NEEDS), RememberedSets()))
    found: Answered = {}
    for window in parsed:
        for map_17 in maps:
            reading = reading_of(snapshot, window, map_17=map_17, needs=_NEEDS, keys=keys)
            for table in tables:
                for region in regions:
                    for basis in ("hours", "events")[: 1 + (table == "representedness")]:
                        question = Question(region, None, basis)
                        made = TABLES[table].make(reading.figures, question)
                        frame = frame_of(table, question, window.name, made)
                        key = AnswerKey(table, window.name, region, map_17, basis)
                        found[key] = json.loads(json.dumps(frame, default=float))
    return found


def reports(
    *of: tuple[str, str, int], period: str = "2022-03", hours: int = 10, **said: Any
) -> list[bytes]:
    """A report for each (region, direction, volunteers); hours differ from report to report."""
    return [
        report(
            f"{period}-{region}-{direction}-{number}",
            region=region,
            direction=direction,
            volunteers=persons,
            hours=hours + 3 * number + persons,
            events=number + 1,
            period=period,
            **said,
        )
        for number, (region, direction, persons) in enumerate(of)
    ]


def census_of(region: str, period: str = "2022-H1", **groups: Any) -> bytes:
    """Numbers of volunteers by group, and nothing else."""
    return census(region, period, volunteers=groups, organisations=None)
