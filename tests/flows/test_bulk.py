"""From a call that is drafted to ten decisions that are released together, in a real browser, with a real SMTP server.

The nine writers who are not told of an undone release are told exactly once, and every status page says what is true.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from django.db import connections
from playwright.sync_api import Locator, Page, expect

from hearthpress.common import clock
from hearthpress.mail.delivery import deliver_letters
from hearthpress.people.models import Person
from hearthpress.submissions.actions import tell_due
from hearthpress.submissions.enums import DecisionState
from hearthpress.submissions.models import Call, Decision, Submission
from tests.factories import Cast, client_for, make_cast, make_person, make_subject, make_submission
from tests.flows.browser import DESK, PHONE, give_session, open_browser
from tests.flows.test_journey import Walk
from tests.post_office import open_post_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "views"])]

TITLES = ("The Ladder", "Salt", "A Bus at Six", "Her Handwriting", "Nine Jars", "The Dog", "Snow", "Keys", "The Well")
OF_LOSS = "What We Had Named Her"
UNDONE = "Nine Jars"
WORDS = "Thank you, {name}, for “{title}”. We have too much that is like it this autumn."
LINE = "We read the page about the yellow room twice."
TOLD, NOT_TOLD = "Not for us this time", "Received"


@pytest.fixture
def people(transactional_db: None) -> Cast:
    cast = make_cast()
    cast.call.delete()
    make_subject(of_loss=True)
    return cast


@pytest.fixture
def walk(live_server: object, settings: object) -> Iterator[Walk]:
    settings.PUBLIC_ADDRESS = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    with open_post_office(settings) as office, open_browser() as browser:
        yield Walk(browser, office, live_server.url)
        # What the test asked the database while Playwright's loop was running went through a connection of its own.
        connections.close_all()


def test_ten_stories_from_an_open_call_to_decisions_released_together(walk: Walk, people: Cast) -> None:
    call = the_owner_opens_a_call(walk, signed_in(walk, people.owner))
    writers = nine_writers_send(call)
    phone = walk.window(PHONE)
    a_tenth_types_hers(walk, phone)
    page = signed_in(walk, people.editor)
    the_editor_ticks_all(page)
    the_editor_prepares_all(page)
    the_editor_reads_the_letters_and_releases(page)
    nobody_knows_yet(walk, phone, writers)
    the_editor_undoes_one(page)
    the_minute_passes()
    nine_letters_arrive_once(walk)
    the_status_pages_say_so(phone, writers)

    page.reload()
    expect(told_today(page)).to_have_count(9)
    expect(page.get_by_role("checkbox", name=UNDONE)).to_be_visible()
    assert walk.complaints == []


def signed_in(walk: Walk, person: Person) -> Page:
    page = walk.window(DESK)
    give_session(page.context, client_for(person), walk.address)
    return page


def the_owner_opens_a_call(walk: Walk, page: Page) -> Call:
    page.goto("/desk/calls/")
    page.get_by_role("link", name="Draft a call").click()
    page.get_by_label("Title").fill("Autumn rooms")
    page.get_by_label("What we look for").fill("A true story about a room that you left.")
    page.get_by_label("The rights we ask for").fill("It stays yours.")
    page.get_by_label("What happens to what is sent").fill("Two of us read it.")
    page.get_by_label("Days until the writer hears from us").fill("21")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Autumn rooms", level=1)).to_be_visible()
    visitor = walk.window(PHONE)
    visitor.goto("/write-for-us/")
    assert "Autumn rooms" not in visitor.inner_text("main")

    page.get_by_role("link", name="See its page").click()
    expect(page.get_by_text("A true story about a room that you left.")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Open it").click()
    page.get_by_role("button", name="Let it open").click()
    expect(page.get_by_text("It is open.")).to_be_visible()
    visitor.reload()
    assert "A true story about a room that you left." in visitor.inner_text("main")
    return Call.objects.get(title="Autumn rooms")


def nine_writers_send(call: Call) -> dict[str, Person]:
    """The writers, by the title of what each has sent."""
    writers = {title: make_person(f"writer-{place}@example.org") for place, title in enumerate(TITLES)}
    for title, writer in writers.items():
        make_submission(writer, call, title=title, text=f"I left {title.lower()} behind.\n\nNobody asked for it again.")
    return writers


def a_tenth_types_hers(walk: Walk, page: Page) -> None:
    page.goto("/write-for-us/")
    page.get_by_role("link", name="Begin your story").first.click()
    walk.sign_in(page, "joan@example.org")
    page.get_by_label("Title").fill(OF_LOSS)
    page.get_by_label("Your story").fill("The room was yellow.\n\nWe painted it white in March.")
    page.get_by_label("Your full name").fill("Joan Harrow")
    page.get_by_role("radio", name=re.compile("^My full name")).check()
    page.get_by_label("Pregnancy loss").check()
    page.get_by_role("button", name="See how it reads").click()
    page.get_by_role("button", name="Send it to the editors").click()
    expect(page.get_by_text("You hear from us").first).to_be_visible()


def the_editor_ticks_all(page: Page) -> None:
    page.goto("/desk/")
    expect(page.get_by_text("10 stories wait for a decision.")).to_be_visible()
    assert page.get_by_role("button", name="Decline").count() == 0
    boxes = page.get_by_role("checkbox", name=re.compile("^Tick “"))
    expect(boxes).to_have_count(10)
    for box in boxes.all():
        box.check()
    page.get_by_role("button", name="Prepare decisions").click()
    page.get_by_role("group", name="What do you decide about these 10 stories?").get_by_label("Decline").check()
    page.get_by_role("button", name="On to the words").click()


def the_editor_prepares_all(page: Page) -> None:
    """Without the line that a story of loss needs it is asked for, and the words that were typed are still there."""
    expect(page.get_by_role("heading", level=1)).to_have_text("10 letters that say no")
    page.get_by_label("Your words to the writer").fill(WORDS)
    piece(page, "Salt").get_by_label("A line for this writer alone").fill("The shed stays with us.")
    loss = piece(page, OF_LOSS)
    loss.get_by_text("Other words for this one").first.click()
    loss.get_by_role("textbox", name="Other words for this one").fill("With thanks, {name}. We could not make room.")
    page.get_by_role("button", name="Prepare these 10").click()

    expect(page.get_by_text("9 decisions are prepared.")).to_be_visible()
    expect(loss.get_by_text("Please write a line for this writer alone, or leave it out.")).to_be_visible()
    expect(page.get_by_label("Your words to the writer")).to_have_value(WORDS)
    expect(loss.get_by_role("textbox", name="Other words for this one")).to_have_value(
        "With thanks, {name}. We could not make room."
    )
    loss.get_by_label("A line for this writer alone").fill(LINE)
    page.get_by_role("button", name="Prepare it").click()
    expect(page.get_by_role("heading", name="Outbox")).to_be_visible()


def piece(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=re.compile(f"^{title}"))


def the_editor_reads_the_letters_and_releases(page: Page) -> None:
    expect(page.get_by_role("region", name="Prepared").get_by_role("checkbox")).to_have_count(10)
    page.get_by_role("button", name="See all the letters").click()
    expect(page.get_by_text("These are the 10 letters that go out, word for word.")).to_be_visible()
    expect(piece(page, "Snow")).to_contain_text("Thank you, Writer-6, for “Snow”.")
    expect(piece(page, "Salt")).to_contain_text("The shed stays with us.")
    expect(piece(page, OF_LOSS)).to_contain_text(LINE)
    expect(piece(page, OF_LOSS)).to_contain_text("With thanks, Joan Harrow.")
    page.get_by_role("button", name="Release these 10").click()
    expect(page.get_by_text("10 decisions go out.")).to_be_visible()


def nobody_knows_yet(walk: Walk, phone: Page, writers: dict[str, Person]) -> None:
    """Within the minute the worker finds nothing to tell, and no page tells it either."""
    assert tell_due() == 0
    assert told_letters(walk) == []
    assert standing_of(writers["Salt"], "Salt") == NOT_TOLD
    phone.reload()
    expect(phone.locator(".page-head .status")).to_have_text(NOT_TOLD)


def the_editor_undoes_one(page: Page) -> None:
    page.get_by_role("region", name="Going out").get_by_role("button", name=re.compile(f"^Undo.*{UNDONE}")).click()
    expect(page.get_by_text("Undone. Nobody has heard of it.")).to_be_visible()
    expect(page.get_by_role("region", name="Prepared").get_by_role("checkbox")).to_have_count(1)
    expect(page.get_by_role("button", name="Undo these 9")).to_be_visible()


def the_minute_passes() -> None:
    """What was released can be undone no more, and the worker tells it; once, however often it looks."""
    assert Decision.objects.filter(state=DecisionState.RELEASING).update(tell_at=clock.now()) == 9
    assert (tell_due(), tell_due()) == (9, 0)


def nine_letters_arrive_once(walk: Walk) -> None:
    letters = told_letters(walk)
    deliver_letters()
    assert len(told_letters(walk)) == 9

    by_title = {letter["Subject"].split("“")[1].rstrip("”"): letter for letter in letters}
    assert sorted(by_title) == sorted({*TITLES, OF_LOSS} - {UNDONE})
    for place, title in enumerate(TITLES):
        if title != UNDONE:
            assert by_title[title]["To"] == f"writer-{place}@example.org"
            assert f"for “{title}”. We have too much" in words_of(by_title[title])
    assert by_title[OF_LOSS]["To"] == "joan@example.org"
    assert LINE in words_of(by_title[OF_LOSS])


def told_letters(walk: Walk) -> list[EmailMessage]:
    """Those that say a decision, of all that the post office has, after the post has been carried."""
    deliver_letters()
    letters = [email.message_from_bytes(one.content, policy=email.policy.default) for one in walk.office.letters]
    return [letter for letter in letters if letter["Subject"].startswith("About your story “")]


def words_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def the_status_pages_say_so(phone: Page, writers: dict[str, Person]) -> None:
    phone.reload()
    expect(phone.locator(".page-head .status")).to_have_text(TOLD)
    expect(phone.get_by_role("region", name="What the editors wrote")).to_contain_text(LINE)
    said = {title: standing_of(writer, title) for title, writer in writers.items()}
    assert said == {title: NOT_TOLD if title == UNDONE else TOLD for title in TITLES}


def standing_of(writer: Person, title: str) -> str:
    """The mark beside the title on the writer's own page of it."""
    key = Submission.objects.get(title=title).key
    answer = client_for(writer).get(f"/write/{key}/")
    assert answer.status_code == 200
    return str(answer.context["standing"].label)


def told_today(page: Page) -> Locator:
    return page.get_by_role("region", name="Told today").get_by_role("row").filter(has=page.get_by_role("rowheader"))
