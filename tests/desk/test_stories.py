"""Accepted stories: whose turn it is, and what is live."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import Cast, client_for, make_accepted, make_approved, make_manuscript, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def fill(cast: Cast, name: str) -> None:
    """One row more in every list."""
    make_accepted(cast.writer, cast.other_editor, cast.call, title=f"Unsigned {name}")
    make_manuscript(cast.writer, cast.other_editor, cast.call, title=f"Edited {name}")
    make_approved(cast.writer, cast.other_editor, cast.call, title=f"Approved {name}")
    make_story(cast.writer, cast.other_editor, cast.call, title=f"Live {name}")


def test_turns_are_told_apart(cast: Cast, editor: Client) -> None:
    fill(cast, "one")

    context = editor.get("/desk/stories/").context

    assert [(item.submission.title, item.turn.words) for item in context["in_work"]] == [
        ("Approved one", "Approved: ready to publish"),
        ("Edited one", "With the editor"),
        ("Unsigned one", "With the writer: the agreement"),
    ]
    assert [row.title for row in context["just_live"]] == ["Live one"]


def test_where_nothing_is_accepted_the_page_says_what_comes_here(editor: Client) -> None:
    assert "One comes here when an acceptance is released" in editor.get("/desk/stories/").content.decode()


def test_stories_ask_the_database_as_often_for_three_rows_as_for_one(cast: Cast, editor: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get("/desk/stories/").status_code == 200
        return len(captured)

    fill(cast, "a")
    one = queries()
    fill(cast, "b")
    fill(cast, "c")

    assert queries() == one
