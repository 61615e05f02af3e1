"""Who must not judge whom: what keys show, what people declare, and what a waiver takes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from birge_awards.domain.jury.conflicts import (
    Conflict,
    Keys,
    Kind,
    Membership,
    Party,
    Role,
    Source,
    Waiver,
    barred_pairs,
    computed_conflicts,
)
from birge_awards.domain.jury.pair import Pair

ON = date(2026, 9, 1)
FIVE_EVENTS = frozenset(f"event-{n}" for n in range(5))


def of(*several: str) -> frozenset[str]:
    return frozenset(several)


def conflicts_of(juror: Keys, other: Keys, role: Role = Role.NOMINEE) -> tuple[Conflict, ...]:
    return computed_conflicts([juror], [Party("n0", role, other)], ON)


@pytest.mark.parametrize(
    ("juror", "other", "kind", "keys"),
    [
        ({"emails": of("e1", "e2")}, {"emails": of("e2")}, Kind.CONTACT, ("e2",)),
        ({"phones": of("p1")}, {"phones": of("p1", "p2")}, Kind.CONTACT, ("p1",)),
        ({"identities": of("i1")}, {"identities": of("i1")}, Kind.SAME_PERSON, ("i1",)),
        ({}, {"person": "j0"}, Kind.SAME_PERSON, ("j0",)),
        ({"relatives": of("p0")}, {}, Kind.KINSHIP, ()),
        ({}, {"relatives": of("j0")}, Kind.KINSHIP, ()),
        ({"grants": of("g1", "g2")}, {"grants": of("g2", "g3")}, Kind.GRANT, ("g2",)),
        (
            {"memberships": (Membership("o1"),)},
            {"memberships": (Membership("o1", date(2024, 1, 1)),)},
            Kind.ORGANISATION,
            ("o1",),
        ),
        (
            {"events": FIVE_EVENTS},
            {"events": of("event-0", "event-1", "event-2", "event-9")},
            Kind.CO_EVENTS,
            ("event-0", "event-1", "event-2"),
        ),
    ],
)
def test_a_shared_key_is_a_conflict_with_its_reason(
    juror: Any, other: Any, kind: Kind, keys: tuple[str, ...]
) -> None:
    person = {"person": "p0"} | other
    (found,) = conflicts_of(Keys("j0", **juror), Keys(**person))
    assert (found.pair, found.kind, found.keys) == (Pair("n0", "j0"), kind, keys)
    assert (found.source, found.with_, found.role) == (
        Source.COMPUTED,
        person["person"],
        Role.NOMINEE,
    )


@pytest.mark.parametrize(
    ("juror", "other"),
    [
        ({}, {}),
        ({"emails": of("e1")}, {"phones": of("e1")}),
        ({"events": FIVE_EVENTS}, {"events": of("event-0", "event-1")}),
        ({"relatives": of("somebody")}, {"relatives": of("somebody")}),
    ],
)
def test_what_is_not_shared_is_no_conflict(juror: Any, other: Any) -> None:
    assert conflicts_of(Keys("j0", **juror), Keys("p0", **other)) == ()


@pytest.mark.parametrize(
    ("until", "is_conflict"),
    [(None, True), (date(2023, 9, 1), True), (date(2023, 8, 31), False)],
)
def test_an_organisation_counts_for_three_years_after_leaving(
    until: date | None, is_conflict: bool
) -> None:
    juror = Keys("j0", memberships=(Membership("o1", until),))
    other = Keys("p0", memberships=(Membership("o1"),))
    assert bool(conflicts_of(juror, other)) == is_conflict
    assert bool(conflicts_of(other, juror)) == is_conflict


def test_three_years_before_a_leap_day() -> None:
    assert Membership("o1", date(2025, 2, 28)).counts_on(date(2028, 2, 29))
    assert not Membership("o1", date(2025, 2, 27)).counts_on(date(2028, 2, 29))


def test_who_nominated_does_not_judge_under_whatever_key() -> None:
    nominator = Keys("p0", emails=of("unconfirmed"), phones=of("p1"))
    (found,) = conflicts_of(
        Keys("j0", emails=of("unconfirmed"), phones=of("p1")), nominator, Role.NOMINATOR
    )
    assert (found.kind, found.role) == (Kind.NOMINATOR, Role.NOMINATOR)
    assert found.keys == ("p1", "unconfirmed")


def test_events_together_may_be_asked_for_in_another_number() -> None:
    juror, party = Keys("j0", events=FIVE_EVENTS), Party("n0", Role.NOMINEE, Keys("p0"))
    party = replace(party, keys=replace(party.keys, events=FIVE_EVENTS))
    assert computed_conflicts([juror], [party], ON, co_events_min=5)
    assert not computed_conflicts([juror], [party], ON, co_events_min=6)


def test_all_reasons_are_kept_in_one_order() -> None:
    shared: Any = {"emails": of("e1"), "grants": of("g1"), "memberships": (Membership("o1"),)}
    jurors = [Keys("j1", **shared), Keys("j0", **shared)]
    parties = [
        Party("n1", Role.NOMINEE, Keys("p1", **shared)),
        Party("n0", Role.NOMINATOR, Keys("p0", **shared)),
    ]
    found = computed_conflicts(jurors, parties, ON)
    assert found == computed_conflicts(reversed(jurors), reversed(parties), ON)
    assert len(found) == 12
    assert [one.pair for one in found[:3]] == [("n0", "j0")] * 3


DECLARED = Conflict("n0", "j0", Kind.RIVALRY, Source.JUROR)
WAIVER = Waiver("n0", "j0", Kind.RIVALRY, "They made peace in public.", ("chair", "auditor"))


def test_a_conflict_bars_until_two_people_waive_it_for_a_reason() -> None:
    assert barred_pairs([DECLARED]) == {("n0", "j0")}
    assert barred_pairs([DECLARED], waivers=[WAIVER]) == set()


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "  "},
        {"signed_by": ("chair",)},
        {"signed_by": ("chair", "chair")},
        {"signed_by": ("chair", "j0")},
        {"kind": Kind.GRANT},
        {"nominee": "n1"},
        {"juror": "j1"},
    ],
)
def test_a_waiver_that_is_not_whole_or_of_something_else_changes_nothing(changes: Any) -> None:
    assert barred_pairs([DECLARED], waivers=[replace(WAIVER, **changes)]) == {("n0", "j0")}


def test_a_pair_with_two_conflicts_needs_both_waived() -> None:
    other = replace(DECLARED, kind=Kind.GRANT, source=Source.COMPUTED)
    assert barred_pairs([DECLARED, other], waivers=[WAIVER]) == {("n0", "j0")}
    both = [WAIVER, replace(WAIVER, kind=Kind.GRANT)]
    assert barred_pairs([DECLARED, other], waivers=both) == set()


def test_a_recusal_and_judging_oneself_cannot_be_waived() -> None:
    assert barred_pairs([DECLARED], [Pair("n0", "j0")], [WAIVER]) == {("n0", "j0")}
    himself = replace(DECLARED, kind=Kind.SAME_PERSON)
    assert barred_pairs([himself], waivers=[replace(WAIVER, kind=Kind.SAME_PERSON)]) == {
        ("n0", "j0")
    }


people = st.builds(
    Keys,
    st.sampled_from(["j0", "j1", "p0"]),
    emails=st.frozensets(st.sampled_from(["e1", "e2"])),
    relatives=st.frozensets(st.sampled_from(["j0", "p0"])),
    grants=st.frozensets(st.sampled_from(["g1", "g2"])),
)


@given(people, people)
def test_who_is_in_conflict_is_so_from_either_side(one: Keys, other: Keys) -> None:
    def kinds(juror: Keys, party: Keys) -> set[Kind]:
        return {found.kind for found in conflicts_of(juror, party)}

    assert kinds(one, other) == kinds(other, one)
