"""Nothing that an editor can reach before their own vote says whose an anonymous story is.

Everything is walked: each link, form and address of the desk. Whatever comes back is searched for the writer's words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import get_resolver
from PIL import Image

from hearthpress.common import clock
from hearthpress.correspondence.actions import remark, write_to_editors, write_to_writer
from hearthpress.people.models import Byline
from hearthpress.submissions import actions
from hearthpress.submissions.enums import AttachmentKind, DecisionKind, QuestionKind
from hearthpress.submissions.models import Conflict, Question, QuestionAnswer, Submission
from hearthpress.tasks.actions import make_task
from tests.factories import (
    Cast,
    client_for,
    make_call,
    make_draft,
    make_person,
    make_story,
    make_subject,
    make_submission,
)

pytestmark = pytest.mark.django_db(databases=["default", "views"])

MOST = 1_500  # pages; a walk that does not end is a failure
TEXT = """The kettle was on when she rang, and I let it whistle. We spoke for an hour about nothing at all, and I have
kept that hour ever since, in the drawer where other people keep their letters and their keys.

“Theodosia,” she said, “you are a Vanterpool like the rest of us.” I wrote it down at https://kettledays.example/hour
and on my page, where I am @vanterpots. PERDITA QUILLFEATHER is what they call me there.

My mother never said goodbye on the telephone. She said that she had something on the stove, and put the receiver down
so gently that you could not hear it.

Theodosia Vanterpool makes pots in Ombersley."""
# What would tell who wrote it, each in small letters.
STRINGS = (
    "theodosia",
    "vanterpool",
    "quillfeather",
    "t.vanter@post.example",
    "t.vanter",
    "kettledays",
    "vanterpots",
    "ombersley",
    "manuscript-of-tv",
    "made-with-tvs-machine",
    "a photo by the pond",
    "my sister reads for you",
    "the worcester herald",
    "my old school",
    "word-among-editors",
    "word-to-writer",
    "word-from-writer",
)


@dataclass
class Hidden:
    """What is read without a name, and the two editors who have not voted."""

    story: Submission
    keys: set[str]
    client: Client


@pytest.fixture(params=["editor", "owner"])
def hidden(request: pytest.FixtureRequest, cast: Cast) -> Hidden:
    writer = make_person("t.vanter@post.example", "Theodosia Vanterpool")
    call = make_call(title="Unseen", slug="unseen", anonymous=True, scored=True, rate_card=cast.call.rate_card)
    Byline.objects.create(person=writer, kind="pen", name="Perdita Quillfeather")
    with clock.at(clock.now() - timedelta(days=50)):
        story = _send(writer, call, "What Theodosia Kept")
        together = _send(writer, call, "Second Hour", byline_kind="pen", byline_name="Perdita Quillfeather")
    Submission.objects.filter(pk=together.pk).update(sent_with=story)
    held = _send(writer, call, "Vanterpool, Held")
    actions.hold(held, [])
    make_draft(writer, call, title="Vanterpool Unfinished")
    # The same words under another name, where nothing is anonymous; another's story, for pages to be full.
    make_submission(cast.other_writer, cast.call, title="The Same Hour", text=TEXT.split("\n\n", maxsplit=1)[0])
    make_story(cast.other_writer, cast.other_editor, cast.call, title="The Live One")
    _others_speak_of(story, cast)
    keys = {row.key for row in (story, together, held)}
    return Hidden(story, keys, client_for(getattr(cast, request.param)))


def _send(writer: Any, call: Any, title: str, **fields: Any) -> Submission:
    """With everything that can come with a story."""
    fields |= {"note": "My sister reads for you. I am @vanterpots.", "previously_published": "The Worcester Herald"}
    draft = make_draft(writer, call, title=title, text=TEXT, **fields)
    actions.attach(draft, AttachmentKind.MANUSCRIPT, "manuscript-of-tv.docx", b"made-with-tvs-machine")
    picture = BytesIO()
    Image.new("RGB", (60, 40), (90, 90, 90)).save(picture, "JPEG")
    photo = actions.attach_photo(draft, "vanterpool.jpg", picture.getvalue())
    actions.describe_photo(photo, credit="Theodosia Vanterpool", consent=True, alt="A photo by the pond")
    for label, names, text in (("Who are you?", True, "My old school knows"), ("Why now?", False, "I am Theodosia.")):
        question = Question.objects.get_or_create(
            call=call, label=label, defaults={"names_writer": names, "kind": QuestionKind.TEXT}
        )[0]
        QuestionAnswer.objects.create(submission=draft, question=question, asked=label, text=text)
    actions.send(draft)
    draft.subjects.add(make_subject(f"subject-{draft.pk}"))
    return draft


def _others_speak_of(story: Submission, cast: Cast) -> None:
    """Another editor has voted, and so knows the writer and names them everywhere."""
    other = cast.other_editor
    actions.leave_reading(story, other, "yes", "Theodosia again! A word-among-editors.", 5)
    write_to_writer(story, other, "Dear Theodosia, a word-to-writer.")
    write_to_editors(story, story.writer, "A word-from-writer. Theodosia")
    remark(story, other, "Vanterpool, a word-among-editors.")
    actions.mark_urgent(story, other, "Quillfeather moves on Monday")
    actions.assign(story, other, other)
    make_task(other, "Ring Theodosia Vanterpool", clock.now().date(), submission=story)
    actions.prepare_decision(story, other, DecisionKind.ACCEPT, "Dear Theodosia")
    Conflict.objects.create(submission=story, editor=make_person("third@example.org"), why="Vanterpool is my aunt")


class Links(HTMLParser):
    """The addresses that a page leads to, and its forms: method, address and the fields as they stand."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.links += [values[name] for name in ("href", "src", "data-from", "data-summary") if values.get(name)]
        if tag == "form":
            self.forms.append((values.get("method", "get").lower(), values.get("action", ""), {}))
        elif tag in ("input", "button", "select", "textarea") and self.forms and values.get("name"):
            self.forms[-1][2].setdefault(values["name"], values.get("value", ""))


