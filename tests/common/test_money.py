from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.common.money import CurrenciesDiffer, Money, exponent, round_up


@pytest.mark.parametrize(("currency", "digits"), [("USD", 2), ("JPY", 0), ("KWD", 3)])
def test_exponent_is_that_of_the_standard(currency: str, digits: int) -> None:
    assert exponent(currency) == digits


def test_adding_two_currencies_is_refused() -> None:
    with pytest.raises(CurrenciesDiffer):
        Money(1, "USD") + Money(1, "EUR")


@given(st.fractions(min_value=0, max_value=10**12))
def test_rounding_never_goes_against_the_writer(amount: Fraction) -> None:
    rounded = round_up(amount)

    assert amount <= rounded < amount + 1
