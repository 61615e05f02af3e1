from birge_stack.demo.headlines import Line, cells_of, remark_of
from birge_stack.year2022.checks import Check, Kind
from birge_stack.year2022.expected import expected_checks


def check(**changed: object) -> Check:
    fields = {
        "family": "f",
        "label": "Hours",
        "table": "hours",
        "read": lambda answer: answer["n"],
        "printed": 45_182,
        **changed,
    }
    return Check(**fields)  # type: ignore[arg-type]


def test_a_line_shows_ours_printed_difference_and_where_it_is_from() -> None:
    assert cells_of(Line(check(), 45_182)) == ("Hours", "45,182", "45,182", "0", "printed")


def test_a_figure_that_does_not_hold_says_so() -> None:
    assert cells_of(Line(check(), 45_181))[3:] == ("-1", "DOES NOT HOLD")
    assert remark_of(Line(check(), None)) == "DOES NOT HOLD"


def test_a_contradiction_is_shown_with_its_difference_and_reason() -> None:
    line = Line(check(kind=Kind.CONTRADICTION, follows=41_782, note="parts"), 41_782)
    assert line.holds
    assert cells_of(line)[1:] == ("41,782", "45,182", "-3,400", "contradiction in print: parts")


def test_a_modelled_figure_is_named_so() -> None:
    line = Line(check(kind=Kind.MODELLED, printed=None, decimals=1), 4.26)
    assert cells_of(line)[1:] == ("4.3", "–", "", "modelled")


def test_a_figure_is_rounded_as_it_was_printed() -> None:
    assert cells_of(Line(check(printed=49.9, decimals=2), 49.899999))[1:4] == ("49.90", "49.9", "0")


def test_every_check_says_where_it_comes_from() -> None:
    checks = expected_checks()
    assert all(c.note for c in checks if c.kind is Kind.CONTRADICTION)
    assert all((c.printed is None) == (c.kind in (Kind.MODELLED, Kind.FOUND)) for c in checks)
