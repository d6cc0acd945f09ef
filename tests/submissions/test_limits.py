"""What a call takes from whom: lengths, questions, packets, and the circle."""

import pytest

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.actions import sending
from hearthpress.submissions.enums import CallKind, Needed, QuestionKind, SubmissionState
from hearthpress.submissions.limits import has_sent_enough, is_for
from hearthpress.submissions.models import Call, CircleMember, Question, QuestionAnswer, Submission
from hearthpress.submissions.questions import asked_of, unanswered
from tests.factories import Cast, make_accepted, make_call, make_draft, make_submission, release_and_tell

pytestmark = pytest.mark.django_db


def ask(call: Call, label: str = "Where were you?", needed: str = Needed.NOW, **values: object) -> Question:
    return Question.objects.create(call=call, label=label, needed=needed, **values)


def limit(call: Call, **values: object) -> Call:
    Call.objects.filter(pk=call.pk).update(**values)
    return Call.objects.get(pk=call.pk)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"max_words": 4}, "It has 5 words now. This call takes at most 4."),
        ({"min_words": 6}, "It has 5 words now. This call asks for at least 6."),
    ],
)
def test_piece_that_is_too_long_or_too_short_is_not_taken(cast: Cast, limits: dict[str, int], said: str) -> None:
    draft = make_draft(cast.writer, limit(cast.call, **limits), text="One two three four five.")

    with pytest.raises(submissions.NotReady) as refused:
        submissions.send(draft)

    assert str(refused.value) == f"“The Kettle”: {said}"
    assert Submission.objects.get().state == SubmissionState.DRAFT


@pytest.mark.parametrize("limits", [{"max_words": 5}, {"min_words": 5}, {"min_words": 5, "max_words": 5}])
def test_piece_of_just_that_length_is_taken(cast: Cast, limits: dict[str, int]) -> None:
    make_submission(cast.writer, limit(cast.call, **limits), text="One two three four five.")

    assert Submission.objects.get().words == 5


def test_changed_text_may_be_longer_than_the_call_took(cast: Cast) -> None:
    submission = make_submission(cast.writer, limit(cast.call, max_words=200))
    words = submissions.prepare_decision(submission, cast.editor, "revise", "Tell us more.")
    release_and_tell(words, cast.editor)
    submission.refresh_from_db()
    submissions.save_draft(submission, {"source": "word " * 300})

    submissions.send(submission)

    assert submission.words == 300


def test_question_that_is_needed_is_asked_for(cast: Cast) -> None:
    question = ask(cast.call)
    draft = make_draft(cast.writer, cast.call)
    with pytest.raises(submissions.NotReady, match="Please answer: Where were you"):
        submissions.send(draft)

    submissions.keep_answers(draft, {question.pk: "At home."})
    submissions.send(draft)

    assert QuestionAnswer.objects.get().asked == "Where were you?"


def test_question_for_who_likes_and_one_for_later_are_not_asked_for(cast: Cast) -> None:
    ask(cast.call, needed=Needed.NEVER)
    ask(cast.call, needed=Needed.ACCEPTANCE)

    make_submission(cast.writer, cast.call)

    assert Submission.objects.get().state == SubmissionState.RECEIVED


def test_answer_that_is_offered_no_more_is_asked_for_again_and_kept(cast: Cast) -> None:
    question = ask(cast.call, kind=QuestionKind.CHOICE, choices=["Yes", "No"])
    draft = make_draft(cast.writer, cast.call)
    submissions.keep_answers(draft, {question.pk: "Yes"})
    Question.objects.update(choices=["No", "Perhaps"])

    assert [found.label for found in unanswered(draft, Needed.NOW)] == ["Where were you?"]
    assert QuestionAnswer.objects.get().text == "Yes"


def test_what_is_needed_at_acceptance_is_asked_then(cast: Cast) -> None:
    later = ask(cast.call, "Your town?", Needed.ACCEPTANCE)
    ask(cast.call, "Why now?", Needed.NEVER)

    accepted = make_accepted(cast.writer, cast.editor, cast.call)

    assert asked_of(accepted) == [later] == unanswered(accepted, Needed.ACCEPTANCE)


def test_answer_that_was_emptied_goes(cast: Cast) -> None:
    question = ask(cast.call)
    draft = make_draft(cast.writer, cast.call)
    submissions.keep_answers(draft, {question.pk: "At home."})

    submissions.keep_answers(draft, {question.pk: "  "})

    assert not QuestionAnswer.objects.exists()


def test_answer_to_a_question_of_another_call_is_not_kept(cast: Cast) -> None:
    other = ask(make_call(slug="other", rate_card=cast.call.rate_card))

    submissions.keep_answers(make_draft(cast.writer, cast.call), {other.pk: "Mine."})

    assert not QuestionAnswer.objects.exists()


def test_answered_question_is_retired_and_its_answers_stay(cast: Cast) -> None:
    question, unasked = ask(cast.call), ask(cast.call, "And why?", Needed.NEVER)
    draft = make_draft(cast.writer, cast.call)
    submissions.keep_answers(draft, {question.pk: "At home."})

    for one in (question, unasked):
        submissions.ask_no_more(one)

    assert list(Question.objects.values_list("label", flat=True)) == ["Where were you?"]
    assert asked_of(draft) == []
    assert QuestionAnswer.objects.get().text == "At home."


