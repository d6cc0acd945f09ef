"""Open, extend, close: what becomes of a call."""

from hearthpress.submissions.enums import CallState, SubmissionState
from hearthpress.submissions.models import Call


def close_full_call(call: Call) -> None:
    """Close the call when it has got as many pieces as it takes, counted since it opened.

    Runs in the sending's transaction, which holds the call.
    """
    if call.cap is None or call.state == CallState.CLOSED:
        return
    sent = call.submissions.filter(submitted_at__gte=call.opens_at)
    if sent.exclude(state__in=(SubmissionState.DRAFT, SubmissionState.WITHDRAWN)).count() >= call.cap:
        call.move(CallState.CLOSED, why="full")
