"""Who a reader is leaves no trace: not in a row, not in a log, not in a file of the home folder."""

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from hearthpress.common import clock
from hearthpress.readership.models import ReaderDay, UnpaidView
from hearthpress.readership.salts import salt_of
from hearthpress.stories.models import Story

pytestmark = pytest.mark.django_db(databases=["default", "views"])

ADDRESS = "203.0.113.77"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; a-very-rare-thing) Firefox/143.0"


def everything_in(alias: str) -> str:
    connection = connections[alias]
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor.fetchall()]
    return "\n".join(found)


def test_address_agent_and_salt_are_nowhere(story: Story, caplog: Any) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": AGENT}

    with caplog.at_level(logging.DEBUG):
        for body in (
            {"s": story.key, "t": 11},
            {"s": story.key, "t": 11},
            {"s": story.key, "t": 1},
            {"s": "0" * 12, "t": 1},
            {},
        ):
            Client(REMOTE_ADDR=ADDRESS).post("/v", json.dumps(body), content_type="text/plain", headers=headers)
        Client(REMOTE_ADDR=ADDRESS).get("/v.gif", {"s": story.key}, headers=headers)

    salt = salt_of("America/New_York", clock.today("America/New_York"))
    assert (ReaderDay.objects.count(), UnpaidView.objects.count()) == (1, 3)
    kept = [everything_in("default"), everything_in("views"), caplog.text]
    # A SQLite file is never opened beside its connection: closing it takes SQLite's locks away (howtocorrupt.html).
    files = [path for path in Path(settings.HOME).rglob("*") if path.is_file() and ".sqlite3" not in path.name]
    kept += [path.read_bytes().decode("latin-1") for path in files]
    for place in kept:
        assert ADDRESS not in place
        assert "a-very-rare-thing" not in place
        assert salt.hex() not in place
        assert salt.decode("latin-1") not in place
        assert repr(salt) not in place


def test_the_same_reader_has_another_key_for_another_day(story: Story) -> None:
    for days in (0, 1):
        with clock.at(clock.now() + timedelta(days=days)):
            Client(REMOTE_ADDR=ADDRESS).post(
                "/v",
                json.dumps({"s": story.key, "t": 11}),
                content_type="text/plain",
                headers={"Sec-Fetch-Site": "same-origin", "User-Agent": AGENT},
            )

    assert len({bytes(kept.reader) for kept in ReaderDay.objects.all()}) == 2
