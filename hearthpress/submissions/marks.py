"""What makes a submission look like the work of a machine, or like one of a flood.

A mark is a reason to look first, never a judgement: what is marked is held apart from the queue, whole, with its
receipt sent and its promise running, until an editor lets it in. A writer whom the magazine knows is never marked.
The limits are ours: far above what one person does who sends true stories.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.documents.plain import plain_text
from hearthpress.documents.schema import Document
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import CircleMember, Submission

A_DAY = timedelta(days=1)
MOST_A_DAY = 5
AN_HOUR = timedelta(hours=1)
FLOOD = 60  # pieces to one call within an hour; a call of 1,200 a month gets two
MOST_LINKS = 5
WORDS_A_LINK = 100
LEAST_LETTERS = 0.5


class Mark(models.TextChoices):
    MANY = "many", _("one of many that its writer sent within a day")
    FLOOD = "flood", _("came with a flood, from somebody new")
    LINKS = "links", _("holds more links than a story does")
    NOT_WORDS = "not_words", _("is mostly not words")
    SAME_TEXT = "same_text", _("somebody else sent the same text")


def marks_of(submission: Submission, document: Document) -> list[Mark]:
    """The marks of a piece that is just being sent, in the order of their declaration."""
    if _is_known(submission):
        return []
    found = {
        Mark.MANY: _sent_since(A_DAY).filter(writer=submission.writer_id).count() >= MOST_A_DAY,
        Mark.FLOOD: _comes_with_a_flood(submission),
        Mark.LINKS: _has_too_many_links(document),
        Mark.NOT_WORDS: _is_mostly_not_words(plain_text(document)),
    }
    return [mark for mark, is_so in found.items() if is_so]


def _is_known(submission: Submission) -> bool:
    """The magazine has read them with pleasure before, or has asked them for changes."""
    of_writer = Q(writer=submission.writer_id)
    welcome = Q(state=SubmissionState.ACCEPTED) | Q(decisions__kind="revise", decisions__state="released")
    accepted = Submission.objects.filter(of_writer & welcome).exists()
    return accepted or CircleMember.objects.filter(person=submission.writer_id, ended_at=None).exists()


def _sent_since(ago: timedelta) -> models.QuerySet[Submission]:
    return Submission.objects.filter(submitted_at__gte=clock.now() - ago)


def _comes_with_a_flood(submission: Submission) -> bool:
    """Only from somebody who is new today: a call that was on television brings many, and its writers are people."""
    if submission.writer.joined_at < clock.now() - A_DAY:
        return False
    return _sent_since(AN_HOUR).filter(call=submission.call_id).count() >= FLOOD


def _has_too_many_links(document: Document) -> bool:
    links = sum(_links(block) for block in document["content"])
    return links > MOST_LINKS and links * WORDS_A_LINK > len(plain_text(document).split())


def _links(node: Document) -> int:
    here: int = sum(mark["type"] == "link" for mark in node.get("marks", ()))
    return here + sum(_links(child) for child in node.get("content", ()))


def _is_mostly_not_words(text: str) -> bool:
    """Letters of any script count, and so do the marks that some scripts write their vowels with."""
    shown = "".join(text.split())
    return (
        bool(shown) and sum(letter.isalpha() or not letter.isascii() for letter in shown) / len(shown) < LEAST_LETTERS
    )
