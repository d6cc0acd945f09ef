"""The cache in the database: nothing stays in it once it counts no more."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from hearthpress.common.cache import forget_expired
from hearthpress.settings import CACHES

pytestmark = pytest.mark.django_db


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        return int(cursor.fetchone()[0])


def test_what_has_expired_is_deleted_and_nothing_else(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.CACHES = CACHES
    cache.set("rl:login:somebody@example.org", [1], 60)
    cache.set("rl:login:another@example.org", [1], 3600)
    before = forget_expired(), rows()

    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert before == (0, 2)
    assert (forget_expired(), rows()) == (1, 1)
