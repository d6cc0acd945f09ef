"""Who reads which part of a thread, and what is new to them."""

from datetime import timedelta

import pytest
from django.http import Http404

from hearthpress.common import clock
from hearthpress.correspondence.actions import remark, write_to_editors, write_to_writer
from hearthpress.correspondence.doors import Thread, Veiled, desk_thread, mark_seen, own_thread
from hearthpress.correspondence.models import Seen
from hearthpress.correspondence.unread import with_news_for_editor, with_news_for_writer
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.doors import TakenBack, desk_submissions, own_submissions
from hearthpress.submissions.models import Conflict, Submission
from tests.factories import Cast, make_draft, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return make_submission(cast.writer, cast.call)


@pytest.fixture
def spoken(cast: Cast, submission: Submission) -> Submission:
    """A question, an answer, and a remark on it."""
    write_to_writer(submission, cast.editor, "When?")
    write_to_editors(submission, cast.writer, "At noon.")
    remark(submission, cast.editor, "I doubt it.")
    return submission


def texts(thread: Thread) -> list[str]:
    return [entry.message.text for entry in thread.entries]


def new(thread: Thread) -> list[str]:
    return [entry.message.text for entry in thread.entries if entry.is_new]


@pytest.mark.parametrize("who", ["editor", "other_editor", "owner"])
def test_editors_read_the_whole_thread(cast: Cast, spoken: Submission, who: str) -> None:
    assert texts(desk_thread(getattr(cast, who), spoken.key)) == ["When?", "At noon.", "I doubt it."]


def test_the_writer_reads_the_thread_without_remarks(cast: Cast, spoken: Submission) -> None:
    assert texts(own_thread(cast.writer, spoken.key)) == ["When?", "At noon."]


@pytest.mark.parametrize("who", ["writer", "other_writer", "bookkeeper"])
def test_the_desks_thread_is_there_for_no_one_else(cast: Cast, spoken: Submission, who: str) -> None:
    with pytest.raises(Http404):
        desk_thread(getattr(cast, who), spoken.key)


@pytest.mark.parametrize("who", ["other_writer", "editor", "owner", "bookkeeper"])
def test_the_writers_thread_is_there_for_no_one_else(cast: Cast, spoken: Submission, who: str) -> None:
    with pytest.raises(Http404):
        own_thread(getattr(cast, who), spoken.key)


def test_an_editors_own_story_has_a_writers_thread_alone(cast: Cast) -> None:
    own = make_submission(cast.editor, cast.call)
    remark(own, cast.other_editor, "From our Edith.")

    with pytest.raises(Http404):
        desk_thread(cast.editor, own.key)
    assert texts(own_thread(cast.editor, own.key)) == []


def test_an_editor_who_should_not_judge_reads_no_thread(cast: Cast, spoken: Submission) -> None:
    Conflict.objects.create(submission=spoken, editor=cast.editor)

    with pytest.raises(Http404):
        desk_thread(cast.editor, spoken.key)


def test_a_draft_has_no_thread(cast: Cast) -> None:
    draft = make_draft(cast.writer, cast.call)

    with pytest.raises(Http404):
        own_thread(cast.writer, draft.key)


def test_an_anonymous_storys_thread_opens_with_the_editors_own_vote(cast: Cast) -> None:
    cast.call.anonymous = True
    cast.call.save()
    sent = make_submission(cast.writer, cast.call)
    write_to_editors(sent, cast.writer, "I am Wilma.")
    submissions.leave_reading(sent, cast.other_editor, "yes", "")

    with pytest.raises(Veiled):
        desk_thread(cast.editor, sent.key)
    assert texts(desk_thread(cast.other_editor, sent.key)) == ["I am Wilma."]


