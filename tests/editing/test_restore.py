"""An older version stands again as a new one: through the same checks as a save, and without the yes it once had."""

import pytest
from django.core.exceptions import PermissionDenied

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing import actions as editing
from hearthpress.editing.actions import TextChanged
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Approval, Manuscript, Revision
from hearthpress.editing.verify import verify_texts
from hearthpress.stories.actions import NotApproved, publish
from hearthpress.submissions import actions as submissions
from tests.factories import Cast, edited, make_approved, make_manuscript
from tests.together import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    """Three versions: the writer's own, one that the writer approved, and a newer one."""
    manuscript = make_approved(cast.writer, cast.editor, cast.call, {"headline": "She Rang"})
    editing.save(manuscript, cast.editor, edited(manuscript, headline="A Newer Headline"))
    return manuscript


def version(manuscript: Manuscript, number: int) -> Revision:
    return manuscript.revisions.get(number=number)


def fresh(manuscript: Manuscript) -> Manuscript:
    related = ("revision", "submission__writer", "submission__agreement")
    return Manuscript.objects.select_related(*related).get(pk=manuscript.pk)


def test_the_restored_version_is_a_new_one_with_the_same_bytes(cast: Cast, manuscript: Manuscript) -> None:
    older = version(manuscript, 2)

    new = editing.restore(manuscript, cast.other_editor, older, manuscript.revision.sha256)

    assert (new.number, new.made_by, new.why) == (4, cast.other_editor, "Version 2 restored")
    assert bytes(new.body) == bytes(older.body)
    assert fresh(manuscript).revision == new
    assert list(verify_texts()) == []


def test_the_editors_own_words_stand_with_it(cast: Cast, manuscript: Manuscript) -> None:
    older, newest = version(manuscript, 1), manuscript.revision

    assert (
        editing.restore(manuscript, cast.editor, older, newest.sha256, "Too much was cut.").why == "Too much was cut."
    )


def test_a_yes_to_the_very_same_words_is_not_a_yes_to_the_restored_ones(cast: Cast, manuscript: Manuscript) -> None:
    new = editing.restore(manuscript, cast.editor, version(manuscript, 2), manuscript.revision.sha256)

    now = fresh(manuscript)
    assert Approval.objects.get().sha256 == new.sha256
    assert (now.state, now.approval) == (ManuscriptState.EDITING, None)
    with pytest.raises(NotApproved):
        publish(now, cast.editor)


def test_a_new_yes_to_it_is_a_yes(cast: Cast, manuscript: Manuscript) -> None:
    new = editing.restore(manuscript, cast.editor, version(manuscript, 2), manuscript.revision.sha256)
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, cast.writer, new.sha256)

    assert publish(fresh(manuscript), cast.editor).edition.revision == new
    assert Approval.objects.filter(sha256=new.sha256).count() == 2


@pytest.mark.parametrize("state", [ManuscriptState.ASKED, ManuscriptState.APPROVED])
def test_a_text_that_is_with_the_writer_is_open_again(cast: Cast, manuscript: Manuscript, state: str) -> None:
    editing.ask_for_approval(manuscript, cast.editor)
    if state == ManuscriptState.APPROVED:
        editing.approve(manuscript, cast.writer, manuscript.revision.sha256)

    editing.restore(manuscript, cast.editor, version(manuscript, 1), manuscript.revision.sha256)

    assert fresh(manuscript).state == ManuscriptState.EDITING


def test_restoring_what_stands_already_makes_no_version(cast: Cast, manuscript: Manuscript) -> None:
    newest = manuscript.revision

    assert editing.restore(manuscript, cast.editor, newest, newest.sha256) == newest
    assert manuscript.revisions.count() == 3


def test_nothing_is_restored_over_a_text_that_was_not_seen(cast: Cast, manuscript: Manuscript) -> None:
    older = version(manuscript, 2)

    with pytest.raises(TextChanged):
        editing.restore(manuscript, cast.editor, version(manuscript, 1), older.sha256)

    assert manuscript.revisions.count() == 3


def test_a_copy_from_before_somebodys_save_does_not_win(cast: Cast, manuscript: Manuscript) -> None:
    stale = fresh(manuscript)
    editing.save(manuscript, cast.editor, edited(manuscript, headline="Newest of All"))

    with pytest.raises(SomebodyElseWon):
        editing.restore(stale, cast.other_editor, version(stale, 1), stale.revision.sha256)

    assert fresh(manuscript).revision.content["headline"] == "Newest of All"


def test_a_version_whose_bytes_were_changed_is_not_restored(cast: Cast, manuscript: Manuscript) -> None:
    older = version(manuscript, 2)
    older.body = bytes(older.body).replace(b"She Rang", b"He Rang!")

    with pytest.raises(NotAllowed):
        editing.restore(manuscript, cast.editor, older, manuscript.revision.sha256)


def test_a_version_of_another_story_is_not_restored(cast: Cast, manuscript: Manuscript) -> None:
    other = make_manuscript(cast.other_writer, cast.editor, cast.call, title="Another")

    with pytest.raises(ValueError, match="no version of"):
        editing.restore(manuscript, cast.editor, other.revision, manuscript.revision.sha256)


def test_only_an_editor_and_not_the_writer_restores(cast: Cast, manuscript: Manuscript) -> None:
    for person in (cast.writer, cast.other_writer, cast.bookkeeper):
        with pytest.raises(PermissionDenied):
            editing.restore(manuscript, person, version(manuscript, 1), manuscript.revision.sha256)


def test_nothing_is_restored_of_a_story_that_was_taken_back(cast: Cast, manuscript: Manuscript) -> None:
    submissions.withdraw(manuscript.submission, cast.writer)
    stopped = fresh(manuscript)

    with pytest.raises(NotAllowed):
        editing.restore(stopped, cast.editor, version(stopped, 1), stopped.revision.sha256)


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_restoration_at_once_have_one_winner(cast: Cast, manuscript: Manuscript) -> None:
    editing.ask_for_approval(manuscript, cast.editor)
    newest, older = manuscript.revision, version(manuscript, 1)
    by_writer, by_editor = fresh(manuscript), fresh(manuscript)

    said, restored = at_once(
        lambda: editing.approve(by_writer, cast.writer, newest.sha256),
        lambda: editing.restore(by_editor, cast.editor, older, newest.sha256),
    )

    now = fresh(manuscript)
    approved = now.state == ManuscriptState.APPROVED
    assert approved == isinstance(restored, Exception)
    assert approved != isinstance(said, Exception)
    assert now.revision.number == newest.number + (not approved)
