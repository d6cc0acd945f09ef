"""Taking a story back: from every state, whole or in part, without a reason, and gone at once; and more time."""

import re

import pytest
from django.urls import reverse

from hearthpress.agreements.enums import AgreementState
from hearthpress.common import clock
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Manuscript
from hearthpress.mail.models import Letter
from hearthpress.room.views import ways_out
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import leave_reading, prepare_decision
from hearthpress.submissions.enums import DecisionKind, SubmissionState
from hearthpress.submissions.models import Submission
from tests.factories import client_for, make_cast, make_draft, make_story, make_submission, release_and_tell
from tests.room.test_status import (
    NOW,
    accepted,
    approved,
    asked,
    decided,
    editing_begun,
    left_open,
    live,
    read,
    retracted,
    revising,
    scheduled,
    sent,
)
from tests.together import at_once

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
    fetch = ways_out.own_submission

    def stale(writer, key):
        found = fetch(writer, key)
        monkeypatch.setattr(ways_out, "own_submission", fetch)
        leave_reading(fetch(writer, key), cast.editor, "yes", "")
        return found

    client = client_for(cast.writer)
    monkeypatch.setattr(ways_out, "own_submission", stale)

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


def three(cast):
    first = make_submission(cast.writer, cast.call, title="First")
    rest = [make_submission(cast.writer, cast.call, title=title, sent_with=first) for title in ("Second", "Third")]
    make_submission(cast.writer, cast.call, title="Alone")
    return [first, *rest]


def states():
    return dict(Submission.objects.order_by("pk").values_list("title", "state"))


def test_one_of_several_pieces_is_taken_back_alone(cast):
    _, second, _ = three(cast)
    client = client_for(cast.writer)
    page = client.get(path(second))

    client.post(path(second), {"pieces": [second.key]})

    assert page.context["form"]["pieces"].value() == [second.key]
    assert states() == {"First": "received", "Second": "withdrawn", "Third": "received", "Alone": "received"}


def test_all_pieces_are_taken_back_with_the_other_button(cast):
    _, second, _ = three(cast)

    response = client_for(cast.writer).post(path(second), {"pieces": [], "everything": "1"}, follow=True)

    assert states() == {"First": "withdrawn", "Second": "withdrawn", "Third": "withdrawn", "Alone": "received"}
    assert [str(message) for message in response.context["messages"]] == [
        f"“{title}” is yours again." for title in ("First", "Second", "Third")
    ]


def test_no_tick_takes_nothing_back_and_says_so(cast):
    _, second, _ = three(cast)

    response = client_for(cast.writer).post(path(second), {"pieces": []})

    assert "Tick what you take back." in response.content.decode()
    assert "withdrawn" not in states().values()


@pytest.mark.parametrize("key", ["nobody", "another"])
def test_nothing_but_what_was_sent_together_is_taken_back(cast, key):
    _, second, _ = three(cast)
    others = make_submission(cast.other_writer, cast.call, title="Not hers")
    keys = {"nobody": "zzzz", "another": others.key}

    client_for(cast.writer).post(path(second), {"pieces": [second.key, keys[key]]})

    assert "withdrawn" not in states().values()


def test_pieces_that_are_decided_or_taken_back_are_not_offered(cast):
    first, second, third = three(cast)
    release_and_tell(prepare_decision(first, cast.editor, "decline", "No."), cast.editor)
    client = client_for(cast.writer)
    client.post(path(third), {"pieces": [third.key]})

    page = client.get(path(second))
    client.post(path(second))

    assert page.context["pieces"] == [second]
    assert states() == {"First": "declined", "Second": "withdrawn", "Third": "withdrawn", "Alone": "received"}


def test_accepted_elsewhere_is_the_same_two_clicks(cast):
    submission = make_submission(cast.writer, cast.call)
    client = client_for(cast.writer)
    status = client.get(reverse("room:submission", args=[submission.key])).content.decode()
    page = client.get(f"{path(submission)}?why=elsewhere").content.decode()

    client.post(f"{path(submission)}?why=elsewhere", {"why": "elsewhere"})

    assert f'href="{path(submission)}?why=elsewhere"' in status
    assert "We are glad it found its place." in page
    assert 'name="why" value="elsewhere"' in page
    assert submission.events.last().why == "elsewhere"
    assert "found its place" in Letter.objects.get(kind="submissions/withdrawn").text


@pytest.mark.parametrize("name", ["editing", "live"])
def test_nobody_asks_whether_a_story_under_agreement_was_accepted_elsewhere(cast, name):
    submission = EVERY[name](cast)

    page = client_for(cast.writer).get(reverse("room:submission", args=[submission.key])).content.decode()

    assert "why=elsewhere" not in page
    assert f'href="{path(submission)}"' in page


def test_unknown_reason_takes_nothing_back(cast):
    submission = make_submission(cast.writer, cast.call)

    client_for(cast.writer).post(path(submission), {"why": "we could not publish it"})

    submission.refresh_from_db()
    assert submission.state == SubmissionState.RECEIVED


@pytest.mark.parametrize("name", ["withdrawal", "more_time"])
@pytest.mark.parametrize("who", ["other_writer", "editor", None])
def test_nobody_else_comes_to_these_pages(cast, name, who):
    submission = revising(cast)
    client = client_for(getattr(cast, who) if who else None)
    before = Submission.objects.values("state", "revise_by").get()

    answers = [client.get(address := reverse(f"room:{name}", args=[submission.key])), client.post(address)]

    assert {answer.status_code for answer in answers} == ({404} if who else {302})
    assert Submission.objects.values("state", "revise_by").get() == before


@pytest.mark.django_db(transaction=True)
def test_withdrawal_in_two_tabs_is_one(transactional_db):
    cast = make_cast()
    submission = make_submission(cast.writer, cast.call)
    clients = [client_for(cast.writer), client_for(cast.writer)]

    answers = at_once(*(lambda client=client: client.post(path(submission)) for client in clients))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert submission.events.filter(new="withdrawn").count() == 1
    assert Letter.objects.filter(kind="submissions/withdrawn").count() == 1


def more_time(submission):
    return reverse("room:more_time", args=[submission.key])


def test_more_time_is_two_clicks_and_says_the_new_date(cast):
    with clock.at(NOW):
        submission = revising(cast)
        client = client_for(cast.writer)
        status = client.get(reverse("room:submission", args=[submission.key])).content.decode()
        page = client.get(more_time(submission)).content.decode()
        seen = re.search('name="by" value="([^"]+)"', page)[1]

        first = client.post(more_time(submission), {"by": seen}, follow=True)
        client.post(more_time(submission), {"by": seen})

    assert f'href="{more_time(submission)}"' in status
    assert "You have time until December 24, 2026." in first.content.decode()
    assert submission.events.filter(old="revising", new="revising").count() == 1


def test_editors_see_that_more_time_was_taken(cast):
    submission = revising(cast)
    client_for(cast.writer).post(more_time(submission), {"by": submission.revise_by.isoformat()})

    page = client_for(cast.editor).get(f"/desk/{submission.key}/").content.decode()

    assert "14 more days" in page


@pytest.mark.parametrize("make", [sent, lambda cast: revising(cast, None), left_open])
def test_where_no_day_is_set_there_is_no_more_time(cast, make):
    submission = make(cast)
    client = client_for(cast.writer)

    answers = [client.get(more_time(submission)), client.post(more_time(submission))]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert not submission.events.filter(old="revising", new="revising").exists()
