"""Where a story stands, what happens next and when its writer hears: in plain words, and without an editor's name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hearthpress.agreements.enums import AgreementState
from hearthpress.common import clock
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Manuscript
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story
from hearthpress.submissions.enums import CallKind, SubmissionState
from hearthpress.submissions.models import Submission

# States that offer a way on and ask nothing of the writer.
_NO_HURRY = frozenset({"live", "lapsed", "approved"})


@dataclass(frozen=True)
class Standing:
    """`tone` is the class of the status mark; `action_url` is "" where the writer has nothing to do."""

    label: str
    tone: str
    next: str
    when: str = ""
    action: str = ""
    action_url: str = ""

    @property
    def waits_for_writer(self) -> bool:
        return self.action_url != "" and self.tone not in _NO_HURRY


def standing(submission: Submission) -> Standing:
    """Where the submission stands now. Reads its agreement, manuscript and story: fetch them with it for lists."""
    return _BY_STATE[SubmissionState(submission.state)](submission)


def manuscript_of(submission: Submission) -> Manuscript | None:
    """The text under edit, once the agreement was signed."""
    found: Manuscript | None = getattr(submission, "manuscript", None)
    return found


def story_of(submission: Submission) -> Story | None:
    """The story, once it was published or given a time."""
    found: Story | None = getattr(manuscript_of(submission), "story", None)
    return found


def has_lapsed(submission: Submission) -> bool:
    """Whether the writer did not take the story back: its agreement was not signed in time."""
    return _has_agreement(submission, AgreementState.LAPSED)


def is_application(submission: Submission) -> bool:
    """Whether it asks to write for the magazine regularly: no agreement is made about it, and nothing published."""
    return submission.call.kind == CallKind.WRITERS


def may_take_back(submission: Submission) -> bool:
    """An application that was accepted is no story that somebody works on: there is nothing to take back."""
    is_settled = is_application(submission) and submission.state == SubmissionState.ACCEPTED
    return submission.may_become(SubmissionState.WITHDRAWN) and not is_settled


def day(at: datetime | None) -> str:
    """The date in the zone of the person who is looking; "" for a moment that never came."""
    return date_format(timezone.localtime(at), pgettext("date format", "F j, Y")) if at else ""


def moment(at: datetime | None) -> str:
    """The date and the time of day in the zone of the person who is looking; "" for a moment that never came."""
    return date_format(timezone.localtime(at), pgettext("date format", "F j, Y, P")) if at else ""


def named_day(due: date) -> str:
    """A day that is the same wherever its reader is, with its weekday."""
    return date_format(due, pgettext("date format", "l, F j, Y"))


def is_past(due: date) -> bool:
    """Whether the day has passed where the person is who is looking."""
    return due < timezone.localdate(clock.now())


def _draft(submission: Submission) -> Standing:
    return Standing(
        label=_("Draft"),
        tone="draft",
        next=_("Go on whenever you like. Nobody reads it until you send it."),
        when=_("You saved it on %(date)s.") % {"date": day(submission.saved_at)},
        action=_("Go on writing"),
        action_url=reverse("room:draft", args=[submission.key]),
    )


def _waiting(submission: Submission) -> Standing:
    by = {"date": day(submission.reply_due)}
    reading = submission.state == SubmissionState.READING
    when = _("You hear from us by %(date)s.") % by
    if submission.late:
        when = _("We promised you an answer by %(date)s, and we are late. We are sorry. It is still with us.") % by
    return Standing(
        label=_("Being read") if reading else _("Received"),
        tone="reading" if reading else "received",
        next=_("The editors are reading it.") if reading else _("It is here, and an editor will read it."),
        when=when,
    )


def _declined(submission: Submission) -> Standing:
    if is_application(submission):
        next_step = _("We are not going to ask you to write for us regularly now. Our other calls are open to you.")
    else:
        next_step = _("We are not going to publish this one. It is wholly yours, to send wherever you like.")
    return Standing(label=_("Not for us this time"), tone="declined", next=next_step)


def _revising(submission: Submission) -> Standing:
    return Standing(
        label=_("With you for changes"),
        tone="revising",
        next=_("The editors would like to read it again with some changes. Their words are with the text."),
        when=_hoped_for(submission.revise_by),
        action=_("Change the text"),
        action_url=reverse("room:draft", args=[submission.key]),
    )


def _hoped_for(by: datetime | None) -> str:
    if by is None:
        return _("There is no date by which you must.")
    if by <= clock.now():
        return _("We had hoped for it by %(date)s. Nothing is lost: you can still send it.") % {"date": day(by)}
    return _("We hope for it by %(date)s.") % {"date": day(by)}


def _lapsed(submission: Submission) -> Standing:
    return Standing(
        label=_("Left open"),
        tone="lapsed",
        next=_("We have not heard from you. It is still here: you can send the changes whenever you like."),
        action=_("Change the text"),
        action_url=reverse("room:draft", args=[submission.key]),
    )


def _withdrawn(submission: Submission) -> Standing:
    if _has_agreement(submission, AgreementState.GIVEN_BACK):
        return _given_back(submission)
    return Standing(
        label=_("Yours again"),
        tone="withdrawn",
        next=_("The agreement was not signed in time, so it lapsed. The story is wholly yours.")
        if has_lapsed(submission)
        else _("You took this back. Nobody here works on it any more.")
        if is_application(submission)
        else _("You took this story back. Nobody here works on it any more."),
    )


def _given_back(submission: Submission) -> Standing:
    fee = submission.agreement.kill_fee if submission.agreement else None
    return Standing(
        label=_("Yours again"),
        tone="withdrawn",
        next=_("We could not publish this story after all, and we are sorry. It is wholly yours."),
        when=_("As we agreed, we pay you %(fee)s for it.") % {"fee": fee} if fee and fee.minor else "",
    )


def _has_agreement(submission: Submission, state: AgreementState) -> bool:
    return submission.agreement is not None and submission.agreement.state == state


def _accepted(submission: Submission) -> Standing:
    agreement, manuscript = submission.agreement, manuscript_of(submission)
    if is_application(submission):
        return _regular_writer()
    if manuscript is None:
        return Standing(
            label=_("Accepted"),
            tone="accepted",
            next=_("We would like to publish it. Please read the agreement, and sign it or say no to it."),
            when=_("It waits for you until %(date)s.") % {"date": day(agreement.answer_by if agreement else None)},
            action=_("Read the agreement"),
            action_url=reverse("room:agreement", args=[submission.key]),
        )
    if manuscript.state == ManuscriptState.ASKED:
        return _said_yes(submission) if _has_said_yes(manuscript) else _asked(submission, manuscript.hoped_for)
    story = story_of(submission)
    return _with_editors(manuscript) if story is None else _published(story, manuscript)


def _regular_writer() -> Standing:
    return Standing(
        label=_("Accepted"),
        tone="accepted",
        next=_("We asked you to be one of our regular writers. Calls that are for our circle alone are open to you."),
    )


def _has_said_yes(manuscript: Manuscript) -> bool:
    """Whether who sent it has said yes, and it waits for those who wrote it with them."""
    yeses = manuscript.request.approvals.all() if manuscript.request is not None else []
    return any(one.person_id == manuscript.submission.writer_id for one in yeses)


def _said_yes(submission: Submission) -> Standing:
    return Standing(
        label=_("You said yes"),
        tone="approved",
        next=_("It waits for the yes of those who wrote it with you."),
        action=_("See who has answered"),
        action_url=reverse("room:approval", args=[submission.key]),
    )


def _asked(submission: Submission, due: date | None) -> Standing:
    return Standing(
        label=_("Waiting for your yes"),
        tone="wait",
        next=_("The edited text is ready for you. Nothing of it goes live until you say yes."),
        when=_answer_hoped_for(due),
        action=_("Read and approve"),
        action_url=reverse("room:approval", args=[submission.key]),
    )


def _answer_hoped_for(due: date | None) -> str:
    if due is None:
        return _("There is no hurry.")
    if is_past(due):
        return _("We had hoped for your answer by %(date)s. It is not too late.") % {"date": named_day(due)}
    return _("We hope for your answer by %(date)s. Take the time you need.") % {"date": named_day(due)}


def _with_editors(manuscript: Manuscript) -> Standing:
    if manuscript.state == ManuscriptState.APPROVED:
        return Standing(
            label=_("You said yes"),
            tone="approved",
            next=_("We choose a day for it."),
            when=_("You get a letter when it is published."),
        )
    return Standing(
        label=_("Being edited"),
        tone="reading",
        next=_("An editor is preparing the text. You see every change, and nothing goes live without your yes."),
        when=_("You get a letter when it is ready for you to read."),
    )


def _published(story: Story, manuscript: Manuscript) -> Standing:
    state = StoryState(story.state)
    if state == StoryState.RETRACTED:
        return Standing(
            label=_("Taken down"),
            tone="retracted",
            next=_("We took this story off our pages, and wrote to you why. What it has earned stays yours."),
        )
    if state == StoryState.SCHEDULED:
        opened = manuscript.state != ManuscriptState.APPROVED
        return Standing(
            label=_("Scheduled"),
            tone="scheduled",
            next=_("The text was opened again. It does not appear before you have said yes to it.")
            if opened
            else _("Everything is ready."),
            when="" if opened else _("On %(at)s it appears by itself.") % {"at": moment(story.goes_live_at)},
        )
    return Standing(
        label=_("Published"),
        tone="live",
        next=_("It is in the magazine since %(date)s.") % {"date": day(story.first_live_at)},
        action=_("See it in the magazine"),
        action_url=story.get_absolute_url(),
    )


_BY_STATE: dict[SubmissionState, Callable[[Submission], Standing]] = {
    SubmissionState.DRAFT: _draft,
    SubmissionState.RECEIVED: _waiting,
    SubmissionState.READING: _waiting,
    SubmissionState.DECLINED: _declined,
    SubmissionState.REVISING: _revising,
    SubmissionState.LAPSED: _lapsed,
    SubmissionState.ACCEPTED: _accepted,
    SubmissionState.WITHDRAWN: _withdrawn,
}
