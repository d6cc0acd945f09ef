"""Prints follow the texts: taken when one is sent or shown, in that transaction. What is missing is made up for."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain
from typing import Any

from django.db import models, transaction

from hearthpress.common import clock
from hearthpress.documents.schema import Document
from hearthpress.documents.similarity import VERSION, bands, fingerprint, from_bytes, own_words, to_bytes
from hearthpress.doubles.models import Band, Print
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import hold
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.marks import Mark
from hearthpress.submissions.models import Submission

A_WEEK = timedelta(days=7)
MANY = 2  # others who sent the same text
BATCH = 100  # texts fetched together by `print_missing`

logger = logging.getLogger(__name__)


def print_submission(submission: Submission) -> None:
    """Reaction: what was sent is what later texts are compared with. One text from many is held apart."""
    taken = _of_submission(submission)
    _keep(taken)
    if _is_sent_by_many(taken):
        hold(submission, [Mark.SAME_TEXT])


def print_story(story: Story) -> None:
    """Reaction: the words that readers see may be others than those that were sent."""
    _keep(_of_story(story))


def forget_story(story: Story) -> None:
    """Reaction: a story that is gone is in the archive no more. What its writer sent keeps its own print."""
    Print.objects.filter(story=story).delete()


def print_missing() -> int:
    """Take the prints that are missing, or of an earlier version, and forget those of stories that are not live.

    Taking one is slow, keeping it is quick: so only that is a transaction, and it does nothing when the text is another
    one by then. How many were kept.
    """
    Print.objects.exclude(story=None).exclude(story__state=StoryState.LIVE).delete()
    made = chain(map(_of_submission, _each(_submissions_to_print)), map(_of_story, _each(_stories_to_print)))
    kept = sum(_keep_if_true(taken) for taken in made)
    if kept:
        logger.info("%s texts can be compared with those to come", kept)
    return kept


def _of_submission(submission: Submission) -> Print:
    return _taken(Print(submission=submission), submission.document or {"content": []})


def _of_story(story: Story) -> Print:
    return _taken(Print(story=story, edition=story.edition_id), story.shown.revision.content["document"])


def _taken(blank: Print, document: Document) -> Print:
    """The print, with the document's fingerprint. It takes some 20 ms, and 0.2 seconds at most."""
    taken = fingerprint(own_words(document))
    blank.version, blank.sha256, blank.signature = VERSION, taken.sha256, to_bytes(taken.signature)
    return blank


@transaction.atomic
def _keep(taken: Print) -> None:
    """Keep it in place of an earlier one of the same submission or story."""
    Print.objects.filter(submission=taken.submission, story=taken.story).delete()
    taken.save()
    Band.objects.bulk_create(Band(of=taken, number=number) for number in bands(from_bytes(taken.signature)))


@transaction.atomic
def _keep_if_true(taken: Print) -> bool:
    """Keep it, unless its text was sent anew, has a newer edition, or is gone. The text is held while it is kept."""
    texts: models.QuerySet[Submission] | models.QuerySet[Story]
    if taken.submission is not None:
        sent = taken.submission
        texts = Submission.objects.filter(pk=sent.pk, submitted_at=sent.submitted_at)
    else:
        texts = Story.objects.filter(edition=taken.edition, state=StoryState.LIVE)
    is_true = texts.select_for_update(no_key=True).values_list("pk", flat=True).first() is not None
    if is_true:
        _keep(taken)
    return is_true


def _is_sent_by_many(taken: Print) -> bool:
    """Whether the very same words came from at least two others within a week: a pattern, or a chain letter.

    From one other it is a double, which its editor is shown: perhaps a couple who wrote it together.
    """
    first = next(iter(bands(from_bytes(taken.signature))), None)
    if first is None or taken.submission is None:
        return False
    # By a band, which has an index; the same text has all of them in common.
    same = Print.objects.filter(
        bands__number=first, sha256=taken.sha256, submission__submitted_at__gt=clock.now() - A_WEEK
    )
    others = same.exclude(submission__writer=taken.submission.writer_id).values("submission__writer").distinct()
    return others.count() >= MANY


def _each(missing: Callable[[], models.QuerySet[Any]]) -> Iterator[Any]:
    """What is missing, in the order of the keys; each once, whatever becomes of it."""
    last = 0
    while batch := list(missing().filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk


def _submissions_to_print() -> models.QuerySet[Submission]:
    printed = Print.objects.filter(submission=models.OuterRef("pk"), version=VERSION)
    sent = Submission.objects.exclude(state=SubmissionState.DRAFT).exclude(document=None)
    return sent.filter(~models.Exists(printed))


def _stories_to_print() -> models.QuerySet[Story]:
    printed = Print.objects.filter(story=models.OuterRef("pk"), edition=models.OuterRef("edition_id"), version=VERSION)
    return Story.objects.live().filter(~models.Exists(printed)).select_related("edition__revision")
