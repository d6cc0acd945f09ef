"""An agreement that nobody signs, and a story that is accepted and never published."""

from datetime import UTC, datetime, timedelta

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from hearthpress.agreements.actions import _lapse, decline, give_back, give_more_time, remind_and_lapse, sign
from hearthpress.agreements.enums import AgreementState
from hearthpress.agreements.models import Agreement, AgreementEvent
from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.mail.models import Letter
from hearthpress.submissions.actions import withdraw
from tests.factories import Cast, make_accepted, make_call, make_manuscript, make_rate_card

pytestmark = pytest.mark.django_db

OFFERED = datetime(2026, 8, 3, 16, tzinfo=UTC)
ANSWER_BY = OFFERED + timedelta(days=14)


@pytest.fixture
def offered(cast: Cast) -> Agreement:
    with clock.at(OFFERED):
        return fresh(make_accepted(cast.writer, cast.editor, cast.call).agreement)


@pytest.fixture
def signed(cast: Cast) -> Agreement:
    call = make_call(slug="with-fee", rate_card=make_rate_card(kill_fee=2500))
    with clock.at(OFFERED):
        return fresh(make_manuscript(cast.writer, cast.editor, call).submission.agreement)


def fresh(agreement: Agreement | None) -> Agreement:
    assert agreement is not None
    return Agreement.objects.select_related("writer").get(pk=agreement.pk)


def last_event(agreement: Agreement) -> tuple[str, str, str, object]:
    event = AgreementEvent.objects.filter(subject=agreement).last()
    assert event is not None
    return event.old, event.new, event.why, event.actor


def test_more_time_moves_the_date_and_tells_the_writer(cast: Cast, offered: Agreement) -> None:
    with clock.at(ANSWER_BY - timedelta(days=1)):
        give_more_time(offered, cast.editor, 10)

    assert fresh(offered).answer_by == ANSWER_BY + timedelta(days=10)
    assert last_event(offered) == ("offered", "offered", "10 more days", cast.editor)
    letter = Letter.objects.get(kind="agreements/more_time")
    assert (letter.to, letter.subject) == (cast.writer.email, "More time for “The Kettle”")
    assert "now waits for your answer until August 27, 2026." in letter.text


def test_more_time_after_the_date_counts_from_now(cast: Cast, offered: Agreement) -> None:
    late = ANSWER_BY + timedelta(days=3)

    with clock.at(late):
        give_more_time(offered, cast.editor, 7)

    assert fresh(offered).answer_by == late + timedelta(days=7)


def test_writer_is_reminded_before_the_new_date_too(cast: Cast, offered: Agreement) -> None:
    with clock.at(ANSWER_BY - timedelta(days=3)):
        remind_and_lapse()
        give_more_time(fresh(offered), cast.editor, 10)
        remind_and_lapse()
    assert Letter.objects.filter(kind="agreements/reminder").count() == 1

    with clock.at(ANSWER_BY + timedelta(days=7)):
        remind_and_lapse()

    assert Letter.objects.filter(kind="agreements/reminder").count() == 2


def test_a_date_that_is_near_needs_no_reminder_beside_the_letter(cast: Cast, offered: Agreement) -> None:
    with clock.at(ANSWER_BY - timedelta(days=5)):
        give_more_time(offered, cast.editor, 1)
        give_more_time(offered, cast.editor, 1)
    with clock.at(ANSWER_BY - timedelta(days=1)):
        give_more_time(offered, cast.editor, 1)

        remind_and_lapse()

    assert not Letter.objects.filter(kind="agreements/reminder").exists()


def test_agreement_given_more_time_lapses_at_the_new_date(cast: Cast, offered: Agreement) -> None:
    with clock.at(OFFERED):
        give_more_time(offered, cast.editor, 10)

    with clock.at(ANSWER_BY):
        remind_and_lapse()
    assert fresh(offered).state == AgreementState.OFFERED
    with clock.at(ANSWER_BY + timedelta(days=10)):
        remind_and_lapse()

    assert fresh(offered).state == AgreementState.LAPSED


def test_of_two_editors_who_give_more_time_one_is_told(cast: Cast, offered: Agreement) -> None:
    stale = fresh(offered)
    give_more_time(offered, cast.editor, 10)

    with pytest.raises(SomebodyElseWon):
        give_more_time(stale, cast.other_editor, 10)

    assert fresh(offered).answer_by == offered.answer_by


