"""A story by e-mail: the command takes it in, its writer signs in with a code and sends it, and the queue shows it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from hearthpress.documents.arriving.file import read_file
from hearthpress.submissions.arriving import mail_address
from hearthpress.submissions.models import Submission
from tests.factories import Cast, add_second_factor, make_cast
from tests.flows.browser import DESK, PHONE, open_browser
from tests.flows.test_journey import Walk
from tests.mail.mails import make_mail
from tests.post_office import open_post_office
from tests.readership.server import database_url
from tests.submissions.test_attaching import photograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = Path(__file__).parents[1] / "documents/arriving/data/story.docx"
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def people(transactional_db: None) -> Cast:
    cast = make_cast()
    cast.call.takes_mail = True
    cast.call.save()
    return cast


@pytest.fixture
def walk(live_server: object, settings: object) -> Iterator[Walk]:
    settings.PUBLIC_ADDRESS = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    with open_post_office(settings) as office, open_browser() as browser:
        yield Walk(browser, office, live_server.url)
        # What the test asked the database while Playwright's loop was running went through a connection of its own.
        connections.close_all()


def test_a_story_from_a_mail_to_the_queue(walk: Walk, people: Cast) -> None:
    a_mail_is_taken(people, walk.address)
    draft = Submission.objects.get()
    letter = walk.letter("joan@example.org", "It is a draft for now").replace("=\n", "")
    assert f"{walk.address}/write/{draft.key}/draft/" in letter

    writer = walk.window(PHONE)
    the_writer_confirms_it(walk, writer, draft)
    editor = walk.window(DESK)
    secret = add_second_factor(people.editor)
    editor.goto("/desk/")
    walk.sign_in(editor, people.editor.email, secret)

    expect(editor.get_by_role("link", name="My kiln").first).to_be_visible()
    assert "Joan" not in editor.inner_text("main")
    draft.refresh_from_db()
    assert draft.source == read_file("story.docx", STORY.read_bytes()).source
    assert walk.complaints == []


def a_mail_is_taken(people: Cast, address: str) -> None:
    """By the command itself, as a mail server's pipe runs it."""
    to = mail_address(people.call)
    mail = make_mail("Dear editors, here is my story.", to=to, From="Joan Harrow <joan@example.org>", Subject="A story")
    mail.replace_header("Return-Path", "<joan@example.org>")
    mail.add_attachment(STORY.read_bytes(), maintype="application", subtype=WORD, filename="My_kiln.docx")
    mail.add_attachment(photograph(), maintype="image", subtype="jpeg", filename="porch.jpg")
    here = {"DATABASE_URL": database_url("default"), "VIEWS_DATABASE_URL": "", "PUBLIC_ADDRESS": address}
    command = [sys.executable, "-m", "hearthpress.cli", "take-mail", "--recipient", to]
    done = subprocess.run(command, input=mail.as_bytes(), env={**os.environ, **here}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (os.EX_OK, b"")


def the_writer_confirms_it(walk: Walk, page: Page, draft: Submission) -> None:
    page.goto(f"/write/{draft.key}/draft/")
    walk.sign_in(page, "joan@example.org")
    expect(page.get_by_text("It came by e-mail on")).to_be_visible()
    expect(page.get_by_text("My_kiln.docx")).to_be_visible()
    expect(page.get_by_label("A note to the editors")).to_have_value("Dear editors, here is my story.")

    page.get_by_role("button", name="See how it reads").click()
    expect(page.get_by_text("Please choose what your story is signed with.")).to_be_visible()
    page.get_by_label("A pen name").check()
    page.get_by_label("Your pen name").fill("Alma Grady")
    page.get_by_role("button", name="See how it reads").click()

    expect(page.get_by_role("heading", name="Photos", exact=True)).to_be_visible()
    page.get_by_label("Who took it").fill("A neighbour")
    page.get_by_label("What it shows").fill("A porch at night.")
    page.get_by_label("Everybody who can be recognised agrees").check()
    page.get_by_role("button", name="Save, and back to your story").click()

    page.get_by_role("button", name="See how it reads").click()
    page.get_by_role("button", name="Send it to the editors").click()
    expect(page.get_by_text("You hear from us").first).to_be_visible()
