"""One story, from "Write for us" to a paid statement, in a real browser, with a real SMTP server."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hearthpress.common import clock
from hearthpress.documents.manuscript import parse_manuscript
from hearthpress.documents.plain import plain_text
from hearthpress.mail.delivery import deliver_letters
from hearthpress.pay.verify import verify_books
from hearthpress.people.models import Person
from hearthpress.readership.models import ReaderDay, UnpaidView
from hearthpress.readership.settling import settle_arrivals
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import tell_due
from hearthpress.submissions.enums import DecisionState
from hearthpress.submissions.models import Decision, Submission
from tests.factories import Cast, add_second_factor, make_call, make_cast, make_rate_card, make_story, make_subject
from tests.flows.browser import DESK, PHONE, open_browser, watch
from tests.flows.test_suggesting import kept, put
from tests.people.test_signin import totp
from tests.post_office import PostOffice, open_post_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "views"])]

TEXT = Path(__file__).parent.parent / "documents/data/a-story-of-this-shape.txt"
READER = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
)
ZONE = ZoneInfo("America/New_York")


class Walk:
    """A browser with one window for each person, the post office, and the address of the magazine."""

    def __init__(self, browser: Browser, office: PostOffice, address: str) -> None:
        self.browser, self.office, self.address = browser, office, address
        self.watched: list[list[str]] = []

    @property
    def complaints(self) -> list[str]:
        """What the pages of all the windows complained of."""
        return [text for window in self.watched for text in window]

    def window(self, size: dict[str, int], **options: object) -> Page:
        context: BrowserContext = self.browser.new_context(viewport=size, base_url=self.address, **options)
        page = context.new_page()
        self.watched.append(watch(page))
        return page

    def letter(self, to: str, word: str) -> str:
        """The newest letter to somebody with a word in it, after the post has been carried."""
        deliver_letters()
        for envelope in reversed(self.office.letters):
            words = envelope.content.decode()
            if envelope.rcpt_tos == [to] and word in words:
                return words
        raise AssertionError(f"no letter to {to} with {word!r}")

    def sign_in(self, page: Page, email: str, secret: str = "") -> None:
        page.get_by_label("Your e-mail address").fill(email)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Type in your code")).to_be_visible()
        code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})\r?$", self.letter(email, "code"), re.MULTILINE)
        assert code is not None
        page.get_by_label("Code").fill(code[1])
        page.keyboard.press("Enter")
        if secret:
            page.wait_for_url("**/authenticate/**")
            page.get_by_label(re.compile("code", re.IGNORECASE)).first.fill(totp(secret))
            page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/sign-in/" not in url and "/authenticate/" not in url)


@pytest.fixture
def walk(live_server: object, settings: object) -> Iterator[Walk]:
    settings.PUBLIC_ADDRESS = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    with open_post_office(settings) as office, open_browser() as browser:
        yield Walk(browser, office, live_server.url)


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Move the magazine's clock, in every thread."""

    def to(moment: datetime) -> None:
        ahead = moment - datetime.now(moment.tzinfo)

        class Later(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:
                return datetime.now(tz) + ahead

        monkeypatch.setattr(clock, "datetime", Later)

    return to


@pytest.fixture
def people(transactional_db: None) -> Cast:
    cast = make_cast()
    cast.call.delete()
    # One reader-day earns $20.00, so that one reader makes a payout.
    cast.call = make_call(rate_card=make_rate_card(per_thousand=2_000_000))
    make_subject()
    for title in related_titles():
        make_story(cast.other_writer, cast.editor, cast.call, title=title)
    return cast


def related_titles() -> list[str]:
    return re.findall(r"^RELATED: (.+)$", TEXT.read_text(), re.MULTILINE)


def test_a_story_from_the_call_to_a_paid_statement(
    walk: Walk, people: Cast, set_clock: Callable[[datetime], None]
) -> None:
    writer = walk.window(PHONE)
    key = the_writer_sends_a_story(walk, writer)
    secret = add_second_factor(people.editor)
    editor = walk.window(DESK)
    the_editor_accepts_it(walk, editor, people, secret, key)
    the_writer_signs(walk, writer, key)
    the_editor_suggests_other_words(walk, editor, key)
    the_writer_accepts_them(walk, writer, key)
    the_editor_prepares_it(walk, editor, key)
    the_writer_approves(walk, writer, key)
    story = the_editor_publishes_it(walk, editor, key)
    readers_read_it(walk, writer, story)
    the_month_is_closed_and_paid(walk, writer, people, story, set_clock)

    assert verify_books() == []
    assert walk.complaints == []


def the_writer_sends_a_story(walk: Walk, page: Page) -> str:
    page.goto("/write-for-us/")
    text = page.inner_text("main")
    assert text.index("$20,000.00") < text.index("What we look for")
    page.get_by_role("link", name="Begin your story").first.click()
    walk.sign_in(page, "joan@example.org")

    page.get_by_label("Title").fill("The Post We All Read Twice")
    page.get_by_label("Your story").fill(TEXT.read_text())
    page.get_by_label("Your full name").fill("Joan Harrow")
    page.get_by_label("A pen name").check()
    page.get_by_label("Your pen name").fill("Alma Grady")
    page.get_by_label("Pregnancy loss").check()
    page.get_by_label("A note to the editors").fill("It is timely.")
    expect(page.locator("#saved")).to_contain_text("Saved at", timeout=15_000)

    page.goto("/write/")
    page.get_by_role("link", name="The Post We All Read Twice").first.click()
    expect(page.get_by_label("Your story")).to_have_value(re.compile("RELATED:"))
    page.get_by_role("button", name="See how it reads").click()
    expect(page.get_by_role("heading", name="How it reads")).to_be_visible()
    for question in page.get_by_role("group").filter(has_text="Yes").all():
        question.get_by_label("Yes").check()
    page.get_by_role("button", name="Send it to the editors").click()
    expect(page.get_by_text("You hear from us").first).to_be_visible()
    page.get_by_text("What has happened").wait_for()

    submission = Submission.objects.get(title="The Post We All Read Twice")
    due = submission.reply_due.astimezone(ZONE)
    receipt = walk.letter("joan@example.org", "The Post")
    assert f"{due:%B} {due.day}" in receipt or f"{due.day} {due:%B}" in receipt
    every_word_survived(submission)
    return submission.key


def every_word_survived(submission: Submission) -> None:
    """Four quotes, two related lines and a signature were recognised, and no word is lost."""
    blocks = submission.document["content"]
    kinds = [block["type"] for block in blocks]
    assert (kinds.count("quote"), kinds.count("related"), kinds.count("signature")) == (4, 2, 1)
    assert [b["attrs"]["title"] for b in blocks if b["type"] == "related"] == related_titles()
    parsed = parse_manuscript(TEXT.read_text())
    text = TEXT.read_text()
    for marker in parsed.markers:
        text = text.replace(marker, "", 1)
    assert plain_text(submission.document).split() == text.split()


def the_editor_accepts_it(walk: Walk, page: Page, people: Cast, secret: str, key: str) -> None:
    page.goto("/desk/")
    walk.sign_in(page, people.editor.email, secret)
    page.get_by_role("link", name="The Post We All Read Twice", exact=True).click()
    assert "Joan" not in page.inner_text("main")
    page.get_by_role("radio", name="Yes").check()
    page.get_by_label("Your notes").fill("Timely, and kind.")
    page.get_by_role("button", name="Keep the reading").click()
    page.get_by_role("link", name="Accept", exact=True).click()
    page.get_by_label("Your words to the writer").fill("We would be glad to publish it.")
    page.get_by_role("button", name="Prepare it").click()
    page.goto(f"/desk/{key}/release/")
    expect(page.get_by_text("We would be glad to publish it.")).to_be_visible()
    page.get_by_role("button", name=re.compile("release", re.IGNORECASE)).click()
    expect(page.get_by_role("button", name=re.compile("Undo")).first).to_be_visible()
    the_minute_passes()
    assert "We would be glad to publish it." in walk.letter("joan@example.org", "glad")


def the_minute_passes() -> None:
    """What was released can be undone no more, and the worker tells it."""
    Decision.objects.filter(state=DecisionState.RELEASING).update(tell_at=clock.now())
    assert tell_due() == 1


def the_writer_signs(walk: Walk, page: Page, key: str) -> None:
    page.goto(f"/write/{key}/agreement/")
    expect(page.get_by_text("$20,000.00 for every 1,000 reader-days").first).to_be_visible()
    page.get_by_label(re.compile("PayPal", re.IGNORECASE)).fill("joan.pay@example.org")
    page.get_by_label("Your full name, as your signature").fill("Joan Harrow")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Fingerprint").first).to_be_visible()
    assert Submission.objects.get(key=key).agreement.state == "signed"


def the_editor_suggests_other_words(walk: Walk, page: Page, key: str) -> None:
    page.goto(f"/desk/{key}/manuscript/")
    page.get_by_role("link", name="Work on the words").click()
    put(page, "breakfast", "first light")
    kept(page)
    page.get_by_role("button", name="Tell the writer").click()
    assert "/suggestions/" in walk.letter("joan@example.org", "suggestion")


def the_writer_accepts_them(walk: Walk, page: Page, key: str) -> None:
    page.goto(f"/write/{key}/suggestions/")
    page.locator("[data-suggestion]").get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", name="0 suggestions")).to_be_visible()
    page.get_by_role("button", name="I have been through it").click()
    expect(page.locator(".messages")).to_be_visible()


def the_editor_prepares_it(walk: Walk, page: Page, key: str) -> None:
    page.goto(f"/desk/{key}/manuscript/")
    page.get_by_label("Headline").fill("The Post We All Read Twice This Morning")
    page.get_by_label("Standfirst").fill("On a stranger's loss, and ours.")
    page.get_by_label("Section").select_option("grieving")
    for number, address in enumerate(page.get_by_label("Its web address").all()):
        address.fill(f"https://www.example.com/post/{number}")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"/desk/{key}/approval-request/")
    page.get_by_role("button", name="Ask the writer").click()
    assert "/approval/" in walk.letter("joan@example.org", "approval")


