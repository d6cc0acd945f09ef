"""An editor and a writer at one text, both signed in, each in a browser of their own."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from hearthpress.documents.notation import from_notation, to_notation
from hearthpress.documents.schema import check
from hearthpress.documents.suggestions import accepted, declined, suggestions
from hearthpress.editing import actions
from hearthpress.editing.models import Draft, Manuscript
from hearthpress.stories.models import Story
from tests.factories import Cast, client_for, edited, make_cast, make_manuscript, make_story
from tests.flows.browser import DESK, PHONE, give_session, open_browser, watch
from tests.flows.test_pages import axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "views"])]

TEXT = "The kettle was the colour of rain.\n\nWe talked until it was dark.\n\nThen we did not talk."
LONG = 20_000


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    actions.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation(TEXT), slug="the-kettle"))
    return manuscript


@pytest.fixture
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found
    # What the test asked the database while Playwright's loop was running went through a connection of its own.
    connections.close_all()


def window(browser: Browser, cast: Cast, who: str, address: str, **options: object) -> Page:
    options.setdefault("viewport", DESK)
    context: BrowserContext = browser.new_context(base_url=address, **options)
    give_session(context, client_for(getattr(cast, who)), address)
    return context.new_page()


@pytest.fixture
def pages(browser: Browser, cast: Cast, manuscript: Manuscript, live_server, settings) -> tuple[Page, Page]:
    """The editor's, on a wide screen, and the writer's, on a phone."""
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    editor = window(browser, cast, "editor", live_server.url)
    writer = window(browser, cast, "writer", live_server.url, viewport=PHONE)
    key = manuscript.submission.key
    editor.goto(f"/desk/{key}/suggestions/")
    writer.goto(f"/write/{key}/suggestions/")
    return editor, writer


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="The text", exact=True)


def select(page: Page, words: str) -> None:
    """As somebody does who drags over them."""
    box(page).evaluate(
        """(root, words) => {
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                root.focus();
                getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
                return;
            }
            throw new Error(words);
        }""",
        words,
    )
    page.wait_for_timeout(60)  # the browser tells the editor of a new selection a moment later


def to_its_beginning(page: Page) -> None:
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(60)


def put(page: Page, words: str, instead: str) -> None:
    select(page, words)
    page.keyboard.type(instead)


def kept(page: Page) -> None:
    """Wait until the server has all that was typed, and nothing lies on this device any more."""
    nothing_left = "() => document.getElementById('text-editor').text.kept() && !Object.keys(localStorage).length"
    page.wait_for_function(nothing_left, timeout=LONG)


def draft_of(manuscript: Manuscript) -> Draft:
    return Draft.objects.get(manuscript=manuscript)


def text(document) -> str:
    return to_notation(check(document))


def test_suggested_accepted_declined_rewritten_approved_and_published(
    pages, cast: Cast, manuscript: Manuscript
) -> None:
    editor, writer = pages
    complaints = [watch(page) for page in pages]
    key = manuscript.submission.key

    put(editor, "colour", "color")
    put(editor, "until", "till")
    put(editor, "dark", "night")
    select(editor, "kettle")
    editor.get_by_role("button", name="Remark", exact=True).click()
    editor.get_by_label("Your words").fill("Which kettle?")
    editor.get_by_role("button", name="Keep the remark").click()
    expect(editor.get_by_text("Which kettle?")).to_be_visible()
    kept(editor)
    assert text(declined(draft_of(manuscript).document)) == TEXT
    editor.get_by_role("button", name="Tell the writer").click()
    expect(editor.locator(".messages")).to_contain_text("gets a letter")

    writer.reload()
    expect(writer.get_by_role("heading", name="3 suggestions")).to_be_visible()
    writer.get_by_text("Answer", exact=True).first.click()
    writer.get_by_label("Your words").first.fill("My mother’s.")
    writer.get_by_role("button", name="Answer").click()
    expect(writer.get_by_text("My mother’s.")).to_be_visible()
    items = writer.locator("[data-suggestion]")
    items.nth(0).get_by_role("button", name="Accept").click()
    expect(writer.get_by_role("heading", name="2 suggestions")).to_be_visible()
    items.nth(0).get_by_role("button", name="Decline").click()
    expect(writer.get_by_role("heading", name="1 suggestion")).to_be_visible()
    items.nth(0).get_by_text("In my own words").click()
    items.nth(0).get_by_label("Instead of both").fill("dusk")
    items.nth(0).get_by_role("button", name="Use these words").click()
    expect(writer.get_by_role("heading", name="0 suggestions")).to_be_visible()
    writer.get_by_role("button", name="I have been through it").click()
    expect(writer.locator(".messages")).to_contain_text("gets a letter")

    agreed = TEXT.replace("colour", "color").replace("dark", "dusk")
    assert text(Manuscript.objects.get(pk=manuscript.pk).revision.content["document"]) == agreed
    editor.goto(f"/desk/{key}/approval-request/")
    editor.get_by_role("button", name="Ask").click()
    writer.goto(f"/write/{key}/approval/")
    writer.get_by_role("button", name="Yes, publish this text").click()
    expect(writer.locator(".messages")).to_contain_text("You said yes")

    one_letter_changed_after_the_yes(editor, writer, key)
    assert not Story.objects.exists()
    asked_approved_and_published(editor, writer, key)
    assert text(Story.objects.get().edition.revision.content["document"]) == agreed.replace("rain", "ruin")
    assert complaints == [[], []]


def asked_approved_and_published(editor: Page, writer: Page, key: str) -> None:
    editor.goto(f"/desk/{key}/approval-request/")
    editor.get_by_role("button", name="Ask").click()
    writer.goto(f"/write/{key}/approval/")
    writer.get_by_role("button", name="Yes, publish this text").click()
    expect(writer.locator(".messages")).to_contain_text("You said yes")
    editor.goto(f"/desk/{key}/publication/")
    editor.get_by_role("button", name="Publish", exact=True).click()
    expect(editor.locator(".messages")).to_contain_text("The story is live")


def one_letter_changed_after_the_yes(editor: Page, writer: Page, key: str) -> None:
    """Nothing of it can be published, neither before the writer answers nor after."""
    editor.goto(f"/desk/{key}/suggestions/")
    put(editor, "rain", "ruin")
    kept(editor)
    editor.goto(f"/desk/{key}/publication/")
    expect(editor.get_by_role("main")).to_contain_text("1 suggestion waits for an answer. Until that is settled")
    writer.goto(f"/write/{key}/suggestions/")
    writer.locator("[data-suggestion]").get_by_role("button", name="Accept").click()
    expect(writer.get_by_role("heading", name="0 suggestions")).to_be_visible()
    writer.get_by_role("button", name="I have been through it").click()
    expect(writer.locator(".messages")).to_contain_text("gets a letter")
    editor.reload()
    expect(editor.get_by_role("main")).to_contain_text("Since then: “rain” became “ruin” in paragraph 1")


def test_two_editors_type_at_the_same_time(browser, pages, cast: Cast, manuscript: Manuscript, live_server) -> None:
    editor, _writer = pages
    other = window(browser, cast, "other_editor", live_server.url)
    other.goto(f"/desk/{manuscript.submission.key}/suggestions/")

    put(editor, "colour", "color")
    put(other, "dark", "night")
    kept(editor)
    kept(other)

    expect(box(other)).to_contain_text("color")
    assert text(accepted(draft_of(manuscript).document)) == TEXT.replace("colour", "color").replace("dark", "night")


def test_what_was_typed_without_a_connection_is_there_again(pages, cast: Cast, manuscript: Manuscript) -> None:
    editor, writer = pages
    editor.context.set_offline(True)
    put(editor, "colour", "color")
    expect(editor.get_by_role("status").last).to_contain_text("No connection", timeout=LONG)
    put(writer, "dark", "night")
    kept(writer)

    context = editor.context
    editor.close()
    context.set_offline(False)
    editor = context.new_page()
    editor.goto(f"/desk/{manuscript.submission.key}/suggestions/")
    kept(editor)

    expect(editor.get_by_role("alert")).to_contain_text("in the text again")
    assert text(accepted(draft_of(manuscript).document)) == TEXT.replace("colour", "color").replace("dark", "night")
    assert [told.inserted for told in suggestions(draft_of(manuscript).document)] == ["color"]


def test_a_paragraph_is_parted_joined_and_made_a_heading(pages, cast: Cast, manuscript: Manuscript) -> None:
    editor, _writer = pages
    select(editor, "We talked")
    to_its_beginning(editor)
    editor.keyboard.press("Backspace")
    select(editor, "Then we")
    editor.get_by_role("button", name="Heading").click()
    select(editor, "the colour")
    to_its_beginning(editor)
    editor.keyboard.press("Enter")
    kept(editor)

    draft = draft_of(manuscript)
    assert text(declined(draft.document)) == TEXT
    assert text(accepted(draft.document)) == (
        "The kettle was\n\nthe colour of rain.We talked until it was dark.\n\n## Then we did not talk."
    )


def test_what_is_pasted_comes_out_clean(pages, cast: Cast, manuscript: Manuscript) -> None:
    _editor, writer = pages
    select(writer, "dark")
    html = (
        "<meta charset='utf-8'><b style='font-weight:normal' id='docs-internal-guid'>"
        "<p class='MsoNormal' style='color:red'>One <span style='font-style:italic'>soft</span> word"
        "<script>alert(1)</script></p><h1>Head</h1><p class='MsoListParagraphCxSpFirst' style='mso-list:l0 level1'>"
        "<span style='mso-list:Ignore'>·</span>An item</p><ins data-id='x'>in</ins></b>"
    )
    box(writer).evaluate(
        """(root, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            root.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        html,
    )
    kept(writer)

    said = text(draft_of(manuscript).document)
    assert "One *soft* word" in said
    assert "## Head\n\n- An item" in said
    assert "alert" not in said
    assert suggestions(draft_of(manuscript).document) == []


