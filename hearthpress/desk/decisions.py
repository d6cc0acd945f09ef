"""What is decided of a submission, what is being decided, and by whom it may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearthpress.desk.row_numbers import row_number
from hearthpress.people.models import Person
from hearthpress.submissions.enums import PENDING, UNDECIDED, CallState, DecisionKind, DecisionState
from hearthpress.submissions.models import Call, Decision, Submission
from hearthpress.submissions.veil import is_veiled

TIME_FOR_CHANGES = timedelta(days=28)  # the day that stands in a form until an editor chooses another


@dataclass(frozen=True)
class DecisionPanel:
    """What a story's page says of its decision. `obstacle` is why this editor decides nothing here, "" if they may."""

    submission: Submission
    undecided: bool
    obstacle: str
    pending: Decision | None
    kinds: list[DecisionKind]
    told: list[Decision]

    @property
    def going_out(self) -> bool:
        return self.pending is not None and self.pending.state == DecisionState.RELEASING

    @property
    def round(self) -> str:
        return round_in_words(self.told)


def decision_panel(submission: Submission, editor: Person) -> DecisionPanel:
    """For this editor: before their own vote is in, an anonymous reading hears nothing of what others decide."""
    veiled = is_veiled(editor, submission)
    return DecisionPanel(
        submission=submission,
        undecided=submission.state in UNDECIDED,
        obstacle=obstacle(submission, editor),
        pending=None if veiled else pending_decision(submission),
        kinds=decision_kinds(submission),
        told=[] if veiled else told_decisions(submission),
    )


def pending_decision(submission: Submission) -> Decision | None:
    """The decision that is prepared or going out, with the submission as it was fetched."""
    found = submission.decisions.filter(state__in=PENDING).select_related("prepared_by", "to_call").first()
    if found is not None:
        found.submission = submission
    return found


def told_decisions(submission: Submission) -> list[Decision]:
    """What the writer was told, the oldest first."""
    told = submission.decisions.filter(state=DecisionState.RELEASED).select_related("prepared_by", "to_call")
    return list(told.order_by("pk"))


def decision_shown(submission: Submission, number: str) -> Decision:
    """The decision that the page was showing when its form was sent. Raises Http404."""
    found = submission.decisions.filter(pk=row_number(number) or 0).first()
    if found is None:
        raise Http404
    found.submission = submission
    return found


def decision_kinds(submission: Submission) -> list[DecisionKind]:
    """What may be decided of it: passing it on needs another call."""
    elsewhere = calls_to_pass_to(submission).exists()
    return [kind for kind in DecisionKind if elsewhere or kind != DecisionKind.PASS]


def calls_to_pass_to(submission: Submission) -> models.QuerySet[Call]:
    """The calls of the same kind that readers have heard of, but for its own.

    A story that its writer trusted to an anonymous reading goes to no other: the name would be seen at once.
    """
    return calls_to_pass_any_to([submission.call]).exclude(pk=submission.call_id)


def calls_to_pass_any_to(calls: Iterable[Call]) -> models.QuerySet[Call]:
    """The calls to which stories of these calls may be passed; none when they are of different kinds."""
    kinds, anonymous = {call.kind for call in calls}, any(call.anonymous for call in calls)
    others = Call.objects.filter(kind__in=kinds if len(kinds) == 1 else [], circle_only=False)
    others = others.filter(anonymous=True) if anonymous else others
    return others.exclude(state=CallState.DRAFT).select_related("rate_card")


def obstacle(submission: Submission, editor: Person) -> str:
    """Why this editor may not decide about it, as a sentence; "" when they may."""
    if editor.has_perm("submissions.decide", submission):
        return ""
    if is_veiled(editor, submission):
        return _("You read this story without its writer’s name. Leave your own reading first; then you can decide.")
    return _("You have said that others should judge this story. One of them decides about it.")


def touches_loss(submission: Submission) -> bool:
    """Whether a decision about it carries a line that is for its writer alone."""
    return submission.subjects.filter(of_loss=True).exists()


def round_in_words(told: list[Decision]) -> str:
    """Which time it lies before us; "" for the first."""
    number = 1 + sum(decision.kind == DecisionKind.REVISE for decision in told)
    if number == 1:
        return ""
    words = {2: _("second round"), 3: _("third round")}
    return words.get(number) or _("round %(number)d") % {"number": number}


def letters_in_words(kind: str, number: int) -> str:
    """So many letters with a decision of this kind, as a heading."""
    words = {
        DecisionKind.ACCEPT: ngettext("A letter that says yes", "%(number)d letters that say yes", number),
        DecisionKind.DECLINE: ngettext("A letter that says no", "%(number)d letters that say no", number),
        DecisionKind.REVISE: ngettext(
            "A letter that asks for changes", "%(number)d letters that ask for changes", number
        ),
        DecisionKind.PASS: ngettext("A move to another call", "%(number)d moves to another call", number),
    }
    return words[DecisionKind(kind)] % {"number": number}


def kind_in_words(kind: str) -> str:
    """What a decision of this kind is to its writer, as it stands in a sentence."""
    words = {
        DecisionKind.ACCEPT: _("a yes"),
        DecisionKind.DECLINE: _("a no"),
        DecisionKind.REVISE: _("a request for changes"),
        DecisionKind.PASS: _("a move to another call"),
    }
    return words[DecisionKind(kind)]
