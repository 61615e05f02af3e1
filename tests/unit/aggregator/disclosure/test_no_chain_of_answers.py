"""No chain of public answers, of one edition or of two, gives a group away that is too small."""

from copy import deepcopy
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from birge_aggregator.domain.disclosure.protection import protect
from birge_aggregator.domain.publication.frozen import Answers
from tests.support.attacker import YEAR_ALONE, Attacker, Quantity, is_small, quantities
from tests.support.records import report
from tests.support.small_editions import Answered, answers_of, census_of, reports

TABLES = (
    *("hours", "directions", "formats", "participants", "development", "steady_work", "grants"),
    *("volunteers", "economy", "representedness", "coverage"),
)
REGIONS = ("KZ-71", "KZ-63", "KZ-10")
NEAR = Fraction(1, 20)
"""So near to an hour as to know it; shares are rounded."""


def edition(values: list[bytes], period: str = "2022") -> Answered:
    return answers_of(values, period, tables=TABLES, regions=("KZ", *REGIONS))


@st.composite
def activity(draw: st.DrawFn, name: int = 0, periods: tuple[str, ...] = ()) -> bytes:
    layer = draw(st.sampled_from(["front_office", "front_office", "grant", "independent"]))
    direction = draw(st.sampled_from(["umit", "bilim", "media"]))
    persons = draw(st.sampled_from([1, 2, 4, 7, 20, 90]))
    return report(
        f"r-{draw(st.integers(0, 10**9))}-{name}",
        region=draw(st.sampled_from(REGIONS)),
        layer=layer,
        direction=draw(st.sampled_from([direction, direction, None]))
        if layer == "grant"
        else direction,
        period=draw(st.sampled_from(periods or ("2022-03", "2022-05", "2022-09", "2022"))),
        volunteers=persons,
        events=draw(st.integers(0, 9)),
        hours=draw(st.integers(1, 900)),
        format=draw(st.sampled_from(["online", "offline", None])),
        regularity=draw(st.sampled_from(["continuous", "one_off", None])),
        development=draw(st.integers(0, 4)) == 0,
        participants=draw(
            st.sampled_from([{}, {"child": persons}, {"child": 12, "silver": persons}])
        ),
        grant_project=draw(st.sampled_from(["p-1", "p-2"])) if layer == "grant" else None,
    )


@st.composite
def census(draw: st.DrawFn) -> bytes:
    few = st.sampled_from([0, 1, 3, 8, 30, 60])
    men, women, pupils = draw(few), draw(few), draw(few)
    total = men + women
    young = draw(st.integers(0, total))
    return census_of(
        draw(st.sampled_from(REGIONS)),
        draw(st.sampled_from(["2022-H1", "2022-H2"])),
        total=total,
        gender={"men": men, "women": women},
        age={
            "under_18": young,
            "from_18_to_29": total - young,
            "from_30_to_pension": 0,
            "pension": 0,
        },
        occupation={
            **dict.fromkeys(("neet", "employed", "unemployed", "retired"), 0),
            "school_pupil": min(pupils, total),
            "student": total - min(pupils, total),
        },
    )


streams = st.tuples(
    st.lists(activity(), min_size=2, max_size=14), st.lists(census(), max_size=1)
).map(lambda both: [*both[0], *both[1]])

slowly = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def truth_of(answers: Answers) -> dict[Quantity, Any]:
    found: dict[Quantity, Any] = {}
    for key, frame in answers.items():
        found |= dict(quantities(key, frame))
    return found


def small_of(truth: dict[Quantity, Any]) -> set[Quantity]:
    """All that is told of groups whose own persons are too few: their hours and events too."""
    groups = {
        quantity[1:]
        for quantity, value in truth.items()
        if quantity[0] in ("volunteers", "persons") and is_small(quantity, value)
    }
    return {quantity for quantity in truth if quantity[1:] in groups}


def given_away(attacker: Attacker, truth: dict[Quantity, Any], name: str) -> set[Quantity]:
    """Small groups of which the attacker knows a number, or of which it was never hidden."""
    small, learned = small_of(truth), attacker.learned()
    shown = {one for one in small if (*one, name) in attacker.known}
    found = {
        one
        for one in small
        if (own := learned.get((*one, name))) is not None
        and abs(own - Fraction(str(truth[one]))) < NEAR
    }
    alone = {
        one[:-1]
        for one, value in learned.items()
        if one[0] == "volunteers" and one[2] == YEAR_ALONE and 0 < value < 5
    }
    return shown | found | alone


