"""The verification itself: ask, read the log to where the answer was, recount, compare."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from birge_stack.oracle import Recount
from birge_stack.oracle.territory import VALID_FROM
from birge_stack.verify.comparing import Comparison, Difference
from birge_stack.verify.log import LogReader
from birge_stack.verify.questions import Question, windows_of
from birge_stack.verify.statistics_api import StatisticsApi, positions_of

REGIONS = tuple(sorted(VALID_FROM))


@dataclass(slots=True)
class Verified:
    """What was compared, by table, and every difference."""

    records: int = 0
    unreadable: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)
    differing: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)


class Verification:
    """Compares answers with a recount that is always exactly as old as the answer.

    Counting may go on meanwhile: every answer says how far it had come, and the recount is
    brought to the same place before the two are compared.
    """

    def __init__(self, api: StatisticsApi, log: LogReader) -> None:
        self._api = api
        self._log = log
        self._recount = Recount()
        self._log.partners(self._recount.apply_partner)
        self._log.advance(api.positions(), self._recount.apply)

    @property
    def recount(self) -> Recount:
        """The recount as of the last answer."""
        return self._recount

    def windows(self) -> Sequence[str]:
        """Every window that the records make worth asking for."""
        reported = {int(report.period[:4]) for report in self._recount.live_reports()}
        counted = {int(str(data["period"])[:4]) for _, data in self._recount.in_force("census")}
        return windows_of(reported, counted)

    def run(
        self, questions: Iterable[Question], asked: Callable[[], None] = lambda: None
    ) -> Verified:
        """Ask everything and compare; `asked` is called once a question."""
        done = Verified()
        for question in questions:
            comparison = self.compare(question)
            done.answers[question.table] += 1
            done.figures[question.table] += comparison.figures
            done.differing[question.table] += len(comparison.differences)
            done.differences += comparison.differences
            asked()
        done.records, done.unreadable = self._recount.records, self._recount.unreadable
        return done

    def compare(self, question: Question) -> Comparison:
        """One answer against the recount."""
        answer = self._api.table(question.table, question.query)
        self._log.advance(positions_of(answer), self._recount.apply)
        recounted = self._recount.table(
            question.table,
            question.period,
            question.region,
            layer=question.layer,
            is_map_17=question.is_map_17,
            basis=question.basis or "hours",
        )
        comparison = Comparison()
        comparison.table(question.address, recounted, answer)
        return comparison
