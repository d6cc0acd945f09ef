import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from hearthpress.edge.headers import public
from hearthpress.edge.origin import came_from_us
from tests.factories import Cast, client_for

pytestmark = pytest.mark.django_db(databases=["default", "views"])


def test_a_public_view_never_sees_a_cookie_and_never_sets_one(cast: Cast) -> None:
    seen = {}

    @public
    def view(request: object) -> HttpResponse:
        seen.update(request.COOKIES)
        response = HttpResponse("words")
        response.set_cookie("tracker", "1")
        return response

    request = RequestFactory().get("/", headers={"cookie": "who=me"})
    request.masthead = type("M", (), {"zone": None})()
    response = view(request)

    assert seen == {}
    assert not response.cookies


def test_what_is_not_public_is_kept_by_no_cache(cast: Cast) -> None:
    response = client_for(cast.writer).get("/write/")

    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
def test_a_form_of_a_public_page_is_taken_from_our_own_pages_only(headers: dict[str, str], ours: bool) -> None:
    assert came_from_us(RequestFactory().post("/v", headers=headers)) is ours
