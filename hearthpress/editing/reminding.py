"""Two letters at most about a request for a yes: one when its day is near, one when it has passed without an answer."""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from hearthpress.common import clock
from hearthpress.editing.enums import ManuscriptState, Reminding
from hearthpress.editing.models import ApprovalReminder, ApprovalRequest, Manuscript
from hearthpress.mail.actions import write_letter
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead

NEAR = timedelta(days=3)
MORNING = time(8)  # where the magazine is: nobody is reminded at midnight
AT_ONCE = 500

_LETTERS = {Reminding.NEAR: "editing/approval_near", Reminding.PAST: "editing/approval_past"}


def remind_of_approval() -> int:
    """Remind writers who have not answered, once before the day that was named and once after it. How many.

    What was missed while no worker ran is not made up for: of a day that has passed only the second letter is written.
    """
    today = _this_morning()
    near = _unreminded(Reminding.NEAR, request__due__gte=today, request__due__lte=today + NEAR)
    past = _unreminded(Reminding.PAST, request__due__lt=today)
    return sum(_remind(one, Reminding.NEAR) for one in near) + sum(_remind(one, Reminding.PAST) for one in past)


def count_as_reminder(request: ApprovalRequest, letter: Letter) -> None:
    """The letter that asks is the first reminder too, where the day is as near as that already."""
    if request.due is not None and request.due <= clock.today(Masthead.current().time_zone) + NEAR:
        ApprovalReminder.objects.create(request=request, kind=Reminding.NEAR, letter=letter)


def _this_morning() -> date:
    """The day where the magazine is, which begins at eight."""
    there: datetime = clock.now().astimezone(Masthead.current().zone)
    return there.date() if there.time() >= MORNING else there.date() - timedelta(days=1)


def _unreminded(kind: Reminding, **due: date) -> QuerySet[Manuscript]:
    reminded = ApprovalReminder.objects.filter(request=OuterRef("request"), kind=kind)
    asked = Manuscript.objects.filter(state=ManuscriptState.ASKED, **due).exclude(Exists(reminded))
    asked = asked.filter(story__ended_at=None)  # a story that was taken down needs no answer
    return asked.select_related("request__asked_by", "submission__writer").order_by("pk")[:AT_ONCE]


def _remind(manuscript: Manuscript, kind: Reminding) -> int:
    """The letter and its row, unless the writer has answered meanwhile or another worker was faster."""
    asked = manuscript.request
    if asked is None:
        return 0
    try:
        with transaction.atomic():
            if not _still_asked(manuscript):
                return 0
            ApprovalReminder.objects.create(request=asked, kind=kind, letter=_letter(manuscript, kind))
    except IntegrityError:  # another worker wrote it in the same moment
        return 0
    return 1


def _still_asked(manuscript: Manuscript) -> bool:
    """Nobody can answer or change the text before this transaction has ended."""
    asked = Manuscript.objects.filter(pk=manuscript.pk, state=ManuscriptState.ASKED, request=manuscript.request)
    return bool(list(asked.select_for_update(no_key=True).values_list("pk")))


def _letter(manuscript: Manuscript, kind: Reminding) -> Letter:
    writer = manuscript.submission.writer
    context = {"submission": manuscript.submission, "asked": manuscript.request}
    return write_letter(_LETTERS[kind], writer.email, context, person=writer)
