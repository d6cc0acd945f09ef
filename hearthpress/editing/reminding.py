"""Two letters at most to each writer about a request for a yes: when its day is near, and when it has passed."""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from hearthpress.common import clock
from hearthpress.editing.enums import ManuscriptState, Reminding
from hearthpress.editing.models import Approval, ApprovalReminder, ApprovalRequest, CoWriter, Manuscript
from hearthpress.mail.actions import write_letter
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person

NEAR = timedelta(days=3)
MORNING = time(8)  # where the magazine is: nobody is reminded at midnight
AT_ONCE = 500

_LETTERS = {Reminding.NEAR: "editing/approval_near", Reminding.PAST: "editing/approval_past"}


def remind_of_approval() -> int:
    """Remind writers who have not answered, once before the day that was named and once after it. How many letters.

    What was missed while no worker ran is not made up for: of a day that has passed only the second letter is written.
    """
    today = _this_morning()
    near = _unreminded(Reminding.NEAR, request__due__gte=today, request__due__lte=today + NEAR)
    past = _unreminded(Reminding.PAST, request__due__lt=today)
    return sum(_remind(*one, Reminding.NEAR) for one in near) + sum(_remind(*one, Reminding.PAST) for one in past)


def count_as_reminder(request: ApprovalRequest, writer: Person, letter: Letter) -> None:
    """The letter that asks is the first reminder too, where the day is as near as that already."""
    if request.due is not None and request.due <= clock.today(Masthead.current().time_zone) + NEAR:
        ApprovalReminder.objects.create(request=request, person=writer, kind=Reminding.NEAR, letter=letter)


def _this_morning() -> date:
    """The day where the magazine is, which begins at eight."""
    there: datetime = clock.now().astimezone(Masthead.current().zone)
    return there.date() if there.time() >= MORNING else there.date() - timedelta(days=1)


def _unreminded(kind: Reminding, **due: date) -> list[tuple[Manuscript, Person]]:
    """Each writer who has neither answered nor been reminded, with the text that waits for them."""
    asked = Manuscript.objects.filter(state=ManuscriptState.ASKED, **due)
    asked = asked.filter(story__ended_at=None)  # a story that was taken down needs no answer
    asked = asked.select_related("request__asked_by", "submission__writer")
    senders = asked.exclude(_told_or_answered(kind, "request", "submission__writer")).order_by("pk")[:AT_ONCE]
    joined = CoWriter.objects.filter(manuscript__in=asked, answer__says_yes=True, left=None)
    others = joined.exclude(_told_or_answered(kind, "manuscript__request", "answer__person"))
    others = others.select_related("manuscript__request__asked_by", "manuscript__submission", "answer__person")
    pairs = [(one.manuscript, one.answer.person) for one in others[:AT_ONCE]]
    return [*((one, one.submission.writer) for one in senders), *pairs]


def _told_or_answered(kind: Reminding, request: str, person: str) -> Q:
    """Whether this person (both are columns) has a letter of this kind about the request already, or has said yes."""
    about = {"request": OuterRef(request), "person": OuterRef(person)}
    told = ApprovalReminder.objects.filter(kind=kind, **about)
    return Q(Exists(told)) | Q(Exists(Approval.objects.filter(**about)))


def _remind(manuscript: Manuscript, writer: Person, kind: Reminding) -> int:
    """The letter and its row, unless the writer has answered meanwhile or another worker was faster."""
    asked = manuscript.request
    if asked is None:
        return 0
    try:
        with transaction.atomic():
            if not _still_asked(manuscript, writer):
                return 0
            letter = _letter(manuscript, writer, kind)
            ApprovalReminder.objects.create(request=asked, person=writer, kind=kind, letter=letter)
    except IntegrityError:  # another worker wrote it in the same moment
        return 0
    return 1


def _still_asked(manuscript: Manuscript, writer: Person) -> bool:
    """Nobody can answer or change the text before this transaction has ended."""
    asked = Manuscript.objects.filter(pk=manuscript.pk, state=ManuscriptState.ASKED, request=manuscript.request)
    held = list(asked.select_for_update(no_key=True).values_list("pk"))
    return bool(held) and not Approval.objects.filter(request=manuscript.request, person=writer).exists()


def _letter(manuscript: Manuscript, writer: Person, kind: Reminding) -> Letter:
    context = {"submission": manuscript.submission, "asked": manuscript.request}
    return write_letter(_LETTERS[kind], writer.email, context, person=writer)
