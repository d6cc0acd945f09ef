"""The time to think, on the page of approval: said plainly, shortened by the writer alone, and no dead end."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from hearthpress.common import clock
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import CoolingWaived, Manuscript
from hearthpress.mail.models import Letter
from hearthpress.stories.models import Story
from tests.factories import Cast, client_for, make_approved, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(cast: Cast) -> Manuscript:
    make_subject("infant-death", cooling_hours=24)
    return make_approved(cast.writer, cast.editor, cast.call, {"subjects": ["infant-death"]})


@pytest.fixture
def writer(cast: Cast) -> Client:
    return client_for(cast.writer)


def page(client: Client, manuscript: Manuscript) -> str:
    answer = client.get(f"/write/{manuscript.submission.key}/approval/").content.decode()
    return re.sub(r"\s+", " ", answer)


def waive(client: Client, manuscript: Manuscript, sha256: str | None = None) -> int:
    sent = {"approved_sha256": manuscript.revision.sha256 if sha256 is None else sha256}
    return client.post(f"/write/{manuscript.submission.key}/approval/no-time-needed/", sent).status_code


def test_page_says_until_when_and_how_to_change_ones_mind(writer: Client, approved: Manuscript) -> None:
    shown = page(writer, approved)

    assert "Because of what this story touches, we wait until" in shown
    assert "I do not need the time" in shown
    assert "Ask for a change" in shown
    assert "Take my story back" in shown


def test_page_says_nothing_where_nothing_waits(cast: Cast, writer: Client) -> None:
    shown = page(writer, make_approved(cast.writer, cast.editor, cast.call))

    assert "Time to think" not in shown
    assert "I do not need the time" not in shown


def test_page_says_nothing_once_the_time_is_over(writer: Client, approved: Manuscript) -> None:
    with clock.at(clock.now() + timedelta(hours=25)):
        assert "Time to think" not in page(writer, approved)


def test_button_shortens_it_and_the_page_says_so(cast: Cast, writer: Client, approved: Manuscript) -> None:
    status = waive(writer, approved)

    row = CoolingWaived.objects.get()
    assert (status, row.person, len(row.session)) == (302, cast.writer, 64)
    assert "you told us that you do not need it" in page(writer, approved)
    assert (
        "You told us that you do not need more time to think"
        in writer.get(f"/write/{approved.submission.key}/").content.decode()
    )


def test_other_peoples_sessions_find_nothing_here(cast: Cast, approved: Manuscript) -> None:
    others = (cast.other_writer, cast.editor, cast.owner)

    assert [waive(client_for(person), approved) for person in others] == [404, 404, 404]
    assert waive(client_for(None), approved) == 302  # to the way in
    assert not CoolingWaived.objects.exists()


@pytest.mark.parametrize("shown", ["", "0" * 64])
def test_form_of_another_yes_shortens_nothing(writer: Client, approved: Manuscript, shown: str) -> None:
    waive(writer, approved, shown)

    assert not CoolingWaived.objects.exists()


def test_second_press_does_no_harm(writer: Client, approved: Manuscript) -> None:
    assert [waive(writer, approved), waive(writer, approved)] == [302, 302]
    assert CoolingWaived.objects.count() == 1


def test_writer_who_changes_their_mind_opens_the_text_again(writer: Client, approved: Manuscript) -> None:
    writer.post(f"/write/{approved.submission.key}/approval/change/", {"words": "Please leave out the last line."})

    approved.refresh_from_db()
    assert approved.state == ManuscriptState.EDITING
    assert "Please leave out the last line." in Letter.objects.get(kind="editing/change_asked").text
    assert not Story.objects.exists()
    status = writer.get(f"/write/{approved.submission.key}/").content.decode()
    assert "You asked for a change" in status
    assert "The editor changed the text again" not in status