def without_small_rows(answers: Answers) -> Answered:
    """What would be left if only the small groups themselves were taken out."""
    truth = truth_of(answers)
    small = small_of(truth)
    public: Answered = {}
    for key, frame in answers.items():
        kept: Any = deepcopy(frame)
        for number, row in enumerate(kept["rows"]):
            told = {one for one, _ in quantities(key, {**frame, "rows": [row], **_NOTHING})}
            if told & small:
                kept["rows"][number] = _blank(row)
        kept["totals"] = _blank(kept["totals"]) if key.table == "hours" and small else None
        public[key] = {**kept, "not_attributable": []}
    return public


_NOTHING: dict[str, Any] = {
    "totals": dict.fromkeys(
        ("front_office", "grant", "independent", "already_counted", "grand_total")
    ),
    "not_attributable": [],
}


def _blank(row: Any) -> dict[str, Any]:
    return {
        name: dict.fromkeys(value)
        if isinstance(value, dict)
        else None
        if isinstance(value, int | float)
        else value
        for name, value in row.items()
    }


@slowly
@given(streams)
def test_one_edition_gives_nothing_away(values: list[bytes]) -> None:
    answers = edition(values)
    attacker = Attacker()
    attacker.read(protect(answers))
    assert given_away(attacker, truth_of(answers), "") == set()


def two_editions(
    first: Answered, second: Answered, *, knows_the_first: bool = True
) -> set[Quantity]:
    before = protect(first)
    after = protect(second, before if knows_the_first else {})
    return _learned(first, second, before, after) - _learned(first, second, before, withheld(after))


def _learned(first: Answers, second: Answers, before: Answers, after: Answers) -> set[Quantity]:
    """Small groups that both editions give away to one who knows what did not change."""
    known_before, known_after = truth_of(first), truth_of(second)
    attacker = Attacker()
    attacker.read(before, "before")
    attacker.read(after, "after")
    unchanged = {one for one, value in known_before.items() if known_after.get(one) == value}
    attacker.same("before", "after", unchanged)
    return {
        (*one, name)
        for name, truth in (("before", known_before), ("after", known_after))
        for one in given_away(attacker, truth, name)
    }


def withheld(answers: Answers) -> Answered:
    """The same rows without a number: what is learned beside them no answer could have kept."""
    public: Answered = {}
    for key, frame in answers.items():
        hidden: Any = {**frame, "rows": [_blank(row) for row in frame["rows"]]}
        if key.table == "hours":
            pages = [_blank(row) for row in frame["not_attributable"]]
            hidden |= {"totals": _blank(frame["totals"]), "not_attributable": pages}
        public[key] = hidden
    return public


@slowly
@given(streams)
def test_the_half_year_and_then_the_year_give_nothing_away(values: list[bytes]) -> None:
    assert two_editions(edition(values, "2022-H1"), edition(values)) == set()


def test_the_attacker_is_not_toothless() -> None:
    values = [
        report(
            f"{region}-{direction}",
            region=region,
            direction=direction,
            volunteers=persons,
            hours=10 * persons,
            events=1,
        )
        for region in REGIONS
        for direction, persons in (("umit", 30), ("bilim", 3 if region == "KZ-71" else 50))
    ]
    answers = edition(values)
    attacker = Attacker()
    attacker.read(without_small_rows(answers))
    found = given_away(attacker, truth_of(answers), "")
    assert {("hours", "20", "2022", "KZ-71", "front_office", "bilim")} <= found
    attacker = Attacker()
    attacker.read(protect(answers))
    assert given_away(attacker, truth_of(answers), "") == set()


def test_an_amendment_that_does_not_know_what_is_out_gives_a_group_away() -> None:
    others = [(region, "umit", 40 + number) for number, region in enumerate(REGIONS)]
    bilim = [("KZ-71", "bilim", 3), ("KZ-63", "bilim", 20), ("KZ-10", "bilim", 30)]
    values = reports(*others, *bilim)
    first, second = edition(values), edition([*values, *reports(("KZ-63", "bilim", 50), hours=99)])
    small = ("hours", "20", "2022", "KZ-71", "front_office", "bilim")
    found = two_editions(first, second, knows_the_first=False)
    assert {(*small, "before"), (*small, "after")} <= found
    assert two_editions(first, second) == set()
