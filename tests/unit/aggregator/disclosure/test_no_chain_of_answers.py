"""No chain of public answers, of one edition or of two, gives a group away that is too small."""

from hypothesis import given
from hypothesis import strategies as st

from birge_aggregator.domain.disclosure.protection import protect
from tests.support.attacker import Attacker
from tests.support.giving_away import given_away, truth_of, two_editions, without_small_rows
from tests.support.records import report
from tests.support.small_editions import reports
from tests.support.small_streams import REGIONS, amended, edition, slowly, streams


@slowly
@given(streams)
def test_one_edition_gives_nothing_away(values: list[bytes]) -> None:
    answers = edition(values)
    attacker = Attacker()
    attacker.read(protect(answers))
    assert given_away(attacker, truth_of(answers), "") == set()


@slowly
@given(streams)
def test_the_half_year_and_then_the_year_give_nothing_away(values: list[bytes]) -> None:
    assert two_editions(edition(values, "2022-H1"), edition(values)) == set()


@slowly
@given(streams.flatmap(lambda values: st.tuples(st.just(values), amended(values))))
def test_a_year_and_its_amendment_give_nothing_away(both: tuple[list[bytes], list[bytes]]) -> None:
    first, second = (edition(values) for values in both)
    assert two_editions(first, second) == set()


@slowly
@given(
    streams.flatmap(lambda values: st.tuples(st.just(values), amended(values))),
    st.sampled_from(["2022-H1", "2022"]),
    st.sampled_from([0, 30, 60]),
)
def test_nor_do_they_to_somebody_who_knows_less_of_what_was_altered(
    both: tuple[list[bytes], list[bytes]], period: str, knows_percent: int
) -> None:
    first, second = edition(both[0], period), edition(both[1])
    assert two_editions(first, second, knows_percent=knows_percent) == set()


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
