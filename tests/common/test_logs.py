"""The log: shared by processes, never larger than it may be, and not a place that strangers can write much to."""

import logging
import logging.config
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from hearthpress.common.logs import Outage, SharedFile


def record(words: str) -> logging.LogRecord:
    return logging.LogRecord("hearthpress", logging.WARNING, __file__, 1, words, None, None)


def test_two_who_write_one_file_go_on_in_the_same_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    one, two = (SharedFile(path, maxBytes=100, backupCount=2) for _ in range(2))
    two.emit(record("two was here"))

    for number in range(30):
        one.emit(record(f"line {number} of one"))
        two.emit(record(f"line {number} of two"))
    one.close()
    two.close()

    kept = [(tmp_path / name).read_text() for name in ("a.log.2", "a.log.1", "a.log")]
    said = "".join(kept).splitlines()
    assert len(list(tmp_path.iterdir())) == 3
    assert all(len(text) <= 100 for text in kept)
    assert said == [f"line {number} of {who}" for number in range(30) for who in ("one", "two")][-len(said) :]
    assert len(said) >= 12


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The magazine's own logging, into a file of this test."""
    path = tmp_path / "hearthpress.log"
    handlers = settings.LOGGING["handlers"]
    logging.config.dictConfig(
        {**settings.LOGGING, "handlers": {**handlers, "file": {**handlers["file"], "filename": str(path)}}}
    )
    yield path
    logging.config.dictConfig(settings.LOGGING)


@pytest.mark.django_db
def test_a_stranger_writes_at_most_a_line(log: Path) -> None:
    client = Client(raise_request_exception=False)

    answers = [
        client.get("/", headers={"host": "elsewhere.example"}).status_code,
        client.get("/desk/not-there/", headers={"host": "a b"}).status_code,
        client.get("/no-such-page/").status_code,
    ]

    lines = log.read_text().splitlines()
    assert answers == [400, 400, 404]
    assert len(lines) == 2
    assert all("django.security.DisallowedHost: Invalid HTTP_HOST header" in line for line in lines)


def test_what_broke_here_is_told_with_its_traceback(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hearthpress.masthead.models.Masthead.current", lambda: 1 / 0)

    answer = Client(raise_request_exception=False).get("/write-for-us/")

    assert answer.status_code == 500
    assert "ZeroDivisionError: division by zero" in log.read_text()


def test_what_stays_away_is_said_once_for_each_cause(caplog: pytest.LogCaptureFixture) -> None:
    outage = Outage(logging.getLogger(__name__), "Views wait.")

    for error in [OSError("no space\nleft"), OSError("no space\nleft"), TimeoutError(), OSError("no space\nleft")]:
        outage.is_met(error)
    outage.is_over()
    outage.is_met(TimeoutError())

    assert caplog.messages == [
        "Views wait. (OSError: no space)",
        "Views wait. (TimeoutError: )",
        "Views wait. (TimeoutError: )",
    ]
