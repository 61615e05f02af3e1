"""Reads all frames of an edition: which cell every number tells of, and how much is in it."""

from collections.abc import Callable, Iterator, Mapping

from birge_aggregator.domain.disclosure.activity_lines import (
    development_lines,
    directions_lines,
    distinct_volunteers_lines,
    economy_lines,
    formats_lines,
    grants_lines,
    hours_lines,
    participants_lines,
    representedness_lines,
    steady_work_lines,
)
from birge_aggregator.domain.disclosure.cell import ACTIVITY, PAGE, Cell, Figure, Shown
from birge_aggregator.domain.disclosure.census_lines import (
    country_sums,
    coverage_lines,
    inquiries_lines,
    volunteers_lines,
)
from birge_aggregator.domain.disclosure.line import Line
from birge_aggregator.domain.period import stated_window
from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame
from birge_aggregator.domain.territory import COUNTRY

_LINES: Mapping[str, Callable[[AnswerKey, Frame], Iterator[Line]]] = {
    "hours": hours_lines,
    "directions": directions_lines,
    "representedness": representedness_lines,
    "formats": formats_lines,
    "participants": participants_lines,
    "development": development_lines,
    "steady_work": steady_work_lines,
    "grants": grants_lines,
    "distinct_volunteers": distinct_volunteers_lines,
    "volunteers": volunteers_lines,
    "inquiries": inquiries_lines,
}


class Read:
    """`figures` of each answer; `shown` is what all of them tell of the cells together.

    `own` are the cells of which a frame tells alone: only these can be hidden. `uncounted` are
    reports for a longer period than any that is asked for: nobody can tell here how many took part.
    """

    def __init__(self, answers: Answers) -> None:
        self.shown = Shown()
        self.figures: dict[AnswerKey, list[Figure]] = {}
        self.own: set[Cell] = set()
        self._of_place: dict[tuple[str, str, bool], list[Cell]] = {}
        for key, frame in answers.items():
            if key.table in _LINES:
                self._take(key, frame, list(_LINES[key.table](key, frame)))
            if key.table == "volunteers" and key.region == COUNTRY:
                self.shown.sums += country_sums(key, frame)
        self._gather_places()
        windows = [stated_window(name) for name in {key.window for key in answers}]
        self.uncounted = {
            cell
            for cell in self.own
            if cell.kind == PAGE
            and not any(window.contains(stated_window(cell.window)) for window in windows)
        }
        for key, frame in answers.items():
            if key.table == "economy":
                self._take(key, frame, list(economy_lines(key, frame, self._cells_of(key))))
            elif key.table == "coverage":
                periods = _census_periods(answers[key._replace(table="volunteers")])
                self._take(key, frame, list(coverage_lines(key, frame, periods)))

    def _take(self, key: AnswerKey, frame: Frame, lines: list[Line]) -> None:
        for line in lines:
            if line.hours or line.persons:
                line.tell(self.shown, frame)
            if line.own:
                self.own.add(line.cell)
        self.figures[key] = [figure for line in lines for figure in line.figures()]

    def _gather_places(self) -> None:
        for cell in self.own:
            if cell.kind == ACTIVITY:
                place = (cell.window, cell.region, cell.is_17)
                self._of_place.setdefault(place, []).append(cell)

    def _cells_of(self, key: AnswerKey) -> Callable[[str, bool], list[Cell]]:
        return lambda region, is_17: self._of_place.get((key.window, region, is_17), [])


def _census_periods(volunteers: Frame) -> dict[str, str]:
    return {row["region"]: row["census_period"] for row in volunteers["rows"]}
