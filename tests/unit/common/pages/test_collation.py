"""Names stand in lists as a reader of Kazakh looks for them."""

import pytest

from birge_common.web.pages.collation import in_order


@pytest.mark.parametrize(
    "names",
    [
        ["Ақмола облысы", "Ақтөбе облысы", "Алматы", "Астана қаласы"],
        ["Қарағанды", "Қостанай", "Қызылорда", "Маңғыстау"],
        ["Жамбыл", "Жетісу", "Павлодар", "Түркістан", "Ұлытау", "Шымкент"],
        ["Almaty", "Astana", "Абай", "абайы"],
        ["Елена", "Ёлка", "Жанна"],
    ],
)
def test_names_are_in_the_order_of_the_alphabet(names: list[str]) -> None:
    assert sorted(reversed(names), key=in_order) == names
