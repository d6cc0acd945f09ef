"""What the editors told the writer of one piece: decisions, once they were told, and their words; never by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hearthpress.agreements.enums import AgreementState
from hearthpress.submissions.enums import DecisionState
from hearthpress.submissions.models import Decision, DecisionEvent, Submission


@dataclass(frozen=True)
class Words:
    """As they stood in the letter."""

    at: datetime
    text: str


def decisions_told(submission: Submission) -> list[tuple[datetime, Decision]]:
    """When each decision was told. One that is prepared, or may still be undone, is none of them."""
    told = DecisionEvent.objects.filter(subject__submission=submission, new=DecisionState.RELEASED)
    return [(event.at, event.subject) for event in told.select_related("subject__to_call")]


def words_told(submission: Submission, decisions: list[tuple[datetime, Decision]]) -> list[Words]:
    """What the editors wrote with their decisions (`decisions_told`), and why they gave a story back; newest first."""
    said = [Words(at, decision.letter_words) for at, decision in decisions]
    return sorted([*said, *_given_back(submission)], key=lambda words: words.at, reverse=True)


def _given_back(submission: Submission) -> Iterator[Words]:
    agreement = submission.agreement
    if agreement is not None and agreement.state == AgreementState.GIVEN_BACK:
        for event in agreement.events.filter(new=AgreementState.GIVEN_BACK):
            yield Words(event.at, event.why)
