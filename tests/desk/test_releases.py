"""Letting decisions go out: the letter shown is the letter sent, two editors at once, undoing, and chosen times."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from hearthpress.common import clock
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions
from hearthpress.submissions.enums import DecisionKind, DecisionState, SubmissionState
from hearthpress.submissions.models import Call, Conflict, Decision, Submission
from tests.factories import Cast, client_for, make_call, make_subject, make_submission
from tests.together import at_once

pytestmark = pytest.mark.django_db
NOW = {"when": "now"}
MOMENT = datetime(2026, 10, 20, 15, tzinfo=UTC)
WORDS = 'She said "<b>keep it</b>" & we did.\n\n-- \nEdith'


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return make_submission(cast.writer, cast.call)


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@pytest.fixture
def october() -> Iterator[None]:
    with clock.at(MOMENT):
        yield


def prepare(cast: Cast, submission: Submission, kind: str = "accept", **details: Any) -> Decision:
    return actions.prepare_decision(submission, cast.editor, kind, WORDS, actions.Details(**details))


def two(cast: Cast) -> list[Decision]:
    return [prepare(cast, make_submission(cast.writer, cast.call, title=title)) for title in ("One", "Two")]


def text(answer: Any) -> str:
    return answer.content.decode()


def letters() -> int:
    return Letter.objects.exclude(kind="submissions/receipt").count()


def later() -> Any:
    return clock.at(clock.now() + actions.UNDO_WINDOW + timedelta(seconds=1))


def elsewhere(cast: Cast) -> Call:
    return make_call(title="Small Kindnesses", slug="small-kindnesses", rate_card=cast.call.rate_card)


@pytest.mark.parametrize("kind", list(DecisionKind))
def test_release_shows_exactly_the_letter_that_goes(
    cast: Cast, submission: Submission, editor: Client, kind: DecisionKind, october: None
) -> None:
    details = {"personal": "Your “kettle” & I.", "revise_by": MOMENT + timedelta(days=9), "to_call": elsewhere(cast)}
    decision = prepare(cast, submission, kind, **details)

    shown = editor.get(f"/desk/{submission.key}/release/").context["letter"]
    unsent = letters()
    decision.refresh_from_db()
    state = decision.state
    editor.post(f"/desk/{submission.key}/release/", {"decision": decision.pk, **NOW})
    with later():
        actions.tell_due()

    sent = Letter.objects.get(kind=f"submissions/{kind}")
    assert (unsent, state) == (0, DecisionState.PREPARED)
    assert (shown.subject, shown.text) == (sent.subject, sent.text)
    assert f"Your “kettle” & I.\n\n{WORDS}" in sent.text


def test_letter_with_a_day_for_changes_says_it_in_the_writers_zone_and_leaves_time(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    cast.writer.time_zone = "Europe/Berlin"
    cast.writer.save()
    prepare(cast, submission, "revise", revise_by=datetime(2033, 10, 30, 22, 59, 59, tzinfo=UTC))

    letter = editor.get(f"/desk/{submission.key}/release/").context["letter"].text

    assert "We hope for it by October 30, 2033, 11:59 p.m., Berlin time." in letter
    assert "If you need more time, you can take it on the page below, without asking." in letter
    assert "There is no date" not in letter


def test_letter_without_a_day_for_changes_says_that_there_is_none(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    prepare(cast, submission, "revise")

    letter = editor.get(f"/desk/{submission.key}/release/").context["letter"].text

    assert "There is no date by which you must." in letter
    assert "more time" not in letter


def test_release_tells_nobody_for_a_minute_and_then_the_writer(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    decision = prepare(cast, submission)
    writer = client_for(cast.writer)
    editor.get(f"/desk/{submission.key}/")  # that it was opened is told
    before = [text(writer.get(path)) for path in ("/write/", f"/write/{submission.key}/")]

    answer = editor.post(f"/desk/{submission.key}/release/", {"decision": decision.pk, **NOW}, follow=True)
    actions.tell_due()
    meanwhile = [text(writer.get(path)) for path in ("/write/", f"/write/{submission.key}/")]
    unwritten = letters()
    with later():
        actions.tell_due()

    assert "until then you can undo it" in text(answer)
    assert (unwritten, letters()) == (0, 1)
    assert _without_tokens(meanwhile) == _without_tokens(before)


def _without_tokens(pages: list[str]) -> list[list[str]]:
    return [[line for line in page.splitlines() if "csrfmiddlewaretoken" not in line] for page in pages]


def test_release_by_two_editors_tells_the_second(cast: Cast, submission: Submission, editor: Client) -> None:
    decision = prepare(cast, submission)
    path = f"/desk/{submission.key}/release/"
    other = client_for(cast.other_editor)
    other.get(path)

    editor.post(path, {"decision": decision.pk, **NOW})
    answer = other.post(path, {"decision": decision.pk, **NOW}, follow=True)

    assert "Somebody released this decision before you. The writer is told at" in text(answer)


def test_release_clicked_twice_says_that_it_was_oneself(cast: Cast, submission: Submission, editor: Client) -> None:
    decision = prepare(cast, submission)
    path = f"/desk/{submission.key}/release/"
    editor.post(path, {"decision": decision.pk, **NOW})
    again = editor.post(path, {"decision": decision.pk, **NOW}, follow=True)
    with later():
        actions.tell_due()
    after = editor.post(path, {"decision": decision.pk, **NOW}, follow=True)

    assert "You have released it already. The writer is told at" in text(again)
    assert "You have released it already. The writer has been told." in text(after)
    assert letters() == 1


def test_release_of_a_replaced_decision_releases_nothing(cast: Cast, submission: Submission, editor: Client) -> None:
    seen = prepare(cast, submission)
    actions.prepare_decision(submission, cast.other_editor, DecisionKind.DECLINE, "No.")

    answer = editor.post(f"/desk/{submission.key}/release/", {"decision": seen.pk, **NOW}, follow=True)

    submission.refresh_from_db()
    assert submission.state == SubmissionState.RECEIVED
    assert "taken back or replaced" in text(answer)
    assert not Decision.objects.filter(state=DecisionState.RELEASING).exists()


def test_release_after_the_writer_took_it_back_says_so(cast: Cast, submission: Submission, editor: Client) -> None:
    decision = prepare(cast, submission)
    actions.withdraw(submission, cast.writer)

    answer = editor.post(f"/desk/{submission.key}/release/", {"decision": decision.pk, **NOW}, follow=True)

    assert answer.status_code == 404
    assert "This story was taken back" in text(answer)


def test_release_of_a_story_that_became_one_of_loss_asks_for_the_line(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    decision = prepare(cast, submission)
    submission.subjects.add(make_subject(of_loss=True))

    shown = editor.get(f"/desk/{submission.key}/release/", follow=True)
    answer = editor.post(f"/desk/{submission.key}/release/", {"decision": decision.pk, **NOW}, follow=True)

    assert "Its letter still needs a line for its writer alone." in text(shown)
    assert "Its letter still needs a line for its writer alone." in text(answer)
    assert Decision.objects.get().state == DecisionState.PREPARED


@pytest.mark.parametrize("number", ["", "x", "999999", "-1", "²", "9" * 5000, "\x00"])
def test_release_of_no_decision_is_not_there(submission: Submission, editor: Client, number: str) -> None:
    answers = [
        editor.post(f"/desk/{submission.key}/release/", {"decision": number, **NOW}),
        editor.post(f"/desk/{submission.key}/release/undone/", {"decision": number}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_release_of_many_that_are_none_sends_nothing(editor: Client) -> None:
    numbers = ["", "x", "9" * 40, "9" * 5000, "\x00"]

    answers = [
        editor.get("/desk/releases/", {"decision": numbers}),
        editor.post("/desk/releases/", {"decision": numbers, **NOW}),
        editor.post("/desk/releases/undone/", {"decision": numbers}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302]


def test_undone_release_is_heard_of_by_nobody(cast: Cast, submission: Submission, editor: Client) -> None:
    decision = prepare(cast, submission)
    actions.release(decision, cast.other_editor)
    page = text(editor.get(f"/desk/{submission.key}/"))

    answer = editor.post(f"/desk/{submission.key}/release/undone/", {"decision": decision.pk}, follow=True)
    again = editor.post(f"/desk/{submission.key}/release/undone/", {"decision": decision.pk}, follow=True)
    with later():
        actions.tell_due()

    decision.refresh_from_db()
    assert f"/desk/{submission.key}/release/undone/" in page
    assert "Undone. Nobody has heard of it." in text(answer)
    assert "This was undone already." in text(again)
    assert (decision.state, letters()) == (DecisionState.PREPARED, 0)


def test_undo_after_the_writer_was_told_is_too_late_and_says_so(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    decision = prepare(cast, submission)
    actions.release(decision, cast.editor)
    with later():
        actions.tell_due()

    answer = editor.post(f"/desk/{submission.key}/release/undone/", {"decision": decision.pk}, follow=True)

    assert "It was too late to undo this: the writer has been told." in text(answer)
    assert letters() == 1


def test_many_go_out_at_once_after_their_letters_were_shown_and_come_back_at_once(cast: Cast, editor: Client) -> None:
    numbers = [decision.pk for decision in two(cast)]

    shown = editor.get("/desk/releases/", {"decision": numbers})
    page = editor.post("/desk/releases/", {"decision": numbers, **NOW}, follow=True)
    just = page.context["outbox"].just
    undone = editor.post("/desk/releases/undone/", {"decision": numbers}, follow=True)

    assert [letter.subject for _, letter in shown.context["letters"]] == [
        "We would like to publish “One”",
        "We would like to publish “Two”",
    ]
    assert "2 decisions go out." in text(page)
    assert [decision.pk for decision in just] == numbers
    assert "2 undone. Nobody has heard of them." in text(undone)
    assert list(Decision.objects.values_list("state", flat=True)) == ["prepared", "prepared"]


def test_all_that_wait_are_shown_when_all_are_asked_for(cast: Cast, editor: Client) -> None:
    two(cast)

    assert len(editor.get("/desk/releases/", {"all": "1"}).context["letters"]) == 2


def test_many_at_once_names_the_one_that_somebody_else_released(cast: Cast, editor: Client) -> None:
    first, second = two(cast)
    actions.release(Decision.objects.get(pk=first.pk), cast.other_editor)

    answer = editor.post("/desk/releases/", {"decision": [first.pk, second.pk], **NOW}, follow=True)

    assert "“One”: Somebody released this decision before you." in text(answer)
    assert "1 decision goes out." in text(answer)


def test_many_at_once_never_takes_in_ones_own_story_nor_one_behind_the_veil(cast: Cast) -> None:
    unseen = make_call(title="Unseen", slug="unseen", anonymous=True, rate_card=cast.call.rate_card)
    own, veiled, known = (
        make_submission(cast.other_editor, cast.call, title="Mine"),
        make_submission(cast.writer, unseen, title="Hidden"),
        make_submission(cast.writer, cast.call, title="A friend's"),
    )
    Conflict.objects.create(submission=known, editor=cast.other_editor)
    actions.leave_reading(veiled, cast.editor, "yes", "")
    numbers = [prepare(cast, one).pk for one in (own, veiled, known)]
    other = client_for(cast.other_editor)

    other.post("/desk/releases/", {"decision": numbers, **NOW})
    page = text(other.get("/desk/outbox/"))

    assert set(Decision.objects.values_list("state", flat=True)) == {"prepared"}
    assert not [title for title in ("Mine", "Hidden", "A friend's") if title in page]


def test_release_at_a_chosen_time_goes_out_then(
    cast: Cast, submission: Submission, editor: Client, october: None
) -> None:
    decision = prepare(cast, submission)
    chosen = {"decision": decision.pk, "when": "later", "at": "2026-10-21T09:30"}

    editor.post("/desk/releases/", chosen)

    decision.refresh_from_db()
    assert decision.tell_at == datetime(2026, 10, 21, 13, 30, tzinfo=UTC)


def test_release_at_a_time_that_comes_twice_asks_which(
    cast: Cast, submission: Submission, editor: Client, october: None
) -> None:
    decision = prepare(cast, submission)
    chosen = {"decision": decision.pk, "when": "later", "at": "2026-11-01T01:30"}

    asked = editor.post("/desk/releases/", chosen)
    second = asked.context["form"].fields["which"].choices[1][0]
    editor.post("/desk/releases/", {**chosen, "which": second})

    decision.refresh_from_db()
    assert "this time comes twice" in text(asked)
    assert ["EDT" in label for _, label in asked.context["form"].fields["which"].choices] == [True, False]
    assert decision.tell_at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_release_at_a_time_that_never_comes_asks_which(
    cast: Cast, submission: Submission, editor: Client, october: None
) -> None:
    Submission.objects.update(reply_due=datetime(2027, 4, 1, tzinfo=UTC))
    decision = prepare(cast, submission)
    path = f"/desk/{submission.key}/release/"
    chosen = {"decision": decision.pk, "when": "later", "at": "2027-03-14T02:30"}

    asked = editor.post(path, chosen)
    wrong = editor.post(path, {**chosen, "which": "2027-03-14T00:00:00+00:00"})
    editor.post(path, {**chosen, "which": asked.context["form"].fields["which"].choices[0][0]})

    decision.refresh_from_db()
    assert "this time never comes" in text(asked)
    assert "this time never comes" in text(wrong)
    assert decision.tell_at == datetime(2027, 3, 14, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("at", ["", "2026-10-20T10:59", "soon", "9999-12-31T23:59", "0001-01-01T00:00"])
def test_release_at_a_time_that_will_not_do_is_asked_again(
    cast: Cast, submission: Submission, editor: Client, october: None, at: str
) -> None:
    decision = prepare(cast, submission)

    answer = editor.post("/desk/releases/", {"decision": decision.pk, "when": "later", "at": at})

    decision.refresh_from_db()
    assert answer.status_code == 200
    assert answer.context["form"].errors["at"]
    assert decision.state == DecisionState.PREPARED


@pytest.mark.django_db(transaction=True)
def test_release_at_the_same_moment_goes_out_once_and_tells_the_other(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    decision = prepare(cast, submission)
    path, sent = f"/desk/{submission.key}/release/", {"decision": decision.pk, **NOW}
    one, other = client_for(cast.editor), client_for(cast.other_editor)

    answers = at_once(lambda: one.post(path, sent, follow=True), lambda: other.post(path, sent, follow=True))

    pages = [text(answer) for answer in answers]
    assert sorted("Somebody released this decision before you." in page for page in pages) == [False, True]
    assert sorted("until then you can undo it" in page for page in pages) == [False, True]
    assert decision.events.filter(new=DecisionState.RELEASING).count() == 1
