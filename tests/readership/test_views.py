import json
from typing import Any

import pytest
from django.conf import settings as project
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client

from hearthpress.readership import views
from hearthpress.readership.enums import Reason
from hearthpress.readership.intake import NOBODY
from hearthpress.readership.models import ReaderDay, UnpaidView
from hearthpress.readership.views import PIXEL
from hearthpress.stories.models import Story
from tests.factories import Cast, client_for
from tests.readership.conftest import PHONE

pytestmark = pytest.mark.django_db(databases=["default", "views"])

OURS = {"Sec-Fetch-Site": "same-origin", "User-Agent": PHONE}


def post(story_key: str, client: Client | None = None, seconds: float = 11, **said: Any) -> HttpResponse:
    body = json.dumps({"s": story_key, "t": seconds, "w": False, **said})
    return (client or Client()).post("/v", body, content_type="text/plain;charset=UTF-8", headers=OURS)


def get(story_key: str, client: Client | None = None, **headers: str) -> HttpResponse:
    return (client or Client()).get("/v.gif", {"s": story_key}, headers={"User-Agent": PHONE, **headers})


def reasons() -> list[str]:
    return list(UnpaidView.objects.values_list("reason", flat=True))


def test_a_beacon_is_answered_with_nothing_and_kept(story: Story) -> None:
    response = post(story.key)

    assert (response.status_code, response.content) == (204, b"")
    assert ReaderDay.objects.get().story_key == story.key


def test_the_image_is_a_point_of_43_bytes_and_unpaid(story: Story) -> None:
    response = get(story.key)

    assert (response.status_code, response.content, response["Content-Type"]) == (200, PIXEL, "image/gif")
    assert len(PIXEL) == 43
    assert reasons() == [Reason.NO_SCRIPT]
    assert not ReaderDay.objects.exists()


@pytest.mark.parametrize("ask", [post, get])
def test_a_reader_gets_no_cookie_and_no_cache_keeps_the_answer(story: Story, ask: Any) -> None:
    response = ask(story.key)

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "no-store"


def test_a_reader_without_a_cookie_costs_no_look_up_of_a_session(story: Story, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1, using="default"):
        post(story.key)


@pytest.mark.parametrize("name", ["writer", "owner", "editor", "bookkeeper"])
@pytest.mark.parametrize("ask", [post, get])
def test_the_writers_and_the_magazines_own_views_are_not_paid_and_tell_nothing(
    cast: Cast, story: Story, name: str, ask: Any
) -> None:
    response = ask(story.key, client_for(getattr(cast, name)))

    [kept] = UnpaidView.objects.all()
    assert kept.reason == Reason.OWN
    assert bytes(kept.reader) == NOBODY
    assert project.SESSION_COOKIE_NAME not in response.cookies


def test_another_writer_is_a_reader(cast: Cast, story: Story) -> None:
    post(story.key, client_for(cast.other_writer))

    assert ReaderDay.objects.count() == 1
    assert not UnpaidView.objects.exists()


def test_somebody_who_left_the_magazine_is_a_reader_again(cast: Cast, story: Story) -> None:
    client = client_for(cast.other_editor)
    cast.other_editor.memberships.update(ended_at=story.first_live_at)

    post(story.key, client)

    assert ReaderDay.objects.count() == 1


@pytest.mark.parametrize("cookie", ["", "nonsense", "x" * 4000])
def test_a_cookie_of_nobody_is_a_reader(story: Story, cookie: str) -> None:
    client = Client()
    client.cookies[project.SESSION_COOKIE_NAME] = cookie

    response = post(story.key, client)

    assert response.status_code == 204
    assert ReaderDay.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [({"w": True}, Reason.WEBDRIVER), ({"seconds": 9.5}, Reason.SHORT)],
)
def test_what_the_script_says_is_judged(story: Story, said: dict[str, Any], reason: Reason) -> None:
    post(story.key, **said)

    assert reasons() == [reason]


