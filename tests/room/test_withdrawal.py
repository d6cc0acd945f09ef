"""Taking a story back: from every state, without a reason, and gone at once."""

import pytest
from django.urls import reverse

from hearthpress.agreements.enums import AgreementState
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Manuscript
from hearthpress.mail.models import Letter
from hearthpress.room.views import stories
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import leave_reading
from hearthpress.submissions.enums import DecisionKind, SubmissionState
from tests.factories import client_for, make_draft, make_story, make_submission
from tests.room.test_status import (
    accepted,
    approved,
    asked,
    decided,
    editing_begun,
    live,
    read,
    retracted,
    scheduled,
    sent,
)

pytestmark = pytest.mark.django_db

EVERY = {
    "received": sent,
    "reading": read,
    "revising": lambda cast: decided(cast, DecisionKind.REVISE),
    "accepted": accepted,
    "editing": editing_begun,
    "asked": asked,
    "approved": approved,
    "scheduled": scheduled,
    "live": live,
    "retracted": retracted,
}


def path(submission):
    return reverse("room:withdrawal", args=[submission.key])


@pytest.mark.parametrize("name", EVERY)
def test_story_can_be_taken_back_from_every_state(cast, name):
    submission = EVERY[name](cast)
    client = client_for(cast.writer)
    question = client.get(path(submission))

    response = client.post(path(submission), follow=True)

    submission.refresh_from_db()
    assert question.status_code == 200
    assert response.redirect_chain == [(reverse("room:submission", args=[submission.key]), 302)]
    assert submission.state == SubmissionState.WITHDRAWN
    assert not Story.objects.filter(state__in=[StoryState.LIVE, StoryState.SCHEDULED]).exists()
    assert not Manuscript.objects.exclude(state=ManuscriptState.STOPPED).exists()


def test_live_story_is_gone_from_the_magazine(cast):
    story = make_story(cast.writer, cast.editor, cast.call)
    submission = story.manuscript.submission
    client = client_for(cast.writer)

    client.post(path(submission))

    submission.agreement.refresh_from_db()
    assert client.get(story.get_absolute_url()).status_code == 410
    assert submission.agreement.state == AgreementState.ENDED


def test_consequences_of_a_live_story_are_said_first(cast):
    story = make_story(cast.writer, cast.editor, cast.call)

    page = client_for(cast.writer).get(path(story.manuscript.submission)).content.decode()

    assert "disappears at once from our pages" in page
    assert "stays yours and is paid" in page


@pytest.mark.parametrize("name", ["live", "received"])
def test_letter_says_what_stays_with_the_writer(cast, name):
    submission = EVERY[name](cast)

    client_for(cast.writer).post(path(submission))

    letter = Letter.objects.get(kind="submissions/withdrawn")
    assert letter.subject == "“The Kettle” is yours again"
    assert ("What it had earned until today stays yours." in letter.text) == (name == "live")


def test_second_press_changes_nothing(cast):
    submission = make_submission(cast.writer, cast.call)
    client = client_for(cast.writer)
    client.post(path(submission))

    response = client.post(path(submission), follow=True)

    assert response.status_code == 200
    assert Letter.objects.filter(kind="submissions/withdrawn").count() == 1


def test_editor_who_acts_in_the_same_moment_does_not_stop_the_writer(cast, monkeypatch):
    submission = make_submission(cast.writer, cast.call)
    fetch = stories.own_submission

    def stale(writer, key):
        found = fetch(writer, key)
        monkeypatch.setattr(stories, "own_submission", fetch)
        leave_reading(fetch(writer, key), cast.editor, "yes", "")
        return found

    client = client_for(cast.writer)
    monkeypatch.setattr(stories, "own_submission", stale)

    client.post(path(submission))

    submission.refresh_from_db()
    assert submission.state == SubmissionState.WITHDRAWN


@pytest.mark.parametrize(
    "make", [lambda cast: decided(cast, DecisionKind.DECLINE), lambda cast: make_draft(cast.writer, cast.call)]
)
def test_what_nobody_holds_needs_no_taking_back(cast, make):
    submission = make(cast)
    before = submission.state

    response = client_for(cast.writer).get(path(submission))
    client_for(cast.writer).post(path(submission))

    submission.refresh_from_db()
    assert response.status_code == 302
    assert submission.state == before
