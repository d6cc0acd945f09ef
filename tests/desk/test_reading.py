"""The page of one submission: what came with it, readings, who is here, who should not judge it, what cannot wait."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from hearthpress.common import clock
from hearthpress.correspondence.actions import remark
from hearthpress.submissions import actions
from hearthpress.submissions.enums import AttachmentKind, QuestionKind
from hearthpress.submissions.models import (
    Attachment,
    Call,
    Conflict,
    Presence,
    Question,
    QuestionAnswer,
    Reading,
    Submission,
    Urgency,
)
from hearthpress.tasks.actions import make_task
from tests.factories import Cast, client_for, make_call, make_draft, make_person, make_subject, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@pytest.fixture
def other(cast: Cast) -> Client:
    return client_for(cast.other_editor)


@pytest.fixture
def sent(cast: Cast) -> Submission:
    return make_submission(cast.writer, cast.call)


def page_of(client: Client, submission: Submission) -> str:
    answer = client.get(f"/desk/{submission.key}/")
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, submission: Submission, name: str, **fields: Any) -> Any:
    return client.post(f"/desk/{submission.key}/{name}/", fields, follow=True)


# Opened, and open now


def test_first_opening_is_noted_once(editor: Client, other: Client, sent: Submission) -> None:
    then = clock.now() - timedelta(hours=1)
    with clock.at(then):
        page_of(editor, sent)
    page_of(other, sent)

    sent.refresh_from_db()
    assert sent.opened_at == then


def test_opening_is_not_noted_of_what_is_held_or_decided(editor: Client, cast: Cast, sent: Submission) -> None:
    actions.hold(sent, [])
    page_of(editor, sent)

    sent.refresh_from_db()
    assert sent.opened_at is None


def test_who_has_it_open_too_is_said_for_two_minutes(editor: Client, other: Client, sent: Submission) -> None:
    now = clock.now()
    with clock.at(now):
        assert "has it open too" not in page_of(other, sent)
    with clock.at(now + timedelta(seconds=119)):
        assert "Otto Editor has it open too." in page_of(editor, sent)
        assert post(editor, sent, "presence").json() == {"words": "Otto Editor has it open too."}
    with clock.at(now + timedelta(seconds=121)):
        assert post(editor, sent, "presence").json() == {"words": ""}


def test_signs_that_follow_soon_are_not_written(editor: Client, sent: Submission) -> None:
    now = clock.now()
    for seconds in (0, 10, 19):
        with clock.at(now + timedelta(seconds=seconds)):
            post(editor, sent, "presence")
    assert Presence.objects.get().seen_at == now

    with clock.at(now + timedelta(seconds=30)):
        post(editor, sent, "presence")
    assert Presence.objects.get().seen_at == now + timedelta(seconds=30)


# Readings


def test_scored_call_asks_for_a_score(cast: Cast, editor: Client, sent: Submission) -> None:
    Call.objects.update(scored=True)

    without = post(editor, sent, "reading", vote="yes", notes="The kettle.").content.decode()
    post(editor, sent, "reading", vote="yes", notes="The kettle.", score="4")

    assert "Please choose one." in without
    assert "The kettle.</textarea>" in without
    assert Reading.objects.get().score == 4
    assert "You</h3>" not in without
    assert "4 of 5" in page_of(editor, sent)


def test_other_call_asks_for_no_score(editor: Client, sent: Submission) -> None:
    assert "How good is it?" not in page_of(editor, sent)

    post(editor, sent, "reading", vote="yes", notes="", score="4")

    assert Reading.objects.get().score is None


# Leaving it to others


def test_who_leaves_it_to_others_judges_no_more_and_looks_after_it_no_more(
    cast: Cast, editor: Client, other: Client, sent: Submission
) -> None:
    actions.assign(sent, cast.editor, cast.owner)
    actions.leave_reading(sent, cast.other_editor, "yes", "Otto’s thought")

    said = post(editor, sent, "conflict", **{"conflict-why": "She is my sister"}).content.decode()
    vote = post(editor, sent, "reading", vote="no", notes="My thought")

    sent.refresh_from_db()
    assert sent.assigned_to is None
    assert "You leave it to others" in said
    assert "Otto’s thought" not in said
    assert (vote.status_code, "My thought</textarea>" in vote.content.decode()) == (409, True)
    assert not Reading.objects.filter(editor=cast.editor).exists()
    assert "Edith Editor leaves it to others: She is my sister" in page_of(other, sent)


def test_reading_of_who_left_it_since_says_so(cast: Cast, editor: Client, other: Client, sent: Submission) -> None:
    actions.leave_reading(sent, cast.editor, "yes", "")

    post(editor, sent, "conflict", **{"conflict-why": ""})

    assert "leaves it to others since" in page_of(other, sent)


def test_conflict_can_be_taken_back(cast: Cast, editor: Client, sent: Submission) -> None:
    post(editor, sent, "conflict", **{"conflict-why": ""})

    assert not cast.editor.has_perm("submissions.judge", sent)
    said = post(editor, sent, "conflict/removal").content.decode()

    assert "You can judge this story again." in said
    assert not Conflict.objects.exists()
    assert cast.editor.has_perm("submissions.judge", sent)


def test_declaring_twice_is_one_conflict(cast: Cast, sent: Submission) -> None:
    actions.declare_conflict(sent, cast.editor, "First")
    actions.declare_conflict(sent, cast.editor, "Second")

    assert Conflict.objects.get().why == "First"


# What cannot wait


def test_urgent_mark_has_a_reason_and_can_be_taken_off(editor: Client, other: Client, sent: Submission) -> None:
    without = post(editor, sent, "urgency", **{"urgency-why": " "}).content.decode()
    post(editor, sent, "urgency", **{"urgency-why": "The anniversary is on Monday"})

    assert "Please say why" in without
    assert "<details open>" in without
    assert "The anniversary is on Monday" in page_of(other, sent)

    post(other, sent, "urgency/removal")

    assert not Urgency.objects.exists()


# Who looks after it


def test_story_is_given_to_an_editor_and_to_nobody(cast: Cast, editor: Client, sent: Submission) -> None:
    given = post(editor, sent, "assignment", **{"assignment-editor": cast.other_editor.pk, "assignment-was": ""})
    sent.refresh_from_db()
    assert (sent.assigned_to, "Otto Editor looks after it now." in given.content.decode()) == (cast.other_editor, True)

    post(editor, sent, "assignment", **{"assignment-editor": "", "assignment-was": cast.other_editor.pk})
    sent.refresh_from_db()
    assert sent.assigned_to is None


def test_story_given_from_an_old_page_stays_with_whoever_has_it(cast: Cast, editor: Client, sent: Submission) -> None:
    actions.assign(sent, cast.owner, cast.owner)

    answer = post(editor, sent, "assignment", **{"assignment-editor": cast.editor.pk, "assignment-was": ""})

    sent.refresh_from_db()
    assert sent.assigned_to == cast.owner
    assert "Nothing was changed" in answer.content.decode()


@pytest.mark.parametrize("why", ["own", "conflict"])
def test_story_is_not_given_to_who_should_not_judge_it(cast: Cast, editor: Client, sent: Submission, why: str) -> None:
    if why == "own":
        sent = make_submission(cast.other_editor, cast.call)
    else:
        Conflict.objects.create(submission=sent, editor=cast.other_editor)

    answer = post(editor, sent, "assignment", **{"assignment-editor": cast.other_editor.pk, "assignment-was": ""})

    sent.refresh_from_db()
    assert (answer.status_code, sent.assigned_to) == (409, None)
    assert "cannot look after this story" in answer.content.decode()


# What it touches


def test_subjects_are_named_on_the_page(cast: Cast, editor: Client, sent: Submission) -> None:
    loss, birth = make_subject(of_loss=True), make_subject("birth", name="A birth")
    sent.subjects.add(birth)

    post(editor, sent, "subjects-touched", **{"touches-subjects": [loss.pk], "touches-was": str(birth.pk)})

    assert list(sent.subjects.all()) == [loss]
    assert f'value="{loss.pk}"' in page_of(editor, sent)


def test_the_last_subject_is_taken_away(cast: Cast, editor: Client, sent: Submission) -> None:
    sent.subjects.add(loss := make_subject())

    post(editor, sent, "subjects-touched", **{"touches-was": str(loss.pk)})

    assert not sent.subjects.exists()


@pytest.mark.parametrize("why", ["named", "decided", "going out"])
def test_subjects_stay_as_they_are_and_the_page_says_why(
    cast: Cast, editor: Client, sent: Submission, why: str
) -> None:
    birth, loss = make_subject("birth", name="A birth"), make_subject()
    if why == "named":
        actions.name_subjects(sent, cast.other_editor, [loss])
    else:
        decision = actions.prepare_decision(sent, cast.other_editor, "decline", "No.")
        actions.release(decision, cast.other_editor)
        with clock.at(clock.now() + (timedelta(0) if why == "going out" else 2 * actions.UNDO_WINDOW)):
            actions.tell_due()

    answer = post(editor, sent, "subjects-touched", **{"touches-subjects": [birth.pk], "touches-was": ""})

    words = {"named": "other subjects meanwhile", "decided": "has been decided", "going out": "is going out"}
    assert words[why] in answer.content.decode()
    assert birth not in sent.subjects.all()


def test_a_story_that_others_judge_is_not_named_by_who_left_it(cast: Cast, editor: Client, sent: Submission) -> None:
    Conflict.objects.create(submission=sent, editor=cast.editor)

    post(editor, sent, "subjects-touched", **{"touches-subjects": [make_subject().pk], "touches-was": ""})

    assert not sent.subjects.exists()
    assert "Name what it touches" not in page_of(editor, sent)


# What came with it


def photo_of(draft: Submission) -> Attachment:
    data = BytesIO()
    Image.new("RGB", (60, 40), (90, 90, 90)).save(data, "PNG")
    photo = actions.attach_photo(draft, "pond.png", data.getvalue())
    actions.describe_photo(photo, credit="Ada", consent=True, alt="A pond")
    return photo


@pytest.fixture
def full(cast: Cast) -> Submission:
    return fill(cast, "The Pond")


def fill(cast: Cast, title: str) -> Submission:
    """With one of everything."""
    draft = make_draft(cast.writer, cast.call, title=title)
    actions.attach(draft, AttachmentKind.MANUSCRIPT, "pond.docx", b"PK the file")
    add_to(draft)
    actions.send(draft)
    return draft


def add_to(draft: Submission) -> None:
    photo_of(draft)
    number = Question.objects.count()
    for kind, text in ((QuestionKind.TEXT, "Because."), (QuestionKind.FILE, "")):
        question = Question.objects.create(call=draft.call, label=f"Why {kind} {number}?", kind=kind, needed="never")
        file = actions.attach(draft, AttachmentKind.ANSWER, "why.pdf", b"%PDF") if not text else None
        QuestionAnswer.objects.create(submission=draft, question=question, asked=question.label, text=text, file=file)


def test_page_shows_what_came_with_it(editor: Client, full: Submission) -> None:
    page = page_of(editor, full)

    assert "Because." in page
    assert "why.pdf</a>" in page
    assert "pond.docx</a>" in page
    assert 'alt="A pond"' in page
    assert "By Ada." in page


def test_files_are_downloads_that_no_browser_runs(editor: Client, full: Submission) -> None:
    for attachment in full.attachments.all():
        answer = editor.get(f"/desk/{full.key}/files/{attachment.key}/")

        assert answer["Content-Disposition"] == f'attachment; filename="{attachment.name}"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"] == attachment.media_type
        assert "html" not in answer["Content-Type"]
        assert len(answer.content) == attachment.size


def test_text_is_a_plain_file(editor: Client, full: Submission) -> None:
    answer = editor.get(f"/desk/{full.key}/text/")

    assert answer.content.decode().startswith("The Pond\n\nThe kettle was on")
    assert answer["Content-Disposition"] == f'attachment; filename="{full.key}.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_file_of_another_story_or_a_lost_one_is_not_found(
    editor: Client, cast: Cast, full: Submission, settings: Any, tmp_path: Any
) -> None:
    another = make_submission(cast.other_writer, cast.call)
    file = full.attachments.first()
    assert file is not None

    assert editor.get(f"/desk/{another.key}/files/{file.key}/").status_code == 404
    Attachment.objects.filter(pk=file.pk).update(stored_as="attachments/gone")
    assert editor.get(f"/desk/{full.key}/files/{file.key}/").status_code == 404


def test_pieces_that_were_sent_together_name_each_other(cast: Cast, editor: Client, sent: Submission) -> None:
    second, gone = (make_submission(cast.writer, cast.call, title=title) for title in ("Second", "Gone"))
    Submission.objects.filter(pk__in=[second.pk, gone.pk]).update(sent_with=sent)
    actions.withdraw(gone, cast.writer)

    assert f'<a href="/desk/{second.key}/">Second</a>' in page_of(editor, sent)
    assert "The Kettle</a>" in page_of(editor, second)
    assert "Gone" not in page_of(editor, sent)


def test_piece_sent_together_with_one_that_is_still_nameless_is_not_told(cast: Cast, editor: Client) -> None:
    unseen = make_call(title="Unseen", slug="unseen", anonymous=True, rate_card=cast.call.rate_card)
    known, nameless = (make_submission(cast.writer, unseen, title=title) for title in ("Known", "Nameless"))
    Submission.objects.filter(pk=nameless.pk).update(sent_with=known)
    actions.leave_reading(known, cast.editor, "yes", "")

    assert "Nameless" not in page_of(editor, known)
    actions.leave_reading(nameless, cast.editor, "yes", "")
    assert "Nameless" in page_of(editor, known)


def test_what_is_held_says_why_and_has_the_way_in(editor: Client, sent: Submission) -> None:
    actions.hold(sent, [])

    page = page_of(editor, sent)

    assert "Held apart from the queue" in page
    assert f'action="/desk/{sent.key}/letting-in/"' in page


# Who may


NAMES = ["reading", "conflict", "conflict/removal", "urgency", "urgency/removal", "assignment", "presence", "text"]
NAMES.append("subjects-touched")


@pytest.mark.parametrize("name", NAMES)
def test_nobody_but_editors_comes_in(cast: Cast, sent: Submission, name: str) -> None:
    for person in (cast.writer, cast.bookkeeper, None):
        answer = client_for(person).post(f"/desk/{sent.key}/{name}/", {"vote": "yes", "conflict-why": "x"})
        assert answer.status_code in (302, 403, 404, 405)

    assert not Reading.objects.exists()
    assert not Conflict.objects.exists()


@pytest.mark.parametrize("name", NAMES)
def test_ones_own_story_is_not_there(cast: Cast, editor: Client, name: str) -> None:
    own = make_submission(cast.editor, cast.call)

    answer = editor.post(f"/desk/{own.key}/{name}/", {"vote": "yes"})

    assert answer.status_code in (404, 405)
    assert not Reading.objects.exists()


# As quick with three of everything


def test_page_asks_the_database_as_often_for_three_of_everything_as_for_one(cast: Cast, editor: Client) -> None:
    people = [make_person(f"e{n}@example.org", f"Editor {n}", "editor") for n in range(3)]
    full = fill(cast, "The Pond")

    def add(number: int) -> None:
        person = people[number]
        actions.leave_reading(full, person, "yes", "Notes")
        actions.note_presence(full, person)
        Conflict.objects.create(submission=full, editor=make_person(f"c{number}@example.org"), why="x")
        remark(full, person, f"Remark {number}")
        make_task(person, f"Task {number}", clock.now().date(), submission=full)
        together = make_submission(cast.writer, cast.call, title=f"Together {number}", text=f"Other words {number}.")
        Submission.objects.filter(pk=together.pk).update(sent_with=full)
        full.subjects.add(make_subject(f"subject-{number}"))

    def queries() -> int:
        page_of(editor, full)
        with CaptureQueriesContext(connection) as captured:
            page_of(editor, full)
        return len(captured)

    add(0)
    one = queries()
    for number in (1, 2):
        add(number)
        Submission.objects.filter(pk=full.pk).update(state="draft")
        add_to(Submission.objects.select_related("call").get(pk=full.pk))
        Submission.objects.filter(pk=full.pk).update(state=full.state)

    assert queries() == one
