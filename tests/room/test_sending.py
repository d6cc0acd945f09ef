"""Sending: once, exactly what was shown, and with the date of the answer."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from hearthpress.common import clock
from hearthpress.mail.models import Letter
from hearthpress.people.models import Byline
from hearthpress.submissions.actions import leave_reading, prepare_decision, send, withdraw
from hearthpress.submissions.enums import DecisionKind, SubmissionState
from hearthpress.submissions.models import SubmissionEvent
from tests.factories import client_for, make_draft, make_submission, release_and_tell
from tests.together import at_once

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
one_connection = pytest.mark.django_db


def sending(draft):
    return reverse("room:sending", args=[draft.key])


@one_connection
def test_sending_leads_to_the_status_page_with_the_reply_date(cast):
    draft = make_draft(cast.writer, cast.call)

    with clock.at(NOW):
        response = client_for(cast.writer).post(sending(draft), {"seen": draft.saved_at.isoformat()}, follow=True)

    draft.refresh_from_db()
    assert response.redirect_chain == [(reverse("room:submission", args=[draft.key]), 302)]
    assert draft.state == SubmissionState.RECEIVED
    assert draft.reply_due == NOW + timedelta(days=30)
    assert "December 25, 2026" in response.content.decode()


@one_connection
def test_receipt_states_the_date_and_the_way_back(cast):
    draft = make_draft(cast.writer, cast.call)

    with clock.at(NOW):
        client_for(cast.writer).post(sending(draft))

    letter = Letter.objects.get(kind="submissions/receipt")
    assert letter.to == cast.writer.email
    assert letter.subject == "We have your story “The Kettle”"
    assert "by December 25, 2026." in letter.text
    assert f"http://testserver/write/{draft.key}/" in letter.text


@one_connection
def test_receipt_states_the_date_in_the_writers_zone(cast):
    cast.writer.time_zone = "Asia/Tokyo"
    cast.writer.save()
    draft = make_draft(cast.writer, cast.call)

    with clock.at(NOW):
        client_for(cast.writer).post(sending(draft))

    assert "by December 26, 2026." in Letter.objects.get(kind="submissions/receipt").text


@one_connection
def test_second_press_is_told_that_it_was_sent(cast):
    draft = make_draft(cast.writer, cast.call)
    client = client_for(cast.writer)
    client.post(sending(draft), {"seen": draft.saved_at.isoformat()})

    response = client.post(sending(draft), {"seen": draft.saved_at.isoformat()}, follow=True)

    assert response.status_code == 200
    assert "has been sent" in response.content.decode()
    assert Letter.objects.filter(kind="submissions/receipt").count() == 1


@one_connection
@pytest.mark.parametrize("name", ["draft", "check"])
def test_story_that_was_taken_back_is_not_told_of_as_sent(cast, name):
    draft = make_draft(cast.writer, cast.call)
    send(draft)
    withdraw(draft, cast.writer)

    response = client_for(cast.writer).get(reverse(f"room:{name}", args=[draft.key]), follow=True)

    assert "You took “The Kettle” back." in response.content.decode()
    assert "has been sent" not in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_double_click_sends_once(cast):
    draft = make_draft(cast.writer, cast.call)
    clients = [client_for(cast.writer), client_for(cast.writer)]
    seen = {"seen": draft.saved_at.isoformat()}

    first, second = at_once(*(lambda client=client: client.post(sending(draft), seen) for client in clients))

    assert [first["Location"], second["Location"]] == [reverse("room:submission", args=[draft.key])] * 2
    assert SubmissionEvent.objects.filter(subject=draft).count() == 1
    assert Letter.objects.filter(kind="submissions/receipt").count() == 1


@one_connection
def test_text_changed_since_it_was_shown_is_not_sent(cast):
    draft = make_draft(cast.writer, cast.call)

    response = client_for(cast.writer).post(sending(draft), {"seen": "2020-01-01T00:00:00+00:00"}, follow=True)

    draft.refresh_from_db()
    assert draft.state == SubmissionState.DRAFT
    assert "changed in another window" in response.content.decode()


@one_connection
def test_sending_to_a_call_that_closed_meanwhile_is_told_kindly(cast):
    draft = make_draft(cast.writer, cast.call)
    cast.call.closes_at = clock.now() - timedelta(minutes=1)
    cast.call.save()

    response = client_for(cast.writer).post(sending(draft))

    draft.refresh_from_db()
    assert response.status_code == 409
    assert "This call is closed" in response.content.decode()
    assert "Your text is safe" in response.content.decode()
    assert draft.state == SubmissionState.DRAFT


@one_connection
def test_sending_by_link_shows_the_check_first(cast):
    draft = make_draft(cast.writer, cast.call)

    response = client_for(cast.writer).get(sending(draft))

    assert response["Location"] == reverse("room:check", args=[draft.key])


@one_connection
@pytest.mark.parametrize(
    ("kind", "readers_see"),
    [("legal", "Wilma Writer"), ("first", "Wilma"), ("pen", "Ada Quill"), ("anonymous", "Anonymous")],
)
def test_byline_is_what_readers_were_said_to_see(cast, kind, readers_see):
    draft = make_draft(cast.writer, cast.call, byline_kind=kind, byline_name="Ada Quill")

    client_for(cast.writer).post(sending(draft))

    assert Byline.objects.get(person=cast.writer).name == readers_see


@one_connection
def test_changed_text_is_sent_again(cast):
    submission = make_submission(cast.writer, cast.call)
    leave_reading(submission, cast.editor, "maybe", "A secret note.")
    release_and_tell(
        prepare_decision(submission, cast.editor, DecisionKind.REVISE, "Could it end on the porch?"), cast.editor
    )
    client = client_for(cast.writer)
    page = client.get(reverse("room:draft", args=[submission.key])).content.decode()
    typed = {"title": "The Kettle", "source": "It ends on the porch.", "byline_kind": "legal", "name": "Wilma Writer"}
    client.post(reverse("room:draft", args=[submission.key]), {**typed, "next": "1"})

    client.post(sending(submission))

    submission.refresh_from_db()
    assert "Could it end on the porch?" in page
    assert submission.state == SubmissionState.RECEIVED
    assert submission.document["content"][0]["content"][0]["text"] == "It ends on the porch."