class Walk:
    """Goes to whatever can be reached from here, once, and notes where something is told."""

    def __init__(self, client: Client, keys: set[str]) -> None:
        self.client, self.keys = client, keys
        self.waiting: list[str] = []
        self.seen: set[str] = set()
        self.posts: dict[tuple[str, str], dict[str, str]] = {}
        self.told: list[str] = []

    def go(self, *addresses: str) -> None:
        for address in addresses:
            self._wait_for(address)
        while self.waiting:
            assert len(self.seen) < MOST, self.waiting
            path = self.waiting.pop()
            self._look(path, self.client.get(path))

    def press_everything(self) -> None:
        """Send each form of these stories as it stands, but for one's own reading, which would lift the veil."""
        for (path, _names), fields in list(self.posts.items()):
            about_them = any(key in path for key in self.keys) and not path.endswith("/reading/")
            if about_them or path.startswith(("/desk/outbox", "/desk/releases", "/desk/decisions", "/desk/tasks")):
                self._look(f"POST {path}", self.client.post(path, fields, follow=True))
        for key in self.keys:
            self._look("POST a reading without a vote", self.client.post(f"/desk/{key}/reading/", {"notes": "x"}))

    def _look(self, path: str, answer: Any) -> None:
        body = answer.getvalue() if answer.streaming else answer.content
        page = body.decode("utf-8", "replace")
        said = unescape(f"{dict(answer.headers)} {page}").casefold()
        self.told += [f"{path}: {string}" for string in STRINGS if string in said]
        if answer.get("Location"):
            self._wait_for(answer["Location"])
        if "html" in answer.get("Content-Type", ""):
            self._follow(urlsplit(path.removeprefix("POST ")).path, Links(page))

    def _follow(self, path: str, links: Links) -> None:
        for link in links.links:
            self._wait_for(urljoin(path, link))
        for method, action, fields in links.forms:
            address = urljoin(path, action or path)
            if method == "get":
                self._wait_for(address + "?" + "&".join(f"{name}={value}" for name, value in fields.items()))
            else:
                self.posts[address, ",".join(sorted(fields))] = fields

    def _wait_for(self, address: str) -> None:
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        leaves = parts.netloc not in ("", "testserver") or parts.path.startswith(("/static/", "/account"))
        if path.startswith("/") and not leaves and path not in self.seen:
            self.seen.add(path)
            self.waiting.append(path)


def addresses_of(keys: set[str], files: set[str]) -> Iterator[str]:
    """Every address of the desk that has a story's key in it, whether or not a page leads there."""
    patterns = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "desk")
    for pattern in patterns.url_patterns:
        route = str(pattern.pattern)
        for key in keys if "<slug:key>" in route else ():
            for other in {*files, *keys} if re.search("<slug:(file|other)>", route) else {""}:
                yield "/desk/" + re.sub("<slug:(file|other)>", other, route).replace("<slug:key>", key).replace(
                    "<int:number>", "1"
                )


def test_no_page_and_no_download_says_whose_a_story_is_before_the_vote(hidden: Hidden) -> None:
    walk = Walk(hidden.client, hidden.keys)
    files = {file.key for file in hidden.story.attachments.all()}

    walk.go("/desk/", "/write/", *addresses_of(hidden.keys, files))
    walk.go(*(f"/desk/{key}/decision/?kind={kind}" for key in hidden.keys for kind in DecisionKind))
    walk.go(*(f"/desk/decisions/new/?story={key}&kind=decline" for key in hidden.keys))
    walk.press_everything()
    walk.go()

    assert walk.told == []
    assert {f"/desk/{key}/" for key in hidden.keys} <= walk.seen
    assert "[name]" in hidden.client.get(f"/desk/{hidden.story.key}/").content.decode()


def test_no_search_finds_a_story_by_its_writer_before_the_vote(hidden: Hidden) -> None:
    walk = Walk(hidden.client, hidden.keys)
    walk.go("/desk/")
    searches = {path.partition("?")[0] for path in walk.seen if "?" in path and path.startswith("/desk/")}

    for path in {"/desk/", *searches}:
        everything = _keys_in(hidden, path)
        for field in ("find", "q", "search", "story", "who"):
            for words in ("Theodosia", "Quillfeather", "t.vanter@post.example", hidden.story.title):
                # A field that a page does not know leaves the list as it is.
                assert _keys_in(hidden, path, **{field: words}) in (set(), everything), (path, field)


def _keys_in(hidden: Hidden, path: str, **query: str) -> set[str]:
    page = hidden.client.get(path, query).content.decode()
    return {key for key in hidden.keys if key in page}


def test_the_walk_finds_what_is_told(hidden: Hidden, cast: Cast) -> None:
    """The same walk for who has voted meets every string that is the writer's."""
    actions.leave_reading(hidden.story, cast.editor, "yes", "", 3)
    walk = Walk(client_for(cast.editor), {hidden.story.key})

    walk.go(f"/desk/{hidden.story.key}/")

    told = {line.rpartition(": ")[2] for line in walk.told}
    assert set(STRINGS) - told == {"t.vanter@post.example", "t.vanter"}
