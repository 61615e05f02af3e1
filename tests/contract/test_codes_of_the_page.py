"""The page of the contracts names the door's codes with the thresholds and meanings they have."""

from typing import get_args

import pytest

from birge_common.contracts.documents import ROOT
from birge_ingest.api.models import WarningItem
from birge_ingest.checks.flags import COUNT_USUAL_MAX, HOURS_USUAL_MAX, LATE_AFTER

PAGE = (ROOT / "docs/contracts.md").read_text(encoding="utf-8")
ROWS = {
    line.split("`")[1]: line.split("|")[2]
    for line in PAGE.partition("## Error codes")[2].partition("## What may change")[0].splitlines()
    if line.startswith("| `")
}


def test_a_text_against_its_pattern_is_of_another_type_and_not_out_of_range() -> None:
    # J6 and D3 of the unit tests say what the door answers.
    assert "pattern" in ROWS["type"]
    assert "pattern" not in ROWS["range"]


@pytest.mark.parametrize("code", get_args(WarningItem.model_fields["code"].annotation))
def test_every_warning_has_a_row(code: str) -> None:
    assert ROWS[code].strip()


def test_the_thresholds_are_those_of_the_door() -> None:
    assert f"{HOURS_USUAL_MAX:,} `hours`" in ROWS["above_soft_cap"]
    assert f"more than {COUNT_USUAL_MAX:,} `events`" in ROWS["above_soft_cap"]
    assert f"more than {LATE_AFTER.days} days ago" in ROWS["late"]
