"""Offer, give more time, sign, decline, remind, lapse, end, give back: the only ways in which an agreement changes."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hearthpress.agreements.enums import AgreementState
from hearthpress.agreements.models import Agreement, AgreementEvent, RateCard
from hearthpress.agreements.terms import terms_hash, terms_text
from hearthpress.common import clock
from hearthpress.common.reactions import Verb
from hearthpress.common.states import SomebodyElseWon
from hearthpress.mail.actions import write_letter
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person

signed = Verb("agreement signed")
given_up = Verb("agreement declined or lapsed")
given_back = Verb("agreement given back by the magazine")

REMIND_BEFORE = timedelta(days=4)


class TermsChanged(Exception):
    """The terms in the database are not those whose hash the writer was shown."""


def offer(writer: Person, title: str, card: RateCard, editor: Person) -> Agreement:
    """Write the agreement for an accepted story, its rate card frozen. Runs in the caller's transaction."""
    masthead = Masthead.current()
    rate_card = card.frozen(masthead.time_zone)
    terms = terms_text(masthead.name, title, rate_card)
    agreement = Agreement.objects.create(
        writer=writer,
        title=title,
        terms=terms,
        rate_card=rate_card,
        terms_sha256=terms_hash(terms, rate_card),
        answer_by=clock.now() + timedelta(days=masthead.days_to_sign),
    )
    AgreementEvent.objects.create(subject=agreement, old="", new=AgreementState.OFFERED, actor=editor)
    return agreement


@transaction.atomic
def give_more_time(agreement: Agreement, editor: Person, days: int) -> Letter:
    """Let the agreement wait `days` days longer (at least one), counted from now when its date is past already.

    The writer is told by letter, and is reminded before the new date as before the old one, unless that is so near
    that this letter is the reminder. Raises NotAllowed when it was answered or has lapsed, SomebodyElseWon,
    PermissionDenied, ValueError.
    """
    _require_editor(editor, agreement)
    if days < 1:
        raise ValueError(f"{days} days are no more time")
    before = agreement.answer_by
    by = max(before, clock.now()) + timedelta(days=days)
    reminded_at = None if by > clock.now() + REMIND_BEFORE else clock.now()
    agreement.move(
        AgreementState.OFFERED,
        actor=editor,
        why=f"{days} more days",
        still={"answer_by": before},
        answer_by=by,
        reminded_at=reminded_at,
    )
    writer = agreement.writer
    return write_letter("agreements/more_time", writer.email, {"agreement": agreement}, person=writer)


@transaction.atomic
def sign(agreement: Agreement, name: str, shown_sha256: str) -> None:
    """The writer's typed name under the terms with the hash they were shown. Raises TermsChanged, SomebodyElseWon."""
    if not agreement.terms_sha256 == shown_sha256 == terms_hash(agreement.terms, agreement.rate_card):
        raise TermsChanged(agreement.key)
    agreement.move(AgreementState.SIGNED, actor=agreement.writer, signed_name=name.strip(), signed_at=clock.now())
    write_letter("agreements/signed", agreement.writer.email, {"agreement": agreement}, person=agreement.writer)
    signed.happened(agreement)


@transaction.atomic
def decline(agreement: Agreement, why: str = "") -> None:
    """The writer does not want these terms: the story is theirs again at once."""
    agreement.move(AgreementState.DECLINED, actor=agreement.writer, why=why)
    given_up.happened(agreement, actor=agreement.writer)


@transaction.atomic
def end(agreement: Agreement, actor: Person | None, why: str = "") -> None:
    """A story was taken back: nothing more is earned; what was earned stays."""
    agreement.move(AgreementState.ENDED, actor=actor, why=why)


@transaction.atomic
def give_back(agreement: Agreement, editor: Person, why: str) -> Letter:
    """The magazine does not publish what it accepted: the story is its writer's again, and the kill fee is owed.

    `why` are words for the writer, who is told by letter. Raises NotAllowed for an agreement that is not signed and
    for a story that was ever live, SomebodyElseWon, PermissionDenied.
    """
    _require_editor(editor, agreement)
    agreement.move(AgreementState.GIVEN_BACK, actor=editor, why=why)
    given_back.happened(agreement, actor=editor)
    context = {"agreement": agreement, "why": why}
    return write_letter("agreements/given_back", agreement.writer.email, context, person=agreement.writer)


def remind_and_lapse() -> int:
    """Remind writers four days before the date to answer, and let agreements past it lapse. How many were touched."""
    open_ones = Agreement.objects.filter(state=AgreementState.OFFERED).select_related("writer")
    due = open_ones.filter(answer_by__lte=clock.now())
    soon = open_ones.filter(answer_by__gt=clock.now(), answer_by__lte=clock.now() + REMIND_BEFORE, reminded_at=None)
    return sum(_lapse(agreement) for agreement in due) + sum(_remind(agreement) for agreement in soon)


def _lapse(agreement: Agreement) -> int:
    try:
        with transaction.atomic():
            still = {"answer_by": agreement.answer_by}
            agreement.move(AgreementState.LAPSED, why="no answer by the date", still=still)
            write_letter("agreements/lapsed", agreement.writer.email, {"agreement": agreement}, person=agreement.writer)
            given_up.happened(agreement, actor=None)
    except SomebodyElseWon:
        return 0
    return 1


@transaction.atomic
def _remind(agreement: Agreement) -> int:
    waiting = Agreement.objects.filter(pk=agreement.pk, state=AgreementState.OFFERED, answer_by=agreement.answer_by)
    if not waiting.filter(reminded_at=None).update(reminded_at=clock.now()):
        return 0
    write_letter("agreements/reminder", agreement.writer.email, {"agreement": agreement}, person=agreement.writer)
    return 1


def _require_editor(editor: Person, agreement: Agreement) -> None:
    if not editor.has_perm("agreements.settle", agreement):
        raise PermissionDenied("The agreement for an editor's own story is settled by others.")