def the_writer_approves(walk: Walk, page: Page, key: str) -> None:
    page.goto(f"/write/{key}/approval/")
    expect(page.locator("del", has_text="breakfast").first).to_be_visible()
    expect(page.locator("ins", has_text="first light").first).to_be_visible()
    page.get_by_role("button", name="Yes, publish this text").click()
    # Two names beside words such as "son" and "daughter" may be children's: of them the writer is asked first.
    expect(page.get_by_text("Before your yes")).to_be_visible()
    for person in page.get_by_label("They know, and agree").all():
        person.check()
    for person in page.locator("select[name$=shown_as]").all():
        person.select_option("as_is")
    page.get_by_role("button", name="Keep my answers").click()
    page.goto(f"/write/{key}/approval/")
    page.get_by_role("button", name="Yes, publish this text").click()
    expect(page.get_by_text("You said yes").first).to_be_visible()


def the_editor_publishes_it(walk: Walk, page: Page, key: str) -> Story:
    page.goto(f"/desk/{key}/publication/")
    page.get_by_role("button", name="Publish", exact=True).click()
    story = Story.objects.get(manuscript__submission__key=key)
    assert story.state == "live"

    sitemaps = re.findall(r"<loc>https?://[^/]+(/sitemap-(?:news|stories)[^<]*)</loc>", read("/sitemap.xml"))
    assert sitemaps == ["/sitemap-news.xml", "/sitemap-stories-0.xml"]
    for path in ("/", "/section/grieving/", "/feed.atom", "/feed.json", *sitemaps):
        assert story.slug in read(path), path
    page.goto(story.get_absolute_url())
    assert page.locator('meta[property="og:title"]').get_attribute("content") == story.headline
    assert '"@type": "Article"' in page.locator('script[type="application/ld+json"]').inner_text()
    assert page.locator("figure.quote").count() == 4
    assert page.locator("p.related a").count() == 2
    assert "Joan" not in page.content()
    return story


