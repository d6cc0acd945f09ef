"""Files, photos and pasted rich text in a real browser, with and without script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hearthpress.documents.arriving.arrived import MAX_FILE_BYTES
from hearthpress.submissions.models import Submission
from tests.factories import Cast, client_for, make_draft
from tests.flows.browser import PHONE, give_session, open_browser, watch
from tests.submissions.test_attaching import photograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DATA = Path(__file__).parents[1] / "documents/arriving/data"
HTML = "<h2>The Kiln</h2><p>My mother fired <i>pots</i>.</p><ul><li>clay</li><li>wood</li></ul><p><u>Later</u></p>"
PLAIN = "The Kiln\n\nMy mother fired pots.\n\nclay\nwood\n\nLater"
READ = "## The Kiln\n\nMy mother fired *pots*.\n\n- clay\n- wood\n\nLater"
LONG = 20_000
COPY = """([html, plain]) => navigator.clipboard.write([new ClipboardItem({
    "text/html": new Blob([html], { type: "text/html" }), "text/plain": new Blob([plain], { type: "text/plain" }),
})])"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


@pytest.fixture
def draft(cast: Cast) -> Submission:
    return make_draft(cast.writer, cast.call, title="The Kiln", text="")


@pytest.fixture
def context(
    browser: Browser, cast: Cast, live_server: object, settings: object, tmp_path: Path
) -> Iterator[BrowserContext]:
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    settings.MEDIA_ROOT = tmp_path
    context = browser.new_context(viewport=PHONE, base_url=live_server.url)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    give_session(context, client_for(cast.writer), live_server.url)
    yield context
    context.close()
    connections.close_all()


@pytest.fixture
def page(context: BrowserContext, draft: Submission) -> Page:
    page = context.new_page()
    page.goto(f"/write/{draft.key}/draft/")
    return page


def box(page: Page) -> object:
    return page.get_by_label("Your story", exact=True)


def paste(page: Page, html: str = HTML, plain: str = PLAIN, keys: str = "Control+V") -> None:
    page.evaluate(COPY, [html, plain])
    box(page).focus()
    page.keyboard.press(keys)


class TestPasting:
    def test_rich_text_becomes_what_could_have_been_typed(self, page: Page, draft: Submission) -> None:
        complaints = watch(page)
        box(page).fill("Before.\n\n\n\nAfter.")
        box(page).evaluate("box => box.setSelectionRange(9, 9)")

        paste(page)

        expect(box(page)).to_have_value(f"Before.\n\n{READ}\n\nAfter.")
        expect(page.locator("#pasted")).to_contain_text("Underlining was left out")
        assert box(page).evaluate("box => box.selectionEnd") == 9 + len(READ)
        expect(page.get_by_text("Saved at")).to_be_visible(timeout=15_000)
        draft.refresh_from_db()
        assert READ in draft.source
        assert complaints == []

    def test_it_takes_the_place_of_what_was_selected(self, page: Page) -> None:
        box(page).fill("One two three")
        box(page).evaluate("box => box.setSelectionRange(4, 7)")

        paste(page, "<i>2</i>", "2")

        expect(box(page)).to_have_value("One *2* three")

    def test_it_can_be_undone_step_by_step(self, page: Page) -> None:
        box(page).press_sequentially("Typed. ")
        paste(page)
        expect(box(page)).to_have_value(f"Typed. {READ}")

        page.keyboard.press("Control+Z")
        expect(box(page)).to_have_value(f"Typed. {PLAIN}")
        page.keyboard.press("Control+Z")

        expect(box(page)).to_have_value("Typed. ")

    def test_pasted_as_plain_text_it_stays_plain(self, page: Page) -> None:
        asked = []
        page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/pasted/") else None)

        paste(page, keys="Control+Shift+V")

        expect(box(page)).to_have_value(PLAIN)
        assert asked == []

    def test_where_it_cannot_be_read_the_plain_words_are_there(self, page: Page) -> None:
        page.context.set_offline(True)

        paste(page)

        expect(box(page)).to_have_value(PLAIN)
        expect(page.locator("#pasted")).to_contain_text("pasted as plain words")

    def test_signed_out_the_plain_words_are_there(self, page: Page) -> None:
        page.context.clear_cookies()

        paste(page)

        expect(page.locator("#pasted")).to_contain_text("pasted as plain words")
        expect(box(page)).to_have_value(PLAIN)

    def test_words_that_were_changed_meanwhile_are_left_alone(self, page: Page) -> None:
        page.route(
            "**/pasted/",
            lambda route: (page.evaluate("document.forms['draft-form'].source.value = 'Mine.'"), route.continue_()),
        )

        paste(page)

        expect(page.locator("#pasted")).to_contain_text("pasted as plain words")
        expect(box(page)).to_have_value("Mine.")

    def test_ten_megabytes_are_pasted_as_plain_words(self, page: Page) -> None:
        paste(page, f"<p>{'x' * 10_000_000}</p>", "The words.")

        expect(page.locator("#pasted")).to_contain_text("pasted as plain words")
        expect(box(page)).to_have_value("The words.")

    def test_a_whole_book_is_read(self, page: Page) -> None:
        words, number = "The <i>door</i> opened & a quite ordinary day went by.", 2_000

        paste(page, f"<p>{words}</p>" * number, "\n\n".join(["The door"] * number))

        expect(page.locator("#pasted")).to_be_empty()
        expect(page.get_by_text("Saved at")).to_be_visible(timeout=LONG)
        page.wait_for_function("document.forms['draft-form'].source.value.includes('*door*')", timeout=LONG)
        read = words.replace("<i>", "*").replace("</i>", "*")
        assert box(page).input_value() == "\n\n".join([read] * number)


