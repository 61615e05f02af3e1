"""Personal numbers are found by date, century and check digit, and by nothing less."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from birge_common.contracts.personal import is_iin, without_iin

# Made-up numbers whose check digits were computed by hand, with the first row of weights and,
# where that leaves ten, with the second.
FIRST_ROW = "900101300017"
SECOND_ROW = "900101300811"
NEITHER_ROW = "90010130080"


def check_digit(eleven: str) -> int | None:
    """The public algorithm once more, straight from its description."""
    for offset in (0, 2):
        weights = [(place + offset) % 11 + 1 for place in range(11)]
        remainder = sum(int(d) * w for d, w in zip(eleven, weights, strict=True)) % 11
        if remainder != 10:
            return remainder
    return None


@given(
    st.dates().filter(lambda day: 1800 <= day.year <= 2099),
    st.booleans(),
    st.integers(0, 9999),
)
def test_a_right_number_is_found_in_any_text(day: date, male: bool, serial: int) -> None:
    century = 2 * (day.year // 100 - 18) + (1 if male else 2)
    eleven = f"{day:%y%m%d}{century}{serial:04}"
    last = check_digit(eleven)
    assume(last is not None)
    number = f"{eleven}{last}"
    assert is_iin(number)
    for text in (number, f"ИИН {number}.", f"иин{number}қ", f"№{number},{number}"):
        with pytest.raises(PydanticCustomError) as refused:
            without_iin(text)
        assert refused.value.type == "pii_not_allowed"
        assert number not in str(refused.value)


@given(st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_a_wrong_check_digit_is_no_personal_number(digits: str) -> None:
    expected = check_digit(digits[:11])
    if is_iin(digits):
        assert int(digits[11]) == expected
        wrong = digits[:11] + str((int(digits[11]) + 1) % 10)
        assert not is_iin(wrong)


def test_the_second_row_of_weights_counts_where_the_first_leaves_ten() -> None:
    assert is_iin(FIRST_ROW)
    assert is_iin(SECOND_ROW)
    assert not any(is_iin(f"{NEITHER_ROW}{digit}") for digit in range(10))


@pytest.mark.parametrize(
    "eleven",
    [
        "90023030001",  # 30 February
        "90130130001",  # month 13
        "90010170001",  # no such century
        "90010100001",  # century 0
    ],
)
def test_what_is_no_birth_date_is_no_personal_number(eleven: str) -> None:
    assert not any(is_iin(f"{eleven}{digit}") for digit in range(10))


def test_a_business_number_is_no_personal_number() -> None:
    # The fifth digit of a BIN tells the kind of body, 4 to 6: no day of a month.
    assert without_iin("БИН 180140012345") == "БИН 180140012345"


def test_a_number_hidden_by_invisible_characters_is_found() -> None:
    with pytest.raises(PydanticCustomError):
        without_iin("\u200b".join(FIRST_ROW))


@pytest.mark.parametrize(
    "text",
    ["8 777 123 45 67", "+77771234567", "часов: 120, людей: 14", "", f"4{FIRST_ROW}"],
)
def test_ordinary_numbers_stay(text: str) -> None:
    assert without_iin(text) == text
