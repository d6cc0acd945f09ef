"""The page of what is held apart: editors see why, and let it in with one click."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearthpress.submissions.models import Submission
from tests.factories import Cast, client_for, make_person, make_submission
from tests.submissions.test_holding import LINKS

pytestmark = pytest.mark.django_db


def held(cast: Cast, title: str = "Win") -> Submission:
    writer = make_person(f"{title.lower()}@example.org")
    return make_submission(writer, cast.call, title=title, text=f"Buy {LINKS} now.")


def test_page_says_why_and_lets_in(cast: Cast) -> None:
    submission = held(cast)
    editor = client_for(cast.editor)

    page = editor.get("/desk/held/").content.decode()
    answer = editor.post(f"/desk/{submission.key}/letting-in/", follow=True)

    submission.refresh_from_db()
    assert "Holds more links than a story does" in page
    assert not submission.held
    assert "is in the queue now" in answer.content.decode()


def test_letting_in_twice_says_so(cast: Cast) -> None:
    submission = held(cast)
    editor = client_for(cast.editor)
    editor.post(f"/desk/{submission.key}/letting-in/")

    answer = editor.post(f"/desk/{submission.key}/letting-in/", follow=True)

    assert "is in the queue already" in answer.content.decode()


def test_empty_page_says_what_comes_here(cast: Cast) -> None:
    assert "Nothing is held apart" in client_for(cast.editor).get("/desk/held/").content.decode()


def test_editor_neither_sees_nor_lets_in_their_own(cast: Cast) -> None:
    own = make_submission(cast.editor, cast.call, title="Mine", text=f"Buy {LINKS} now.")
    editor = client_for(cast.editor)

    page = editor.get("/desk/held/").content.decode()
    answer = editor.post(f"/desk/{own.key}/letting-in/")

    own.refresh_from_db()
    assert "Mine" not in page
    assert (answer.status_code, own.held) == (404, True)


@pytest.mark.parametrize("who", ["writer", "bookkeeper", None])
def test_nobody_else_comes_in(cast: Cast, who: str | None) -> None:
    submission = held(cast)
    client = client_for(getattr(cast, who) if who else None)

    client.post(f"/desk/{submission.key}/letting-in/")

    submission.refresh_from_db()
    assert client.get("/desk/held/").status_code != 200
    assert submission.held


def test_page_asks_the_same_number_of_queries_for_one_and_for_three(cast: Cast) -> None:
    editor = client_for(cast.editor)
    counts = []
    for titles in (["One"], ["Two", "Three"]):
        for title in titles:
            held(cast, title)
        with CaptureQueriesContext(connection) as queries:
            editor.get("/desk/held/")
        counts.append(len(queries))

    assert counts[0] == counts[1]