def test_a_line_to_another_story_is_looked_for_seen_and_suggested(pages, cast: Cast, manuscript: Manuscript) -> None:
    make_story(cast.other_writer, cast.editor, cast.call, title="The Last Good Coat")
    editor, writer = pages
    complaints = [watch(page) for page in pages]
    select(editor, "rain")
    editor.get_by_role("button", name="Related line").click()
    dialog = editor.get_by_role("dialog", name="A line to another story")
    dialog.get_by_label("Words of its title or its text").fill("no such words")
    expect(dialog.get_by_role("status")).to_contain_text("No live story")
    dialog.get_by_label("Words of its title or its text").fill("coat")
    dialog.get_by_role("radio", name="The Last Good Coat").check()
    expect(dialog).to_contain_text("→ The Last Good Coat")
    editor.evaluate(Axe().axe_script)
    assert list(axe_faults(editor, {})) == []
    dialog.get_by_role("button", name="Put the line in").click()
    expect(box(editor)).to_contain_text("The Last Good Coat")
    kept(editor)

    writer.reload()
    expect(writer.locator("[data-suggestion]")).to_contain_text("The Last Good Coat")
    writer.locator("[data-suggestion]").get_by_role("button", name="Accept").click()
    expect(writer.get_by_role("heading", name="0 suggestions")).to_be_visible()
    story = Story.objects.get()
    line = {"type": "related", "attrs": {"story": story.key, "title": story.headline}}
    assert draft_of(manuscript).document["content"][1] == line
    assert complaints == [[], []]


def test_the_buttons_are_one_stop_and_arrows_go_between_them(pages) -> None:
    editor, _writer = pages
    stops = editor.locator("#text-tools [role=toolbar] button:not([tabindex='-1'])")
    assert stops.count() == 1
    stops.focus()
    editor.keyboard.press("End")
    expect(editor.get_by_role("button", name="Remark", exact=True)).to_be_focused()
    editor.keyboard.press("ArrowRight")
    expect(editor.get_by_role("button", name="Italics")).to_be_focused()
    editor.keyboard.press("ArrowLeft")
    expect(editor.get_by_role("button", name="Remark", exact=True)).to_be_focused()
    assert stops.count() == 1
