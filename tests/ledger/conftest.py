"""Two accounts."""

import pytest

from hearthpress.ledger.actions import account
from hearthpress.ledger.models import Account


@pytest.fixture
def owed(db: None) -> Account:
    return account("payable:1:USD", "liability", "USD")


@pytest.fixture
def spent(db: None) -> Account:
    return account("expense:stories:USD", "expense", "USD")
