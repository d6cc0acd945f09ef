"""Ways out of dead ends: offered when they are open, shown as a letter, gone through once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from hearthpress.agreements.actions import decline
from hearthpress.common import clock
from hearthpress.desk.turns import turn_of
from hearthpress.desk.ways_out import ways_out
from hearthpress.editing import actions as editing
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.submissions import actions
from hearthpress.submissions.doors import desk_submission
from hearthpress.submissions.enums import WithdrawalReason
from hearthpress.submissions.models import Conflict, Submission
from tests.factories import (
    Cast,
    client_for,
    edited,
    make_accepted,
    make_call,
    make_manuscript,
    make_rate_card,
    make_story,
    make_submission,
    release_and_tell,
)

pytestmark = pytest.mark.django_db
FEE = {"rate_card": 5000}


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@contextmanager
def after(days: float) -> Iterator[None]:
    with clock.at(clock.now() + timedelta(days=days)):
        yield


def revising(cast: Cast, **fields: Any) -> Submission:
    submission = make_submission(cast.writer, fields.pop("call", cast.call), **fields)
    details = actions.Details(revise_by=clock.now() + timedelta(days=10))
    release_and_tell(actions.prepare_decision(submission, cast.editor, "revise", "Again.", details), cast.editor)
    return submission


def signed(cast: Cast) -> Submission:
    call = make_call(slug="with-a-fee", rate_card=make_rate_card(kill_fee=5000))
    return make_manuscript(cast.writer, cast.editor, call).submission


def offered(cast: Cast) -> Submission:
    return make_accepted(cast.writer, cast.editor, cast.call)


def names(cast: Cast, submission: Submission) -> list[str]:
    return [way.name for way in ways_out(desk_submission(cast.editor, submission.key), cast.editor)]


def test_each_way_is_offered_where_the_story_has_stopped(cast: Cast) -> None:
    rows = [make_submission(cast.writer, cast.call), revising(cast), offered(cast), signed(cast)]

    early = [names(cast, row) for row in rows]
    with after(31):
        late = [names(cast, row) for row in rows]

    assert early == [[], [], ["agreement_time"], ["giving_back"]]
    assert late == [["apologies"], ["left_open"], ["agreement_time"], ["giving_back"]]


def test_story_that_was_live_is_not_given_back(cast: Cast) -> None:
    assert names(cast, make_story(cast.writer, cast.editor, cast.call).manuscript.submission) == []


def test_who_leaves_it_to_others_is_offered_nothing(cast: Cast) -> None:
    rows = [make_submission(cast.writer, cast.call), revising(cast), signed(cast)]
    for row in rows:
        Conflict.objects.create(submission=row, editor=cast.editor)

    with after(31):
        assert [names(cast, row) for row in rows] == [[], [], []]


WAYS = {
    "left-open": (revising, {}, "submissions/left_open", "lapsed"),
    "giving-back": (signed, {"words": "The section has ended."}, "agreements/given_back", "withdrawn"),
    "agreement-time": (offered, {"days": "20"}, "agreements/more_time", "accepted"),
}


@pytest.mark.parametrize("name", WAYS)
def test_letter_is_shown_first_and_goes_as_it_was_shown(cast: Cast, editor: Client, name: str) -> None:
    make, typed, kind, state = WAYS[name]
    submission = make(cast)
    path = f"/desk/{submission.key}/{name}/"
    with after(11):
        editor.get(path)
        page = editor.post(path, typed)
        unsent = Letter.objects.filter(kind=kind).count()

        answer = editor.post(path, {**typed, "shown": page.context["shown"]})

    submission.refresh_from_db()
    letter = Letter.objects.get(kind=kind)
    shown = page.context["letter"]
    assert unsent == 0
    assert (shown.subject, shown.text) == (letter.subject, letter.text)
    assert submission.state == state
    assert answer["Location"] == f"/desk/{submission.key}/"


@pytest.mark.parametrize("name", WAYS)
def test_second_press_says_how_it_stands(cast: Cast, editor: Client, name: str) -> None:
    make, typed, kind, _ = WAYS[name]
    path = f"/desk/{make(cast).key}/{name}/"
    with after(11):
        pressed = {**typed, "shown": editor.post(path, typed).context["shown"]}
        editor.post(path, pressed)

        answer = editor.post(path, pressed)

    assert answer.status_code in {200, 302, 404}
    assert Letter.objects.filter(kind=kind).count() == 1


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("who", ["writer", "bookkeeper", "knows", None])
def test_nobody_else_goes_through(cast: Cast, name: str, who: str | None) -> None:
    make, typed, kind, _ = WAYS[name]
    submission = make(cast)
    path = f"/desk/{submission.key}/{name}/"
    person = {"knows": cast.other_editor, None: None}.get(who) if who in {"knows", None} else getattr(cast, who or "")
    Conflict.objects.create(submission=submission, editor=cast.other_editor)
    with after(11):
        pressed = {**typed, "shown": client_for(cast.editor).post(path, typed).context["shown"]}

        answers = [client_for(person).get(path), client_for(person).post(path, pressed)]

    assert 200 not in [answer.status_code for answer in answers]
    assert not Letter.objects.filter(kind=kind).exists()


def test_words_that_were_changed_are_shown_again(cast: Cast, editor: Client) -> None:
    path = f"/desk/{signed(cast).key}/giving-back/"
    shown = editor.post(path, {"words": "First."}).context["shown"]

    page = editor.post(path, {"words": "Second.", "shown": shown})

    assert "Second." in page.context["letter"].text
    assert not Letter.objects.filter(kind="agreements/given_back").exists()


def test_giving_back_names_the_fee_and_needs_words(cast: Cast, editor: Client) -> None:
    path = f"/desk/{signed(cast).key}/giving-back/"

    page = editor.get(path).content.decode()
    empty = editor.post(path, {"words": " ", "shown": ""})

    assert "The agreement names a fee for this, $50.00" in page
    assert empty.context["form"].errors["words"]


@pytest.mark.parametrize("days", ["0", "-3", "91", "some"])
def test_days_that_are_no_more_time_are_asked_for_again(cast: Cast, editor: Client, days: str) -> None:
    submission = offered(cast)

    page = editor.post(f"/desk/{submission.key}/agreement-time/", {"days": days})

    assert page.context["form"].errors["days"]
    assert page.context["letter"] is None


def test_name_in_a_title_stays_hidden_from_who_has_not_read_it(cast: Cast) -> None:
    call = make_call(slug="unsigned", anonymous=True, rate_card=cast.call.rate_card)
    submission = make_submission(cast.writer, call, title="What Wilma Writer Kept")
    actions.leave_reading(submission, cast.editor, "maybe", "")
    details = actions.Details(revise_by=clock.now() + timedelta(days=10))
    release_and_tell(actions.prepare_decision(submission, cast.editor, "revise", "Again.", details), cast.editor)
    unread, path = client_for(cast.other_editor), f"/desk/{submission.key}/left-open/"

    with after(11):
        page = unread.get(path)
        unread.post(path, {"shown": page.context["shown"]})

    assert "“What [name] Kept”" in page.content.decode()
    assert "Wilma" not in page.content.decode()
    assert Letter.objects.get(kind="submissions/left_open").subject == "“What Wilma Writer Kept” stays open for you"


@pytest.mark.parametrize(
    ("why", "says"),
    [
        (WithdrawalReason.CHANGED_MIND, "Its writer has taken it back"),
        (WithdrawalReason.ELSEWHERE, "It was accepted elsewhere."),
        (WithdrawalReason.NOT_PUBLISHED, "This story was given back"),
        (WithdrawalReason.NO_AGREEMENT, "The agreement was not made"),
    ],
)
def test_page_of_a_story_that_is_its_writers_again_says_why(
    cast: Cast, editor: Client, why: WithdrawalReason, says: str
) -> None:
    submission = signed(cast)
    if why == WithdrawalReason.NOT_PUBLISHED:
        actions.could_not_publish(submission, cast.editor, "The section has ended.")
    elif why == WithdrawalReason.NO_AGREEMENT:
        submission = offered(cast)
        decline(submission.agreement)
    else:
        actions.withdraw(submission, cast.writer, why)

    page = editor.get(f"/desk/{submission.key}/").content.decode()

    assert says in page
    assert ("Its writer has taken it back" in page) == (
        why in {WithdrawalReason.CHANGED_MIND, WithdrawalReason.ELSEWHERE}
    )
    assert "The section has ended." not in page


def test_lists_do_not_say_of_what_was_given_back_that_its_writer_took_it(cast: Cast) -> None:
    submission = signed(cast)
    actions.could_not_publish(submission, cast.editor, "The section has ended.")

    assert turn_of(Submission.objects.get(pk=submission.pk)).words == "Given back to the writer"


def test_an_answer_that_did_not_come_by_its_day_leads_to_the_thread(cast: Cast, editor: Client) -> None:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    due = clock.today(Masthead.current().time_zone) + timedelta(days=5)
    editing.ask_for_approval(manuscript, cast.editor, due)
    address = f"/desk/{manuscript.submission.key}/"

    before = editor.get(address)
    with after(6):
        late = editor.get(address)

    assertNotContains(before, "An answer about the edited text was hoped for")
    assertContains(late, "An answer about the edited text was hoped for")
    assertContains(late, f'<a href="{address}correspondence/">Write to the writer</a>')
