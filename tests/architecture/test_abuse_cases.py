"""The page of what people try names every case, and tests that there are."""

import re

from tests.support.repository import ROOT, files

PAGE = (ROOT / "docs" / "abuse-cases.md").read_text("utf-8")
CASES = {f"A{number}" for number in range(1, 15)} | {f"W{number}" for number in range(1, 13)}
ROW = re.compile(r"^\| ([AW]\d+(?:, [AW]\d+)*) \|.*\| ([^|]+) \|$", re.MULTILINE)
NAME = re.compile(r"`(test_\w+)`")


def test_every_case_has_a_row_with_a_test() -> None:
    rows = {case: held_by for cases, held_by in ROW.findall(PAGE) for case in cases.split(", ")}
    assert rows.keys() == CASES
    assert [case for case, held_by in rows.items() if not NAME.search(held_by)] == []


def test_every_test_that_the_page_names_is_there() -> None:
    there = {
        name
        for path in files(".py", below=ROOT / "tests")
        for name in re.findall(r"def (test_\w+)\(", path.read_text("utf-8"))
    }
    assert sorted(set(NAME.findall(PAGE)) - there) == []
