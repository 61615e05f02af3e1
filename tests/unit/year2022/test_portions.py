import pytest
from hypothesis import given
from hypothesis import strategies as st

from birge_stack.year2022.portions import apportion, share_out

WEIGHTS = st.lists(st.floats(0.01, 100), min_size=1, max_size=40)


@given(total=st.integers(0, 10**7), weights=WEIGHTS, unit=st.sampled_from([1, 10, 25, 100]))
def test_parts_add_up_to_the_total(total: int, weights: list[float], unit: int) -> None:
    least = min(25, total // len(weights))
    parts = apportion(total, weights, unit=unit, least=least)
    assert sum(parts) == total
    assert min(parts) >= least


@given(total=st.integers(0, 10**6), weights=WEIGHTS)
def test_shares_add_up_and_stay_within_one_of_their_exact_size(
    total: int, weights: list[float]
) -> None:
    shares = share_out(total, dict(enumerate(weights)))
    assert sum(shares.values()) == total
    exact = [total * weight / sum(weights) for weight in weights]
    assert all(abs(shares[place] - due) <= 1.000001 for place, due in enumerate(exact))


def test_a_total_too_small_for_its_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="smaller"):
        apportion(10, [1.0, 1.0], least=6)
