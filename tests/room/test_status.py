"""The list and the status page: every state in plain words, with what happens next, and without an editor's name."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearthpress.agreements.actions import decline, remind_and_lapse
from hearthpress.common import clock
from hearthpress.correspondence.actions import write_to_writer
from hearthpress.editing import actions as editing
from hearthpress.room.timeline import timeline
from hearthpress.room.told import decisions_told
from hearthpress.stories.actions import publish, retract
from hearthpress.submissions.actions import (
    Details,
    apologise,
    ask_for_more_time,
    could_not_publish,
    hold,
    leave_open,
    leave_reading,
    prepare_decision,
    release,
    withdraw,
)
from hearthpress.submissions.doors import own_submission
from hearthpress.submissions.enums import DecisionKind
from hearthpress.submissions.marks import Mark
from hearthpress.submissions.models import Submission
from tests.factories import (
    client_for,
    edited,
    make_accepted,
    make_approved,
    make_call,
    make_draft,
    make_manuscript,
    make_rate_card,
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
    editing.ask_for_approval(manuscript, cast.editor, clock.today("America/New_York") + timedelta(days=5))
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


def labels(submission):
    return [str(fact.label) for fact in timeline(submission, decisions_told(submission))]


def sent(cast):
    return make_submission(cast.writer, cast.call)


def revising(cast, by=NOW + timedelta(days=15)):
    submission = make_submission(cast.writer, cast.call)
    decision = prepare_decision(submission, cast.editor, "revise", "Words for you.", Details(revise_by=by))
    release_and_tell(decision, cast.editor)
    return submission


def left_open(cast):
    submission = revising(cast)
    with clock.at(NOW + timedelta(days=16)):
        leave_open(submission, cast.editor)
    return submission


def passed_on(cast):
    submission = make_submission(cast.writer, cast.call)
    other = make_call(title="Small Kindnesses", slug="small", reply_days=14, rate_card=cast.call.rate_card)
    details = Details(to_call=other)
    release_and_tell(prepare_decision(submission, cast.editor, "pass", "Words for you.", details), cast.editor)
    return submission


def given_back(cast):
    call = make_call(slug="with-a-fee", rate_card=make_rate_card(kill_fee=5000))
    submission = make_manuscript(cast.writer, cast.editor, call).submission
    could_not_publish(submission, cast.editor, "The section has ended.")
    return submission


def held(cast):
    submission = make_submission(cast.writer, cast.call)
    hold(submission, [Mark.LINKS])
    return submission


def application(cast, kind):
    call = make_call(title="Our circle", slug="circle", kind="writers", rate_card=cast.call.rate_card)
    submission = make_submission(cast.writer, call)
    if kind:
        release_and_tell(prepare_decision(submission, cast.editor, kind, "Words for you."), cast.editor)
    return submission


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
    "revising by a day": (revising, "With you for changes", "We hope for it by December 10, 2026."),
    "left open": (left_open, "Left open", "you can send the changes whenever you like"),
    "passed on": (passed_on, "Received", "You hear from us by December 9, 2026."),
    "given back": (given_back, "Yours again", "As we agreed, we pay you $50.00 for it."),
    "held apart": (held, "Received", "You hear from us by December 25, 2026."),
    "application": (lambda cast: application(cast, None), "Received", "You hear from us by December 25, 2026."),
    "application, yes": (lambda cast: application(cast, "accept"), "Accepted", "one of our regular writers"),
    "application, no": (lambda cast: application(cast, "decline"), "Not for us this time", "write for us regularly"),
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
        "An editor has read it",
        "We asked to publish it",
        "We said that you hear from us by December 25, 2026",
        "You signed the agreement",
        "We asked for your yes to the edited text",
        "You said yes to the text",
        "A time was chosen for it",
        "It was published",
    ]


def test_timeline_tells_who_took_it_back(cast):
    submission = make_submission(cast.writer, cast.call)
    withdraw(submission, cast.writer)

    assert labels(submission)[-1] == "You took it back"


def test_timeline_of_a_lapsed_agreement_does_not_say_that_the_writer_took_it_back(cast):
    with clock.at(NOW):
        submission = make_accepted(cast.writer, cast.editor, cast.call)
    with clock.at(NOW + timedelta(days=15)):
        remind_and_lapse()
    submission = own_submission(cast.writer, submission.key)

    told = labels(submission)

    assert "The story was yours again" in told
    assert "You took it back" not in told


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


def shown(cast, submission, days=0):
    with clock.at(NOW + timedelta(days=days)):
        return client_for(cast.writer).get(reverse("room:submission", args=[submission.key]))


def test_decision_that_is_going_out_changes_nothing_that_the_writer_sees(cast):
    with clock.at(NOW):
        submission = make_submission(cast.writer, cast.call)
        leave_reading(submission, cast.editor, "yes", "")
    client = client_for(cast.writer)
    paths = [reverse("room:home"), reverse("room:submission", args=[submission.key])]

    def pages():
        # What differs from one answer to the next whatever happens: the tokens of the forms.
        return [re.sub(r'value="[^"]*"', "", client.get(path).content.decode()) for path in paths]

    with clock.at(NOW + timedelta(hours=1)):
        before = pages()
        decision = prepare_decision(submission, cast.editor, "accept", "Words for you.")
        prepared = pages()
        release(decision, cast.editor)
        going_out = pages()

    assert before == prepared == going_out


def test_timeline_has_each_promise_and_what_still_holds_is_to_come(cast):
    with clock.at(NOW):
        submission = make_submission(cast.writer, cast.call)
    with clock.at(NOW + timedelta(days=31)):
        apologise(submission, cast.editor, NOW + timedelta(days=45), "")

    response = shown(cast, submission, days=32)

    facts = [str(fact.label) for fact in response.context["facts"]]
    assert facts == [
        "You sent it",
        "We said that you hear from us by December 25, 2026",
        "We wrote that our answer takes longer, and comes by January 9, 2027",
    ]
    assert response.context["to_come"].label == "You hear from us, at the latest"
    assert "You hear from us by January 9, 2027." in response.content.decode()
    assert "we are late" not in response.content.decode()


def test_date_that_was_missed_is_no_longer_said_to_come(cast):
    with clock.at(NOW):
        submission = make_submission(cast.writer, cast.call)

    assert shown(cast, submission, days=31).context["to_come"].label == "Our answer was due"


def test_timeline_says_when_it_was_opened_and_how_many_have_read_it(cast):
    with clock.at(NOW):
        submission = make_submission(cast.writer, cast.call)
        Submission.objects.update(opened_at=NOW + timedelta(hours=1))
    with clock.at(NOW + timedelta(hours=2)):
        leave_reading(submission, cast.editor, "yes", "")
        leave_reading(submission, cast.other_editor, "yes", "")
    submission.refresh_from_db()

    assert labels(submission) == ["You sent it", "An editor opened it", "2 editors have read it"]


def test_timeline_says_how_it_came_and_to_which_call_it_was_passed(cast):
    with clock.at(NOW):
        submission = passed_on(cast)
    Submission.objects.filter(pk=submission.pk).update(arrived_by="mail")
    submission.refresh_from_db()

    assert labels(submission) == [
        "It came to us by e-mail, as a draft",
        "You sent it",
        "We passed it to another call: “Small Kindnesses”",
        "We said that you hear from us by December 25, 2026",
    ]


def test_timeline_of_changes_says_what_both_sides_did(cast):
    with clock.at(NOW):
        submission = revising(cast)
    with clock.at(NOW + timedelta(days=14)):
        ask_for_more_time(submission)
    with clock.at(NOW + timedelta(days=30)):
        leave_open(submission, cast.editor)

    assert labels(submission)[1:] == [
        "We asked you for changes, and hoped for them by December 10, 2026",
        "We said that you hear from us by December 25, 2026",
        "You took more time for the changes",
        "We stopped waiting for the changes. You can still send them",
    ]


def test_day_for_changes_that_is_past_loses_nothing(cast):
    with clock.at(NOW):
        submission = revising(cast)

    response = shown(cast, submission, days=20)

    assert "Nothing is lost: you can still send it." in response.content.decode()
    assert response.context["to_come"].label == "We had hoped for your changes"


def test_words_that_a_story_was_given_back_with_stay_on_its_page(cast):
    submission = given_back(cast)

    page = shown(cast, submission).content.decode()

    assert "The section has ended." in page
    assert "You took" not in page


def test_personal_line_stands_first_in_what_the_editors_wrote(cast):
    submission = make_submission(cast.writer, cast.call)
    details = Details(personal="The whistle stays with me.")
    release_and_tell(prepare_decision(submission, cast.editor, "decline", "Words.", details), cast.editor)

    assert "The whistle stays with me." in shown(cast, submission).content.decode()


def test_accepted_application_has_nothing_to_sign_and_nothing_to_take_back(cast):
    page = shown(cast, application(cast, "accept")).content.decode()

    assert "agreement" not in page
    assert "back" not in page


def test_pieces_sent_together_are_linked_with_their_own_states(cast):
    first = make_submission(cast.writer, cast.call, title="First")
    second = make_submission(cast.writer, cast.call, title="Second", sent_with=first)
    make_submission(cast.writer, cast.call, title="Alone")
    withdraw(first, cast.writer)

    others = shown(cast, second).context["others"]

    assert [(piece.title, its.label) for piece, its in others] == [("First", "Yours again")]


def test_words_of_an_editor_are_marked_as_new_until_they_are_seen(cast):
    submission = make_submission(cast.writer, cast.call)
    write_to_writer(submission, cast.editor, "When did she ring?")
    client = client_for(cast.writer)

    def pages():
        paths = [reverse("room:home"), reverse("room:submission", args=[submission.key])]
        return ['<span class="status wait">new</span>' in client.get(path).content.decode() for path in paths]

    before = pages()
    client.get(reverse("room:messages", args=[submission.key]))

    assert (before, pages()) == ([True, True], [False, False])


def test_status_page_asks_as_often_after_one_event_as_after_many(cast):
    client = client_for(cast.writer)
    short, long = make_submission(cast.writer, cast.call), make_submission(cast.writer, cast.call)
    for editor in (cast.editor, cast.other_editor, cast.owner):
        leave_reading(long, editor, "maybe", "")
    for days in (40, 50, 60):
        apologise(long, cast.editor, clock.now() + timedelta(days=days), "")
        make_submission(cast.writer, cast.call, sent_with=long)
    client.get(reverse("room:submission", args=[short.key]))

    counts = []
    for submission in (short, long):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("room:submission", args=[submission.key]))
        counts.append(len(queries))

    assert counts[0] == counts[1]


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


def test_day_for_an_answer_is_said_without_pressing(cast):
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    due = clock.today("America/New_York") + timedelta(days=5)
    editing.ask_for_approval(manuscript, cast.editor, due)

    before = client_for(cast.writer).get(reverse("room:home")).content.decode()
    with clock.at(clock.now() + timedelta(days=7)):
        after = client_for(cast.writer).get(reverse("room:home")).content.decode()

    named = f"{due:%A}, {due:%B} {due.day}, {due.year}"
    assert f"We hope for your answer by {named}. Take the time you need." in before
    assert f"We had hoped for your answer by {named}. It is not too late." in after


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


def test_home_asks_as_often_for_one_text_to_approve_as_for_three(cast):
    client = client_for(cast.writer)
    asked(cast)
    client.get(reverse("room:home"))
    with CaptureQueriesContext(connection) as for_one:
        client.get(reverse("room:home"))
    asked(cast)
    asked(cast)

    with CaptureQueriesContext(connection) as for_three:
        client.get(reverse("room:home"))

    assert len(for_three) == len(for_one)