class TestAFile:
    def test_its_words_fill_the_box_and_what_was_lost_is_told_until_it_was_seen(self, page: Page) -> None:
        page.get_by_label("Or bring in a file").set_input_files(DATA / "story.docx")
        page.get_by_role("button", name="Save", exact=True).click()

        expect(page.get_by_text("A story cannot hold tables")).to_be_visible()
        assert "My mother fired pots in *the old bakery*" in box(page).input_value()
        page.get_by_label("I have seen this").check()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
        expect(page.get_by_text("A story cannot hold tables")).to_have_count(0)

    def test_without_script_it_is_asked_where_the_words_go(
        self, browser: Browser, context: BrowserContext, live_server: object, draft: Submission
    ) -> None:
        state = context.storage_state()
        bare = browser.new_context(java_script_enabled=False, storage_state=state, viewport=PHONE)
        page = bare.new_page()
        page.goto(f"{live_server.url}/write/{draft.key}/draft/")
        box(page).fill("I wrote this on the train.")
        page.get_by_label("Or bring in a file").set_input_files(DATA / "story.odt")

        page.get_by_role("button", name="See how it reads").click()
        page.get_by_role("button", name="Put them after what is there").click()

        assert box(page).input_value().startswith("I wrote this on the train.\n\n## The Kiln")
        bare.close()

    def test_one_that_is_too_large_is_told_before_it_is_sent(self, page: Page) -> None:
        field = page.get_by_label("Or bring in a file")
        large = {"name": "large.docx", "mimeType": "application/zip", "buffer": b"x" * (MAX_FILE_BYTES + 1)}

        field.set_input_files(large)

        expect(page.get_by_role("alert")).to_contain_text("larger than 10 MB")
        expect(field).to_have_value("")


def test_photos_are_added_described_and_gone_with(page: Page, draft: Submission) -> None:
    box(page).fill("The kettle was on.")
    page.get_by_role("button", name="Add photos").click()
    photo = {"name": "porch.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    page.get_by_label("Add photos").set_input_files([photo, {**photo, "name": "fake.png", "buffer": b"no"}])
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("fake.png: This is no JPEG")).to_be_visible()
    expect(page.get_by_role("img", name="Not described yet.")).to_be_visible()
    assert page.get_by_role("img", name="Not described yet.").evaluate("image => image.naturalWidth") == 1600

    page.get_by_role("button", name="Save, and back to your story").click()
    expect(box(page)).to_have_value("The kettle was on.")
    page.get_by_role("button", name="See how it reads").click()
    expect(page.get_by_text("who took it, what it shows")).to_be_visible()
    page.get_by_label("Who took it").fill("Wilma")
    page.get_by_label("What it shows").fill("A porch.")
    page.get_by_label("Everybody who can be recognised agrees").check()
    page.get_by_role("button", name="Save, and back to your story").click()
    page.get_by_role("button", name="See how it reads").click()

    expect(page.get_by_role("heading", name="How it reads")).to_be_visible()
    draft.refresh_from_db()
    assert draft.source == "The kettle was on."
