"""The list and the status page: every state in plain words, with what happens next, and without an editor's name."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearthpress.agreements.actions import decline, remind_and_lapse
from hearthpress.common import clock
from hearthpress.editing import actions as editing
from hearthpress.room.timeline import timeline
from hearthpress.stories.actions import publish, retract
from hearthpress.submissions.actions import leave_reading, prepare_decision, withdraw
from hearthpress.submissions.doors import own_submission
from hearthpress.submissions.enums import DecisionKind
from tests.factories import (
    client_for,
    edited,
    make_accepted,
    make_approved,
    make_draft,
    make_manuscript,
    make_story,
    make_submission,
    release_and_tell,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
SECRETS = ["A secret note", "Edith Editor", "Otto Editor", "editor@example.org"]


def decided(cast, kind):
    submission = make_submission(cast.writer, cast.call)
    leave_reading(submission, cast.editor, "no", "A secret note.")
    release_and_tell(prepare_decision(submission, cast.editor, kind, "Words for you."), cast.editor)
    return submission


def read(cast):
    submission = make_submission(cast.writer, cast.call)
    leave_reading(submission, cast.editor, "no", "A secret note.")
    prepare_decision(submission, cast.editor, DecisionKind.DECLINE, "Not released yet.")
    return submission


def withdrawn(cast):
    submission = make_submission(cast.writer, cast.call)
    withdraw(submission, cast.writer)
    return submission


def lapsed(cast):
    submission = make_accepted(cast.writer, cast.editor, cast.call)
    with clock.at(NOW + timedelta(days=30)):
        remind_and_lapse()
    return submission


def declined_by_writer(cast):
    submission = make_accepted(cast.writer, cast.editor, cast.call)
    decline(submission.agreement)
    return submission


def asked(cast):
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    editing.ask_for_approval(manuscript, cast.editor)
    return manuscript.submission


def scheduled(cast):
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    publish(manuscript, cast.editor, at=NOW + timedelta(days=3))
    return manuscript.submission


def retracted(cast):
    story = make_story(cast.writer, cast.editor, cast.call)
    retract(story, cast.editor, "A complaint.")
    return story.manuscript.submission


def accepted(cast):
    return make_accepted(cast.writer, cast.editor, cast.call)


def editing_begun(cast):
    return make_manuscript(cast.writer, cast.editor, cast.call).submission


def approved(cast):
    return make_approved(cast.writer, cast.editor, cast.call).submission


def live(cast):
    return make_story(cast.writer, cast.editor, cast.call).manuscript.submission


def sent(cast):
    return make_submission(cast.writer, cast.call)


STATES = {
    "received": (sent, "Received", "You hear from us by December 25, 2026."),
    "reading": (read, "Being read", "You hear from us by December 25, 2026."),
    "declined": (lambda cast: decided(cast, DecisionKind.DECLINE), "Not for us this time", "wholly yours"),
    "revising": (lambda cast: decided(cast, DecisionKind.REVISE), "With you for changes", "Change the text"),
    "accepted": (accepted, "Accepted", "It waits for you until December 9, 2026."),
    "editing": (editing_begun, "Being edited", "You get a letter"),
    "asked": (asked, "Waiting for your yes", "Read and approve"),
    "approved": (approved, "You said yes", "We choose a day"),
    "scheduled": (scheduled, "Scheduled", "On November 28, 2026, 10 a.m. it appears by itself."),
    "live": (live, "Published", "It is in the magazine since November 25, 2026."),
    "retracted": (retracted, "Taken down", "stays yours"),
    "withdrawn": (withdrawn, "Yours again", "You took this story back."),
    "lapsed": (lapsed, "Yours again", "not signed in time"),
    "declined by writer": (declined_by_writer, "Yours again", "You took this story back."),
}


@pytest.mark.parametrize("name", STATES)
def test_state_is_said_in_plain_words(cast, name):
    make, label, says = STATES[name]
    with clock.at(NOW):
        submission = make(cast)
        client = client_for(cast.writer)
        listed = client.get(reverse("room:home")).content.decode()
        page = client.get(reverse("room:submission", args=[submission.key])).content.decode()

    for shown in (listed, page):
        assert label in shown
        assert says in shown
        assert [secret for secret in SECRETS if secret in shown] == []
    assert "Not released yet." not in page


def test_status_page_is_late_with_an_apology(cast):
    with clock.at(NOW):
        submission = make_submission(cast.writer, cast.call)

    with clock.at(NOW + timedelta(days=31)):
        page = client_for(cast.writer).get(reverse("room:submission", args=[submission.key])).content.decode()

    assert "we are late. We are sorry." in page


def test_status_page_shows_the_words_of_a_released_decision(cast):
    submission = decided(cast, DecisionKind.DECLINE)

    page = client_for(cast.writer).get(reverse("room:submission", args=[submission.key])).content.decode()

    assert "Words for you." in page


def test_timeline_tells_facts_in_their_order(cast):
    with clock.at(NOW):
        story = make_story(cast.writer, cast.editor, cast.call)
    submission = story.manuscript.submission

    response = client_for(cast.writer).get(reverse("room:submission", args=[submission.key]))

    assert [str(fact.label) for fact in response.context["facts"]] == [
        "You sent it",
        "An editor began to read it",
        "We asked to publish it",
        "You signed the agreement",
        "We asked for your yes to the edited text",
        "You said yes to the text",
        "A time was chosen for it",
        "It was published",
    ]


def test_timeline_tells_who_took_it_back(cast):
    submission = make_submission(cast.writer, cast.call)
    withdraw(submission, cast.writer)

    assert str(timeline(submission)[-1].label) == "You took it back"


def test_timeline_of_a_lapsed_agreement_does_not_say_that_the_writer_took_it_back(cast):
    with clock.at(NOW):
        submission = make_accepted(cast.writer, cast.editor, cast.call)
    with clock.at(NOW + timedelta(days=15)):
        remind_and_lapse()
    submission = own_submission(cast.writer, submission.key)

    labels = [str(fact.label) for fact in timeline(submission)]

    assert "The story was yours again" in labels
    assert "You took it back" not in labels


def test_dates_are_those_of_the_writers_zone(cast):
    cast.writer.time_zone = "Asia/Tokyo"
    cast.writer.save()
    with clock.at(NOW):
        make_submission(cast.writer, cast.call)

        page = client_for(cast.writer).get(reverse("room:home")).content.decode()

    assert "December 26, 2026" in page


def test_status_page_shows_the_text_as_sent(cast):
    submission = make_submission(cast.writer, cast.call, text="One *true* line.\n\nRELATED: The Coat")

    page = client_for(cast.writer).get(reverse("room:submission", args=[submission.key])).content.decode()

    assert "<p>One <em>true</em> line.</p>" in page
    assert "The Coat" in page


def test_draft_has_no_status_page_but_its_form(cast):
    draft = make_draft(cast.writer, cast.call)

    response = client_for(cast.writer).get(reverse("room:submission", args=[draft.key]))

    assert response["Location"] == reverse("room:draft", args=[draft.key])


def test_home_without_stories_leads_to_write_for_us(cast):
    page = client_for(cast.writer).get(reverse("room:home")).content.decode()

    assert "Nothing here yet" in page
    assert f'href="{reverse("magazine:write_for_us")}"' in page


def test_home_puts_what_waits_for_the_writer_first(cast):
    make_accepted(cast.writer, cast.editor, cast.call, title="Waits for me")
    make_submission(cast.writer, cast.call, title="Waits for them")

    page = client_for(cast.writer).get(reverse("room:home")).content.decode()

    assert page.index("Waits for me") < page.index("Waits for them")


def test_home_lists_nothing_of_anybody_else(cast):
    make_submission(cast.other_writer, cast.call, title="Somebody else’s")

    page = client_for(cast.writer).get(reverse("room:home")).content.decode()

    assert "Somebody else’s" not in page


def test_home_asks_as_often_for_one_story_as_for_three(cast):
    client = client_for(cast.writer)
    make_story(cast.writer, cast.editor, cast.call, title="One")
    client.get(reverse("room:home"))
    with CaptureQueriesContext(connection) as for_one:
        client.get(reverse("room:home"))
    make_story(cast.writer, cast.editor, cast.call, title="Two")
    make_accepted(cast.writer, cast.editor, cast.call, title="Three")

    with CaptureQueriesContext(connection) as for_three:
        client.get(reverse("room:home"))

    assert len(for_three) == len(for_one)