def test_file_is_an_answer_and_a_later_one_takes_its_place(cast: Cast) -> None:
    question = ask(cast.call, kind=QuestionKind.FILE)
    draft = make_draft(cast.writer, cast.call)
    submissions.keep_file(draft, question, "one.txt", b"One.")

    submissions.keep_file(draft, question, "two.txt", b"Two.")

    assert [file.name for file in draft.attachments.all()] == ["two.txt"]
    assert QuestionAnswer.objects.get().file.name == "two.txt"
    assert unanswered(draft, Needed.NOW) == []


def test_file_that_is_taken_back_leaves_the_question_open(cast: Cast) -> None:
    question = ask(cast.call, kind=QuestionKind.FILE)
    draft = make_draft(cast.writer, cast.call)
    submissions.keep_file(draft, question, "one.txt", b"One.")

    submissions.take_file_back(draft, question)

    assert unanswered(draft, Needed.NOW) == [question]
    assert not draft.attachments.exists()


def test_writer_sends_as_much_as_the_call_takes_from_one(cast: Cast) -> None:
    call = limit(cast.call, cap_per_person=1)
    make_submission(cast.writer, call)

    with pytest.raises(submissions.EnoughFromYou):
        make_submission(cast.writer, call, title="Another")

    assert not has_sent_enough(call, cast.other_writer)


def test_what_was_taken_back_counts_no_more(cast: Cast) -> None:
    call = limit(cast.call, cap_per_person=1)
    submissions.withdraw(make_submission(cast.writer, call), cast.writer)

    assert not has_sent_enough(call, cast.writer)


def test_pieces_sent_together_are_sent_in_one_moment_under_one_name_with_one_letter(cast: Cast) -> None:
    call = limit(cast.call, pieces=3, cap_per_person=1)
    first = make_draft(cast.writer, call, title="One", byline_kind="pen", byline_name="Ada Quill")
    for title in ("Two", "Three"):
        submissions.save_draft(submissions.add_piece(first), {"title": title, "source": "Words of it."})

    submissions.send(first)

    rows = Submission.objects.order_by("pk")
    assert [(row.title, row.state, row.byline.name, row.sent_with_id) for row in rows] == [
        ("One", "received", "Ada Quill", None),
        ("Two", "received", "Ada Quill", first.pk),
        ("Three", "received", "Ada Quill", first.pk),
    ]
    letter = Letter.objects.get(kind="submissions/receipt")
    assert "- Two\n- Three" in letter.text
    assert has_sent_enough(call, cast.writer)


def test_no_more_pieces_go_together_than_the_call_takes(cast: Cast) -> None:
    first = make_draft(cast.writer, limit(cast.call, pieces=2))
    second = submissions.add_piece(first)

    for piece in (first, second):
        with pytest.raises(NotAllowed):
            submissions.add_piece(piece)


def test_no_piece_is_added_to_what_was_sent(cast: Cast) -> None:
    sent = make_submission(cast.writer, limit(cast.call, pieces=2))

    with pytest.raises(SomebodyElseWon):
        submissions.add_piece(sent)


def test_piece_that_is_too_long_keeps_the_others_back(cast: Cast) -> None:
    call = limit(cast.call, pieces=2, max_words=5)
    first = make_draft(cast.writer, call, title="One", text="Words of it.")
    submissions.save_draft(submissions.add_piece(first), {"title": "Two", "source": "word " * 6})

    with pytest.raises(submissions.NotReady, match="“Two”: It has 6 words now"):
        submissions.send(first)

    assert {row.state for row in Submission.objects.all()} == {"draft"}
    assert not Letter.objects.exists()


def test_call_for_the_circle_is_for_its_members_alone(cast: Cast) -> None:
    call = limit(cast.call, circle_only=True)
    member = submissions.join_circle(cast.writer, cast.editor)
    assert (is_for(call, cast.writer), is_for(call, cast.other_writer)) == (True, False)
    with pytest.raises(submissions.ForTheCircle):
        make_submission(cast.other_writer, call)

    submissions.leave_circle(member)

    assert not is_for(call, cast.writer)


def test_accepted_application_joins_the_circle_and_has_no_agreement(cast: Cast) -> None:
    call = limit(cast.call, kind=CallKind.WRITERS)

    accepted = make_accepted(cast.writer, cast.editor, call)

    assert accepted.agreement is None
    assert CircleMember.objects.get(person=cast.writer).application == accepted
    assert "regular writers" in Letter.objects.get(kind="submissions/accept_writer").text


def test_declined_application_has_a_letter_of_its_own(cast: Cast) -> None:
    call = limit(cast.call, kind=CallKind.WRITERS)
    application = make_submission(cast.writer, call)
    decision = submissions.prepare_decision(application, cast.editor, "decline", "We have no place now.")

    letter = release_and_tell(decision, cast.editor)

    assert letter.kind == "submissions/decline_writer"
    assert "We have no place now." in letter.text
    assert "publish" not in letter.text


def test_who_is_taken_in_by_hand_is_told_once(cast: Cast) -> None:
    for _ in range(2):
        submissions.take_into_circle("New@Example.org", cast.editor)

    member = CircleMember.objects.get()
    assert (member.person.email, member.taken_in_by) == ("new@example.org", cast.editor)
    assert Letter.objects.get(kind="submissions/circle").to == "new@example.org"


def test_piece_that_is_added_while_the_others_are_sent_keeps_them_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_draft(cast.writer, limit(cast.call, pieces=2))

    def add_meanwhile(*_: object) -> list[object]:
        submissions.add_piece(first)
        return []

    monkeypatch.setattr(sending, "marks_of", add_meanwhile)
    with pytest.raises(SomebodyElseWon):
        submissions.send(first)

    assert {row.state for row in Submission.objects.all()} == {"draft"}
