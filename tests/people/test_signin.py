import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from hearthpress.settings import CACHES
from tests.factories import Cast, add_second_factor, client_for

pytestmark = pytest.mark.django_db(databases=["default", "views"])

ADDRESS = "ada@example.org"


def code_sent_to(address: str) -> str:
    letter = Letter.objects.filter(kind="people/code", to=address).latest("id")
    found = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", letter.text, re.MULTILINE)
    assert found is not None, letter.text
    return found[1]


def ask(client: Client, address: str = ADDRESS, **more: str) -> HttpResponse:
    return client.post("/sign-in/", {"email": address, **more}, follow=True)


def enter(client: Client, code: str, query: str = "") -> HttpResponse:
    return client.post(f"/sign-in/code/{query}", {"code": code}, follow=True)


def totp(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def plain(response: HttpResponse, address: str) -> str:
    """The page without what is new each time: the address and the form's token."""
    return re.sub(r'value="[^"]+"', "", response.content.decode().replace(address, ""))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_anybody_signs_in_with_the_code_from_the_letter(cast: Cast) -> None:
    client = Client()

    ask(client)
    enter(client, code_sent_to(ADDRESS))

    assert is_signed_in(client)
    assert Person.objects.get(email=ADDRESS).last_login is not None


def test_the_answer_is_the_same_for_an_address_that_we_know_and_one_that_we_do_not(cast: Cast) -> None:
    known, unknown = ask(Client(), cast.writer.email), ask(Client(), ADDRESS)

    assert plain(known, cast.writer.email) == plain(unknown, ADDRESS)


def test_a_wrong_code_is_said_and_five_of_them_end_it(cast: Cast) -> None:
    client = Client()
    ask(client)

    first = enter(client, "WRONG1")
    for _ in range(4):
        last = enter(client, "WRONG1")

    assert not is_signed_in(client)
    assert "aria-invalid" in first.content.decode()
    assert last.redirect_chain[-1][0].startswith("/sign-in/")


def test_an_old_code_is_said_kindly_and_a_new_one_offered(cast: Cast, settings: object) -> None:
    client = Client()
    ask(client)
    code = code_sent_to(ADDRESS)

    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    response = enter(client, code)

    assert not is_signed_in(client)
    assert "no longer good" in response.content.decode()
    assert 'name="email"' in response.content.decode()


def test_a_code_is_good_once(cast: Cast) -> None:
    first, second = Client(), Client()
    ask(first)
    code = code_sent_to(ADDRESS)
    enter(first, code)

    response = enter(second, code)

    assert not is_signed_in(second)
    assert "no longer good" in response.content.decode()


def test_codes_are_limited_by_counts_in_the_database_that_name_nobody(cast: Cast, settings: object) -> None:
    """Not in Redis: whoever could make it go away would have as many codes to try as they like."""
    settings.CACHES = CACHES
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "100/10m/ip,2/10m/key"}

    answers = [ask(Client()).status_code for _ in range(3)]

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cache")
        kept = str(cursor.fetchall())
    assert answers == [200, 200, 429]
    assert kept != "[]"
    assert not [said for said in ("127.0.0.1", ADDRESS, "login") if said in kept]


def test_codes_are_limited_for_an_address(cast: Cast, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "100/10m/ip,2/10m/key"}

    answers = [ask(Client()).status_code for _ in range(3)]
    other = ask(Client(), "other@example.org").status_code

    assert answers == [200, 200, 429]
    assert other == 200


def test_codes_are_limited_for_a_network(cast: Cast, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "2/10m/ip,100/10m/key"}

    answers = [ask(Client(), f"ada{number}@example.org").status_code for number in range(3)]

    assert answers == [200, 200, 429]


def test_codes_sent_again_are_limited_too_and_the_one_in_hand_stays_good(cast: Cast, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "100/10m/ip,2/10m/key"}
    client = Client()
    ask(client)

    pages = [client.post("/sign-in/code/", {"action": "resend"}, follow=True).content.decode() for _ in range(2)]

    assert ["Too many codes were asked for" in page for page in pages] == [False, True]
    assert 'name="code"' in pages[1]
    assert Letter.objects.filter(kind="people/code", to=ADDRESS).count() == 2
    enter(client, code_sent_to(ADDRESS))
    assert is_signed_in(client)


def test_a_closed_account_is_told_to_its_own_address_only(cast: Cast) -> None:
    Person.objects.filter(pk=cast.writer.pk).update(is_active=False)
    client = Client()

    closed, unknown = ask(client, cast.writer.email), ask(Client(), ADDRESS)
    client.post("/sign-in/code/", {"action": "resend"})
    wrong = enter(client, "WRONG1")

    assert plain(closed, cast.writer.email) == plain(unknown, ADDRESS)
    assert "aria-invalid" in wrong.content.decode()
    letters = Letter.objects.filter(to=cast.writer.email)
    assert [letter.kind for letter in letters] == ["people/closed"] * 2
    assert "is closed" in letters[0].text
    assert client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"] not in letters[1].text


