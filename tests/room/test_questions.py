"""What a call asks of its writers: questions before sending and after a yes, lengths, packets, the circle."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearthpress.common import clock
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.enums import CallKind, CallState, Needed, QuestionKind, SubmissionState
from hearthpress.submissions.models import Call, CircleMember, Question, QuestionAnswer, Submission
from tests.factories import Cast, client_for, make_accepted, make_call, make_draft, make_submission

pytestmark = pytest.mark.django_db

TYPED = {"title": "The Porch", "source": "I sat there all night.", "name": "Wilma Writer", "byline_kind": "legal"}


@pytest.fixture
def draft(cast: Cast) -> Submission:
    return make_draft(cast.writer, cast.call, title="The Porch", text="I sat there all night.")


@pytest.fixture
def client(cast: Cast) -> Client:
    return client_for(cast.writer)


def ask(cast: Cast, label: str = "Where were you?", **values: object) -> Question:
    return Question.objects.create(call=cast.call, label=label, **values)


def post(client: Client, draft: Submission, name: str = "draft", **typed: object) -> HttpResponse:
    return client.post(reverse(f"room:{name}", args=[draft.key]), {**TYPED, **typed})


def page_of(client: Client, draft: Submission, name: str = "draft") -> str:
    return client.get(reverse(f"room:{name}", args=[draft.key]), follow=True).content.decode()


def a_file(name: str = "cv.txt", data: bytes = b"I write.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "text/plain")


def test_draft_asks_what_its_call_asks_and_keeps_the_answers(cast: Cast, client: Client, draft: Submission) -> None:
    where = ask(cast, help="A town is enough.")
    town = ask(cast, "Which town?", kind=QuestionKind.CHOICE, choices=["Oslo", "Bergen"])
    ask(cast, "Your address?", needed=Needed.ACCEPTANCE)
    page = page_of(client, draft)
    assert "Where were you?" in page
    assert "A town is enough." in page
    assert "Your address?" not in page

    post(client, draft, **{f"question_{where.pk}": "At home.", f"question_{town.pk}": "Oslo"})

    assert list(QuestionAnswer.objects.values_list("text", flat=True)) == ["At home.", "Oslo"]
    assert "At home.</textarea>" in page_of(client, draft)


def test_answers_are_saved_as_they_are_typed(cast: Cast, client: Client, draft: Submission) -> None:
    question = ask(cast)

    saved = post(client, draft, "draft_saved", **{f"question_{question.pk}": "At home."}).json()

    assert (saved["problems"], QuestionAnswer.objects.get().text) == ({}, "At home.")


def test_answer_from_another_window_is_not_undone_unseen(cast: Cast, client: Client, draft: Submission) -> None:
    question = ask(cast)
    seen = draft.saved_at.isoformat()
    post(client, draft, **{f"question_{question.pk}": "At home."})

    answer = post(client, draft, seen=seen, **{f"question_{question.pk}": "Abroad."})

    assert "changed in another window" in answer.content.decode()
    assert QuestionAnswer.objects.get().text == "At home."


def test_going_on_asks_for_what_is_open(cast: Cast, client: Client, draft: Submission) -> None:
    question = ask(cast)
    ask(cast, "Anything else?", needed=Needed.NEVER)

    answer = post(client, draft, next="1")

    assert list(answer.context["form"].errors) == [f"question_{question.pk}"]


@pytest.mark.parametrize("place", ["check", "sending"])
def test_nothing_is_sent_around_an_open_question(cast: Cast, client: Client, draft: Submission, place: str) -> None:
    ask(cast)

    answer = client.post(reverse(f"room:{place}", args=[draft.key]), follow=True)

    assert "Please answer: Where were you?" in answer.content.decode()
    assert Submission.objects.get().state == SubmissionState.DRAFT


def test_choice_that_is_not_offered_is_told(cast: Cast, client: Client, draft: Submission) -> None:
    question = ask(cast, kind=QuestionKind.CHOICE, choices=["Oslo", "Bergen"])

    answer = post(client, draft, **{f"question_{question.pk}": "Rome"})

    assert list(answer.context["form"].errors) == [f"question_{question.pk}"]
    assert not QuestionAnswer.objects.exists()


def test_answer_that_is_offered_no_more_is_still_there_to_see(cast: Cast, client: Client, draft: Submission) -> None:
    question = ask(cast, kind=QuestionKind.CHOICE, choices=["Oslo", "Bergen"])
    post(client, draft, **{f"question_{question.pk}": "Oslo"})
    Question.objects.update(choices=["Bergen", "Bodø"])

    assert "Oslo (not offered any more" in page_of(client, draft)


def test_answer_to_a_question_that_was_dropped_is_still_there_to_see(
    cast: Cast, client: Client, draft: Submission
) -> None:
    question = ask(cast)
    post(client, draft, **{f"question_{question.pk}": "At home."})
    submissions.ask_no_more(question)
    post(client, draft, **{f"question_{question.pk}": ""})

    page = page_of(client, draft)

    assert "is asked no more" in page
    assert "<p>At home.</p>" in page


def test_file_is_kept_as_an_answer_and_taken_off_again(cast: Cast, client: Client, draft: Submission) -> None:
    name = f"question_{ask(cast, kind=QuestionKind.FILE).pk}"
    post(client, draft, **{name: a_file()})
    assert QuestionAnswer.objects.get().file.name == "cv.txt"
    assert "“cv.txt” is here" in page_of(client, draft)

    post(client, draft)
    assert QuestionAnswer.objects.exists()
    post(client, draft, **{f"{name}_off": "on"})

    assert not QuestionAnswer.objects.exists()
    assert not draft.attachments.exists()


def test_whoever_was_signed_out_gets_the_answers_back(cast: Cast, draft: Submission) -> None:
    question = ask(cast)

    answer = post(Client(), draft, **{f"question_{question.pk}": "At home, with her."})

    assert "At home, with her." in answer.content.decode()


def test_draft_says_how_long_it_is_and_may_be(cast: Cast, client: Client, draft: Submission) -> None:
    Call.objects.update(min_words=3, max_words=1200)

    assert "between 3 and 1,200 words; 5 words as it is saved" in page_of(client, draft)


def test_length_is_asked_about_before_it_is_sent(cast: Cast, client: Client, draft: Submission) -> None:
    Call.objects.update(max_words=4)

    answer = post(client, draft, next="1")

    assert answer.context["form"].errors["source"] == ["It has 5 words now. This call takes at most 4."]


def test_draft_says_when_its_call_closes_in_both_zones(cast: Cast, client: Client, draft: Submission) -> None:
    closes = datetime(2036, 11, 2, 3, 59, tzinfo=UTC)
    Call.objects.update(closes_at=closes, time_zone="America/New_York")
    type(cast.writer).objects.filter(pk=cast.writer.pk).update(time_zone="Europe/Oslo")

    page = page_of(client, draft)

    assert "November 1, 2036, 11:59 p.m., New York time (for you: November 2, 2036, 4:59 a.m.)" in page


def test_writer_who_has_sent_enough_is_told_before_writing(cast: Cast, client: Client) -> None:
    Call.objects.update(cap_per_person=1)
    make_submission(cast.writer, Call.objects.get())

    answer = client.get("/write/new/write-for-us/")

    assert "takes 1 sending from each writer" in answer.content.decode()
    assert Submission.objects.count() == 1


def test_writer_who_has_sent_enough_keeps_the_draft_that_was_begun(cast: Cast, client: Client) -> None:
    Call.objects.update(cap_per_person=1)
    make_submission(cast.writer, Call.objects.get())
    second = make_draft(cast.writer, Call.objects.get(), title="Second")

    answer = client.post(reverse("room:sending", args=[second.key]), follow=True)

    assert "as much for this call as one writer can" in answer.content.decode()
    assert Submission.objects.get(pk=second.pk).state == SubmissionState.DRAFT


@pytest.mark.parametrize("place", ["/write/new/autumn/", "/write/calls/autumn/"])
def test_draft_of_a_call_is_there_for_nobody(cast: Cast, client: Client, place: str) -> None:
    make_call(slug="autumn", state=CallState.DRAFT, rate_card=cast.call.rate_card)

    assert client.get(place).status_code == 404


def test_call_to_come_says_when_it_opens(cast: Cast, client: Client) -> None:
    Call.objects.update(state=CallState.ANNOUNCED, opens_at=clock.now() + timedelta(days=2))

    assert "This call is not open yet" in client.get("/write/new/write-for-us/").content.decode()


def test_pieces_are_added_and_sent_together(cast: Cast, client: Client, draft: Submission) -> None:
    Call.objects.update(pieces=3)
    post(client, draft, piece="1")
    second = Submission.objects.get(sent_with=draft)
    page = page_of(client, second)
    assert "is sent when the first one is" in page
    assert 'name="byline_kind"' not in page
    post(client, second, title="The Steps")

    client.post(reverse("room:sending", args=[draft.key]))

    assert {(row.title, row.state, str(row.byline)) for row in Submission.objects.all()} == {
        ("The Porch", "received", "Wilma Writer"),
        ("The Steps", "received", "Wilma Writer"),
    }


def test_piece_is_not_sent_without_the_first(cast: Cast, client: Client, draft: Submission) -> None:
    Call.objects.update(pieces=2)
    piece = submissions.add_piece(Submission.objects.select_related("call").get())
    submissions.save_draft(piece, {"title": "The Steps", "source": "Words."})

    answer = client.post(reverse("room:sending", args=[piece.key]))

    assert answer["Location"] == reverse("room:check", args=[draft.key])
    assert not Submission.objects.exclude(state=SubmissionState.DRAFT).exists()


def test_piece_in_which_something_is_wanting_is_pointed_to(cast: Cast, client: Client, draft: Submission) -> None:
    Call.objects.update(pieces=2)
    piece = submissions.add_piece(Submission.objects.select_related("call").get())

    answer = client.get(reverse("room:check", args=[draft.key]))

    assert answer["Location"] == reverse("room:draft", args=[piece.key])


def test_call_for_one_piece_offers_no_other(cast: Cast, client: Client, draft: Submission) -> None:
    assert "Add another piece" not in page_of(client, draft)

    post(client, draft, piece="1")

    assert Submission.objects.count() == 1


def test_pieces_are_nobody_elses(cast: Cast, draft: Submission) -> None:
    Call.objects.update(pieces=2)

    assert post(client_for(cast.other_writer), draft, piece="1").status_code == 404
    assert Submission.objects.count() == 1


def test_what_is_asked_after_a_yes_is_a_task_on_both_pages(cast: Cast, client: Client) -> None:
    ask(cast, "Your town?", needed=Needed.ACCEPTANCE)
    ask(cast, "Your phone?", needed=Needed.ACCEPTANCE)
    accepted = make_accepted(cast.writer, cast.editor, cast.call)

    for name in ("submission", "agreement"):
        assert "2 questions before we go on" in page_of(client, accepted, name)


def test_answers_after_a_yes_are_kept_as_far_as_they_go(cast: Cast, client: Client) -> None:
    town = ask(cast, "Your town?", needed=Needed.ACCEPTANCE)
    ask(cast, "Your phone?", needed=Needed.ACCEPTANCE)
    accepted = make_accepted(cast.writer, cast.editor, cast.call)

    answer = client.post(
        reverse("room:questions", args=[accepted.key]), {f"question_{town.pk}": "Oslo"}, follow=True
    ).content.decode()

    assert QuestionAnswer.objects.get().text == "Oslo"
    assert "Please answer: Your phone?" in answer
    assert "One question before we go on" in answer


def test_page_of_later_questions_is_not_there_before_the_yes_nor_for_others(cast: Cast, client: Client) -> None:
    ask(cast, "Your town?", needed=Needed.ACCEPTANCE)
    sent = make_submission(cast.writer, cast.call)
    assert client.get(reverse("room:questions", args=[sent.key])).status_code == 302

    accepted = make_accepted(cast.writer, cast.editor, cast.call, title="Another")

    path = reverse("room:questions", args=[accepted.key])
    assert client.get(path).status_code == 200
    assert client_for(cast.other_writer).get(path).status_code == 404
    assert client_for(cast.editor).get(path).status_code == 404
    assert Client().get(path).status_code == 302


def test_application_asks_for_a_name_and_no_byline(cast: Cast, client: Client) -> None:
    Call.objects.update(kind=CallKind.WRITERS)
    client.get("/write/new/write-for-us/")
    application = Submission.objects.get()
    page = page_of(client, application)
    assert "A sample of your writing" in page
    assert "We pay" not in page
    assert 'name="byline_kind"' not in page

    client.post(reverse("room:draft", args=[application.key]), {**TYPED, "byline_kind": "pen"})
    client.post(reverse("room:sending", args=[application.key]))

    application.refresh_from_db()
    assert (application.state, str(application.byline)) == (SubmissionState.RECEIVED, "Wilma Writer")


def test_application_that_was_never_saved_asks_for_nothing_that_it_does_not_have(cast: Cast, client: Client) -> None:
    Call.objects.update(kind=CallKind.WRITERS)
    application = submissions.begin(Call.objects.get(), cast.writer)

    answer = client.post(reverse("room:draft", args=[application.key]), {"next": "1"})

    assert sorted(answer.context["form"].errors) == ["source", "title"]


def test_calls_for_the_circle_are_in_the_room_of_its_members_alone(cast: Cast, client: Client) -> None:
    Call.objects.update(circle_only=True, title="For us alone")
    submissions.join_circle(cast.writer, cast.editor)
    other = client_for(cast.other_writer)

    assert "For us alone" in client.get("/write/").content.decode()
    assert "One true story." in client.get("/write/calls/write-for-us/").content.decode()
    assert "For us alone" not in other.get("/write/").content.decode()
    for place in ("/write/calls/write-for-us/", "/write/new/write-for-us/"):
        assert other.get(place).status_code == 404


def test_who_left_the_circle_keeps_the_draft_and_is_told(cast: Cast, client: Client, draft: Submission) -> None:
    Call.objects.update(circle_only=True)
    submissions.leave_circle(submissions.join_circle(cast.writer, cast.editor))

    answer = client.post(reverse("room:sending", args=[draft.key]), follow=True)

    assert "for our circle of regular writers" in answer.content.decode()
    assert CircleMember.objects.exists()
    assert Submission.objects.get().state == SubmissionState.DRAFT


def test_draft_asks_as_much_for_three_questions_as_for_one(cast: Cast, client: Client, draft: Submission) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(client, draft)
        return len(captured)

    submissions.keep_answers(draft, {ask(cast).pk: "At home."})
    queries()
    one = queries()
    submissions.keep_answers(draft, {ask(cast, label).pk: "Yes." for label in ("And why?", "And when?")})

    assert queries() == one


def test_acceptance_tells_what_is_still_asked_in_the_letter_and_at_the_desk(cast: Cast) -> None:
    question = ask(cast, "Your town?", needed=Needed.ACCEPTANCE)
    accepted = make_accepted(cast.writer, cast.editor, cast.call)
    desk = f"/desk/{accepted.key}/"

    letter = Letter.objects.get(kind="submissions/accept").text
    assert "you can answer it here:\n- Your town?\n" in letter
    assert f"/write/{accepted.key}/questions/\n" in letter
    assert "Asked, not answered yet" in client_for(cast.editor).get(desk).content.decode()

    QuestionAnswer.objects.create(submission=accepted, question=question, asked="Your town?", text="Ulm.")
    page = client_for(cast.editor).get(desk).content.decode()
    assert "Ulm." in page
    assert "not answered yet" not in page


def test_letter_of_a_yes_without_questions_speaks_of_none(cast: Cast) -> None:
    make_accepted(cast.writer, cast.editor, cast.call)

    assert "question" not in Letter.objects.get(kind="submissions/accept").text


def test_receipt_of_an_application_calls_it_one(cast: Cast) -> None:
    Call.objects.update(kind=CallKind.WRITERS)
    cast.call.refresh_from_db()

    make_submission(cast.writer, cast.call)

    assert Letter.objects.get(kind="submissions/receipt").subject == "We have your application"


def test_call_for_the_circle_has_no_headings_without_words_and_a_link_to_write_to(cast: Cast, client: Client) -> None:
    Call.objects.update(circle_only=True, takes_mail=True, rights="", what_happens="", cap=20)
    submissions.join_circle(cast.writer, cast.editor)
    ask(cast, "Your town?")

    page = client.get("/write/calls/write-for-us/").content.decode()

    assert "The rights we ask for" not in page
    assert "What happens to your story" not in page
    assert f'<a href="mailto:editors+call-{cast.call.pk}-' in page
    assert "It closes early once 20 pieces were sent." in page
    assert "Your town? (a text; we need it when you send)" in page
