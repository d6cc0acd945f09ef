"""A call's life: drafted, announced, opened and closed by hand, by time, and by being full; and who is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.actions import calls
from hearthpress.submissions.enums import CallState, Needed, SubmissionState
from hearthpress.submissions.models import Call, CallEvent, LetterTemplate, Question, Waiting
from tests.factories import Cast, make_call, make_draft, make_submission
from tests.together import at_once

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def draft(cast: Cast) -> Call:
    return make_call(slug="autumn", title="Autumn", state=CallState.DRAFT, rate_card=cast.call.rate_card)


def copy_of(call: Call) -> Call:
    return Call.objects.get(pk=call.pk)


def moves(call: Call) -> list[tuple[str, str, str]]:
    return list(CallEvent.objects.filter(subject=call).values_list("old", "new", "why"))


def letters() -> list[str]:
    return list(Letter.objects.filter(kind="submissions/call_open").order_by("pk").values_list("to", flat=True))


def test_call_is_open_from_the_moment_in_which_it_is_opened(cast: Cast, draft: Call) -> None:
    with clock.at(NOW):
        submissions.open_call(draft, cast.owner, NOW + DAY)

        assert draft.stands == CallState.OPEN

    assert (draft.opens_at, draft.closes_at) == (NOW, NOW + DAY)
    assert CallEvent.objects.get(subject=draft).actor == cast.owner


def test_announced_call_opens_and_closes_by_time_alone(cast: Cast, draft: Call) -> None:
    with clock.at(NOW):
        submissions.announce_call(draft, cast.owner, NOW + DAY, NOW + 3 * DAY)

    seen = []
    for moment in (NOW, NOW + DAY, NOW + 2 * DAY, NOW + 3 * DAY):
        with clock.at(moment):
            seen.append((draft.stands, draft.is_open, Call.objects.open().filter(pk=draft.pk).exists()))
    assert seen == [("announced", False, False), ("open", True, True), ("open", True, True), ("closed", False, False)]


def test_worker_notes_what_time_has_done(cast: Cast, draft: Call) -> None:
    with clock.at(NOW):
        submissions.announce_call(draft, cast.owner, NOW + DAY, NOW + 3 * DAY)
        submissions.turn_calls()
    for moment in (NOW + DAY, NOW + 2 * DAY, NOW + 3 * DAY, NOW + 4 * DAY):
        with clock.at(moment):
            submissions.turn_calls()

    assert moves(draft) == [("draft", "announced", ""), ("announced", "open", "time"), ("open", "closed", "time")]


def test_worker_that_was_away_notes_opening_and_closing_both(cast: Cast, draft: Call) -> None:
    with clock.at(NOW):
        submissions.announce_call(draft, cast.owner, NOW + DAY, NOW + 3 * DAY)
    with clock.at(NOW + 9 * DAY):
        submissions.turn_calls()

    assert [new for _old, new, _why in moves(draft)] == ["announced", "open", "closed"]


def test_call_that_an_owner_gave_other_times_is_not_turned_by_the_old_ones(cast: Cast, draft: Call) -> None:
    with clock.at(NOW):
        submissions.announce_call(draft, cast.owner, NOW + DAY)
    stale = copy_of(draft)
    with clock.at(NOW):
        submissions.announce_call(draft, cast.owner, NOW + 5 * DAY)
    with clock.at(NOW + 2 * DAY), pytest.raises(SomebodyElseWon):
        submissions.extend_call(stale, cast.owner, None)

    assert copy_of(draft).state == CallState.ANNOUNCED


@pytest.mark.parametrize(
    ("opens", "closes"), [(timedelta(0), None), (-DAY, None), (DAY, timedelta(0)), (DAY, DAY), (2 * DAY, DAY)]
)
def test_times_that_cannot_be_are_refused(cast: Cast, draft: Call, opens: timedelta, closes: timedelta | None) -> None:
    with clock.at(NOW), pytest.raises(submissions.BadTimes):
        submissions.announce_call(draft, cast.owner, NOW + opens, None if closes is None else NOW + closes)

    assert copy_of(draft).state == CallState.DRAFT


def test_call_does_not_open_until_a_time_that_is_over(cast: Cast, draft: Call) -> None:
    with clock.at(NOW), pytest.raises(submissions.BadTimes):
        submissions.open_call(draft, cast.owner, NOW)


def test_open_call_is_not_opened_again(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        submissions.open_call(cast.call, cast.owner)


def test_call_is_closed_by_hand_and_opens_again_at_a_time(cast: Cast) -> None:
    with clock.at(NOW):
        submissions.close_call(cast.call, cast.owner)
        assert (cast.call.stands, cast.call.closes_at) == (CallState.CLOSED, NOW)
        submissions.announce_call(cast.call, cast.owner, NOW + DAY)

        assert cast.call.stands == CallState.ANNOUNCED
    with clock.at(NOW + DAY):
        assert cast.call.is_open


def test_closed_call_is_not_closed_again(cast: Cast) -> None:
    submissions.close_call(cast.call, cast.owner)

    with pytest.raises(NotAllowed):
        submissions.close_call(cast.call, cast.owner)


def test_announcement_that_is_taken_back_is_a_draft_again(cast: Cast, draft: Call) -> None:
    submissions.announce_call(draft, cast.owner, clock.now() + DAY)

    submissions.close_call(draft, cast.owner)

    assert draft.state == CallState.DRAFT


def test_call_that_was_open_and_is_announced_again_is_closed_not_drafted(cast: Cast, draft: Call) -> None:
    submissions.open_call(draft, cast.owner)
    submissions.close_call(draft, cast.owner)
    submissions.announce_call(draft, cast.owner, clock.now() + DAY)

    submissions.close_call(draft, cast.owner)

    assert draft.state == CallState.CLOSED


def test_extended_call_stays_open_longer(cast: Cast, draft: Call) -> None:
    with clock.at(NOW):
        submissions.open_call(draft, cast.owner, NOW + DAY)
        submissions.extend_call(draft, cast.owner, NOW + 3 * DAY)
    with clock.at(NOW + 2 * DAY):
        assert draft.is_open
        submissions.turn_calls()

    assert moves(draft)[1:] == [("open", "open", "")]


def test_call_that_has_closed_by_time_is_not_extended_but_opened_again(cast: Cast, draft: Call) -> None:
    with clock.at(NOW):
        submissions.open_call(draft, cast.owner, NOW + DAY)
    with clock.at(NOW + 2 * DAY):
        with pytest.raises(NotAllowed):
            submissions.extend_call(copy_of(draft), cast.owner, None)
        again = copy_of(draft)
        submissions.open_call(again, cast.owner)

    assert [new for _old, new, _why in moves(draft)] == ["open", "closed", "open"]


def test_full_call_closes_with_the_last_piece(cast: Cast) -> None:
    Call.objects.update(cap=2)
    make_submission(cast.writer, copy_of(cast.call))
    assert copy_of(cast.call).is_open
    make_submission(cast.other_writer, copy_of(cast.call))

    assert copy_of(cast.call).stands == CallState.CLOSED
    assert moves(cast.call) == [("open", "closed", "full")]


def test_call_that_was_full_counts_anew_when_it_opens_again(cast: Cast) -> None:
    Call.objects.update(cap=1)
    make_submission(cast.writer, copy_of(cast.call))
    call = copy_of(cast.call)
    submissions.open_call(call, cast.owner)

    make_submission(cast.other_writer, call)

    assert copy_of(cast.call).stands == CallState.CLOSED


@pytest.mark.django_db(transaction=True, databases=["default", "views"])
def test_of_two_who_send_at_once_one_gets_the_last_place(cast: Cast) -> None:
    Call.objects.update(cap=1)
    drafts = [make_draft(writer, copy_of(cast.call)) for writer in (cast.writer, cast.other_writer)]

    outcomes = at_once(*(lambda draft=draft: submissions.send(draft) for draft in drafts))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CallClosed", "NoneType"]
    assert cast.call.submissions.filter(state=SubmissionState.RECEIVED).count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "views"])
def test_of_two_workers_at_once_one_notes_the_opening_and_each_address_gets_one_letter(cast: Cast, draft: Call) -> None:
    with clock.at(NOW):
        submissions.announce_call(draft, cast.owner, NOW + DAY)
    for number in range(5):
        Waiting.objects.create(call=draft, address=f"reader{number}@example.net")

    at_once(submissions.turn_calls, submissions.turn_calls)
    submissions.turn_calls()

    assert [new for _old, new, _why in moves(draft)] == ["announced", "open"]
    assert sorted(letters()) == [f"reader{number}@example.net" for number in range(5)]


def test_who_waits_is_told_once_when_it_opens_and_forgotten(cast: Cast, draft: Call) -> None:
    with clock.at(NOW):
        submissions.announce_call(draft, cast.owner, NOW + DAY, NOW + 30 * DAY)
        submissions.wait_for_call(draft, "Reader@Example.net")
        submissions.turn_calls()
    assert letters() == []
    with clock.at(NOW + DAY):
        submissions.turn_calls()
        submissions.turn_calls()

    letter = Letter.objects.get(kind="submissions/call_open")
    assert letter.to == "reader@example.net"
    assert "closes on October 31, 2026, 8:00 a.m., New York time" in letter.text
    assert not Waiting.objects.exists()


def test_who_waits_is_told_when_it_is_opened_by_hand(cast: Cast, draft: Call) -> None:
    submissions.wait_for_call(draft, "reader@example.net")
    submissions.open_call(draft, cast.owner)

    submissions.turn_calls()

    assert letters() == ["reader@example.net"]


def test_many_who_wait_are_told_in_batches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "TOLD_AT_ONCE", 3)
    for number in range(7):
        Waiting.objects.create(call=cast.call, address=f"reader{number}@example.net")

    told = [submissions.turn_calls() for _ in range(4)]

    assert told == [3, 3, 1, 0]
    assert len(set(letters())) == 7


def test_letters_that_could_not_all_be_written_leave_every_address_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        Waiting.objects.create(call=cast.call, address=f"reader{number}@example.net")
    write, written = calls.write_letter, []

    def break_at_the_last(*args: object, **kwargs: object) -> object:
        if len(written) == 2:
            raise ValueError("the disk is full")
        written.append(args)
        return write(*args, **kwargs)

    monkeypatch.setattr(calls, "write_letter", break_at_the_last)
    with pytest.raises(ValueError, match="disk"):
        submissions.turn_calls()

    assert (letters(), Waiting.objects.count()) == ([], 3)


def test_address_that_waits_already_waits_once(cast: Cast, draft: Call) -> None:
    submissions.wait_for_call(draft, "reader@example.net")
    submissions.wait_for_call(draft, "READER@example.net ")

    assert Waiting.objects.count() == 1


def test_address_is_forgotten_on_demand(cast: Cast, draft: Call) -> None:
    submissions.wait_for_call(draft, "reader@example.net")

    submissions.wait_no_more(draft, " Reader@example.net")

    assert not Waiting.objects.exists()


def test_draft_is_deleted_with_its_questions(cast: Cast, draft: Call) -> None:
    Question.objects.create(call=draft, label="Where were you?", needed=Needed.NOW)

    submissions.delete_call(draft)

    assert not Call.objects.filter(slug="autumn").exists()


def test_call_with_something_sent_is_not_deleted(cast: Cast) -> None:
    make_submission(cast.writer, cast.call)

    with pytest.raises(submissions.CallInUse, match="Writers have sent something"):
        submissions.delete_call(cast.call)


def test_call_with_a_draft_of_a_writer_is_not_deleted(cast: Cast) -> None:
    make_draft(cast.writer, cast.call)

    with pytest.raises(submissions.CallInUse, match="have begun to"):
        submissions.delete_call(cast.call)


def test_call_that_was_shown_is_not_deleted(cast: Cast, draft: Call) -> None:
    submissions.announce_call(draft, cast.owner, clock.now() + DAY)
    submissions.close_call(draft, cast.owner)

    with pytest.raises(submissions.CallInUse, match="shown"):
        submissions.delete_call(draft)


def test_call_that_words_for_letters_belong_to_is_not_deleted(cast: Cast, draft: Call) -> None:
    LetterTemplate.objects.create(name="Fair", kind="decline", call=draft, words="No.")

    with pytest.raises(submissions.CallInUse, match="Words for letters"):
        submissions.delete_call(draft)


def test_quiet_turn_asks_little_whatever_the_number_of_calls(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            submissions.turn_calls()
        return len(captured)

    one = queries()
    for number in range(3):
        make_call(slug=f"more-{number}", rate_card=cast.call.rate_card)

    assert queries() == one
