"""The writer's side on a phone, in a real browser: where it stands, and taking it back while a decision goes out."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from hearthpress.common import clock
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions
from hearthpress.submissions.models import Submission
from tests.factories import Cast, client_for, make_cast, make_submission
from tests.flows.browser import PHONE, give_session, open_browser, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "views"])]

FACTS = (
    "You sent it",
    "We said that you hear from us by",
    "An editor opened it",
    "2 editors have read it",
    "We wrote that our answer takes longer",
    "You hear from us, at the latest",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def phone(browser: Browser, live_server: object, cast: Cast) -> Iterator[Page]:
    """The writer's own."""
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    give_session(context, client_for(cast.writer), live_server.url)
    page = context.new_page()
    complaints = watch(page)
    yield page
    context.close()
    assert complaints == []


def read_and_late(cast: Cast) -> Submission:
    """Sent, opened, read by two, and promised anew."""
    with clock.at(clock.now() - timedelta(days=31)):
        submission = make_submission(cast.writer, cast.call)
        Submission.objects.update(opened_at=clock.now() + timedelta(days=1))
    for days, editor in ((20, cast.editor), (10, cast.other_editor)):
        with clock.at(clock.now() - timedelta(days=days)):
            actions.leave_reading(submission, editor, "yes", "")
            submission.refresh_from_db()
    actions.apologise(submission, cast.editor, clock.now() + timedelta(days=14), "")
    return submission


def test_status_page_on_a_phone_is_an_ordered_list_of_what_happened(cast: Cast, phone: Page) -> None:
    submission = read_and_late(cast)

    phone.goto("/write/")
    phone.get_by_role("link", name="The Kettle").first.click()

    said = phone.get_by_role("region", name="What has happened").get_by_role("list").get_by_role("listitem")
    expect(said).to_have_count(6)
    for text, part in zip(said.all_inner_texts(), FACTS, strict=True):
        assert part in text
    assert phone.locator("ol.timeline time").count() == 6
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    # What has happened comes before the text, which is long.
    assert said.last.bounding_box()["y"] < phone.get_by_text("The text as you sent it").bounding_box()["y"]
    assert "Edith" not in phone.content()
    assert submission.key in phone.url


def test_story_is_taken_back_while_a_decision_about_it_goes_out(cast: Cast, phone: Page) -> None:
    submission = make_submission(cast.writer, cast.call)
    decision = actions.prepare_decision(submission, cast.editor, "accept", "We would be glad to publish it.")
    actions.release(decision, cast.editor)

    phone.goto(f"/write/{submission.key}/")
    seen = phone.inner_text("main")
    phone.get_by_role("link", name="Take my story back").click()
    phone.get_by_role("button", name="Take my story back").click()
    expect(phone.get_by_text("“The Kettle” is yours again.")).to_be_visible()
    with clock.at(clock.now() + 2 * actions.UNDO_WINDOW):
        told = actions.tell_due()
    phone.reload()

    decision.refresh_from_db()
    assert "Received" in seen
    assert "publish" not in seen
    assert (told, decision.state) == (0, "dropped")
    assert [letter.kind for letter in Letter.objects.filter(person=cast.writer).order_by("pk")] == [
        "submissions/receipt",
        "submissions/withdrawn",
    ]
    assert "Yours again" in phone.inner_text("main")
    assert "We asked to publish it" not in phone.inner_text("main")


def test_one_of_several_pieces_is_taken_back_with_the_keyboard_alone(cast: Cast, phone: Page) -> None:
    first = make_submission(cast.writer, cast.call, title="First")
    second = make_submission(cast.writer, cast.call, title="Second", sent_with=first)

    phone.goto(f"/write/{second.key}/")
    phone.get_by_role("link", name="It was accepted elsewhere").focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("checkbox", name="Second")).to_be_checked()
    expect(phone.get_by_role("checkbox", name="First")).not_to_be_checked()
    phone.get_by_role("button", name="Take back what is ticked").focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("“Second” is yours again.")).to_be_visible()

    states = dict(Submission.objects.values_list("title", "state"))
    assert states == {"First": "received", "Second": "withdrawn"}
    assert second.events.last().why == "elsewhere"
