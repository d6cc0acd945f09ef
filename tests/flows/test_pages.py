"""Every page of the URL map, for every role that may see it: axe, the W3C checker, and nothing wider than a phone."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from hearthpress.people.models import Person
from tests.factories import client_for, make_person
from tests.flows.browser import DESK, PHONE, give_session, open_browser, watch
from tests.flows.map import BOOKS, EDITOR, EVERYBODY, NO_PAGES, OWNER, PERSON, WRITER, World, make_world, names, pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "views"])]

LOOKS = [(size, scheme) for size in (PHONE, DESK) for scheme in ("light", "dark")]
MOST_BYTES = 50 * 1024  # this server compresses nothing: tests/magazine/test_weight.py weighs what goes over the wire
TOOLS = Path(__file__).resolve().parents[2] / ".venv/vnu"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"runOnly": TAGS, "resultTypes": ["violations"]}
# In the dark the document and its layout are the same: only what depends on colours can differ.
COLOUR_RULES = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}


def test_every_address_has_a_page_here_or_a_reason_why_not(transactional_db: None) -> None:
    world = make_world()

    assert names() == set(pages(world)) | set(NO_PAGES)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.mark.looks
@pytest.mark.parametrize("role", [EVERYBODY, PERSON, WRITER, EDITOR, OWNER, BOOKS])
def test_every_page_is_sound_for_whoever_may_see_it(
    browser: Browser, live_server: object, settings: object, tmp_path: Path, role: str
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    world = make_world()
    context = browser.new_context(base_url=live_server.url)
    give_session(context, client_for(person_of(role, world)), live_server.url)
    faults: list[str] = []

    for name, (path, roles) in pages(world).items():
        if role in roles:
            faults += [f"{name}: {fault}" for fault in look_at(context, path, tmp_path / f"{name}.html")]
    context.close()

    assert faults + w3c_faults(tmp_path) == []


def person_of(role: str, world: World) -> Person | None:
    """Somebody of the role; the person has nothing yet, so that their pages are empty."""
    RecoveryCodes.activate(world.cast.editor)
    by_role = {WRITER: "writer", EDITOR: "editor", OWNER: "owner", BOOKS: "bookkeeper"}
    if role == EVERYBODY:
        return None
    return make_person("new@example.org", "") if role == PERSON else getattr(world.cast, by_role[role])


def look_at(context: BrowserContext, path: str, kept_as: Path) -> Iterator[str]:
    page = context.new_page()
    complaints = watch(page)
    response = page.goto(path)
    if response is None or response.status != 200:
        yield f"answered {response and response.status} at {path}"
        page.close()
        return
    kept_as.write_text(response.text())
    page.evaluate(Axe().axe_script)
    for size, scheme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        options = ALL_RULES if scheme == "light" else COLOUR_RULES
        yield from (f"{size['width']} px, {scheme}: {fault}" for fault in axe_faults(page, options))
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            yield f"wider than {size['width']} px"
    yield from complaints
    page.close()


def axe_faults(page: Page, options: dict[str, object]) -> Iterator[str]:
    for fault in page.evaluate("options => axe.run(document, options)", options)["violations"]:
        yield f"{fault['id']}: {fault['nodes'][0]['html'][:200]}"


def w3c_faults(folder: Path) -> list[str]:
    """What the W3C HTML checker (vnu) says of the pages in the folder."""
    done = subprocess.run(
        ["java", "-jar", str(w3c_checker()), "--format", "json", "--errors-only", *map(str, folder.glob("*.html"))],
        capture_output=True,
        text=True,
        check=False,
    )
    return [f"{Path(row['url']).name}: {row['message']}" for row in json.loads(done.stderr)["messages"]]


def w3c_checker() -> Path:
    """The checker's jar, fetched once with npm. Without Java or npm the test is skipped; where CI is set it fails."""
    jar = TOOLS / "node_modules/vnu-jar/build/dist/vnu.jar"
    if not jar.exists() and shutil.which("npm") and shutil.which("java"):
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(TOOLS), "vnu-jar@26.9.27"]
        subprocess.run(command, check=False, capture_output=True)
    if not jar.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the W3C checker needs Java and npm")
    return jar


def test_a_story_is_read_without_script(
    browser: Browser, live_server: object, settings: object, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    world = make_world()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()

    page.goto(world.story.get_absolute_url())

    assert "I let it whistle" in page.inner_text("article")
    assert "555-0101" in page.inner_text("#help")
    assert context.cookies() == []


def test_a_story_without_pictures_is_light(
    browser: Browser, live_server: object, settings: object, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    world = make_world()
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    page = context.new_page()
    weights: dict[str, int] = {}
    page.on("requestfinished", lambda request: weights.update({request.url: sum_of(request.sizes())}))

    page.goto(world.story.get_absolute_url(), wait_until="networkidle")

    total = sum(weight for url, weight in weights.items() if "/pictures/" not in url)
    assert total <= MOST_BYTES, weights
    assert all(url.startswith(live_server.url) for url in weights)


def sum_of(sizes: dict[str, int]) -> int:
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
