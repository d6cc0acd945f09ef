"""What every test may ask for."""

import os
import tempfile
from collections.abc import Iterator

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.factories import Cast

# Tests have a home of their own, so that they never touch a magazine that runs from this folder.
_HOME = tempfile.TemporaryDirectory(prefix="hearthpress-tests-")
os.environ["HEARTHPRESS_HOME"] = _HOME.name
os.environ["PUBLIC_ADDRESS"] = "http://testserver"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ.setdefault("SIGN_IN_LIMITS", "1000/m/ip,1000/m/key")


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
