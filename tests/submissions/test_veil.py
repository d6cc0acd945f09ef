"""Before an editor's own vote nothing that they fetch says whose an anonymous piece is."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Prefetch
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.documents.plain import plain_text
from hearthpress.mail.models import Letter
from hearthpress.people.models import Byline
from hearthpress.submissions import actions
from hearthpress.submissions.actions.letters import letter
from hearthpress.submissions.doors import desk_attachment, desk_submission, desk_submissions
from hearthpress.submissions.enums import AttachmentKind, DecisionKind, QuestionKind, SubmissionState
from hearthpress.submissions.models import Attachment, Call, Decision, Question, QuestionAnswer, Submission, Urgency
from hearthpress.submissions.veil import VEILED, is_veiled
from tests.factories import Cast, make_call, make_draft, release_and_tell

pytestmark = pytest.mark.django_db

TEXT = """The kettle was on when Wilma rang. Read more at https://wilma.example/kettle, or ask @kettledays.

We spoke for an hour. “Ada Quill,” she said, “write to writer@example.org.” Kettledays was what I called myself.

Wilma Writer lives in Leeds."""
STRINGS = ("wilma", "writer@", "quill", "kettledays", "leeds", "my sister", "secret-plan", "herald")


@pytest.fixture
def call(cast: Cast) -> Call:
    return make_call(title="Unseen", slug="unseen", anonymous=True, rate_card=cast.call.rate_card)


@pytest.fixture
def sent(cast: Cast, call: Call) -> Submission:
    """With everything that could tell whose it is."""
    Byline.objects.create(person=cast.writer, kind="pen", name="Ada Quill")
    draft = make_draft(
        cast.writer,
        call,
        title="Wilma’s Kettle",
        text=TEXT,
        note="I am @kettledays, my sister knows you.",
        previously_published="The Leeds Herald",
    )
    actions.attach(draft, AttachmentKind.MANUSCRIPT, "secret-plan wilma.docx", b"...")
    for label, names in (("Who are you?", True), ("Why now?", False)):
        question = Question.objects.create(call=call, label=label, names_writer=names, kind=QuestionKind.TEXT)
        QuestionAnswer.objects.create(submission=draft, question=question, asked=label, text="I am Wilma.")
    actions.send(draft)
    return draft


def told(submission: Submission) -> str:
    """Everything that a template could get out of it without asking the database anew."""
    values: list[Any] = [
        submission,
        *(getattr(submission, field.attname) for field in submission._meta.concrete_fields),
        submission.writer,
        submission.writer.email,
        submission.byline,
    ]
    for relation in submission._meta.related_objects:
        name = relation.get_accessor_name()
        if relation.one_to_many and name:
            rows = getattr(submission, name).all()
            values += [[getattr(row, field.attname) for field in row._meta.concrete_fields] for row in rows]
    return " ".join(map(str, values)).casefold()


def test_title_without_names_is_kept_with_every_piece(cast: Cast, sent: Submission) -> None:
    sent.refresh_from_db()

    assert sent.blind_title == "[name]’s Kettle"


def test_the_copy_that_is_read_says_nothing_of_its_writer(cast: Cast, sent: Submission) -> None:
    found = desk_submission(cast.editor, sent.key)

    said = told(found)
    assert found.concealed
    assert [word for word in STRINGS if word in said] == []
    assert "the kettle was on when [name] rang" in plain_text(found.document).casefold()
    assert plain_text(found.document).endswith("[about the writer]")
    assert [answer.text for answer in found.question_answers.all()] == ["I am [name]."]
    assert [file.name for file in found.attachments.all()] == ["A .docx file"]


def test_rows_of_lists_say_nothing_either(cast: Cast, sent: Submission) -> None:
    (found,) = desk_submissions(cast.editor).select_related("writer", "byline", "sent_with")

    assert [word for word in STRINGS if word in told(found)] == []
    assert (found.title, found.document, found.byline.name) == ("[name]’s Kettle", None, "Name hidden")


@pytest.mark.parametrize("fetch", ["get", "first", "last", "slice", "in_bulk", "clone"])
def test_rows_are_concealed_however_they_are_fetched(cast: Cast, sent: Submission, fetch: str) -> None:
    rows = desk_submissions(cast.editor).order_by("pk")
    ways: dict[str, Any] = {
        "get": rows.get,
        "first": rows.first,
        "last": rows.last,
        "slice": lambda: rows[:2][0],
        "in_bulk": lambda: rows.in_bulk()[sent.pk],
        "clone": lambda: next(iter(rows.filter(call=sent.call).exclude(title="") | rows.filter(pk=sent.pk))),
    }

    assert ways[fetch]().title == "[name]’s Kettle"


def test_what_is_prefetched_is_hidden_too(cast: Cast, sent: Submission) -> None:
    actions.leave_reading(sent, cast.other_editor, "yes", "Wilma again!")
    actions.prepare_decision(sent, cast.other_editor, DecisionKind.ACCEPT, "Dear Wilma")
    named = Prefetch("decisions", queryset=Decision.objects.all(), to_attr="prepared")

    found: Any = desk_submissions(cast.editor).prefetch_related("readings", "question_answers", named).get()

    assert (list(found.readings.all()), list(found.question_answers.all()), found.prepared) == ([], [], [])
    assert not found.events.filter(new=SubmissionState.READING).exists()


def test_reason_of_an_urgent_mark_names_nobody(cast: Cast, sent: Submission) -> None:
    Urgency.objects.create(submission=sent, why="Ada Quill is ill", marked_by=cast.other_editor)

    for found in (desk_submission(cast.editor, sent.key), desk_submissions(cast.editor).get()):
        assert found.urgency.why == "[name] is ill"


def test_own_vote_lifts_the_veil_and_only_for_who_voted(cast: Cast, sent: Submission) -> None:
    actions.leave_reading(sent, cast.editor, "yes", "")

    mine, other = desk_submission(cast.editor, sent.key), desk_submission(cast.other_editor, sent.key)

    assert (mine.concealed, mine.title, mine.byline.name) == (False, "Wilma’s Kettle", "Wilma Writer")
    assert desk_submissions(cast.editor).get().title == "Wilma’s Kettle"
    assert other.concealed


@pytest.mark.parametrize("state", list(SubmissionState))
def test_veil_hangs_until_it_is_decided(cast: Cast, sent: Submission, state: SubmissionState) -> None:
    Submission.objects.filter(pk=sent.pk).update(state=state)
    sent.refresh_from_db()

    assert is_veiled(cast.editor, sent) == (state in VEILED)
    if state not in (SubmissionState.DRAFT, SubmissionState.WITHDRAWN):
        assert desk_submission(cast.editor, sent.key).concealed == (state in VEILED)
        assert desk_submissions(cast.editor).get().concealed == (state in VEILED)


def test_a_call_that_is_not_anonymous_has_no_veil(cast: Cast, sent: Submission) -> None:
    Call.objects.filter(pk=sent.call_id).update(anonymous=False)

    assert desk_submission(cast.editor, sent.key).title == "Wilma’s Kettle"


def test_after_a_decision_everybody_may_know(cast: Cast, sent: Submission) -> None:
    actions.leave_reading(sent, cast.editor, "no", "")
    release_and_tell(actions.prepare_decision(sent, cast.editor, DecisionKind.DECLINE, "No."), cast.editor)

    assert not desk_submission(cast.other_editor, sent.key).concealed


def test_a_copy_is_never_kept(cast: Cast, sent: Submission) -> None:
    found = desk_submission(cast.editor, sent.key)

    with pytest.raises(TypeError):
        found.save()
    sent.refresh_from_db()
    assert sent.title == "Wilma’s Kettle"


def test_a_copy_can_be_voted_on_and_given_to_somebody(cast: Cast, sent: Submission) -> None:
    found = desk_submission(cast.editor, sent.key)

    actions.assign(found, cast.editor, cast.editor)
    actions.leave_reading(found, cast.editor, "yes", "")

    sent.refresh_from_db()
    assert (sent.assigned_to, sent.state, sent.title) == (cast.editor, SubmissionState.READING, "Wilma’s Kettle")


def test_a_letter_about_a_copy_reaches_its_writer(cast: Cast, sent: Submission) -> None:
    written = letter("submissions/receipt", desk_submission(cast.editor, sent.key))

    assert written.to == cast.writer.email
    assert "Wilma’s Kettle" in Letter.objects.get(pk=written.pk).subject + written.text


def test_no_file_is_handed_out_before_the_vote(cast: Cast, sent: Submission) -> None:
    file = Attachment.objects.get()

    with pytest.raises(Http404):
        desk_attachment(cast.editor, sent.key, file.key)
    actions.leave_reading(sent, cast.editor, "yes", "")

    assert desk_attachment(cast.editor, sent.key, file.key) == file
    with pytest.raises(Http404):
        desk_attachment(cast.writer, sent.key, file.key)


def test_pieces_that_were_sent_together_are_not_told_together(cast: Cast, call: Call) -> None:
    first = make_draft(cast.writer, call, title="One")
    second = make_draft(cast.writer, call, title="Two")
    for piece in (first, second):
        actions.send(piece)
    Submission.objects.filter(pk=second.pk).update(sent_with=first)

    one, two = (desk_submission(cast.editor, row.key) for row in (first, second))

    assert (two.sent_with, two.sent_with_id, list(one.sent_together.all())) == (None, None, [])


def test_lists_are_concealed_with_as_many_queries_for_three_rows_as_for_one(cast: Cast, call: Call) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert list(desk_submissions(cast.editor).select_related("call", "byline"))
        return len(captured)

    actions.send(make_draft(cast.writer, call))
    one = queries()
    for title in ("B", "C"):
        with clock.at(clock.now()):
            actions.send(make_draft(cast.other_writer, call, title=title))

    assert queries() == one == 3
