"""A stale copy never wins: the state and the text are those that this person saw, or nothing happens."""

import pytest

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Approval, Manuscript, Revision
from hearthpress.submissions import actions as submissions
from tests.factories import Cast, edited, make_manuscript

pytestmark = pytest.mark.django_db


def copy_of(manuscript: Manuscript) -> Manuscript:
    related = ("revision", "submission__writer", "submission__agreement")
    return Manuscript.objects.select_related(*related).get(pk=manuscript.pk)


def test_a_save_from_before_the_approval_does_not_leave_an_unapproved_text_approved(cast: Cast) -> None:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    stale = copy_of(manuscript)
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, cast.writer, manuscript.revision.sha256)

    with pytest.raises(SomebodyElseWon):
        editing.save(stale, cast.other_editor, edited(stale, headline="Another Kettle"))

    now = copy_of(manuscript)
    assert (now.state, now.approval is not None) == ("approved", True)


def test_a_save_after_the_story_was_taken_back_keeps_nothing(cast: Cast) -> None:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    stale = copy_of(manuscript)
    submissions.withdraw(manuscript.submission, cast.writer)

    with pytest.raises((SomebodyElseWon, NotAllowed)):
        editing.save(stale, cast.editor, edited(stale, headline="Another Kettle"))

    assert Revision.objects.filter(manuscript=manuscript).count() == 1


def test_a_saved_change_opens_an_approved_text_again(cast: Cast) -> None:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, cast.writer, manuscript.revision.sha256)

    editing.save(manuscript, cast.editor, edited(manuscript, headline="Another Kettle"))

    assert copy_of(manuscript).state == "editing"
    assert not Approval.objects.filter(revision=manuscript.revision).exists()


def test_a_yes_under_way_while_the_text_is_changed_and_asked_about_anew_approves_nothing(cast: Cast) -> None:
    """The writer's copy still has the old version, whose hash they were shown; the state is the same again."""
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    editing.ask_for_approval(manuscript, cast.editor)
    writers = copy_of(manuscript)
    editing.save(manuscript, cast.editor, edited(manuscript, headline="Another Kettle"))
    editing.ask_for_approval(manuscript, cast.editor)

    with pytest.raises(SomebodyElseWon):
        editing.approve(writers, cast.writer, writers.revision.sha256)

    assert copy_of(manuscript).state == "asked"
    assert not Approval.objects.exists()
