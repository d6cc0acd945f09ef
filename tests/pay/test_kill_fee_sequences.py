"""Whatever happens to two accepted stories in whatever order: a kill fee is paid once at most, and when it is owed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hearthpress.agreements.actions import give_back
from hearthpress.agreements.models import Agreement
from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.editing.models import Manuscript
from hearthpress.ledger.models import Transfer
from hearthpress.pay.accounts import kill_fee_key
from hearthpress.pay.actions import close_month
from hearthpress.pay.models import KillFee, Statement
from hearthpress.pay.months import Month
from hearthpress.pay.statements import recompute
from hearthpress.pay.verify import verify_books
from hearthpress.stories.actions import appear_due_stories, publish
from hearthpress.stories.gate import CannotPublish, NotApproved
from hearthpress.submissions.actions import withdraw
from hearthpress.submissions.models import Submission
from tests.factories import make_cast
from tests.pay.world import BOTH, LIVE, unpublished

# What somebody hears who may not do this now, or came second.
TOLD = (Sentence, NotApproved, CannotPublish)
MONTHS = 4  # closed by a sequence at most, from August on
A_WHILE = timedelta(days=5)


@dataclass
class Piece:
    """One accepted story: copies of its rows from before anything happened, and what should be true of it."""

    text: Manuscript
    agreement: Agreement
    bound: bool = True
    scheduled: bool = False
    was_live: bool = False
    fee_owed: bool = False


class Desk:
    """A magazine with two accepted stories, and a clock that only goes on."""

    def __init__(self, fee: int, currency: str) -> None:
        self.cast, self.now, self.month = make_cast(), LIVE, Month(2026, 8)
        writers = {"The Moth": self.cast.writer, "The Owl": self.cast.other_writer}
        texts = [unpublished(self.cast, writers[t], t, kill_fee=fee, currency=currency) for t in writers]
        self.pieces = [Piece(text, self._agreement(text)) for text in texts]

    def act(self, verb: str, number: int, stale: bool) -> None:
        """Press the button on a page that was read now, or long ago."""
        piece = self.pieces[number]
        text, agreement = piece.text, piece.agreement
        if not stale:
            agreement = self._agreement(text)
            kept = Manuscript.objects.select_related("submission__writer", "submission__agreement", "revision")
            text = kept.get(pk=text.pk)
        with clock.at(self.now), suppress(*TOLD):
            VERBS[verb](self, text, agreement)
        EXPECTED[verb](self, piece)

    def close(self) -> None:
        over = self.month.over_at({"America/New_York"})
        self.now = max(self.now, over)
        with clock.at(self.now):
            close_month(str(self.month), self.cast.bookkeeper)
        self.month = self.month.next

    def wait(self) -> None:
        self.now += A_WHILE
        with clock.at(self.now):
            appear_due_stories()

    def _agreement(self, text: Manuscript) -> Agreement:
        return Agreement.objects.select_related("writer").get(submission__manuscript=text)


def withdraw_now(desk: Desk, text: Manuscript, _agreement: Agreement) -> None:
    withdraw(Submission.objects.select_related("writer", "agreement").get(manuscript=text), text.submission.writer)


VERBS: dict[str, Callable[[Desk, Manuscript, Agreement], object]] = {
    "publish": lambda desk, text, _: publish(text, desk.cast.editor),
    "schedule": lambda desk, text, _: publish(text, desk.cast.editor, desk.now + timedelta(days=3)),
    "give back": lambda desk, _, agreement: give_back(agreement, desk.cast.editor, "Why."),
    "withdraw": withdraw_now,
    "close": lambda desk, _text, _agreement: desk.close() if desk.month.number < 8 + MONTHS else None,
    "wait": lambda desk, _text, _agreement: desk.wait(),
}


def published(_desk: Desk, piece: Piece) -> None:
    piece.was_live = piece.was_live or piece.bound


def scheduled(_desk: Desk, piece: Piece) -> None:
    piece.scheduled = piece.scheduled or piece.bound


def given_back(_desk: Desk, piece: Piece) -> None:
    if piece.bound and not piece.was_live:
        piece.bound, piece.fee_owed = False, True


def withdrawn(_desk: Desk, piece: Piece) -> None:
    piece.bound = False


def waited(desk: Desk, _piece: Piece) -> None:
    for piece in desk.pieces:
        piece.was_live = piece.was_live or (piece.bound and piece.scheduled)


EXPECTED: dict[str, Callable[[Desk, Piece], None]] = {
    "publish": published,
    "schedule": scheduled,
    "give back": given_back,
    "withdraw": withdrawn,
    "close": lambda _desk, _piece: None,
    "wait": waited,
}
STEPS = st.tuples(st.sampled_from([*VERBS, "give back", "close"]), st.integers(0, 1), st.booleans())


class KillFeeSequenceTest(TestCase):
    databases = set(BOTH)

    @settings(max_examples=60)
    @given(st.lists(STEPS, max_size=12), st.sampled_from([0, 1, 2500]), st.sampled_from(["USD", "JPY"]))
    def test_a_kill_fee_is_paid_once_and_exactly_when_it_is_owed(
        self, steps: list[tuple[str, int, bool]], fee: int, currency: str
    ) -> None:
        desk = Desk(fee, currency)

        for step in steps:
            desk.act(*step)
            self._check(desk, fee)
        desk.close()

        self._check(desk, fee)
        self._check_told(desk, fee, currency)

    def _check(self, desk: Desk, fee: int) -> None:
        owed = {piece.agreement.key: fee for piece in desk.pieces if piece.fee_owed and fee}
        assert {row.agreement.key: row.amount for row in KillFee.objects.select_related("agreement")} == owed
        moved = Transfer.objects.filter(key__startswith=kill_fee_key(""))
        assert {row.key: row.amount for row in moved} == {kill_fee_key(key): amount for key, amount in owed.items()}

    def _check_told(self, desk: Desk, fee: int, currency: str) -> None:
        """Each fee is a line of one statement, every statement is what the evidence gives, and the books balance."""
        sent = list(Statement.objects.filter(currency=currency))
        lines: list[Any] = [line for row in sent for line in row.content.get("kill_fees", [])]
        owed = sorted(piece.agreement.key for piece in desk.pieces if piece.fee_owed and fee)
        assert sorted(line["agreement"] for line in lines) == owed
        assert verify_books() == []
        assert all(recompute(row) == bytes(row.body) for row in sent)
        assert all(datetime.fromisoformat(line["at"]) <= desk.now for line in lines)
