"""Readings and decisions: two editors at once, nothing typed is lost, and the letter shown is the letter sent."""

import pytest
from django.test import Client

from hearthpress.desk.starting_words import to_fill_in
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions
from hearthpress.submissions.enums import DecisionKind, DecisionState, SubmissionState
from hearthpress.submissions.models import Decision, Reading, Submission
from tests.factories import Cast, client_for, make_submission
from tests.together import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return make_submission(cast.writer, cast.call)


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def prepare(cast: Cast, submission: Submission, kind: DecisionKind = DecisionKind.ACCEPT) -> Decision:
    return actions.prepare_decision(submission, cast.editor, kind, "We would be glad to.")


def text(answer) -> str:
    return answer.content.decode()


def test_reading_is_kept_and_makes_being_read_a_fact(submission: Submission, editor: Client) -> None:
    editor.post(f"/desk/{submission.key}/reading/", {"vote": "yes", "notes": "The kettle."})

    submission.refresh_from_db()
    assert submission.state == SubmissionState.READING
    assert Reading.objects.values_list("vote", "notes").get() == ("yes", "The kettle.")


def test_reading_without_a_vote_keeps_the_notes_on_the_page(submission: Submission, editor: Client) -> None:
    answer = editor.post(f"/desk/{submission.key}/reading/", {"notes": "A long thought about the kettle."})

    assert "A long thought about the kettle." in text(answer)
    assert not Reading.objects.exists()


def test_reading_of_a_story_taken_back_is_refused_and_told(cast: Cast, submission: Submission, editor: Client) -> None:
    actions.withdraw(submission, cast.writer)

    answer = editor.post(f"/desk/{submission.key}/reading/", {"vote": "no", "notes": "Too late."})

    assert answer.status_code == 404
    assert "This story was taken back" in text(answer)
    assert not Reading.objects.exists()


