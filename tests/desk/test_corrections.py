"""Corrections: approved like every other word, at the foot of the story, and never gone again."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from hearthpress.common import clock
from hearthpress.documents.passages import Span
from hearthpress.editing import actions as editing
from hearthpress.editing.content import corrections_of
from hearthpress.editing.models import Manuscript
from hearthpress.editing.since_approval import since_approval
from hearthpress.editing.wording import reworded, wording
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.stories.actions import publish
from hearthpress.stories.comparison import compare
from hearthpress.stories.gate import CannotPublish
from hearthpress.stories.models import Story
from tests.factories import Cast, client_for, edited, make_approved, make_story

pytestmark = pytest.mark.django_db

WORDS = "An earlier version said that the <ward> closed in May. It closed in March."


@pytest.fixture
def story(cast: Cast) -> Story:
    return make_story(cast.writer, cast.editor, cast.call)


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def path(story: Story) -> str:
    return f"/desk/{story.manuscript.submission.key}/correction/"


def fresh(story: Story) -> Manuscript:
    return Manuscript.objects.select_related("revision", "submission__writer").get(story=story)


def add(client: Client, story: Story, words: str = WORDS, **data: str) -> Any:
    seen = client.get(path(story)).context["form"]["seen"].value()
    return client.post(path(story), {"words": words, "seen": seen, **data}, follow=True)


def publish_it(cast: Cast, story: Story) -> None:
    text = fresh(story)
    editing.ask_for_approval(text, cast.editor)
    editing.approve(text, cast.writer, text.revision.sha256)
    publish(fresh(story), cast.editor)


@pytest.mark.parametrize(
    ("who", "status"), [("editor", 200), ("owner", 200), ("writer", 404), ("bookkeeper", 404), (None, 302)]
)
def test_page_is_there_for_editors_alone(cast: Cast, story: Story, who: str | None, status: int) -> None:
    assert client_for(getattr(cast, who) if who else None).get(path(story)).status_code == status


def test_readers_see_it_once_the_writer_has_approved_it(cast: Cast, story: Story, editor: Client) -> None:
    page = add(editor, story)
    assertContains(page, "No reader has read this yet")
    assertNotContains(client_for(None).get(story.get_absolute_url()), "closed in March")

    publish_it(cast, story)

    public = client_for(None).get(story.get_absolute_url())
    assertContains(public, "said that the &lt;ward&gt; closed in May. It closed in March.")
    assertContains(public, '<h2 id="corrections">Correction</h2>')
    told = json.loads(re.search(r"ld\+json\">(.*?)</script>", public.content.decode())[1])["correction"]
    today = clock.today(Masthead.current().time_zone).isoformat()
    assert told == [{"@type": "CorrectionComment", "text": WORDS, "datePublished": today}]


def test_the_writer_sees_it_before_the_yes_and_in_the_letter_after_it(cast: Cast, story: Story, editor: Client) -> None:
    add(editor, story)
    text = fresh(story)
    editing.ask_for_approval(text, cast.editor)

    asked = client_for(cast.writer).get(f"/write/{text.submission.key}/approval/")
    preview = client_for(cast.writer).get(f"/write/{text.submission.key}/preview/")
    editing.approve(text, cast.writer, text.revision.sha256)

    for page in (asked, preview):
        assertContains(page, "said that the &lt;ward&gt; closed")
    assert "what it says of its corrections changed" in Letter.objects.filter(kind="editing/approval_asked").last().text
    assert WORDS in Letter.objects.filter(kind="editing/approved").last().text


def test_what_readers_have_read_stays(cast: Cast, story: Story, editor: Client) -> None:
    add(editor, story)
    publish_it(cast, story)
    text = fresh(story)
    content = {name: value for name, value in text.revision.content.items() if name != "corrections"}

    editing.keep_version(text, cast.editor, {**content, "headline": "Another"})
    with pytest.raises(CannotPublish, match="stays as it is"):
        publish_it(cast, story)

    older = text.revisions.get(number=1)
    editing.restore(fresh(story), cast.editor, older, fresh(story).revision.sha256)
    assert not corrections_of(fresh(story).revision.content)


def test_an_older_version_that_stands_again_keeps_what_was_corrected(cast: Cast, story: Story, editor: Client) -> None:
    add(editor, story)
    text = fresh(story)

    made = editing.restore(text, cast.editor, text.revisions.get(number=1), text.revision.sha256)

    assert [one["words"] for one in corrections_of(made.content)] == [WORDS]


def test_one_that_nobody_has_read_is_taken_back(cast: Cast, story: Story, editor: Client) -> None:
    add(editor, story)
    publish_it(cast, story)
    add(editor, story, "A second one.")

    add(editor, story, drop="1")

    assert [one["words"] for one in corrections_of(fresh(story).revision.content)] == [WORDS]


def test_every_other_save_keeps_it(cast: Cast, story: Story, editor: Client) -> None:
    add(editor, story)
    address = f"/desk/{fresh(story).submission.key}/manuscript/"
    bench = editor.get(address).context["bench"]
    values = {field.html_name: field.value() for field in bench.text}

    editor.post(
        address, {n: v for n, v in values.items() if v not in (None, False)} | {"headline": "Another", "alt": "x"}
    )

    content = fresh(story).revision.content
    assert content["headline"] == "Another"
    assert [one["words"] for one in corrections_of(content)] == [WORDS]


def test_it_is_said_in_comparisons_and_its_words_are_looked_through(cast: Cast, story: Story, editor: Client) -> None:
    before = fresh(story).revision
    add(editor, story)
    after = fresh(story).revision

    [part] = compare(before, after).around
    [passage] = [one for one in wording(after.content) if one.place.endswith(".correction")]
    changed = reworded(after.content, {passage.place: [Span(0, 2, "One")]})

    assert part.label.startswith("Correction 1, of")
    assert passage.text == WORDS
    assert corrections_of(changed)[0]["words"] == WORDS.replace("An", "One", 1)
    assert since_approval(fresh(story)).changes == ["what it says of its corrections changed"]


@pytest.mark.parametrize("words", ["", "  ", "x" * 1_001, "nul\x00l"])
def test_bad_words_are_told(story: Story, editor: Client, words: str) -> None:
    before = fresh(story).revision

    page = add(editor, story, words)

    assert page.context["form"].errors
    assert fresh(story).revision == before


def test_a_page_of_an_older_text_is_refused_and_nothing_typed_is_lost(cast: Cast, story: Story, editor: Client) -> None:
    stale = fresh(story).revision.sha256
    editing.save(fresh(story), cast.other_editor, edited(fresh(story), headline="Meanwhile"))

    page = add(editor, story, seen=stale)

    assert page.status_code == 409
    assertContains(page, "closed in March", status_code=409)
    assert not corrections_of(fresh(story).revision.content)


def test_only_a_live_story_is_corrected(cast: Cast, editor: Client) -> None:
    text = make_approved(cast.writer, cast.editor, cast.call)

    page = editor.get(f"/desk/{text.submission.key}/correction/", follow=True)

    assertContains(page, "This story is not live.")


def test_hashes_from_before_there_were_corrections_stay_what_they_are(story: Story) -> None:
    assert "corrections" not in fresh(story).revision.content
