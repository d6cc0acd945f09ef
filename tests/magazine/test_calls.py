"""What the public reads of calls, and the address that a closed one takes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.enums import CallKind, CallState, Needed, QuestionKind
from hearthpress.submissions.models import Call, Question, Waiting
from tests.factories import Cast, make_call

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def autumn(cast: Cast) -> Call:
    """Closed now; opens tomorrow."""
    return make_call(
        slug="autumn",
        title="Autumn",
        state=CallState.ANNOUNCED,
        opens_at=clock.now() + DAY,
        rate_card=cast.call.rate_card,
    )


def read(path: str) -> str:
    return Client().get(path).content.decode()


def wait(call: Call, address: str, headers: dict[str, str] | None = None, **more: str) -> HttpResponse:
    path = f"/waiting/{call.slug}/"
    return Client().post(path, {"address": address, **more}, headers=OURS if headers is None else headers)


def test_call_says_what_it_pays_before_what_it_wants(cast: Cast) -> None:
    page = read("/write-for-us/write-for-us/")

    assert page.index("$6.00 for every 1,000 reader-days") < page.index("One true story.")
    assert 'href="/write/new/write-for-us/"' in page


def test_times_are_told_in_the_zone_of_the_call_by_its_name(cast: Cast) -> None:
    Call.objects.update(closes_at=datetime(2036, 11, 2, 3, 59, tzinfo=UTC), time_zone="America/New_York")
    assert "November 1, 2036, 11:59 p.m., New York time" in read("/write-for-us/write-for-us/")

    Call.objects.update(time_zone="Asia/Kolkata")
    assert "November 2, 2036, 9:29 a.m., Kolkata time" in read("/write-for-us/write-for-us/")


def test_only_open_call_stands_whole_on_the_page_of_all(cast: Cast, autumn: Call) -> None:
    page = read("/write-for-us/")

    assert "One true story." in page
    assert "Opens on" in page
    assert 'href="/write-for-us/autumn/"' in page


def test_several_open_calls_are_named_each_with_what_it_pays(cast: Cast) -> None:
    make_call(slug="winter", title="Winter", rate_card=cast.call.rate_card)

    page = read("/write-for-us/")

    assert page.count("$6.00 for every 1,000 reader-days") == 2
    assert 'href="/write-for-us/winter/"' in page


def test_application_stands_beside_the_only_call_for_stories(cast: Cast) -> None:
    make_call(slug="join", title="Join us", kind=CallKind.WRITERS, rate_card=cast.call.rate_card)

    page = read("/write-for-us/")

    assert page.index("One true story.") < page.index('href="/write-for-us/join/"')
    assert "Open now." in page


def test_page_of_calls_asks_as_much_for_three_as_for_one(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read("/write-for-us/")
        return len(captured)

    Call.objects.update(state=CallState.CLOSED)
    one = queries()
    for number in range(3):
        make_call(slug=f"more-{number}", rate_card=cast.call.rate_card)

    assert queries() == one


@pytest.mark.parametrize("hidden", [{"state": CallState.DRAFT}, {"circle_only": True}])
def test_draft_and_call_for_the_circle_are_on_no_public_page(cast: Cast, hidden: dict[str, object]) -> None:
    Call.objects.update(title="A secret plan", **hidden)

    assert Client().get("/write-for-us/write-for-us/").status_code == 404
    assert all("A secret plan" not in read(path) for path in ("/write-for-us/", "/", "/sitemap-pages.xml"))
    assert wait(cast.call, "reader@example.net").status_code == 404


def test_closed_call_says_so_and_nobody_begins_there(cast: Cast) -> None:
    submissions.close_call(cast.call, cast.owner)

    page = read("/write-for-us/write-for-us/")

    assert "This call is closed, since" in page
    assert "/write/new/" not in page


def test_announced_call_says_when_it_opens_and_turns_by_time(cast: Cast, autumn: Call) -> None:
    answer = Client().get("/write-for-us/autumn/")
    assert "This call opens on" in answer.content.decode()
    assert answer.good_until == autumn.opens_at

    with clock.at(autumn.opens_at):
        assert "/write/new/autumn/" in read("/write-for-us/autumn/")


def test_application_speaks_of_no_pay_and_no_rights(cast: Cast) -> None:
    Call.objects.update(kind=CallKind.WRITERS)

    page = read("/write-for-us/write-for-us/")

    assert "Begin your application" in page
    assert "What we pay" not in page
    assert "The rights we ask for" not in page


def test_call_that_takes_mail_shows_its_address(cast: Cast) -> None:
    assert "mailto:" not in read("/write-for-us/")

    Call.objects.update(takes_mail=True)

    assert f"mailto:editors+call-{cast.call.pk}-" in read("/write-for-us/")


def test_front_page_invites_to_no_application(cast: Cast) -> None:
    Call.objects.update(kind=CallKind.WRITERS)

    assert "Something happened to you too" not in read("/")


def test_calls_are_in_the_sitemap(cast: Cast, autumn: Call) -> None:
    page = read("/sitemap-pages.xml")

    assert "/write-for-us/autumn/" in page
    assert "/write-for-us/write-for-us/" in page


def test_address_is_kept_until_the_call_opens(cast: Cast, autumn: Call) -> None:
    answer = wait(autumn, "Reader@example.net")

    assert "gets one letter" in answer.content.decode()
    assert Waiting.objects.get().address == "reader@example.net"
    assert (answer["Cache-Control"], dict(answer.cookies)) == ("private, no-store", {})


def test_answer_is_the_same_for_an_address_that_waits_already(cast: Cast, autumn: Call) -> None:
    first, again = (wait(autumn, "reader@example.net").content for _ in range(2))

    assert first == again


def test_answer_to_forgetting_is_the_same_whether_it_was_there(cast: Cast, autumn: Call) -> None:
    wait(autumn, "reader@example.net")

    gone, never = (wait(autumn, "reader@example.net", forget="1").content for _ in range(2))

    assert gone == never
    assert not Waiting.objects.exists()


@pytest.mark.parametrize(
    "headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}, {"origin": "null"}]
)
def test_address_that_another_site_sends_is_not_kept(cast: Cast, autumn: Call, headers: dict[str, str]) -> None:
    assert wait(autumn, "reader@example.net", headers).status_code == 403
    assert not Waiting.objects.exists()


@pytest.mark.parametrize("typed", ["", "reader", "reader@", "a@b@c.example", f"{'a' * 260}@example.net"])
def test_what_is_no_address_is_told_and_kept_in_its_box(cast: Cast, autumn: Call, typed: str) -> None:
    answer = wait(autumn, typed)

    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode() or not typed
    assert not Waiting.objects.exists()


def test_one_place_does_not_fill_the_list(cast: Cast, autumn: Call) -> None:
    cache.clear()
    statuses = [wait(autumn, f"reader{number}@example.net").status_code for number in range(22)]

    assert statuses == [200] * 20 + [429] * 2
    assert Waiting.objects.count() == 20


def test_page_of_an_address_can_only_be_written_to(cast: Cast, autumn: Call) -> None:
    assert Client().get("/waiting/autumn/").status_code == 405


def test_of_an_open_call_no_address_is_kept(cast: Cast) -> None:
    answer = wait(cast.call, "reader@example.net")

    assert "It is open now" in answer.content.decode()
    assert not Waiting.objects.exists()


def test_call_says_what_it_asks_and_when_its_cap_closes_it(cast: Cast) -> None:
    call = cast.call
    Call.objects.update(cap=1200)
    Question.objects.create(call=call, label="Your town?")
    Question.objects.create(call=call, label="A sample?", kind=QuestionKind.FILE, needed=Needed.NEVER)
    Question.objects.create(call=call, label="Which one?", kind=QuestionKind.CHOICE, needed=Needed.ACCEPTANCE)
    Question.objects.create(call=call, label="Dropped?", retired_at=clock.now())

    page = read("/write-for-us/write-for-us/")

    assert "once 1,200 pieces were sent" in page
    assert "Your town? (a text; we need it when you send)" in page
    assert "A sample? (a file; only if you like)" in page
    assert "Which one? (one of several answers; only if we say yes)" in page
    assert "Dropped?" not in page


def test_closed_call_names_the_next_that_opens(cast: Cast, autumn: Call) -> None:
    make_call(
        slug="circle",
        title="Circle",
        circle_only=True,
        state=CallState.ANNOUNCED,
        opens_at=clock.now() + DAY / 2,
        rate_card=cast.call.rate_card,
    )
    assert "The next one is" not in read("/write-for-us/write-for-us/")

    Call.objects.filter(pk=cast.call.pk).update(state=CallState.CLOSED)
    answer = Client().get("/write-for-us/write-for-us/")

    assert 'The next one is <a href="/write-for-us/autumn/">Autumn</a>: it opens on' in answer.content.decode()
    assert answer.good_until == autumn.opens_at
