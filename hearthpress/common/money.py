"""Money: an integer number of minor units and a currency. Nothing here rounds but by a named rule."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from moneyed import Money as ShownMoney
from moneyed import get_currency
from moneyed.l10n import format_money


class CurrenciesDiffer(ValueError):
    """Two amounts of different currencies were put together."""


def exponent(currency: str) -> int:
    """The number of decimals of the currency's minor unit (ISO 4217): 2 for USD, 0 for JPY, 3 for KWD."""
    return len(str(get_currency(currency).sub_unit)) - 1


@dataclass(frozen=True, order=False)
class Money:
    """`minor` minor units of `currency` (ISO 4217 code)."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __str__(self) -> str:
        return str(format_money(ShownMoney(self.major, self.currency), locale="en_US"))

    @property
    def major(self) -> Decimal:
        """The amount in whole units, exact: Money(1234, "USD").major == Decimal("12.34")."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrenciesDiffer(f"{self.currency} and {other.currency}")


def round_up(amount: Fraction) -> int:
    """The smallest whole number of minor units that is at least `amount`: rounding never goes against the writer."""
    return -(-amount.numerator // amount.denominator)