def test_a_thread_leaves_the_desk_with_its_story_and_stays_with_the_writer(cast: Cast, spoken: Submission) -> None:
    submissions.withdraw(spoken, cast.writer)

    with pytest.raises(TakenBack):
        desk_thread(cast.editor, spoken.key)
    assert texts(own_thread(cast.writer, spoken.key)) == ["When?", "At noon."]


def test_a_writer_who_writes_after_taking_it_back_is_heard_and_answered(cast: Cast, spoken: Submission) -> None:
    submissions.withdraw(spoken, cast.writer)
    write_to_editors(spoken, cast.writer, "I may send it again.")

    thread = desk_thread(cast.editor, spoken.key)
    write_to_writer(thread.submission, cast.editor, "Please do.")

    assert texts(desk_thread(cast.editor, spoken.key)) == ["I may send it again.", "Please do."]
    assert texts(own_thread(cast.writer, spoken.key))[-1] == "Please do."


def test_what_others_said_is_new_until_it_was_seen(cast: Cast, spoken: Submission) -> None:
    thread = desk_thread(cast.other_editor, spoken.key)
    mark_seen(thread, cast.other_editor)
    write_to_editors(spoken, cast.writer, "Or at one.")

    assert new(thread) == ["When?", "At noon.", "I doubt it."]
    assert new(desk_thread(cast.other_editor, spoken.key)) == ["Or at one."]
    assert new(desk_thread(cast.editor, spoken.key)) == ["At noon.", "Or at one."]


def test_seen_never_goes_back(cast: Cast, spoken: Submission) -> None:
    early = desk_thread(cast.other_editor, spoken.key)
    write_to_editors(spoken, cast.writer, "Or at one.")
    mark_seen(desk_thread(cast.other_editor, spoken.key), cast.other_editor)

    mark_seen(early, cast.other_editor)

    assert new(desk_thread(cast.other_editor, spoken.key)) == []


def test_looking_again_writes_nothing(cast: Cast, spoken: Submission, django_assert_num_queries: object) -> None:
    mark_seen(desk_thread(cast.other_editor, spoken.key), cast.other_editor)
    thread = desk_thread(cast.other_editor, spoken.key)

    with django_assert_num_queries(0):
        mark_seen(thread, cast.other_editor)

    assert Seen.objects.count() == 1


def news_to_editor(cast: Cast) -> list[bool]:
    rows = with_news_for_editor(desk_submissions(cast.other_editor), cast.other_editor)
    return [row.has_news for row in rows.order_by("pk")]


def news_to_writer(cast: Cast) -> list[bool]:
    return [row.has_news for row in with_news_for_writer(own_submissions(cast.writer), cast.writer).order_by("pk")]


def test_lists_mark_what_is_new_to_their_reader(cast: Cast, submission: Submission) -> None:
    quiet = make_submission(cast.writer, cast.call, title="Quiet")
    write_to_editors(submission, cast.writer, "At noon.")
    write_to_writer(quiet, cast.other_editor, "When?")

    assert news_to_editor(cast) == [True, False]
    assert news_to_writer(cast) == [False, True]


def test_lists_mark_nothing_that_was_seen(cast: Cast, submission: Submission) -> None:
    write_to_editors(submission, cast.writer, "At noon.")
    mark_seen(desk_thread(cast.other_editor, submission.key), cast.other_editor)

    assert news_to_editor(cast) == [False]


def test_a_remark_is_no_news_to_the_writer(cast: Cast, submission: Submission) -> None:
    remark(submission, cast.editor, "I doubt it.")

    assert news_to_writer(cast) == [False]
    assert news_to_editor(cast) == [True]


def test_messages_stand_in_the_order_in_which_they_came(cast: Cast, submission: Submission) -> None:
    write_to_writer(submission, cast.editor, "First.")
    with clock.at(clock.now() - timedelta(minutes=5)):  # another host's clock is behind
        write_to_editors(submission, cast.writer, "Second.")

    assert texts(desk_thread(cast.editor, submission.key)) == ["First.", "Second."]
