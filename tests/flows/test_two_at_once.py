"""The core of the journey under two real connections at once, each acting on what it read before the other acted."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest

from hearthpress.agreements import actions as agreements
from hearthpress.agreements.models import Agreement
from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.common.states import SomebodyElseWon
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Approval, Manuscript
from hearthpress.mail.models import Letter
from hearthpress.pay.actions import close_month
from hearthpress.pay.models import MonthClose
from hearthpress.people.models import Person
from hearthpress.stories import actions as stories
from hearthpress.stories.gate import CannotPublish, NotApproved
from hearthpress.stories.models import Edition, Story
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.models import Decision, Submission
from tests.factories import (
    Cast,
    edited,
    make_accepted,
    make_approved,
    make_cast,
    make_draft,
    make_manuscript,
    make_story,
    make_submission,
)
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "views"])
# Who comes second is told so; a stale approval of a text that was published or changed is one of these too.
TOLD = (Sentence, NotApproved, CannotPublish)
OVER = datetime(2026, 9, 1, 6, tzinfo=UTC)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def one_wins(*acts: Callable[[], Any]) -> None:
    outcomes = at_once(*acts)
    told = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(error, TOLD) for error in told), outcomes
    assert len(told) == len(acts) - 1, outcomes


def copies(row: Any, number: int = 2) -> list[Any]:
    """The row as each of several people read it."""
    related = {Submission: ("call", "writer"), Decision: ("submission__call", "submission__writer")}
    related |= {Manuscript: ("revision", "submission__writer", "submission__agreement")}
    found = type(row).objects.select_related(*related.get(type(row), ()))
    return [found.get(pk=row.pk) for _ in range(number)]


def fresh(*people: Person) -> list[Person]:
    """The people as rows of their own, with their roles read: nothing is shared between the threads."""
    found = [Person.objects.get(pk=person.pk) for person in people]
    for person in found:
        assert person.roles is not None
    return found


def letters(kind: str) -> int:
    return Letter.objects.filter(kind=kind).count()


def test_a_double_click_on_send_sends_once(cast: Cast) -> None:
    first, second = copies(make_draft(cast.writer, cast.call))

    one_wins(lambda: submissions.send(first), lambda: submissions.send(second))

    assert letters("submissions/receipt") == 1


def test_of_two_editors_who_release_one_wins(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    first, second = copies(submissions.prepare_decision(submission, cast.editor, "accept", "Yes."))
    editor, other = fresh(cast.editor, cast.other_editor)

    one_wins(lambda: submissions.release(first, editor), lambda: submissions.release(second, other))
    with later():
        submissions.tell_due()

    assert letters("submissions/accept") == Agreement.objects.count() == 1


def test_a_release_and_a_withdrawal_at_once_end_in_the_withdrawal(cast: Cast) -> None:
    submission, decision, editor = going_out(cast, release=False)
    (stale,) = copies(submission, 1)

    released, taken_back = at_once(
        lambda: submissions.release(decision, editor), lambda: submissions.withdraw(stale, stale.writer)
    )
    with later():
        submissions.tell_due()

    assert (submission.events.latest("id").new, taken_back) == ("withdrawn", None)
    assert released is None or isinstance(released, TOLD)
    assert (letters("submissions/decline"), letters("submissions/withdrawn")) == (0, 1)


def test_a_telling_and_a_withdrawal_at_once_leave_one_truth(cast: Cast) -> None:
    submission, decision, _ = going_out(cast)
    (stale,) = copies(submission, 1)

    with later():
        one_wins(lambda: submissions.tell(decision), lambda: submissions.withdraw(stale, stale.writer))

    submission.refresh_from_db()
    assert submission.state in {"declined", "withdrawn"}
    assert submission.events.latest("id").new == submission.state
    assert letters("submissions/decline") + letters("submissions/withdrawn") == 1


def test_a_telling_and_an_undoing_at_once_leave_one_truth(cast: Cast) -> None:
    submission, decision, editor = going_out(cast)
    (mine,) = copies(decision, 1)

    with later():
        one_wins(lambda: submissions.tell(decision), lambda: submissions.undo_release(mine, editor))

    submission.refresh_from_db()
    decision.refresh_from_db()
    assert (decision.state, submission.state) in {("released", "declined"), ("prepared", "received")}
    assert letters("submissions/decline") == (1 if decision.state == "released" else 0)


def going_out(cast: Cast, *, release: bool = True) -> tuple[Submission, Decision, Person]:
    """A story, the decision about it that is (or is to be) released, and the editor."""
    submission = make_submission(cast.writer, cast.call)
    prepared = submissions.prepare_decision(submission, cast.editor, "decline", "No.")
    if release:
        submissions.release(prepared, cast.editor)
    return submission, *copies(prepared, 1), *fresh(cast.editor)


def later() -> AbstractContextManager[None]:
    """When the time for undoing is over."""
    return clock.at(clock.now() + submissions.UNDO_WINDOW)


def test_an_agreement_is_signed_or_declined_and_never_both(cast: Cast) -> None:
    agreement = make_accepted(cast.writer, cast.editor, cast.call).agreement
    first, second = copies(agreement)

    one_wins(
        lambda: agreements.sign(first, "Wilma Writer", first.terms_sha256), lambda: agreements.decline(second, "No.")
    )

    agreement.refresh_from_db()
    assert Manuscript.objects.count() == (1 if agreement.state == "signed" else 0)


def test_an_approval_and_a_change_at_once_never_leave_a_changed_text_approved(cast: Cast) -> None:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    editing.ask_for_approval(manuscript, cast.editor)
    mine, theirs = copies(manuscript)
    value = edited(manuscript, headline="Another Kettle")
    (editor,) = fresh(cast.editor)

    outcomes = at_once(
        lambda: editing.approve(mine, mine.submission.writer, mine.revision.sha256),
        lambda: editing.save(theirs, editor, value),
    )

    assert all(isinstance(one, (Approval, SomebodyElseWon)) or one.number == 3 for one in outcomes), outcomes
    manuscript.refresh_from_db()
    approved = Approval.objects.filter(revision=manuscript.revision).exists()
    assert (manuscript.state == "approved") == approved


def test_of_two_editors_who_publish_one_wins(cast: Cast) -> None:
    first, second = copies(make_approved(cast.writer, cast.editor, cast.call))
    editor, other = fresh(cast.editor, cast.other_editor)

    outcomes = at_once(lambda: stories.publish(first, editor), lambda: stories.publish(second, other))

    assert (Story.objects.live().count(), Edition.objects.count()) == (1, 1), outcomes
    assert letters("stories/published") == 1
    assert all(isinstance(one, (Story, *TOLD)) for one in outcomes), outcomes


def test_a_publication_and_a_withdrawal_at_once_never_leave_a_story_that_was_taken_back(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    (mine,) = copies(manuscript, 1)
    (stale,) = copies(manuscript.submission, 1)
    (editor,) = fresh(cast.editor)

    outcomes = at_once(lambda: stories.publish(mine, editor), lambda: submissions.withdraw(stale, stale.writer))

    stale.refresh_from_db()
    if stale.state == "withdrawn":
        assert not Story.objects.live().exists(), outcomes


def test_of_two_bookkeepers_who_close_a_month_one_wins(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call, at=datetime(2026, 8, 20, 16, tzinfo=UTC))
    bookkeeper, owner = fresh(cast.bookkeeper, cast.owner)

    with clock.at(OVER):
        one_wins(lambda: close_month("2026-08", bookkeeper), lambda: close_month("2026-08", owner))

    assert MonthClose.objects.count() == 1
