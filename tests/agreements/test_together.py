"""Taking a story back while its agreement is declined or lapses: no deadlock, and nothing half done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connections

from hearthpress.agreements import actions as agreements
from hearthpress.agreements.enums import AgreementState
from hearthpress.agreements.models import Agreement
from hearthpress.common import clock
from hearthpress.common.states import SomebodyElseWon
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission
from tests.factories import Cast, make_accepted, make_cast
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
# How long the slower of two waits for the other to have changed its first row, where it can.
MEET = 1.0


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def accepted(cast: Cast) -> Submission:
    return make_accepted(cast.writer, cast.editor, cast.call)


@contextmanager
def pausing_after_first_change(meeting: Barrier) -> Iterator[None]:
    """Once the first row is changed, wait for the other, so that each holds a row that the other wants next."""
    waited = False

    def run(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal waited
        result = execute(sql, *rest)
        if sql.startswith("UPDATE") and not waited:
            waited = True
            with suppress(BrokenBarrierError):
                meeting.wait(MEET)
        return result

    with connections["default"].execute_wrapper(run):
        yield


def slowly(meeting: Barrier, act: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        with pausing_after_first_change(meeting):
            return act()

    return run


def lapse() -> int:
    with clock.at(clock.now() + timedelta(days=60)):
        return agreements.remind_and_lapse()


@pytest.mark.parametrize("ending", ["decline", "lapse"])
def test_taking_back_and_an_agreement_that_ends_at_once_do_not_block_each_other(
    accepted: Submission, ending: str
) -> None:
    submission = Submission.objects.select_related("agreement", "writer").get(pk=accepted.pk)
    offered = Agreement.objects.select_related("writer").get(pk=accepted.agreement_id)
    end = lapse if ending == "lapse" else lambda: agreements.decline(offered)
    meeting = Barrier(2)

    outcomes = at_once(
        slowly(meeting, lambda: submissions.withdraw(submission, submission.writer)), slowly(meeting, end)
    )

    failed = [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
    assert failed in ([], [SomebodyElseWon]), outcomes
    assert Submission.objects.get(pk=accepted.pk).state == SubmissionState.WITHDRAWN
    assert Agreement.objects.get(pk=offered.pk).state in {AgreementState.DECLINED, AgreementState.LAPSED}
