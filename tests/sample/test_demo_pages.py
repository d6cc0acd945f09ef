from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal.auth import validate_totp_code
from django.test import Client
from django.urls import reverse

from hearthpress.mail.models import Letter
from hearthpress.sample.guide import parts, sights, steps
from hearthpress.sample.letterbox import keep
from hearthpress.sample.phones import code, give_phone, phones, secret
from tests.factories import Cast
from tests.sample.test_post_office import make_message

PAGES = ["/demo/", "/demo/letters/", "/demo/letters/0000000000000000000-aaaaaaaaaaaa/", "/demo/authenticator/"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(settings: SimpleNamespace, tmp_path: Path, cast: Cast) -> Path:
    """The demo's letters, with the demo on."""
    settings.DEMO, settings.HOME = True, tmp_path
    folder = tmp_path / "letters"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("address", PAGES)
def test_demo_page_does_not_exist_outside_the_demo(client: Client, cast: Cast, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404


@pytest.mark.parametrize("address", ["/demo/", "/demo/letters/", "/demo/authenticator/"])
def test_demo_page_is_kept_by_nobody(client: Client, box: Path, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "private, no-store"
    assert b'<meta name="robots" content="noindex">' in response.content


def test_letters_are_listed_newest_first_and_by_address(client: Client, box: Path) -> None:
    keep(box, make_message("tess@example.org", "First").as_bytes())
    keep(box, make_message("tom@example.net", "Second").as_bytes())

    everything = client.get("/demo/letters/").content.decode()
    for_tess = client.get("/demo/letters/", {"to": "tess@example.org"}).content.decode()

    assert everything.index("Second") < everything.index("First")
    assert "First" in for_tess
    assert "Second" not in for_tess


def test_letter_shows_its_text_escaped_and_its_links(client: Client, box: Path) -> None:
    words = "<script>alert(1)</script> https://www.example.com/write/"
    path = keep(box, make_message(subject="<b>Hello</b>", text=words).as_bytes())

    page = client.get(reverse("sample:letter", args=[path.stem])).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>Hello" not in page
    assert 'href="https://www.example.com/write/"' in page


def test_letter_that_is_not_there_is_404(client: Client, box: Path) -> None:
    assert client.get(PAGES[2]).status_code == 404
    assert client.get("/demo/letters/secret-key/").status_code == 404


def test_phone_shows_a_code_that_signs_in(client: Client, box: Path, cast: Cast) -> None:
    give_phone(cast.editor)

    page = client.get("/demo/authenticator/").content.decode()

    shown = phones()[0]
    assert shown.person == cast.editor
    assert shown.code in page
    assert validate_totp_code(secret(cast.editor.email), shown.code)


def test_phone_of_a_writer_is_not_shown(box: Path, cast: Cast) -> None:
    give_phone(cast.writer)

    assert phones() == []


def test_staff_signs_in_with_letter_and_phone_and_with_nothing_less(client: Client, box: Path, cast: Cast) -> None:
    give_phone(cast.editor)
    client.post(reverse("account_login"), {"email": cast.editor.email})
    letter_code = Letter.objects.get(kind="people/code").text.splitlines()[2]

    asked = client.post(reverse("account_confirm_login_code"), {"code": letter_code}, follow=True)
    before = client.get(reverse("desk:queue"))
    client.post(reverse("mfa_authenticate"), {"code": code(cast.editor.email)})
    after = client.get(reverse("desk:queue"))

    assert reverse("sample:authenticator") in asked.content.decode()
    assert before.status_code == 302
    assert after.status_code == 200


def test_guide_leads_to_pages_that_exist(client: Client, box: Path) -> None:
    answers = {step.path: client.get(step.path).status_code for step in [*steps(), *sights()]}

    assert len(steps()) == 9
    assert set(answers.values()) <= {200, 302}
    assert len({part.email for part in parts()}) == 9
