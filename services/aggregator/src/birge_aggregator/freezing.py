"""Freezes an edition's answers: all from one snapshot, so that no two of them disagree."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

import msgspec

from birge_aggregator.domain.period import Window, stated_window
from birge_aggregator.domain.publication.frozen import AnswerKey, Frame, windows_of
from birge_aggregator.domain.report_sets import RememberedSets
from birge_aggregator.domain.statements import REFERENCE
from birge_aggregator.domain.tables.answer import Question
from birge_aggregator.domain.tables.inquiries import last_day_of
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.ports import ReadingStore, Snapshot
from birge_aggregator.readings import Positions, Reading, kinds_for, periods_for, reading_of
from birge_aggregator.rendering import by_topic, frame_of
from birge_aggregator.tables import TABLES, Needs
from birge_common.regions import regions_on
from birge_common.security.keys import KeyDirectory

_BEFORE_THE_CHANGE = date(2022, 6, 7)
_OF_THE_COUNTRY_ONLY = "quality"
"""Made once, and its regions' answers from it: a check of the year costs seconds."""

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Frozen:
    """What was frozen, as of which positions; `references` are all statements in force then."""

    positions: Positions
    counted_at: datetime | None
    answers: Mapping[AnswerKey, Frame]
    references: Sequence[Mapping[str, Any]]

    @property
    def positions_by_topic(self) -> dict[str, dict[str, int]]:
        """`{topic: {partition: next offset}}`."""
        return by_topic(self.positions)


async def freeze(
    store: ReadingStore, keys: KeyDirectory, period: str, tell: Told = lambda done, total: None
) -> Frozen:
    """Every answer of an edition of the period; `tell(done, total)` follows the progress."""
    windows = [stated_window(name) for name in windows_of(period)]
    needs = _all_needs()
    snapshot = await store.snapshot(
        sorted({name for window in windows for name in periods_for(window, needs)}),
        kinds_for(needs),
        RememberedSets(),
    )
    questions = list(questions_of(period))
    answers: dict[AnswerKey, Frame] = {}
    for (window, map_17), asked in groupby(questions, lambda one: (one.window, one.map_17)):
        reading = reading_of(snapshot, stated_window(window), map_17=map_17, needs=needs, keys=keys)
        for key in asked:
            answers[key] = _answer(key, reading, answers)
            tell(len(answers), len(questions))
            # Who waits for the same loop is let in between two answers.
            await asyncio.sleep(0)
    return Frozen(snapshot.positions, snapshot.counted_at, answers, _references(snapshot))


def questions_of(period: str) -> Iterator[AnswerKey]:
    """All that an edition of the period answers, those of one window and map together."""
    for window in windows_of(period):
        for map_17 in (False, True):
            regions = (COUNTRY, *_regions(stated_window(window), map_17=map_17))
            for table in TABLES:
                for region in regions:
                    yield AnswerKey(table, window, region, map_17)
                    if table == "representedness":
                        yield AnswerKey(table, window, region, map_17, "events")


def _regions(window: Window, *, map_17: bool) -> Sequence[str]:
    """Valid on the window's last day, on the older map those of before the change."""
    return regions_on(_BEFORE_THE_CHANGE if map_17 else last_day_of(window))


def _all_needs() -> Needs:
    kinds = frozenset(kind for maker in TABLES.values() for kind in maker.needs.kinds)
    return Needs(kinds, report_sets=True, years=True)


def _answer(key: AnswerKey, reading: Reading, made: Mapping[AnswerKey, Frame]) -> Frame:
    if key.table == _OF_THE_COUNTRY_ONLY and key.region != COUNTRY:
        whole = made[key._replace(region=COUNTRY)]
        rows = [row for row in whole["rows"] if row["region"] == key.region]
        return {**whole, "region": key.region, "rows": rows}
    question = Question(key.region, None, key.basis)
    table = TABLES[key.table].make(reading.figures, question)
    frame = frame_of(key.table, question, key.window, table)
    plain: Frame = msgspec.json.decode(msgspec.json.encode(frame))
    return plain


def _references(snapshot: Snapshot) -> list[Mapping[str, Any]]:
    of_source = [{"source": one.source, **one.data} for one in snapshot.statements[REFERENCE]]
    return sorted(of_source, key=lambda one: (one["table"], one["period"], one["source"]))
