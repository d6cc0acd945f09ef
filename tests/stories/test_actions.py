from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from hearthpress.agreements.enums import AgreementState
from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Manuscript
from hearthpress.mail.models import Letter
from hearthpress.people.enums import Role
from hearthpress.people.models import Membership
from hearthpress.stories.actions import appear_due_stories, publish, retract
from hearthpress.stories.enums import StoryState
from hearthpress.stories.gate import CannotPublish, NotApproved
from hearthpress.stories.models import Edition, Story
from hearthpress.submissions import actions as submissions
from tests.factories import Cast, edited, make_approved, make_manuscript, make_story, make_subject

pytestmark = pytest.mark.django_db(databases=["default", "views"])


def test_publish_puts_exactly_the_approved_text_live(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)

    story = publish(manuscript, cast.editor)

    assert story.state == StoryState.LIVE
    assert story.edition.sha256 == manuscript.approval.sha256 == manuscript.revision.sha256
    assert list(Story.objects.live()) == [story]
    assert Letter.objects.filter(kind="stories/published", to=cast.writer.email).count() == 1


def test_publish_is_refused_before_the_writer_has_approved(cast: Cast) -> None:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))

    with pytest.raises(NotApproved):
        publish(manuscript, cast.editor)

    assert not Story.objects.exists()


def test_publish_is_refused_when_a_word_was_changed_after_the_approval(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript, headline="The Other Kettle"))

    with pytest.raises(NotApproved):
        publish(manuscript, cast.editor)


def test_publish_is_refused_when_the_stored_bytes_are_not_those_that_were_hashed(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    tampered = bytes(manuscript.revision.body).replace(b"kettle", b"cattle")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE editing_revision SET body = %s WHERE id = %s", [tampered, manuscript.revision_id])

    with pytest.raises(NotApproved):
        publish(manuscript, cast.editor)


def test_publish_with_a_stale_copy_is_refused(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    stale = Manuscript.objects.get(pk=manuscript.pk)
    editing.save(manuscript, cast.editor, edited(manuscript, headline="The Other Kettle"))

    with pytest.raises(NotApproved):
        publish(stale, cast.editor)


def test_a_live_row_whose_edition_is_not_the_approved_one_is_not_shown(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_edition SET sha256 = 'x' WHERE id = %s", [story.edition_id])

    assert not Story.objects.live().exists()


def test_an_editor_does_not_publish_their_own_story(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    Membership.objects.create(person=cast.writer, role=Role.EDITOR)

    with pytest.raises(PermissionDenied):
        publish(manuscript, cast.writer)


def test_publish_needs_a_signed_agreement(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    type(manuscript.submission.agreement).objects.update(state=AgreementState.ENDED)
    manuscript.submission.agreement.refresh_from_db()

    with pytest.raises(CannotPublish):
        publish(manuscript, cast.editor)


def test_a_taken_web_address_is_said_plainly(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call)
    manuscript = make_approved(cast.other_writer, cast.editor, cast.call)

    with pytest.raises(CannotPublish, match="web address"):
        publish(manuscript, cast.editor)


def test_a_scheduled_story_appears_at_its_time_and_not_before(cast: Cast) -> None:
    at = clock.now() + timedelta(hours=2)
    story = publish(make_approved(cast.writer, cast.editor, cast.call), cast.editor, at=at)

    early = appear_due_stories()
    with clock.at(at):
        on_time = appear_due_stories()

    story.refresh_from_db()
    assert (early, on_time) == (0, 1)
    assert (story.state, story.first_live_at) == (StoryState.LIVE, at)


def test_a_scheduled_story_whose_text_was_opened_again_waits_for_a_new_yes(cast: Cast) -> None:
    at = clock.now() + timedelta(hours=2)
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    story = publish(manuscript, cast.editor, at=at)
    editing.save(manuscript, cast.editor, edited(manuscript, headline="The Other Kettle"))

    with clock.at(at):
        appeared = appear_due_stories()

    story.refresh_from_db()
    assert (appeared, story.state) == (0, StoryState.SCHEDULED)


def test_a_new_edition_of_a_live_story_needs_a_new_approval(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    story = publish(manuscript, cast.editor)
    editing.save(manuscript, cast.editor, edited(manuscript, headline="The Other Kettle"))
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, cast.writer, manuscript.revision.sha256)

    publish(manuscript, cast.other_editor)

    story.refresh_from_db()
    assert (story.headline, story.edition.number, Edition.objects.count()) == ("The Other Kettle", 2, 2)


def test_publishing_the_same_text_twice_makes_one_edition(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    publish(manuscript, cast.editor)

    publish(manuscript, cast.editor)

    assert Edition.objects.count() == 1


def test_a_story_taken_back_is_gone_with_everything_that_hangs_on_it(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)

    submissions.withdraw(story.manuscript.submission, cast.writer)

    story.refresh_from_db()
    story.agreement.refresh_from_db()
    assert (story.state, story.agreement.state) == (StoryState.WITHDRAWN, AgreementState.ENDED)
    assert story.ended_at is not None
    assert not Story.objects.live().exists()


def test_a_story_that_is_gone_is_not_published_again(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    manuscript = story.manuscript
    submissions.withdraw(manuscript.submission, cast.writer)

    with pytest.raises((NotAllowed, NotApproved, CannotPublish)):
        publish(Manuscript.objects.get(pk=manuscript.pk), cast.editor)


def test_retract_tells_the_writer_why(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)

    retract(story, cast.editor, "Somebody in it asked us to.")

    letter = Letter.objects.get(kind="stories/retracted")
    assert "Somebody in it asked us to." in letter.text


def test_two_editors_retracting_at_once_one_is_told(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    stale = Story.objects.get(pk=story.pk)
    retract(story, cast.editor, "First.")

    with pytest.raises(SomebodyElseWon):
        retract(stale, cast.other_editor, "Second.")


def related(story: Story) -> dict[str, object]:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "Words."}]}
    line = {"type": "related", "attrs": {"title": story.headline, "story": story.key}}
    return {"type": "doc", "content": [paragraph, line]}


def test_a_related_line_that_a_care_rule_forbids_is_refused(cast: Cast) -> None:
    loss, joy = make_subject("pregnancy-loss"), make_subject("new-babies")
    loss.never_beside.add(joy)
    glad = make_story(cast.other_writer, cast.editor, cast.call, title="Glad", changes={"subjects": ["new-babies"]})
    changes = {"subjects": ["pregnancy-loss"], "document": related(glad)}
    manuscript = make_approved(cast.writer, cast.editor, cast.call, changes)

    with pytest.raises(CannotPublish, match="Glad"):
        publish(manuscript, cast.editor)


def test_a_related_line_to_a_story_that_is_gone_is_refused(cast: Cast) -> None:
    other = make_story(cast.other_writer, cast.editor, cast.call, title="Other")
    manuscript = make_approved(cast.writer, cast.editor, cast.call, {"document": related(other)})
    submissions.withdraw(other.manuscript.submission, cast.other_writer)

    with pytest.raises(CannotPublish, match="Other"):
        publish(manuscript, cast.editor)
