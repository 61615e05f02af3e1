import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from birge_stack.bench.counting import COMPARISONS, CONTESTANTS, ONE, TWO, findings_of, refuse_wrong
from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.measurements import Sample, medians, quantile, ratios
from birge_stack.bench.report import write_json
from birge_stack.bench.rounds import collected, in_turn
from birge_stack.bench.watching import Look, sample_between
from birge_stack.errors import StackError


def sample(rate: float, cpu: float = 20.0) -> Sample:
    return Sample(1_000, 1_000 / rate, {"client": cpu * 1e-6 * 1_000}, 100.0)


@pytest.mark.parametrize(
    ("measured", "verdict"), [(5.9, "missed"), (6.0, "ok"), (7.9, "ok"), (8.0, "stretch")]
)
def test_a_goal_is_reached_from_its_figure_on(measured, verdict):
    assert Goal("1", "rate", "×", 6, 8).verdict(measured) == verdict


@pytest.mark.parametrize(("measured", "verdict"), [(10.1, "missed"), (10, "ok"), (2, "stretch")])
def test_where_smaller_is_better_a_goal_is_reached_from_above(measured, verdict):
    assert Goal("8", "seconds", "s", 10, 2, True).verdict(measured) == verdict


def test_a_figure_without_a_goal_is_only_shown():
    assert Goal("1", "rate", "×", None).verdict(0.0) == "shown"


def test_medians_are_of_each_figure_by_itself():
    middle = medians([sample(100, 30), sample(300, 10), sample(200, 50)])
    assert (middle.rate, middle.slowest, middle.fastest) == pytest.approx((200, 100, 300))
    assert middle.cpu_us["client"] == pytest.approx(30)
    assert middle.rounds == 3


def test_ratios_are_taken_round_by_round():
    assert ratios([sample(10), sample(40)], [sample(5), sample(10)]) == pytest.approx([2, 4])


def test_a_quantile_is_one_of_the_values():
    values = list(range(100, 0, -1))
    assert quantile(values, 0.5) == 51
    assert quantile(values, 0.99) == 100


def test_every_second_round_goes_backwards():
    assert [name for _, name in in_turn("abc", 3)] == list("abccbaabc")


def test_what_is_measured_is_kept_in_the_order_of_rounds():
    numbers = iter(range(6))
    assert collected(["a", "b"], 3, lambda _name: next(numbers)) == {"a": [0, 3, 4], "b": [1, 2, 5]}


def test_a_sample_is_what_happened_between_two_looks():
    first = Look(5_000, 10.0, {"client": 1.0, "mongod": 7.0})
    last = Look(25_000, 12.0, {"client": 1.5, "mongod": 7.2})
    found = sample_between(first, last, memory_mb=90)
    assert found.rate == 10_000
    assert found.cpu_us == pytest.approx({"client": 25, "mongod": 10})


def test_a_log_that_ends_too_early_is_a_clear_error():
    end = Look(20_000, 10.0, {})
    with pytest.raises(StackError, match="--records"):
        sample_between(end, end, memory_mb=90)


def test_every_comparison_names_contestants_that_run():
    known = {ONE, TWO, *CONTESTANTS}
    assert {name for each in COMPARISONS for name in (each.ours, each.theirs)} <= known


def test_a_finding_is_the_median_of_the_rounds_ratios():
    samples = {name: [sample(10), sample(10), sample(10)] for name in (ONE, TWO, *CONTESTANTS)}
    samples[ONE] = [sample(60), sample(90), sample(70)]
    assert findings_of(samples)[0].measured == pytest.approx(7)


def test_a_contestant_that_counted_wrongly_is_refused():
    refuse_wrong("worker", 5, 5)
    with pytest.raises(StackError, match="counted 4 hundredths"):
        refuse_wrong("worker", 4, 5)


def test_the_file_holds_every_round_and_every_verdict(tmp_path: Path):
    path = write_json(
        tmp_path / "bench",
        began_at=datetime(2026, 11, 22, 21, 4, 5, tzinfo=UTC),
        findings=[Finding(Goal("1", "rate", "×", 6, 8), 7.0, [6.5, 7.5])],
        samples={"worker": [sample(100), sample(200)]},
        settings={"rounds": 2},
    )
    assert path.name == "20261122T210405Z.json"
    document = json.loads(path.read_text("utf-8"))
    assert document["goals"][0]["verdict"] == "ok"
    assert document["goals"][0]["rounds"] == [6.5, 7.5]
    assert [run["rate"] for run in document["contestants"]["worker"]] == [100, 200]