def test_reading_that_comes_after_the_end_is_told_and_not_lost(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    actions.release(prepare(cast, submission), cast.editor)

    answer = editor.post(f"/desk/{submission.key}/reading/", {"vote": "no", "notes": "Too late."})

    assert answer.status_code == 409
    assert "Too late." in text(answer)
    assert not Reading.objects.exists()


@pytest.mark.parametrize("kind", DecisionKind.values)
def test_decision_begins_with_fair_words(submission: Submission, editor: Client, kind: str) -> None:
    answer = editor.get(f"/desk/{submission.key}/decision/", {"kind": kind})

    assert len(answer.context["form"].initial["words"]) > 60


def test_decision_is_prepared_without_a_letter(submission: Submission, editor: Client) -> None:
    before = Letter.objects.count()

    editor.post(f"/desk/{submission.key}/decision/", {"kind": "decline", "words": "Not now, with thanks."})

    assert Decision.objects.values_list("kind", "state").get() == ("decline", "prepared")
    assert Letter.objects.count() == before


def test_decision_with_the_place_to_fill_in_is_refused(submission: Submission, editor: Client) -> None:
    words = f"Hello. {to_fill_in()} Bye."

    answer = editor.post(f"/desk/{submission.key}/decision/", {"kind": "revise", "words": words})

    assert answer.context["form"].errors["words"]
    assert not Decision.objects.exists()


def test_decision_replaces_nobodys_unseen(cast: Cast, submission: Submission, editor: Client) -> None:
    theirs = actions.prepare_decision(submission, cast.other_editor, DecisionKind.DECLINE, "No.")
    path, typed = f"/desk/{submission.key}/decision/", {"kind": "accept", "words": "Yes, gladly."}

    answer = editor.post(path, {**typed, "replaces": ""})
    again = editor.post(path, {**typed, "replaces": answer.context["form"]["replaces"].value()})

    theirs.refresh_from_db()
    assert answer.status_code == 409
    assert "Yes, gladly." in text(answer)
    assert again.status_code == 302
    assert theirs.state == DecisionState.DROPPED


def test_decision_on_a_decided_story_keeps_the_words(cast: Cast, submission: Submission, editor: Client) -> None:
    actions.release(prepare(cast, submission), cast.editor)

    answer = editor.post(f"/desk/{submission.key}/decision/", {"kind": "decline", "words": "My careful words."})

    assert answer.status_code == 409
    assert "My careful words." in text(answer)


@pytest.mark.parametrize("kind", list(DecisionKind))
def test_release_shows_exactly_the_letter_that_goes(
    cast: Cast, submission: Submission, editor: Client, kind: DecisionKind
) -> None:
    decision = prepare(cast, submission, kind)
    before = set(Letter.objects.values_list("pk", flat=True))

    shown = editor.get(f"/desk/{submission.key}/release/").context["letter"]
    unsent = set(Letter.objects.values_list("pk", flat=True))
    decision.refresh_from_db()
    state = decision.state
    editor.post(f"/desk/{submission.key}/release/", {"decision": decision.pk})

    sent = Letter.objects.get(kind=f"submissions/{kind}")
    assert (unsent, state) == (before, DecisionState.PREPARED)
    assert (shown.subject, shown.text) == (sent.subject, sent.text)


def test_release_by_two_editors_tells_the_second(cast: Cast, submission: Submission, editor: Client) -> None:
    decision = prepare(cast, submission)
    path = f"/desk/{submission.key}/release/"
    other = client_for(cast.other_editor)
    other.get(path)

    editor.post(path, {"decision": decision.pk})
    answer = other.post(path, {"decision": decision.pk}, follow=True)

    assert "Somebody released this decision before you." in text(answer)
    assert Letter.objects.filter(kind="submissions/accept").count() == 1


def test_release_clicked_twice_says_that_it_was_oneself(cast: Cast, submission: Submission, editor: Client) -> None:
    decision = prepare(cast, submission)
    path = f"/desk/{submission.key}/release/"
    editor.post(path, {"decision": decision.pk})

    answer = editor.post(path, {"decision": decision.pk}, follow=True)

    assert "You have released it already." in text(answer)


def test_release_of_a_replaced_decision_releases_nothing(cast: Cast, submission: Submission, editor: Client) -> None:
    seen = prepare(cast, submission)
    actions.prepare_decision(submission, cast.other_editor, DecisionKind.DECLINE, "No.")

    answer = editor.post(f"/desk/{submission.key}/release/", {"decision": seen.pk}, follow=True)

    submission.refresh_from_db()
    assert submission.state == SubmissionState.RECEIVED
    assert "taken back or replaced" in text(answer)


def test_release_after_the_writer_took_it_back_says_so(cast: Cast, submission: Submission, editor: Client) -> None:
    decision = prepare(cast, submission)
    actions.withdraw(submission, cast.writer)

    answer = editor.post(f"/desk/{submission.key}/release/", {"decision": decision.pk}, follow=True)

    assert answer.status_code == 404
    assert "This story was taken back" in text(answer)


@pytest.mark.parametrize("number", ["", "x", "999999", "-1", "²", "9" * 5000, "\x00"])
def test_release_of_no_decision_is_not_there(submission: Submission, editor: Client, number: str) -> None:
    answer = editor.post(f"/desk/{submission.key}/release/", {"decision": number})

    assert answer.status_code == 404


def test_release_of_many_that_are_none_sends_nothing(editor: Client) -> None:
    numbers = ["", "x", "9" * 40, "9" * 5000, "\x00"]

    answers = [
        editor.get("/desk/releases/", {"decision": numbers}),
        editor.post("/desk/releases/", {"decision": numbers}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_dropped_decision_is_heard_of_by_nobody(cast: Cast, submission: Submission, editor: Client) -> None:
    decision = prepare(cast, submission)

    editor.post(f"/desk/{submission.key}/decision/dropped/", {"decision": decision.pk})

    decision.refresh_from_db()
    assert decision.state == DecisionState.DROPPED
    assert not Letter.objects.filter(kind="submissions/accept").exists()


def test_many_are_released_at_once_after_their_letters_were_shown(cast: Cast, editor: Client) -> None:
    decisions = [prepare(cast, make_submission(cast.writer, cast.call, title=title)) for title in ("One", "Two")]
    numbers = [decision.pk for decision in decisions]

    shown = editor.get("/desk/releases/", {"decision": numbers})
    editor.post("/desk/releases/", {"decision": numbers})

    assert [letter.subject for _, letter in shown.context["letters"]] == [
        "We would like to publish “One”",
        "We would like to publish “Two”",
    ]
    assert Letter.objects.filter(kind="submissions/accept").count() == 2


def test_many_at_once_names_the_one_that_somebody_else_released(cast: Cast, editor: Client) -> None:
    first, second = (prepare(cast, make_submission(cast.writer, cast.call, title=title)) for title in ("One", "Two"))
    actions.release(Decision.objects.get(pk=first.pk), cast.other_editor)

    answer = editor.post("/desk/releases/", {"decision": [first.pk, second.pk]}, follow=True)

    assert "“One”: Somebody released this decision before you." in text(answer)
    assert "1 writer has been told." in text(answer)


def test_many_at_once_never_takes_in_ones_own_story(cast: Cast) -> None:
    own = make_submission(cast.other_editor, cast.call)
    decision = prepare(cast, own)

    client_for(cast.other_editor).post("/desk/releases/", {"decision": [decision.pk]})

    decision.refresh_from_db()
    assert decision.state == DecisionState.PREPARED


@pytest.mark.django_db(transaction=True)
def test_release_at_the_same_moment_sends_one_letter_and_tells_the_other(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    decision = prepare(cast, submission)
    path, sent = f"/desk/{submission.key}/release/", {"decision": decision.pk}
    one, other = client_for(cast.editor), client_for(cast.other_editor)

    answers = at_once(lambda: one.post(path, sent, follow=True), lambda: other.post(path, sent, follow=True))

    pages = [text(answer) for answer in answers]
    assert sorted("Somebody released this decision before you." in page for page in pages) == [False, True]
    assert sorted("Released. The writer has been told." in page for page in pages) == [False, True]
    assert Letter.objects.filter(kind="submissions/accept").count() == 1
