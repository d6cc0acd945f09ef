"""What every test may ask for."""

from collections.abc import Iterator

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.factories import Cast

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


@pytest.fixture
def cast(db: None) -> "Cast":
    """An owner, two editors, a bookkeeper, two writers and an open call."""
    from tests.factories import make_cast

    return make_cast()