def test_a_robot_is_told_by_its_name(story: Story) -> None:
    Client().post(
        "/v",
        {"s": story.key, "t": 30},
        content_type="application/json",
        headers={"Sec-Fetch-Site": "same-origin", "User-Agent": "Mozilla/5.0 (compatible; AhrefsBot/7.0)"},
    )

    kept = UnpaidView.objects.get()
    assert (kept.reason, kept.rule) == (Reason.ROBOT, "sounds like a robot: ahrefsbot")


@pytest.mark.parametrize("name", ["Sec-Purpose", "Purpose", "X-Moz"])
def test_a_page_loaded_ahead_is_not_read(story: Story, name: str) -> None:
    get(story.key, **{name: "prefetch"})

    assert reasons() == [Reason.PREFETCH]


def test_the_reader_is_told_by_the_address_behind_our_proxies(story: Story, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    client = Client(headers={**OURS, "X-Forwarded-Proto": "http"})

    for address in ("203.0.113.1", "203.0.113.2", "203.0.113.1"):
        body = json.dumps({"s": story.key, "t": 11})
        client.post("/v", body, content_type="text/plain", headers={"X-Forwarded-For": f"198.51.100.6, {address}"})

    assert ReaderDay.objects.count() == 2
    assert reasons() == [Reason.REPEAT]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 204),
        ({"Origin": "http://testserver"}, 204),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_only_our_own_pages_report(story: Story, headers: dict[str, str], status: int) -> None:
    body = json.dumps({"s": story.key, "t": 11})

    response = Client(enforce_csrf_checks=True).post("/v", body, content_type="text/plain", headers=headers)

    assert response.status_code == status
    assert ReaderDay.objects.count() + UnpaidView.objects.count() == (status == 204)


def test_another_sites_page_cannot_show_our_image(story: Story) -> None:
    assert get(story.key, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert get(story.key, **{"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert reasons() == [Reason.NO_SCRIPT]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b" ", "text/plain", 400),
        (b"\x00\xff", "application/json", 400),
        (b"[" * 400, "application/json", 400),
        (b'{"s":"0123456789ab","t":-1}', "text/plain", 400),
        (b'{"s":"0123456789ab","t":11}', "text/plain", 404),
        (b'{"s":"0123456789ab","t":11}', "application/x-www-form-urlencoded", 415),
        (b" " * 513, "text/plain", 413),
        (b"x" * 20_000_000, "text/plain", 413),
    ],
)
def test_what_is_no_view_is_refused(body: bytes, content_type: str, status: int) -> None:
    response = Client().post("/v", body, content_type=content_type, headers=OURS)

    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    assert not UnpaidView.objects.exists()


@pytest.mark.parametrize(
    "address", ["/v.gif", "/v.gif?s=", "/v.gif?s=../etc", "/v.gif?s=%00", "/v.gif?s=" + "a" * 9000]
)
def test_an_image_of_no_story_is_refused(address: str) -> None:
    assert Client().get(address).status_code == 400


@pytest.mark.parametrize(
    ("method", "address"), [("get", "/v"), ("put", "/v"), ("head", "/v"), ("post", "/v.gif"), ("head", "/v.gif")]
)
def test_other_methods_are_refused(method: str, address: str) -> None:
    assert getattr(Client(), method)(address).status_code == 405


def test_a_story_that_is_no_longer_live_is_not_counted(story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(state="withdrawn")

    assert (post(story.key).status_code, get(story.key).status_code) == (404, 404)


def test_a_view_that_cannot_be_kept_is_not_acknowledged(story: Story, monkeypatch: Any) -> None:
    def disk_full(*_args: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(views, "take_in", disk_full)

    response = post(story.key)

    assert (response.status_code, response["Retry-After"]) == (503, "5")


def test_the_page_of_a_story_asks_for_both(story: Story) -> None:
    page = Client().get(story.get_absolute_url()).content.decode()

    assert f'<img src="/v.gif?s={story.key}" alt="" width="1" height="1">' in page
    assert f'data-story="{story.key}"' in page
