"""Beginning a story for a call."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hearthpress.common import clock
from hearthpress.submissions.enums import CallState
from hearthpress.submissions.models import Call, Submission
from tests.factories import client_for, make_call, make_submission

pytestmark = pytest.mark.django_db


def close(call: Call) -> None:
    call.closes_at = clock.now() - timedelta(days=1)
    call.save()


def test_begin_opens_a_new_draft(cast):
    response = client_for(cast.writer).get(reverse("room:begin", args=[cast.call.slug]))

    draft = Submission.objects.get(writer=cast.writer)
    assert response["Location"] == reverse("room:draft", args=[draft.key])


def test_begin_opens_the_draft_that_was_begun(cast):
    client = client_for(cast.writer)

    first = client.get(reverse("room:begin", args=[cast.call.slug]))
    second = client.get(reverse("room:begin", args=[cast.call.slug]))

    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == 1


def test_begin_after_sending_opens_another_draft(cast):
    sent = make_submission(cast.writer, cast.call)

    response = client_for(cast.writer).get(reverse("room:begin", args=[cast.call.slug]))

    assert sent.key not in response["Location"]


def test_begin_says_kindly_that_a_call_is_closed(cast):
    close(cast.call)

    response = client_for(cast.writer).get(reverse("room:begin", args=[cast.call.slug]))

    assert response.status_code == 200
    assert "This call is closed" in response.content.decode()
    assert not Submission.objects.exists()


def test_begin_of_a_closed_call_names_the_next_that_opens(cast):
    close(cast.call)
    make_call(
        slug="autumn",
        title="Autumn",
        state=CallState.ANNOUNCED,
        opens_at=clock.now() + timedelta(days=1),
        rate_card=cast.call.rate_card,
    )

    page = client_for(cast.writer).get(reverse("room:begin", args=[cast.call.slug])).content.decode()

    assert 'The next one is <a href="/write-for-us/autumn/">Autumn</a>: it opens on' in page


def test_begin_still_opens_a_draft_of_a_closed_call(cast):
    client = client_for(cast.writer)
    opened = client.get(reverse("room:begin", args=[cast.call.slug]))
    close(cast.call)

    response = client.get(reverse("room:begin", args=[cast.call.slug]))

    assert response["Location"] == opened["Location"]


def test_begin_sends_somebody_unknown_to_sign_in_and_back(cast):
    path = reverse("room:begin", args=[cast.call.slug])

    response = client_for(None).get(path)

    assert response["Location"] == f"{reverse('account_login')}?next={path}"
