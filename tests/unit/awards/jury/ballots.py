"""Scores in short, and random ones."""

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import strategies as st

from birge_awards.domain.jury.scoring import Counted, Score, counted

Table = Mapping[str, Mapping[str, int | str]]


def score(nominee: str, juror: str, value: int | str, *, confident: bool = True) -> Score:
    return Score(nominee, juror, Fraction(value), is_confident=confident)


def table(rows: Table) -> list[Score]:
    """Scores by nominee, then juror."""
    return [
        score(nominee, juror, value)
        for nominee, row in rows.items()
        for juror, value in row.items()
    ]


def all_of(rows: Table) -> Counted:
    return counted(table(rows), barred=())


@st.composite
def ballots(draw: st.DrawFn, nominees: int = 8, jurors: int = 5, least: int = 1) -> list[Score]:
    """Some or most of the pairs of a small jury, scored 1 to 10 in halves; a few unsure."""
    pairs = [(row, column) for row in range(nominees) for column in range(jurors)]
    missing = draw(st.sets(st.sampled_from(pairs), max_size=len(pairs) - least))
    halves = draw(st.binary(min_size=len(pairs), max_size=len(pairs)))
    unsure = draw(st.integers(2, 9))
    return [
        Score(
            f"n{pair[0]}",
            f"j{pair[1]}",
            Fraction(2 + half % 19, 2),
            is_confident=bool(number % unsure),
        )
        for number, (pair, half) in enumerate(zip(pairs, halves, strict=True))
        if pair not in missing
    ]