def test_a_code_asked_for_before_the_account_was_closed_opens_nothing(cast: Cast) -> None:
    client = Client()
    ask(client, cast.writer.email)
    Person.objects.filter(pk=cast.writer.pk).update(is_active=False)

    enter(client, code_sent_to(cast.writer.email))

    assert not is_signed_in(client)


def test_a_code_letter_that_came_back_is_shown(cast: Cast) -> None:
    client = Client()
    ask(client)
    Letter.objects.update(state=LetterState.BOUNCED, trouble="550 no such mailbox")

    page = client.get("/sign-in/code/").content.decode()
    state = client.get("/sign-in/letter/").json()

    assert "came back" in page
    assert state["trouble"] is True


def test_signing_in_leads_back_to_where_one_was_going_and_never_elsewhere(cast: Cast) -> None:
    inside, outside = Client(), Client()
    ask(inside, next="/account/")
    ask(outside, "eve@example.org", next="https://evil.example/")

    to_account = enter(inside, code_sent_to(ADDRESS), "?next=/account/")
    to_home = enter(outside, code_sent_to("eve@example.org"), "?next=https://evil.example/")

    assert to_account.redirect_chain[-1][0] == "/account/"
    assert not any("evil" in step for step, _ in to_home.redirect_chain)


def test_the_limits_ask_for_the_address_that_our_own_proxy_names(cast: Cast, settings: object) -> None:
    settings.TRUSTED_PROXIES = 1
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "1/10m/ip,100/10m/key"}

    def ask_from(forwarded_for: str) -> int:
        address = {"email": f"ada{len(forwarded_for)}@example.org"}
        return Client().post("/sign-in/", address, headers={"X-Forwarded-For": forwarded_for}).status_code

    answers = [ask_from("203.0.113.5"), ask_from("198.51.100.66, 203.0.113.5"), ask_from("203.0.113.6:41234")]

    assert answers == [302, 429, 302]


def test_the_code_is_in_no_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    ask(client)
    code = code_sent_to(ADDRESS)
    enter(client, code)

    assert code not in caplog.text


def test_an_editor_shows_a_second_factor_before_the_desk_opens(cast: Cast) -> None:
    secret = add_second_factor(cast.editor)
    client = Client()
    ask(client, cast.editor.email)

    after_code = enter(client, code_sent_to(cast.editor.email))
    before = is_signed_in(client)
    client.post("/account/second-factor/authenticate/", {"code": totp(secret)})

    assert "/account/second-factor/authenticate/" in after_code.redirect_chain[-1][0]
    assert not before
    assert client.get("/desk/").status_code == 200


def test_an_editor_without_a_second_factor_is_asked_to_add_one(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.editor)

    response = client.get("/desk/", follow=True)

    assert response.redirect_chain[-1][0] == "/account/second-factor/"


def test_a_session_that_never_showed_the_second_factor_does_not_open_the_desk(cast: Cast) -> None:
    add_second_factor(cast.editor)
    client = Client()
    client.force_login(cast.editor)

    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    ("who", "desk", "books"),
    [("owner", 200, 200), ("editor", 200, 404), ("bookkeeper", 404, 200), ("writer", 404, 404), (None, 302, 302)],
)
def test_each_workplace_opens_only_for_its_own(cast: Cast, who: str | None, desk: int, books: int) -> None:
    client = client_for(getattr(cast, who) if who else None)

    assert (client.get("/desk/").status_code, client.get("/books/").status_code) == (desk, books)


def test_a_wrong_code_is_told_plainly(cast: Cast) -> None:
    client = Client()
    asked = ask(client)

    response = enter(client, "AAA-AAA")

    assert "A sign-in code has been sent" not in asked.content.decode()
    assert "That is not the code. Look again, or ask for a new one." in response.content.decode()


def test_signing_in_is_followed_by_no_message_of_the_library(cast: Cast) -> None:
    client = Client()
    ask(client)

    response = enter(client, code_sent_to(ADDRESS))

    assert "Successfully signed in" not in response.content.decode()


def test_the_second_factor_is_asked_for_in_our_words(cast: Cast) -> None:
    add_second_factor(cast.editor)
    client = Client()
    ask(client, cast.editor.email)

    page = enter(client, code_sent_to(cast.editor.email)).content.decode()

    assert "<h1>Second factor</h1>" in page
    assert "Another way in" in page
    assert "Two-Factor" not in page


def test_pages_of_the_second_factor_speak_our_words(cast: Cast) -> None:
    having, wanting = client_for(cast.editor), client_for(cast.writer)

    pages = having.get(reverse("mfa_index")), wanting.get(reverse("mfa_activate_totp"))

    for response in pages:
        assert response.status_code == 200
        assert not re.search("Two-Factor|Authenticator App|Deactivate|Recovery Codes", response.content.decode())
