from birge_awards.measuring import Size, measured
from birge_stack.bench.awards import CALCULATIONS, audit_seconds


def test_what_the_service_measures_is_what_the_bench_asks_for():
    costs = vars(measured(Size(nominees=12, jurors=6, reviews=2, ranked_nominees=20)))
    assert costs.keys() == {name for _, _, name, _ in CALCULATIONS}
    assert all(0 < seconds < 10 for seconds in costs.values())


def test_a_sound_log_is_audited_in_every_round():
    assert len(list(audit_seconds(1_000, rounds=1))) == 1
