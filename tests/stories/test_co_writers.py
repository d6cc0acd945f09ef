"""The gate asks for the yes of each writer, whichever way the words would take."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from hearthpress.common import clock
from hearthpress.editing import actions as editing
from hearthpress.editing.models import CoWriter, Manuscript
from hearthpress.editing.writers import leave, name_co_writer
from hearthpress.stories.actions import appear_due_stories, publish
from hearthpress.stories.gate import CannotPublish, NotApproved, let_through
from hearthpress.stories.models import Edition, Story
from hearthpress.stories.verify import verify_evidence
from tests.factories import Cast, edited, make_approved, make_co_writer, make_manuscript
from tests.stories.test_gate import CASES, NEVER, SOON, begun, execute, forge, point_edition_at, published

pytestmark = pytest.mark.django_db(databases=["default", "views"])


def fresh(text: Manuscript) -> Manuscript:
    return Manuscript.objects.select_related("revision", "request", "submission__writer").get(pk=text.pk)


def missing_yes(cast: Cast, text: Manuscript) -> None:
    """Only the writer who sent it has said yes."""
    editing.ask_for_approval(text, cast.editor)
    editing.approve(text, cast.writer, text.revision.sha256)


def state_says_approved(cast: Cast, text: Manuscript) -> None:
    """The same, and the row claims that all have."""
    missing_yes(cast, text)
    Manuscript.objects.filter(pk=text.pk).update(state="approved")


def others_yes(cast: Cast, text: Manuscript) -> None:
    """Only the further writer has said yes, and the row claims that all have."""
    editing.ask_for_approval(text, cast.editor)
    editing.approve(text, cast.other_writer, text.revision.sha256)
    Manuscript.objects.filter(pk=text.pk).update(state="approved")


def stale_yes(cast: Cast, text: Manuscript) -> None:
    """Both said yes to these words; one took it back, and after a new request only the other said it again."""
    missing_yes(cast, text)
    editing.ask_for_change(fresh(text), cast.writer, "Not yet.")
    text.refresh_from_db()
    editing.ask_for_approval(text, cast.editor)
    editing.approve(text, cast.other_writer, text.revision.sha256)
    Manuscript.objects.filter(pk=text.pk).update(state="approved")


def forged_yes(cast: Cast, text: Manuscript) -> None:
    """The further writer's yes was written past the verbs, under a seal that was never given."""
    missing_yes(cast, text)
    forge(text, cast.other_writer, seal="0" * 64)


def joined_after(cast: Cast, text: Manuscript) -> None:
    """Both had said yes when a third writer joined."""
    missing_yes(cast, text)
    editing.approve(fresh(text), cast.other_writer, text.revision.sha256)
    make_co_writer(fresh(text), cast.editor, cast.bookkeeper)
    Manuscript.objects.filter(pk=text.pk).update(state="approved")


WRONG = [missing_yes, state_says_approved, others_yes, stale_yes, forged_yes, joined_after]
# The further writer leaves there: that is tried on its own below.
TRIED = {door: attempt for door, attempt in CASES.items() if door != "url room:leaving"}


@pytest.mark.parametrize("wrong", WRONG)
def test_no_door_lets_through_what_one_of_its_writers_has_not_approved(
    cast: Cast, wrong: Callable[[Cast, Manuscript], None]
) -> None:
    text = begun(cast, "scheduled")
    make_co_writer(text, cast.writer, cast.other_writer)
    wrong(cast, text)
    point_edition_at(text)
    before, editions = published(), Edition.objects.count()

    for door, attempt in TRIED.items():
        if door in {"url room:approval", "url room:cooling_waiver"}:
            continue  # these let the further writer answer, who may
        attempt(cast, fresh(text))
        assert (published(), Edition.objects.count()) == (before, editions), door
        assert NEVER not in Client().get("/").content.decode(), door


def test_with_the_yes_of_each_it_goes_live(cast: Cast) -> None:
    text = begun(cast, "live")
    make_co_writer(text, cast.writer, cast.other_writer)
    missing_yes(cast, text)
    with pytest.raises(NotApproved):
        publish(fresh(text), cast.editor)
    editing.approve(fresh(text), cast.other_writer, text.revision.sha256)

    publish(fresh(text), cast.editor)

    assert NEVER in Client().get("/").content.decode()
    assert verify_evidence() == []


def test_scheduled_story_waits_for_who_joins_and_appears_with_their_yes(cast: Cast) -> None:
    text = make_approved(cast.writer, cast.editor, cast.call)
    publish(text, cast.editor, clock.now() + timedelta(hours=1))
    make_co_writer(fresh(text), cast.editor, cast.other_writer)

    with clock.at(clock.now() + SOON):
        waits = appear_due_stories()
        editing.approve(fresh(text), cast.other_writer, text.revision.sha256)
        appears = appear_due_stories()

    assert (waits, appears) == (0, 1)
    assert Story.objects.live().count() == 1


def test_nothing_is_published_while_somebody_is_asked_whether_they_wrote_it(cast: Cast) -> None:
    text = make_approved(cast.writer, cast.editor, cast.call)
    asked = name_co_writer(fresh(text), cast.editor, "cora@example.org", "Cora")

    with pytest.raises(CannotPublish, match="Cora"):
        let_through(fresh(text), clock.now())

    leave(asked, cast.editor)
    assert let_through(fresh(text), clock.now()).approval.person == cast.writer


def test_yes_of_who_left_is_no_harm(cast: Cast) -> None:
    text = make_manuscript(cast.writer, cast.editor, cast.call)
    cora = make_co_writer(text, cast.writer, cast.other_writer)
    editing.save(text, cast.editor, edited(text))
    missing_yes(cast, text)
    editing.approve(fresh(text), cast.other_writer, text.revision.sha256)

    leave(CoWriter.objects.get(pk=cora.pk), cast.other_writer)

    assert publish(fresh(text), cast.editor).state == "live"
    assert verify_evidence() == []


def test_further_writer_cut_out_of_the_database_is_found(cast: Cast) -> None:
    text = begun(cast, "unpublished")
    make_co_writer(text, cast.writer, cast.other_writer)
    missing_yes(cast, text)

    execute("DELETE FROM editing_cowriteranswer WHERE id > %s", [0])

    assert verify_evidence() != []
