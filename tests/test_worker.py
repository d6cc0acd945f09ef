"""What the worker says of a database that is away: a line when it goes and a line when it is back."""

import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection

from hearthpress import worker
from hearthpress.schedule import Job

pytestmark = pytest.mark.django_db


def in_a_thread_of_its_own(run: Callable[[], object]) -> None:
    thread = threading.Thread(target=worker.run, args=(Job(run, every=1),))
    thread.start()
    thread.join()


def ask_nothing() -> None:
    pass


def ask() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


away = threading.Event()


def ask_the_other() -> None:
    if away.is_set():
        raise OperationalError("connection refused\n\tIs the server running on that host?")
    ask()


def fail() -> None:
    raise ValueError("a mistake of ours")


def test_an_outage_is_told_in_two_lines(caplog: pytest.LogCaptureFixture) -> None:
    away.set()
    for run in [ask, ask_the_other, ask_the_other, ask_nothing, ask_the_other, ask, ask_the_other]:
        in_a_thread_of_its_own(run)
    away.clear()
    for run in [ask, ask_nothing, ask_the_other, ask, ask_the_other]:
        in_a_thread_of_its_own(run)

    assert caplog.messages == [
        "The database does not answer ask_the_other; the worker waits for it. (connection refused)",
        "The database answers again.",
    ]
    assert not any(record.exc_info for record in caplog.records)


def test_a_failure_of_ours_is_told_in_full(caplog: pytest.LogCaptureFixture) -> None:
    in_a_thread_of_its_own(fail)

    assert caplog.messages == ["fail failed"]
    assert caplog.records[0].exc_info is not None
