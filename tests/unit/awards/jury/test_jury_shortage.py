"""Where there is no plan, the nominees that lack reviews are named, and why."""

from collections.abc import Collection

import pytest
from hypothesis import given, settings

from birge_awards.domain.jury.assignment import assign
from birge_awards.domain.jury.panel import AssignmentPolicy, Panel
from birge_awards.domain.jury.shortage import Lacking, Shortage, TooFewJurors
from tests.unit.awards.jury.panels import (
    barred,
    demand_arcs,
    juror,
    kept_loads,
    max_flow,
    nominee,
    panels,
    policies,
)

TWO = AssignmentPolicy(reviews=2)


def shortages(panel: Panel, policy: AssignmentPolicy = TWO) -> tuple[Shortage, ...]:
    with pytest.raises(TooFewJurors) as refusal:
        assign(panel, policy, "seed")
    return refusal.value.shortages


def test_a_nominee_with_too_many_conflicts_is_named_alone() -> None:
    panel = Panel(
        (nominee("n0"), nominee("n1")),
        (juror("j0"), juror("j1"), juror("j2", languages="kk")),
        barred("n0-j0", "n0-j1"),
    )
    (shortage,) = shortages(panel)
    assert shortage == Shortage(
        (Lacking("n0", needed=2, missing=1, eligible=1, guests=1, barred=2, unread=0),), jurors=()
    )


def test_a_language_that_too_few_read_is_told_from_a_conflict() -> None:
    panel = Panel(
        (nominee("n0", languages="en"), nominee("n1")),
        (juror("j0", languages="en"), juror("j1"), juror("j2")),
        barred("n0-j2"),
    )
    (shortage,) = shortages(panel)
    assert shortage.nominees == (Lacking("n0", 2, 1, eligible=1, guests=1, barred=1, unread=1),)


def test_nominees_that_share_full_jurors_are_named_together() -> None:
    """Four read in Kazakh by two jurors with room for three reviews each: 8 wanted, 6 possible."""
    kazakh = [nominee(f"k{n}", languages="kk") for n in range(4)]
    panel = Panel(
        (*kazakh, nominee("r0", languages="ru")),
        (
            juror("j0", capacity=3, languages="kk ru"),
            juror("j1", capacity=3, languages="kk"),
            juror("j2", languages="ru"),
            juror("j3", languages="ru"),
        ),
    )
    (shortage,) = shortages(panel)
    assert [one.nominee for one in shortage.nominees] == ["k0", "k1", "k2", "k3"]
    assert shortage.missing == 2
    assert shortage.jurors == ("j0", "j1")
    assert all(one.eligible == 2 for one in shortage.nominees)


def test_two_shortages_that_share_nobody_are_told_apart() -> None:
    panel = Panel(
        (nominee("k0", languages="kk"), nominee("r0", languages="ru"), nominee("any")),
        (juror("j0", languages="kk"), juror("j1", languages="ru")),
    )
    first, second = shortages(panel)
    assert [one.nominee for one in first.nominees] == ["k0"]
    assert [one.nominee for one in second.nominees] == ["r0"]
    assert first.missing == second.missing == 1


def test_a_lack_of_guests_is_a_shortage_where_home_jurors_abound() -> None:
    panel = Panel((nominee("n0", "A"),), (juror("h0", "A"), juror("h1", "A"), juror("h2", "A")))
    (shortage,) = shortages(panel, AssignmentPolicy(reviews=2, guests=1))
    assert shortage.nominees == (Lacking("n0", 2, 1, eligible=3, guests=0, barred=0, unread=0),)


def test_a_guest_who_is_full_is_shared_by_those_who_need_guests() -> None:
    home = [juror(f"h{n}", "A") for n in range(3)]
    panel = Panel((nominee("n0", "A"), nominee("n1", "A")), (*home, juror("g0", capacity=1)))
    (shortage,) = shortages(panel, AssignmentPolicy(reviews=2, guests=1))
    assert [one.nominee for one in shortage.nominees] == ["n0", "n1"]
    assert (shortage.missing, shortage.jurors) == (1, ("g0",))


def test_the_text_names_the_nominees_that_lack_reviews() -> None:
    with pytest.raises(TooFewJurors, match="2 reviews are missing: n0"):
        assign(Panel((nominee("n0"),), ()), TWO, "seed")


def missing_in(
    panel: Panel, policy: AssignmentPolicy, without: Collection[str] = frozenset()
) -> int:
    """Reviews beyond the maximum flow, where these nominees would ask for none."""
    arcs, total = demand_arcs(panel, policy)
    for name in without:
        total -= arcs.pop(("source", f"{name}/guests")) + arcs.pop(("source", f"{name}/rest"))
    loads = kept_loads(panel)
    for one in panel.jurors:
        arcs[one.id, "sink"] = max(one.capacity - loads[one.id], 0)
    return total - max_flow(arcs, "source", "sink")


@settings(max_examples=120, deadline=None)
@given(panels(nominees_max=5, jurors_max=4), policies())
def test_there_is_no_plan_exactly_when_a_maximum_flow_says_so(
    panel: Panel, policy: AssignmentPolicy
) -> None:
    missing = missing_in(panel, policy)
    if not missing:
        assign(panel, policy, "seed")
        return
    found = shortages(panel, policy)
    named = [one.nominee for shortage in found for one in shortage.nominees]
    assert sum(shortage.missing for shortage in found) == missing
    assert all(shortage.missing > 0 for shortage in found)
    assert missing_in(panel, policy, without=named) == 0
    # Nobody is named who has no part in it.
    assert all(missing_in(panel, policy, without={one}) < missing for one in named)
