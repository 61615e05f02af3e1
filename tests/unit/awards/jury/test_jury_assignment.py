"""Who reads whom: N reviews each, guests, equal loads, nobody barred, the same plan every time."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from birge_awards.domain.jury.assignment import Plan, assign, ensure, plan_hash
from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.panel import AssignmentPolicy, Juror, Nominee, Panel
from birge_awards.domain.jury.shortage import TooFewJurors
from tests.unit.awards.jury.panels import (
    barred,
    demand_arcs,
    every_plan,
    is_guest,
    juror,
    kept_of,
    max_flow,
    nominee,
    panels,
    policies,
    soft_cost,
    squared_loads,
)

TWO = AssignmentPolicy(reviews=2)


def assigned(panel: Panel, policy: AssignmentPolicy = TWO, seed: str = "seed") -> Plan | None:
    try:
        return assign(panel, policy, seed)
    except TooFewJurors:
        return None


def test_everybody_is_read_twice_and_everybody_reads_as_much() -> None:
    people = tuple(juror(f"j{number}") for number in range(4))
    plan = assign(Panel(tuple(nominee(f"n{number}") for number in range(6)), people), TWO, "seed")
    assert all(len(several) == 2 for several in plan.reviewers.values())
    assert plan.loads == {"j0": 3, "j1": 3, "j2": 3, "j3": 3}


def test_a_capacity_is_never_passed() -> None:
    people = (juror("j0", capacity=1), juror("j1"), juror("j2"))
    plan = assign(Panel((nominee("n0"), nominee("n1"), nominee("n2")), people), TWO, "seed")
    assert plan.loads == {"j0": 1, "j1": 3, "j2": 2} or plan.loads == {"j0": 1, "j1": 2, "j2": 3}


def test_a_juror_reads_only_the_languages_that_he_reads() -> None:
    people = (juror("j0", languages="kk"), juror("j1", languages="kk ru"), juror("j2"))
    plan = assign(
        Panel((nominee("n0", languages="kk ru"),), people), AssignmentPolicy(reviews=1), "seed"
    )
    assert plan.reviewers == {"n0": ("j1",)}


def test_the_guests_a_nominee_needs_come_from_other_regions() -> None:
    people = (juror("h0", "A"), juror("h1", "A"), juror("g0", "B"), juror("abroad", None))
    policy = AssignmentPolicy(reviews=3, guests=2, own_region=0)
    plan = assign(Panel((nominee("n0", "A"),), people), policy, "seed")
    assert {"g0", "abroad"} < set(plan.reviewers["n0"])


def test_where_guests_are_missing_one_comes_beside_the_kept_reviewers() -> None:
    people = (juror("h0", "A"), juror("h1", "A"), juror("g0", "B"))
    plan = assign(
        Panel((nominee("n0", "A", kept="h0 h1"),), people),
        AssignmentPolicy(reviews=2, guests=1),
        "seed",
    )
    assert plan.reviewers == {"n0": ("g0", "h0", "h1")}


def test_soft_costs_choose_among_plans_of_equal_load() -> None:
    n0 = Nominee("n0", "A", fields=frozenset({"eco"}))
    n1 = Nominee("n1", "B", fields=frozenset({"edu"}))
    eco = Juror("eco", "C", 9, expertise=frozenset({"eco"}))
    edu = Juror("edu", "C", 9, expertise=frozenset({"edu"}))
    one = AssignmentPolicy(reviews=1)
    assert assign(Panel((n0, n1), (eco, edu)), one, "s").reviewers == {
        "n0": ("eco",),
        "n1": ("edu",),
    }
    home, away = Juror("a", "A", 9), Juror("b", "B", 9)
    assert assign(Panel((n0, n1), (home, away)), one, "s").reviewers == {
        "n0": ("b",),
        "n1": ("a",),
    }


def test_equal_loads_come_before_the_soft_costs() -> None:
    expert = Juror("x", "C", 9, expertise=frozenset({"eco"}))
    other = Juror("y", "C", 9)
    several = tuple(Nominee(f"n{n}", "A", fields=frozenset({"eco"})) for n in range(4))
    policy = AssignmentPolicy(reviews=1, expertise_gap=1_000)
    assert assign(Panel(several, (expert, other)), policy, "s").loads == {"x": 2, "y": 2}


def test_a_movable_reviewer_stays_where_nothing_else_speaks_against_it() -> None:
    jurors = tuple(juror(f"j{n}") for n in range(3))
    nominees = tuple(
        Nominee(f"n{n}", "A", movable=frozenset({f"j{(n + 1) % 3}", f"j{n}"})) for n in range(3)
    )
    plan = assign(Panel(nominees, jurors), TWO, "any seed")
    assert {one.id: set(one.movable) for one in nominees} == {
        name: set(several) for name, several in plan.reviewers.items()
    }


def test_after_a_recusal_only_what_is_missing_is_assigned() -> None:
    jurors = tuple(juror(f"j{n}") for n in range(4))
    nominees = tuple(nominee(f"n{n}") for n in range(4))
    plan = assign(Panel(nominees, jurors), TWO, "seed")
    gone, stays = plan.reviewers["n0"]
    recused = Panel(nominees, jurors, barred(f"n0-{gone}"))
    now = ensure(plan, recused, TWO, "seed")
    assert stays in now.reviewers["n0"]
    assert gone not in now.reviewers["n0"]
    assert len(now.reviewers["n0"]) == 2
    assert {name: now.reviewers[name] for name in ("n1", "n2", "n3")} == {
        name: plan.reviewers[name] for name in ("n1", "n2", "n3")
    }
    # The juror never comes back, not even when everything is assigned from nothing.
    assert gone not in assign(recused, TWO, "other").reviewers["n0"]


def test_late_nominees_and_new_jurors_enter_without_moving_anybody() -> None:
    jurors = (juror("j0"), juror("j1"))
    plan = assign(Panel((nominee("n0"), nominee("n1")), jurors), TWO, "seed")
    later = Panel((nominee("n0"), nominee("n1"), nominee("n2")), (*jurors, juror("j2")))
    now = ensure(plan, later, TWO, "seed")
    assert now.reviewers["n0"] == now.reviewers["n1"] == ("j0", "j1")
    assert "j2" in now.reviewers["n2"]


def test_who_keeps_much_gets_less_of_what_is_new() -> None:
    kept = tuple(nominee(f"k{n}", kept="busy") for n in range(2))
    new = tuple(nominee(f"n{n}") for n in range(4))
    panel = Panel((*kept, *new), (juror("busy"), juror("free")))
    plan = assign(panel, AssignmentPolicy(reviews=1), "seed")
    assert plan.loads == {"busy": 3, "free": 3}


def test_who_left_the_jury_is_replaced_and_who_withdrew_is_dropped() -> None:
    plan = assign(Panel((nominee("n0"), nominee("n1")), (juror("j0"), juror("j1"))), TWO, "seed")
    now = ensure(plan, Panel((nominee("n0"),), (juror("j1"), juror("j2"))), TWO, "seed")
    assert now.reviewers == {"n0": ("j1", "j2")}


def test_a_capacity_lowered_afterwards_takes_nothing_away() -> None:
    plan = assign(Panel((nominee("n0"), nominee("n1")), (juror("j0"), juror("j1"))), TWO, "seed")
    lowered = Panel((nominee("n0"), nominee("n1")), (juror("j0", capacity=0), juror("j1")))
    assert ensure(plan, lowered, TWO, "seed") == plan


def test_nobody_to_read_is_an_empty_plan() -> None:
    assert assign(Panel((), (juror("j0"),)), TWO, "seed").loads == {"j0": 0}
    assert assign(Panel((), ()), TWO, "seed").reviewers == {}


@pytest.mark.parametrize(
    ("panel", "problem"),
    [
        (lambda: Panel((nominee("n0"), nominee("n0")), ()), "nominees listed twice: n0"),
        (lambda: Panel((), (juror("j0"), juror("j0"))), "jurors listed twice: j0"),
        (lambda: Panel((), (juror("j0", capacity=-1),)), "capacity"),
        (lambda: AssignmentPolicy(reviews=2, guests=3), "guests"),
        (lambda: AssignmentPolicy(reviews=2, change=-1), "soft costs"),
    ],
)
def test_a_panel_or_policy_that_means_nothing_is_refused(panel: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        panel()


def test_costs_beyond_the_solver_are_refused_rather_than_mixed_up() -> None:
    panel = Panel((nominee("n0"),), (juror("j0"), juror("j1")))
    with pytest.raises(OverflowError):
        assign(panel, AssignmentPolicy(reviews=2, change=10**18), "seed")
    # High ones that leave no room for lots still come out right.
    assert assign(panel, AssignmentPolicy(reviews=2, change=10**14), "seed").loads == {
        "j0": 1,
        "j1": 1,
    }


def test_the_hash_is_of_policy_seed_and_reviewers() -> None:
    reviewers = {"n1": ("j0", "j1"), "n0": ("j2", "j0")}
    known = plan_hash(reviewers, TWO, "seed")
    said = (
        '{"policy":{"change":8,"expertise_gap":2,"guests":0,"own_region":4,"reviews":2},'
        '"reviewers":{"n0":["j0","j2"],"n1":["j0","j1"]},"seed":"seed"}'
    )
    assert known == hashlib.sha256(said.encode()).hexdigest()
    assert known == plan_hash({"n0": ("j0", "j2"), "n1": ("j1", "j0")}, TWO, "seed")
    assert known != plan_hash(reviewers, TWO, "other")
    assert known != plan_hash(reviewers, replace(TWO, change=9), "seed")
    assert known != plan_hash(reviewers | {"n1": ("j0",)}, TWO, "seed")


def test_another_seed_is_another_draw() -> None:
    panel = Panel(
        tuple(nominee(f"n{n}") for n in range(8)), tuple(juror(f"j{n}") for n in range(8))
    )
    plans = {assign(panel, TWO, f"seed {n}").hash for n in range(5)}
    assert len(plans) == 5


@settings(max_examples=60, deadline=None)
@given(panels(), policies(), st.randoms(use_true_random=False))
def test_the_order_of_the_panel_makes_no_difference(
    panel: Panel, policy: AssignmentPolicy, random: Any
) -> None:
    nominees, jurors = list(panel.nominees), list(panel.jurors)
    random.shuffle(nominees)
    random.shuffle(jurors)
    shuffled = Panel(tuple(nominees), tuple(jurors), panel.barred)
    assert assigned(shuffled, policy) == assigned(panel, policy)


@settings(max_examples=120, deadline=None)
@given(panels(), policies())
def test_the_plan_keeps_every_rule_and_no_plan_is_better(
    panel: Panel, policy: AssignmentPolicy
) -> None:
    """Against all plans there are: feasible alike, loads as equal, soft costs as low."""
    possible = list(every_plan(panel, policy))
    plan = assigned(panel, policy)
    if plan is None:
        assert not possible
        return
    jurors = {one.id: one for one in panel.jurors}
    new = []
    for one in panel.nominees:
        reviewers = set(plan.reviewers[one.id])
        assert kept_of(panel, one) <= reviewers
        assert not any(Pair(one.id, name) in panel.barred for name in reviewers)
        assert sum(is_guest(one, jurors[name]) for name in reviewers) >= policy.guests
        new += [(one, jurors[name]) for name in sorted(reviewers - kept_of(panel, one))]
    key = {
        tuple((one.id, other.id) for one, other in sorted(each, key=by_ids)) for each in possible
    }
    assert tuple((one.id, other.id) for one, other in sorted(new, key=by_ids)) in key
    best = min((squared_loads(panel, each), soft_cost(policy, each)) for each in possible)
    assert (squared_loads(panel, new), soft_cost(policy, new)) == best


def by_ids(pair: tuple[Nominee, Juror]) -> tuple[str, str]:
    return pair[0].id, pair[1].id


@settings(max_examples=60, deadline=None)
@given(panels(nominees_max=8, jurors_max=6), policies())
def test_loads_differ_by_one_at_most_wherever_that_is_possible(
    panel: Panel, policy: AssignmentPolicy
) -> None:
    """By a flow with a lower bound: everybody reads the floor, and some one more."""
    panel = replace(panel, nominees=tuple(replace(one, kept=frozenset()) for one in panel.nominees))
    plan = assigned(panel, policy)
    if plan is None:
        return
    arcs, total = demand_arcs(panel, policy)
    floor, rest = divmod(total, len(panel.jurors))
    for one in panel.jurors:
        arcs[one.id, "sink"] = floor
        arcs[one.id, "one more"] = int(one.capacity > floor)
    arcs["one more", "sink"] = rest
    within = all(one.capacity >= floor for one in panel.jurors)
    is_possible = within and max_flow(arcs, "source", "sink") == total
    assert (max(plan.loads.values()) - min(plan.loads.values()) <= 1) == is_possible


@settings(max_examples=60, deadline=None)
@given(panels(nominees_max=5, jurors_max=6), policies(), st.data())
def test_ensure_takes_nobody_away_but_the_recused(
    panel: Panel, policy: AssignmentPolicy, data: st.DataObject
) -> None:
    plan = assigned(panel, policy)
    if plan is None:
        return
    pairs = [Pair(name, one) for name, several in plan.reviewers.items() for one in several]
    recused = data.draw(st.frozensets(st.sampled_from(pairs), max_size=2))
    late = Nominee("late", "A")
    new = Juror("new", "C", 9, languages=frozenset({"kk", "ru"}))
    after = Panel((*panel.nominees, late), (*panel.jurors, new), panel.barred | recused)
    try:
        now = ensure(plan, after, policy, "another seed")
    except TooFewJurors:
        return
    for name, one in set(pairs) - recused:
        assert one in now.reviewers[name]
    for name, one in recused:
        assert one not in now.reviewers[name]
    assert all(len(several) >= policy.reviews for several in now.reviewers.values())