def read(path: str) -> str:
    return Client().get(path).content.decode()


def readers_read_it(walk: Walk, writer: Page, story: Story) -> None:
    reader = walk.browser.new_context(viewport=PHONE, base_url=walk.address, user_agent=READER)
    page = reader.new_page()
    for expected in (1, 1):
        with page.expect_response(lambda answer: answer.url.endswith("/v"), timeout=20_000) as answer:
            page.goto(story.get_absolute_url())
        assert answer.value.status == 204
        settle_arrivals()
        assert ReaderDay.objects.filter(story_key=story.key).count() == expected
    assert reader.cookies() == []
    without = walk.browser.new_context(java_script_enabled=False, base_url=walk.address, user_agent=READER)
    without.new_page().goto(story.get_absolute_url(), wait_until="networkidle")
    with writer.expect_response(lambda answer: answer.url.endswith("/v"), timeout=20_000):
        writer.goto(story.get_absolute_url())

    settle_arrivals()
    reasons = set(UnpaidView.objects.filter(story_key=story.key).values_list("reason", flat=True))
    assert reasons == {"no_script", "own", "repeat"}


def the_month_is_closed_and_paid(
    walk: Walk, writer: Page, people: Cast, story: Story, set_clock: Callable[[datetime], None]
) -> None:
    live = story.first_live_at.astimezone(ZONE)
    month = f"{live:%Y-%m}"
    next_month = (live.replace(day=1, hour=3, minute=0) + timedelta(days=32)).replace(day=2)
    set_clock(next_month)
    secret = add_second_factor(people.bookkeeper)
    page = walk.window(DESK)
    page.goto("/books/")
    walk.sign_in(page, people.bookkeeper.email, secret)
    page.goto(f"/books/{month}/closing/")
    page.get_by_role("button", name=re.compile("^Close")).click()
    assert "/write/earnings/" in walk.letter("joan@example.org", "tatement")

    writer.goto(f"/write/earnings/{month}/")
    expect(writer.get_by_text("$20.00").first).to_be_visible()
    page.goto("/books/payouts/")
    page.get_by_role("button", name=re.compile("Make the payout file")).click()
    with page.expect_download() as file:
        page.get_by_role("link", name="Download the file").click()
    assert "joan.pay@example.org,20.00,USD" in Path(file.value.path()).read_text()
    page.get_by_role("link", name="Mark as paid").click()
    page.get_by_role("button", name=re.compile("was paid")).click()
    expect(page.get_by_text(re.compile("paid", re.IGNORECASE)).first).to_be_visible()
    assert Person.objects.get(email="joan@example.org").payouts.get().batch.state == "paid"
