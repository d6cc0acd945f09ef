"""What every test may ask for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.factories import Cast


# No test looks at a clock: on a busy machine the quickest example takes its time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _plain_settings(settings: object) -> Iterator[None]:
    """Static files by their own names, and no cache that outlives a test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    yield
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _flush_evidence() -> Iterator[None]:
    """Let the clean-up after a test that commits empty the tables that the database keeps from being changed.

    The triggers themselves have no way around them: they are taken off, the tables are emptied, and they are put back.
    """
    from django.db import connection
    from django.test import TransactionTestCase

    from hearthpress.ledger.triggers import LEDGER, put_on
    from hearthpress.pay.triggers import PAY
    from tests.ledger.tampering import take_off

    flush = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        if "default" not in case.databases:
            return flush(case)
        take_off(*LEDGER, *PAY)
        try:
            return flush(case)
        finally:
            put_on(connection, *LEDGER, *PAY)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture
def cast(db: None) -> "Cast":
    """An owner, two editors, a bookkeeper, two writers and an open call."""
    from tests.factories import make_cast

    return make_cast()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: whole journeys in a browser."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
