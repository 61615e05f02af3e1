"""The table `support` is of the office's own reports, unless another layer is asked for."""

from typing import Any

import pytest

from tests.support.records import report
from tests.support.tables import table

VALUES = (
    report("own", support=["transport"]),
    report("granted", layer="grant", support=["printing"]),
    report("elsewhere", layer="independent", region="KZ-75", support=["equipment"]),
)


@pytest.mark.parametrize(
    ("layer", "kinds"),
    [
        (None, [("KZ-71", None), ("KZ-71", "transport")]),
        ("front_office", [("KZ-71", None), ("KZ-71", "transport")]),
        ("grant", [("KZ-71", None), ("KZ-71", "printing")]),
        ("independent", [("KZ-75", None), ("KZ-75", "equipment")]),
    ],
)
def test_support_is_told_of_one_layer(layer: str | None, kinds: list[tuple[Any, ...]]) -> None:
    rows = table("support", *VALUES, layer=layer).rows
    assert [(row["region"], row["support"]) for row in rows] == kinds
    assert [row["months_mentioned"] for row in rows] == [1, 1]
