"""Workers, editors and writers at the same moment, on connections of their own."""

from datetime import datetime, time, timedelta

import pytest

from hearthpress.common import clock
from hearthpress.common.states import SomebodyElseWon
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Approval, ApprovalReminder, ApprovalRequest, CoWriter, Manuscript
from hearthpress.editing.reminding import remind_of_approval
from hearthpress.editing.writers import answer_co_writer, name_co_writer
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from tests.factories import Cast, edited, make_cast, make_co_writer, make_manuscript
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    return manuscript


def copy_of(manuscript: Manuscript) -> Manuscript:
    return Manuscript.objects.select_related("revision", "request", "submission__writer").get(pk=manuscript.pk)


def asked_by_a_day(manuscript: Manuscript, cast: Cast) -> datetime:
    """Nine in the morning, three days before an answer is hoped for."""
    masthead = Masthead.current()
    due = clock.today(masthead.time_zone) + timedelta(days=10)
    editing.ask_for_approval(manuscript, cast.editor, due)
    return datetime.combine(due - timedelta(days=3), time(9), masthead.zone)


def test_two_workers_write_one_reminder(cast: Cast, manuscript: Manuscript) -> None:
    with clock.at(asked_by_a_day(manuscript, cast)):
        outcomes = at_once(*[remind_of_approval] * 3)

    assert sorted(outcomes) == [0, 0, 1], outcomes
    assert Letter.objects.filter(kind="editing/approval_near").count() == 1
    assert ApprovalReminder.objects.count() == 1


def test_reminder_and_yes_at_once_both_count_or_the_yes_alone(cast: Cast, manuscript: Manuscript) -> None:
    moment, own = asked_by_a_day(manuscript, cast), copy_of(manuscript)

    with clock.at(moment):
        _reminded, said = at_once(
            remind_of_approval, lambda: editing.approve(own, cast.writer, own.revision.sha256, "a session")
        )
        again = remind_of_approval()

    assert isinstance(said, Approval)
    assert again == 0
    assert Letter.objects.filter(kind="editing/approval_near").count() == ApprovalReminder.objects.count() <= 1


def test_two_editors_who_ask_at_once_ask_once(cast: Cast, manuscript: Manuscript) -> None:
    copies = [copy_of(manuscript), copy_of(manuscript)]

    outcomes = at_once(
        lambda: editing.ask_for_approval(copies[0], cast.editor, None, "First."),
        lambda: editing.ask_for_approval(copies[1], cast.other_editor, None, "Second."),
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["ApprovalRequest", "SomebodyElseWon"], outcomes
    assert copy_of(manuscript).request == ApprovalRequest.objects.get()
    assert Letter.objects.filter(kind="editing/approval_asked").count() == 1


def test_of_two_presses_of_yes_one_counts(cast: Cast, manuscript: Manuscript) -> None:
    editing.ask_for_approval(manuscript, cast.editor)
    copies = [copy_of(manuscript), copy_of(manuscript)]

    outcomes = at_once(*[lambda own=own: editing.approve(own, cast.writer, own.revision.sha256) for own in copies])

    assert sorted(type(one).__name__ for one in outcomes) == ["Approval", "SomebodyElseWon"], outcomes
    assert Approval.objects.count() == Letter.objects.filter(kind="editing/approved").count() == 1


def test_two_writers_who_say_yes_at_once_approve_the_text_once(cast: Cast, manuscript: Manuscript) -> None:
    make_co_writer(manuscript, cast.writer, cast.other_writer)
    editing.ask_for_approval(manuscript, cast.editor)
    own, others = copy_of(manuscript), copy_of(manuscript)

    outcomes = at_once(
        lambda: editing.approve(own, cast.writer, own.revision.sha256),
        lambda: editing.approve(others, cast.other_writer, others.revision.sha256),
    )

    assert [type(one).__name__ for one in outcomes] == ["Approval", "Approval"], outcomes
    assert copy_of(manuscript).state == "approved"
    assert manuscript.events.filter(new="approved").count() == 1
    assert Letter.objects.filter(kind="editing/approved").count() == 2


def test_yes_and_a_further_writer_at_once_never_leave_theirs_out(cast: Cast, manuscript: Manuscript) -> None:
    editing.ask_for_approval(manuscript, cast.editor)
    asked = name_co_writer(manuscript, cast.writer, cast.other_writer.email, "Cora")
    own = copy_of(manuscript)

    at_once(
        lambda: editing.approve(own, cast.writer, own.revision.sha256),
        lambda: answer_co_writer(CoWriter.objects.get(pk=asked.pk), cast.other_writer, says_yes=True),
    )

    now = copy_of(manuscript)
    joined = now.is_written_by(cast.other_writer)
    assert (now.state == "approved") == (not joined and len(now.approvals) == 1)


def test_yes_and_an_edit_at_once_never_leave_the_edit_approved(cast: Cast, manuscript: Manuscript) -> None:
    editing.ask_for_approval(manuscript, cast.editor)
    shown = manuscript.revision.sha256
    writers, editors = copy_of(manuscript), copy_of(manuscript)

    said, saved = at_once(
        lambda: editing.approve(writers, cast.writer, shown),
        lambda: editing.save(editors, cast.editor, edited(editors, headline="The Kettle.")),
    )

    now = copy_of(manuscript)
    assert isinstance(said, SomebodyElseWon) != isinstance(saved, SomebodyElseWon), (said, saved)
    assert (now.state == "approved") == (now.revision.sha256 == shown)
    assert not Approval.objects.exclude(sha256=shown).exists()
