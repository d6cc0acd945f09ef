"""The database does not answer: nothing that somebody typed is lost."""

from typing import Any

import pytest
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

LONG = "It rained on the day we moved in.\n<b>He</b> said & laughed. " * 200


@pytest.fixture
def _database_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection can be made, as when the database's machine is off."""

    def refuse(_self: Any) -> None:
        raise OperationalError("connection refused")

    for connection in connections.all():
        monkeypatch.setattr(type(connection), "ensure_connection", refuse)
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.usefixtures("_database_away")
def test_what_was_sent_is_on_the_page_and_can_be_sent_again(client: Client) -> None:
    client.cookies["hearthpress_session"] = "a" * 32

    response = client.post(
        "/write/abcabcabcabc/draft/", {"source": LONG, "title": 'A "title"', "csrfmiddlewaretoken": "t"}
    )

    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "20"
    assert "no-store" in response["Cache-Control"]
    assert "&lt;b&gt;He&lt;/b&gt; said &amp; laughed." in page
    assert page.count("It rained on the day we moved in.") == 200
    assert 'action="/write/abcabcabcabc/draft/"' in page
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="t">' in page


@pytest.mark.usefixtures("_database_away")
def test_a_page_that_is_only_read_says_that_the_magazine_is_resting(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 503
    assert "The magazine is resting for a moment" in response.content.decode()
    assert "<form" not in response.content.decode()


@pytest.mark.usefixtures("_database_away")
def test_a_code_is_not_shown_again(client: Client) -> None:
    client.cookies["hearthpress_session"] = "a" * 32

    response = client.post("/sign-in/code/", {"code": "QQWWEE"})

    assert response.status_code == 503
    assert "QQWWEE</textarea>" not in response.content.decode()


def test_any_other_failure_is_told_as_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hearthpress.masthead.models.Masthead.current", lambda: 1 / 0)

    response = client.get("/write-for-us/")

    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
