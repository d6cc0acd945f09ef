"""The queue: the oldest promise first, without the editor's own, and as quick with three stories as with one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.desk.lists import PAGE
from hearthpress.submissions import actions
from hearthpress.submissions.enums import DecisionKind
from tests.factories import Cast, client_for, make_accepted, make_approved, make_manuscript, make_story, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def titles(client: Client, **query: str) -> list[str]:
    return [row.title for row in client.get("/desk/", query).context["queue"].rows]


def test_queue_begins_with_the_oldest_promise(cast: Cast, editor: Client) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        make_submission(cast.writer, cast.call, title="Old")
    make_submission(cast.writer, cast.call, title="New")

    answer = editor.get("/desk/")

    assert titles(editor) == ["Old", "New"]
    assert (answer.context["queue"].waiting, answer.context["queue"].late) == (2, 1)
    assert "late</span>" in answer.content.decode()


def test_queue_leaves_out_the_editors_own(cast: Cast, editor: Client) -> None:
    make_submission(cast.editor, cast.call, title="Mine")
    make_submission(cast.writer, cast.call, title="Theirs")

    assert titles(editor) == ["Theirs"]


def test_queue_counts_votes_and_says_what_is_prepared(cast: Cast, editor: Client) -> None:
    submission = make_submission(cast.writer, cast.call)
    actions.leave_reading(submission, cast.editor, "yes", "")
    actions.leave_reading(submission, cast.other_editor, "no", "")
    actions.prepare_decision(submission, cast.editor, DecisionKind.ACCEPT, "Yes.")

    (row,) = editor.get("/desk/").context["queue"].rows

    assert (row.votes_yes, row.votes_maybe, row.votes_no) == (1, 0, 1)
    assert [decision.kind for decision in row.prepared] == ["accept"]


def test_queue_goes_on_where_the_page_before_ended(cast: Cast, editor: Client) -> None:
    with clock.at(clock.now()):
        made = [make_submission(cast.writer, cast.call, title=f"Story {n:02}") for n in range(PAGE + 2)]

    first = editor.get("/desk/").context["queue"]
    second = editor.get("/desk/", {"after": first.after}).context["queue"]

    assert [row.pk for row in first.rows + second.rows] == [row.pk for row in made]
    assert second.after == ""


def test_queue_goes_on_behind_a_story_that_was_decided_meanwhile(cast: Cast, editor: Client) -> None:
    one = make_submission(cast.writer, cast.call, title="One")
    make_submission(cast.writer, cast.call, title="Two")
    actions.withdraw(one, cast.writer)

    assert titles(editor, after=one.key) == ["Two"]


@pytest.mark.parametrize("after", ["nobody", "\x00", "é", "9" * 400])
def test_queue_behind_no_story_begins_at_the_beginning(cast: Cast, editor: Client, after: str) -> None:
    make_submission(cast.writer, cast.call, title="One")

    assert titles(editor, after=after) == ["One"]


def test_empty_queue_says_what_to_do_next(editor: Client) -> None:
    page = editor.get("/desk/").content.decode()

    assert "Nothing waits for a decision" in page
    assert "/write-for-us/" in page


def test_turns_are_told_apart(cast: Cast, editor: Client) -> None:
    make_accepted(cast.writer, cast.other_editor, cast.call, title="Unsigned")
    make_manuscript(cast.writer, cast.other_editor, cast.call, title="Edited")
    make_approved(cast.writer, cast.other_editor, cast.call, title="Approved")
    make_story(cast.writer, cast.other_editor, cast.call, title="Live")

    context = editor.get("/desk/").context

    assert [(item.submission.title, item.turn.words) for item in context["in_work"]] == [
        ("Approved", "Approved: ready to publish"),
        ("Edited", "With the editor"),
        ("Unsigned", "With the writer: the agreement"),
    ]
    assert [row.title for row in context["just_live"]] == ["Live"]


def test_decline_is_never_one_click_from_the_list(cast: Cast, editor: Client) -> None:
    submission = make_submission(cast.writer, cast.call)
    actions.prepare_decision(submission, cast.editor, DecisionKind.DECLINE, "No.")

    page = editor.get("/desk/").content.decode()

    forms = page.count("<form")
    assert forms == 2  # signing out, and looking at letters
    assert 'method="get" action="/desk/releases/"' in page


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def fill_desk(cast: Cast, name: str) -> None:
    """One row more in every list."""
    waiting = make_submission(cast.writer, cast.call, title=f"Waiting {name}")
    actions.prepare_decision(waiting, cast.editor, DecisionKind.ACCEPT, "Yes.")
    make_accepted(cast.writer, cast.other_editor, cast.call, title=f"Unsigned {name}")
    make_manuscript(cast.writer, cast.other_editor, cast.call, title=f"Edited {name}")
    make_approved(cast.writer, cast.other_editor, cast.call, title=f"Approved {name}")
    make_story(cast.writer, cast.other_editor, cast.call, title=f"Live {name}")


def test_queue_asks_the_database_as_often_for_three_rows_as_for_one(cast: Cast, editor: Client) -> None:
    fill_desk(cast, "a")
    one = queries(editor, "/desk/")
    fill_desk(cast, "b")
    fill_desk(cast, "c")

    three = queries(editor, "/desk/")

    assert three == one
