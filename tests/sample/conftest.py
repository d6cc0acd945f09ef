"""The sample is loaded once for all tests of a module that only look: loading takes seconds."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from hearthpress.sample.loader import load_sample


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The magazine in one transaction on each database, taken back at the end; gives what the loader said."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic(), transaction.atomic(using="views"):
        yield load_sample()
        _take_back()


@pytest.fixture
def sample(_loaded: str, django_db_blocker: Any) -> Iterator[str]:
    """The loaded magazine; what a test changes is taken back."""
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="views"):
        yield _loaded
        _take_back()


def _take_back() -> None:
    transaction.set_rollback(True)
    transaction.set_rollback(True, using="views")
