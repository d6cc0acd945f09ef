"""A story that was accepted, signed and never published: what is owed for it, when, and what its writer is told."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from hearthpress.agreements.actions import give_back
from hearthpress.agreements.enums import AgreementState
from hearthpress.agreements.models import Agreement
from hearthpress.common import clock
from hearthpress.common.money import Money
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.ledger.actions import balance
from hearthpress.ledger.models import Transfer
from hearthpress.mail.models import Letter
from hearthpress.pay import accounts, kill_fees
from hearthpress.pay.actions import mark_paid, set_destination
from hearthpress.pay.closing import CannotClose
from hearthpress.pay.kill_fees import ever_live
from hearthpress.pay.models import KillFee, MonthClose, Statement
from hearthpress.pay.statement_page import statement_page
from hearthpress.pay.statement_text import statements_text
from hearthpress.pay.statements import bodies, recompute, statement
from hearthpress.pay.verify import verify_books
from hearthpress.stories.actions import appear_due_stories, publish, retract, shown
from hearthpress.stories.enums import StoryState
from hearthpress.stories.gate import CannotPublish
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import withdraw
from tests.agreements.test_together import MEET
from tests.factories import Cast, make_person
from tests.ledger.tampering import tamper
from tests.pay.world import (
    AUGUST_OVER,
    BOTH,
    LIVE,
    agreement_of,
    batch_of,
    close,
    hand_back,
    read,
    story_of,
    unpublished,
)
from tests.together import at_once

pytestmark = pytest.mark.django_db(databases=BOTH)


def owed_to(cast: Cast, currency: str = "USD") -> Money:
    return balance(accounts.payable(cast.writer.pk, currency))


def test_a_story_given_back_pays_its_kill_fee_at_once(cast: Cast) -> None:
    agreement = hand_back(cast, unpublished(cast))

    [fee] = KillFee.objects.all()
    assert (fee.agreement, fee.money, fee.at) == (agreement, Money(2500, "USD"), LIVE)
    assert (fee.transfer.key, fee.transfer.at) == (f"kill_fee:{agreement.key}", LIVE)
    assert (owed_to(cast), balance(accounts.expense("USD"))) == (Money(2500, "USD"), Money(2500, "USD"))
    assert verify_books() == []


def test_an_agreement_without_a_kill_fee_pays_nothing(cast: Cast) -> None:
    agreement = hand_back(cast, unpublished(cast, kill_fee=0))

    assert agreement.state == AgreementState.GIVEN_BACK
    assert (KillFee.objects.count(), Transfer.objects.count()) == (0, 0)
    assert verify_books() == []


def test_an_agreement_signed_before_there_were_kill_fees_pays_nothing(cast: Cast) -> None:
    text = unpublished(cast, kill_fee=0)
    agreement = Agreement.objects.get(submission__manuscript=text)
    agreement.rate_card = {name: value for name, value in agreement.rate_card.items() if name != "kill_fee"}
    agreement.save()

    hand_back(cast, text)

    assert Transfer.objects.count() == 0
    assert verify_books() == []


def test_a_story_is_given_back_once(cast: Cast) -> None:
    text = unpublished(cast)
    stale = Agreement.objects.select_related("writer").get(submission__manuscript=text)
    hand_back(cast, text)

    with pytest.raises(SomebodyElseWon):
        give_back(stale, cast.other_editor, "Why.")

    assert (KillFee.objects.count(), Transfer.objects.count()) == (1, 1)
    assert Letter.objects.filter(kind="agreements/given_back").count() == 1


def test_the_statement_of_the_month_has_the_fee_as_a_line_of_its_own(cast: Cast) -> None:
    agreement = hand_back(cast, unpublished(cast))

    close(cast, "2026-08")

    sent = statement(cast.writer, "2026-08")
    content = sent.content
    assert content["kill_fees"] == [
        {"agreement": agreement.key, "title": "The Moth", "at": "2026-08-20T16:00:00+00:00", "amount": 2500}
    ]
    assert (content["version"], content["stories"], content["payments"]) == (2, [], [])
    assert (content["opening"], content["earned"], content["closing"]) == (0, 2500, 2500)
    assert recompute(sent) == bytes(sent.body)
    letter = Letter.objects.get(kind="pay/statement").text
    assert "Your stories earned $25.00 in the month. We owe you $25.00 in all." in letter
    assert "In it is the fee that we agreed for a story that we accepted and did not publish." in letter


def test_a_statement_without_kill_fees_is_what_it_was_before_there_were_any(cast: Cast) -> None:
    story_of(cast, kill_fee=2500)

    close(cast, "2026-08")

    content = statement(cast.writer, "2026-08").content
    assert content["version"] == 1
    assert "kill_fees" not in content
    assert "did not publish" not in Letter.objects.get(kind="pay/statement").text


def test_the_fee_stands_beside_what_stories_earned(cast: Cast) -> None:
    read(story_of(cast, per_thousand=1000), date(2026, 8, 21), 7)
    hand_back(cast, unpublished(cast))

    close(cast, "2026-08")

    sent = statement(cast.writer, "2026-08")
    assert (sent.earned, sent.owed) == (Money(2507, "USD"), Money(2507, "USD"))
    sheet = statement_page(sent)
    assert [(line.title, line.amount.minor) for line in sheet.lines] == [("The Kettle", 7)]
    assert [(fee.title, fee.at, fee.amount.minor) for fee in sheet.fees] == [("The Moth", LIVE, 2500)]
    shown = statements_text(cast.writer, "2026-08").splitlines()
    at = next(number for number, line in enumerate(shown) if line.startswith("The Moth"))
    assert shown[at].endswith("$25.00")
    assert shown[at + 1] == "  Accepted and not published: the fee that we agreed, 2026-08-20"


def test_a_fee_after_its_month_was_closed_stands_in_the_next(cast: Cast) -> None:
    text = unpublished(cast)
    close(cast, "2026-08")

    hand_back(cast, text, AUGUST_OVER)
    close(cast, "2026-09")

    assert [row.month for row in Statement.objects.all()] == ["2026-09"]
    assert KillFee.objects.with_month().get().month == "2026-09"
    assert verify_books() == []


def test_a_fee_is_told_once(cast: Cast) -> None:
    hand_back(cast, unpublished(cast))
    close(cast, "2026-08")

    close(cast, "2026-09")

    told = [
        (row.month, row.content.get("kill_fees", []), row.owed.minor) for row in Statement.objects.order_by("month")
    ]
    assert [(month, len(fees), owed) for month, fees, owed in told] == [("2026-08", 1, 2500), ("2026-09", 0, 2500)]
    assert [recompute(row) == bytes(row.body) for row in Statement.objects.all()] == [True, True]


def test_no_month_with_a_fee_is_left_out(cast: Cast) -> None:
    hand_back(cast, unpublished(cast))

    with pytest.raises(CannotClose, match=r"^Please close August 2026 first\.$"):
        close(cast, "2026-09")


@pytest.mark.parametrize(("currency", "shown"), [("JPY", "¥2,500"), ("KWD", "KWD2.500")])
def test_a_fee_in_a_currency_without_cents_closes_that_currency_too(cast: Cast, currency: str, shown: str) -> None:
    hand_back(cast, unpublished(cast, currency=currency))

    closes = close(cast, "2026-08")

    assert [row.currency for row in closes] == sorted(["USD", currency])
    sent = Statement.objects.get()
    assert str(sent.owed).replace("\xa0", "") == shown
    assert owed_to(cast, currency) == Money(2500, currency)
    assert verify_books() == []


def test_a_fee_is_paid_out_like_everything_that_is_owed(cast: Cast) -> None:
    hand_back(cast, unpublished(cast))
    set_destination(cast.writer, "wilma@example.org")
    with clock.at(LIVE):
        mark_paid(batch_of(cast), cast.bookkeeper)

    close(cast, "2026-08")

    content = statement(cast.writer, "2026-08").content
    assert (content["earned"], [row["amount"] for row in content["payments"]], content["closing"]) == (2500, [-2500], 0)
    assert verify_books() == []


def test_a_published_story_is_not_given_back(cast: Cast) -> None:
    text = unpublished(cast)
    stale = Agreement.objects.select_related("writer").get(submission__manuscript=text)
    with clock.at(LIVE):
        publish(text, cast.editor)

    with pytest.raises(NotAllowed, match=r"^This story was published\."):
        give_back(stale, cast.editor, "Why.")

    assert Agreement.objects.get(pk=stale.pk).state == AgreementState.SIGNED
    assert not KillFee.objects.exists()
    assert not Letter.objects.filter(kind="agreements/given_back").exists()


def test_a_story_that_was_live_once_is_not_given_back(cast: Cast) -> None:
    story = story_of(cast, kill_fee=2500)
    retract(story, cast.editor, "A source asked us to.")

    with pytest.raises(NotAllowed):
        give_back(agreement_of(story), cast.editor, "Why.")


def test_a_scheduled_story_that_never_appeared_is_given_back(cast: Cast) -> None:
    text = unpublished(cast)
    with clock.at(LIVE):
        retract(publish(text, cast.editor, LIVE + timedelta(days=3)), cast.editor, "It no longer fits.")

    hand_back(cast, text, LIVE + timedelta(days=1))

    assert owed_to(cast) == Money(2500, "USD")


def test_a_story_that_its_writer_takes_back_pays_no_kill_fee(cast: Cast) -> None:
    text = unpublished(cast)

    withdraw(text.submission, cast.writer)

    assert Agreement.objects.get(submission__manuscript=text).state == AgreementState.ENDED
    assert Transfer.objects.count() == 0
    assert verify_books() == []


def test_a_scheduled_story_that_was_given_back_never_appears(cast: Cast) -> None:
    text = unpublished(cast)
    with clock.at(LIVE):
        publish(text, cast.editor, LIVE + timedelta(days=3))
    hand_back(cast, text, LIVE + timedelta(days=1))

    with clock.at(LIVE + timedelta(days=4)):
        assert appear_due_stories() == 0

    assert Story.objects.get().state == StoryState.SCHEDULED


def test_who_publishes_what_was_given_back_meanwhile_is_told(cast: Cast) -> None:
    text = unpublished(cast)
    assert text.submission.agreement is not None  # as it was when the page was read
    hand_back(cast, text)

    with clock.at(LIVE), pytest.raises(CannotPublish, match="agreement"):
        publish(text, cast.editor)

    assert not Story.objects.exists()


@pytest.mark.django_db(transaction=True, databases=BOTH)
def test_of_one_who_publishes_and_one_who_gives_back_at_once_one_wins(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = unpublished(cast)
    agreement = Agreement.objects.select_related("writer").get(submission__manuscript=text)
    meeting = Barrier(2)

    def meet(found: object) -> object:
        """Each has looked for the other, and neither has committed: wait, where the other can come here too."""
        with suppress(BrokenBarrierError):
            meeting.wait(MEET)
        return found

    monkeypatch.setattr(shown, "_reactions", [*shown._reactions, meet])
    monkeypatch.setattr(kill_fees, "ever_live", lambda held: meet(ever_live(held)))

    outcomes = at_once(lambda: publish(text, cast.editor), lambda: give_back(agreement, cast.other_editor, "Why."))

    assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1, outcomes
    live = Story.objects.filter(first_live_at__isnull=False).exists()
    assert live != KillFee.objects.exists()


@pytest.mark.django_db(transaction=True, databases=BOTH)
def test_a_fee_that_comes_while_the_month_is_closed_is_told_in_one_statement(cast: Cast) -> None:
    first, second = unpublished(cast), unpublished(cast, cast.other_writer, "The Owl")
    hand_back(cast, first)

    outcomes = at_once(lambda: close(cast, "2026-08"), lambda: hand_back(cast, second, AUGUST_OVER))
    close(cast, "2026-09")

    assert not any(isinstance(outcome, Exception) for outcome in outcomes), outcomes
    told = [fee["title"] for row in Statement.objects.all() for fee in row.content.get("kill_fees", [])]
    assert sorted(told) == ["The Moth", "The Owl"]
    assert verify_books() == []


@pytest.mark.parametrize("change", ["UPDATE pay_killfee SET amount = 1", "DELETE FROM pay_killfee"])
def test_the_database_keeps_a_kill_fee_as_it_is(cast: Cast, change: str) -> None:
    hand_back(cast, unpublished(cast))

    with pytest.raises(IntegrityError, match="final"), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_changed_kill_fee_is_found(cast: Cast) -> None:
    agreement = hand_back(cast, unpublished(cast))
    tamper("UPDATE pay_killfee SET amount = %s", 1)

    name, owed = f"Kill fee {agreement.key}: amount 1 USD", f"payable:{cast.writer.pk}:USD"
    assert verify_books() == [
        f"{name} is not what its rate card gives.",
        f"{name} to {owed} is not what transfer kill_fee:{agreement.key} moved.",
    ]


def test_a_kill_fee_that_is_gone_is_found(cast: Cast) -> None:
    agreement = hand_back(cast, unpublished(cast))
    close(cast, "2026-08")
    tamper("DELETE FROM pay_killfee WHERE amount = %s", 2500)

    found = verify_books()

    assert found[0] == f"Agreement {agreement.key}: it was given back, and its kill fee is not in the books."
    assert found[-1] == f"Transfer kill_fee:{agreement.key}: nothing in pay accounts for 2500 USD."
    assert [line.endswith("it is not what the evidence gives.") for line in found] == [False, True, False]


@pytest.mark.parametrize("state", [AgreementState.SIGNED, AgreementState.ENDED])
def test_a_kill_fee_of_an_agreement_that_was_not_given_back_is_found(cast: Cast, state: str) -> None:
    agreement = hand_back(cast, unpublished(cast))
    Agreement.objects.filter(pk=agreement.pk).update(state=state)

    assert verify_books() == [f"Kill fee {agreement.key}: its agreement is {state}, not given back."]


def test_a_kill_fee_of_a_story_that_was_live_is_found(cast: Cast) -> None:
    text = unpublished(cast)
    with clock.at(LIVE):
        publish(text, cast.editor, LIVE + timedelta(days=3))
    agreement = hand_back(cast, text)
    Story.objects.update(first_live_at=datetime(2026, 8, 21, tzinfo=UTC))

    assert f"Kill fee {agreement.key}: its story was live." in verify_books()


@pytest.mark.parametrize("number", [1, 3])
def test_statements_take_the_same_number_of_queries_for_any_number_of_fees(cast: Cast, number: int) -> None:
    for n in range(number):
        hand_back(cast, unpublished(cast, make_person(f"writer-{n}@example.org"), f"The Moth {n}"))
    close(cast, "2026-08")

    with CaptureQueriesContext(connection) as queries:
        made = bodies(MonthClose.objects.get())

    assert len(made) == number
    assert len(queries) - 1 == 7


def test_closing_before_any_fee_is_as_it_was(cast: Cast) -> None:
    unpublished(cast)

    [closed] = close(cast, "2026-09")

    assert closed.year_month == "2026-09"
    assert not Statement.objects.exists()