def test_more_time_given_while_the_agreement_lapses_holds(cast: Cast, offered: Agreement) -> None:
    """The worker has read the old date, and an editor is faster."""
    with clock.at(ANSWER_BY + timedelta(days=1)):
        as_read = fresh(offered)
        give_more_time(offered, cast.editor, 10)

        assert _lapse(as_read) == 0

    assert fresh(offered).state == AgreementState.OFFERED
    assert not Letter.objects.filter(kind="agreements/lapsed").exists()


def answer(offered: Agreement, how: str) -> None:
    if how == "sign":
        sign(offered, "Wilma Writer", offered.terms_sha256)
    elif how == "decline":
        decline(offered)
    else:
        with clock.at(ANSWER_BY):
            remind_and_lapse()


@pytest.mark.parametrize("how", ["sign", "decline", "lapse"])
def test_no_more_time_for_an_agreement_that_is_answered(cast: Cast, offered: Agreement, how: str) -> None:
    stale = fresh(offered)
    answer(offered, how)

    with pytest.raises(NotAllowed):
        give_more_time(fresh(offered), cast.editor, 10)
    with pytest.raises(SomebodyElseWon):
        give_more_time(stale, cast.editor, 10)

    assert fresh(offered).answer_by == ANSWER_BY


@pytest.mark.parametrize("days", [0, -1])
def test_more_time_is_at_least_a_day(cast: Cast, offered: Agreement, days: int) -> None:
    with pytest.raises(ValueError, match="no more time"):
        give_more_time(offered, cast.editor, days)


def test_a_story_given_back_is_told_to_its_writer_with_the_reason(cast: Cast, signed: Agreement) -> None:
    give_back(signed, cast.editor, "The issue that it was for will not appear.")

    assert last_event(signed) == (
        "signed",
        "given_back",
        "The issue that it was for will not appear.",
        cast.editor,
    )
    letter = Letter.objects.get(kind="agreements/given_back")
    assert (letter.to, letter.subject) == (cast.writer.email, "We are not going to publish “The Kettle”")
    assert "\nThe issue that it was for will not appear.\n" in letter.text
    assert "As we agreed, we pay you $25.00 for it; it stands on your next statement." in letter.text


def test_letter_of_an_agreement_without_kill_fee_speaks_of_no_money(cast: Cast) -> None:
    agreement = fresh(make_manuscript(cast.writer, cast.editor, cast.call).submission.agreement)

    give_back(agreement, cast.editor, "The issue that it was for will not appear.")

    text = Letter.objects.get(kind="agreements/given_back").text
    assert "The agreement has ended, and the story is wholly yours again" in text
    assert "pay" not in text


@pytest.mark.parametrize("how", ["", "decline", "lapse"])
def test_only_what_was_signed_is_given_back(cast: Cast, offered: Agreement, how: str) -> None:
    if how:
        answer(offered, how)

    with pytest.raises(NotAllowed):
        give_back(fresh(offered), cast.editor, "Why.")


def test_what_its_writer_took_back_is_not_given_back(cast: Cast, signed: Agreement) -> None:
    stale = fresh(signed)
    withdraw(signed.submission, cast.writer)

    with pytest.raises(SomebodyElseWon):
        give_back(stale, cast.editor, "Why.")

    assert fresh(signed).state == AgreementState.ENDED
    assert not Letter.objects.filter(kind="agreements/given_back").exists()


def test_agreements_are_settled_by_editors_but_not_their_own(cast: Cast, offered: Agreement) -> None:
    people = {name: getattr(cast, name) for name in ("writer", "other_writer", "editor", "bookkeeper", "owner")}
    people |= {"anonymous": AnonymousUser()}
    theirs = fresh(make_accepted(cast.other_editor, cast.editor, cast.call).agreement)

    allowed = {name for name, person in people.items() if rules.has_perm("agreements.settle", person, offered)}

    assert allowed == {"editor", "owner"}
    assert not rules.has_perm("agreements.settle", cast.other_editor, theirs)


def test_who_may_not_settle_an_agreement_changes_nothing(cast: Cast, offered: Agreement) -> None:
    with pytest.raises(PermissionDenied):
        give_more_time(offered, cast.writer, 10)
    with pytest.raises(PermissionDenied):
        give_back(offered, cast.bookkeeper, "Why.")

    assert fresh(offered).answer_by == ANSWER_BY
