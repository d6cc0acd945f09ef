import pytest
from django.http import Http404

from hearthpress.people.enums import Role
from hearthpress.people.models import Membership, Person
from hearthpress.submissions.actions import withdraw
from hearthpress.submissions.doors import TakenBack, desk_submission, desk_submissions, own_submission, own_submissions
from tests.factories import Cast, make_draft, make_submission

pytestmark = pytest.mark.django_db


def test_a_writer_sees_their_own_and_nobody_elses(cast: Cast) -> None:
    mine, theirs = make_submission(cast.writer, cast.call), make_submission(cast.other_writer, cast.call)

    assert list(own_submissions(cast.writer)) == [mine]
    assert own_submission(cast.writer, mine.key) == mine
    with pytest.raises(Http404):
        own_submission(cast.writer, theirs.key)


def test_an_editor_sees_what_was_sent_and_no_draft(cast: Cast) -> None:
    sent, draft = make_submission(cast.writer, cast.call), make_draft(cast.other_writer, cast.call)

    assert list(desk_submissions(cast.editor)) == [sent]
    with pytest.raises(Http404):
        desk_submission(cast.editor, draft.key)


def test_an_editors_own_story_is_not_at_their_desk(cast: Cast) -> None:
    own = make_submission(cast.editor, cast.call)

    assert own not in desk_submissions(cast.editor)
    with pytest.raises(Http404):
        desk_submission(cast.editor, own.key)
    assert desk_submission(cast.other_editor, own.key) == own


@pytest.mark.parametrize("who", ["bookkeeper", "writer", "other_writer"])
def test_nobody_but_editors_sees_it_at_the_desk(cast: Cast, who: str) -> None:
    sent = make_submission(cast.writer, cast.call)

    with pytest.raises(Http404):
        desk_submission(getattr(cast, who), sent.key)


def test_a_role_that_was_taken_back_opens_nothing(cast: Cast) -> None:
    sent = make_submission(cast.writer, cast.call)
    Membership.objects.filter(person=cast.editor, role=Role.EDITOR).update(ended_at=sent.submitted_at)

    with pytest.raises(Http404):
        desk_submission(Person.objects.get(pk=cast.editor.pk), sent.key)


def test_a_story_taken_back_leaves_the_desk_and_stays_with_its_writer(cast: Cast) -> None:
    sent = make_submission(cast.writer, cast.call)

    withdraw(sent, cast.writer)

    assert own_submission(cast.writer, sent.key) == sent
    with pytest.raises(TakenBack):
        desk_submission(cast.editor, sent.key)
