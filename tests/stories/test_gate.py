"""The gate holds whoever comes, and no way around it was forgotten."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLResolver, path
from django.urls.resolvers import RegexPattern
from django.views.decorators.http import require_POST, require_safe

from hearthpress.common import clock
from hearthpress.common.chain import link
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.documents.schema import Document
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Approval, CoolingWaived, CoWriter, Manuscript
from hearthpress.editing.revisions import add_revision
from hearthpress.editing.suggesting import draft_of, suggest
from hearthpress.people.models import Person
from hearthpress.sample import newsroom
from hearthpress.schedule import JOBS
from hearthpress.search.actions import index_missing
from hearthpress.stories.actions import appear_due_stories, publish, retract
from hearthpress.stories.fixes import token_of
from hearthpress.stories.gate import CannotPublish, NotApproved, let_through
from hearthpress.stories.models import Edition, FixAsked, Story
from hearthpress.stories.verify import verify_evidence
from tests.factories import (
    Cast,
    client_for,
    edited,
    make_approved,
    make_co_writer,
    make_person,
    make_story,
    make_subject,
)
from tests.stories import doors

pytestmark = pytest.mark.django_db(databases=["default", "views"])

NEW, NEVER = "The Kettle", "Never Approved"
SOON = timedelta(hours=2)
REFUSED = (NotApproved, CannotPublish, SomebodyElseWon, NotAllowed)


# What is wrong with the text that would go live.


def not_answered(cast: Cast, text: Manuscript) -> None:
    editing.ask_for_approval(text, cast.editor)


def older_approval(cast: Cast, text: Manuscript) -> None:
    """Only the version before was approved, and the row says that this one was."""
    Manuscript.objects.filter(pk=text.pk).update(state="approved")


def seal_is_wrong(cast: Cast, text: Manuscript) -> None:
    forge(text, cast.writer, seal="0" * 64)


def another_person(cast: Cast, text: Manuscript) -> None:
    forge(text, cast.other_writer)


def another_hash(cast: Cast, text: Manuscript) -> None:
    forge(text, cast.writer, sha256="0" * 64)


def body_changed(cast: Cast, text: Manuscript) -> None:
    approve(cast, text)
    changed = bytes(text.revision.body).replace(b"whistle", b"whisper")
    assert changed != bytes(text.revision.body)
    execute("UPDATE editing_revision SET body = %s WHERE id = %s", [changed, text.revision_id])


def suggestion_in_it(cast: Cast, text: Manuscript) -> None:
    """A suggestion that nobody answered stands in the text, and an approval of it was written past the verbs."""
    marked = {"type": "text", "text": "Words.", "marks": [{"type": "insertion", "attrs": {"id": "1"}}]}
    document: Document = {"type": "doc", "content": [{"type": "paragraph", "content": [marked]}]}
    editing.keep_version(text, cast.editor, {**text.revision.content, "document": document})
    forge(text, cast.writer)


def suggestion_open(cast: Cast, text: Manuscript) -> None:
    """Approved, and then an editor suggested other words: who wants them would not see what was approved go live."""
    approve(cast, text)
    wanted = {"type": "paragraph", "content": [{"type": "text", "text": "One more thing."}]}
    document = text.revision.content["document"]
    suggest(draft_of(text), cast.other_editor, {**document, "content": [*document["content"], wanted]})


def mind_changed(cast: Cast, text: Manuscript) -> None:
    """Approved, and then the writer asked for a change: the row of the approval is still there."""
    approve(cast, text)
    editing.ask_for_change(text, cast.writer, "Not yet.")


def too_early(cast: Cast, text: Manuscript) -> None:
    """Approved, and its writer may still think it over."""
    make_subject("infant-death", cooling_hours=24)
    editing.save(text, cast.editor, edited(text, subjects=["infant-death"]))
    approve(cast, text)


WRONG = [
    not_answered,
    older_approval,
    seal_is_wrong,
    another_person,
    another_hash,
    body_changed,
    suggestion_in_it,
    suggestion_open,
    mind_changed,
    too_early,
]


def forge(text: Manuscript, person: Person, seal: str = "", sha256: str = "") -> None:
    """An approval written past the verbs: sealed by whoever knows the rule, unless `seal` says otherwise."""
    forged = Approval(revision=text.revision, person=person, sha256=sha256 or text.revision.sha256)
    forged.seal = seal or link(text.revision.chain, forged.facts)
    forged.save()
    Manuscript.objects.filter(pk=text.pk).update(state="approved")


def approve(cast: Cast, text: Manuscript) -> None:
    editing.ask_for_approval(text, cast.editor)
    editing.approve(text, cast.writer, text.revision.sha256)


def execute(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


# The doors, each tried by whoever may come through it.


def at_the_desk(cast: Cast, text: Manuscript) -> None:
    client, address = client_for(cast.editor), f"/desk/{text.submission.key}/publication/"
    soon = f"{(clock.now() + SOON).astimezone():%Y-%m-%dT%H:%M}"
    for shown in {text.revision.sha256, *Approval.objects.values_list("sha256", flat=True)}:
        assert client.post(address, {"approved": shown, "when": "now"}).status_code == 409
        client.post(address, {"approved": shown, "when": "later", "at": soon})


def page_of_approval(cast: Cast, text: Manuscript) -> None:
    """A hash that is not the newest, and the newest from the sessions of others."""
    address, older = f"/write/{text.submission.key}/approval/", text.revisions.get(number=2).sha256
    count, asked = Approval.objects.count(), text.request_id or ""
    client_for(cast.writer).post(address, {"shown_sha256": older, "asked": asked})
    for person in (cast.other_writer, cast.editor, cast.owner, None):
        client_for(person).post(address, {"shown_sha256": text.revision.sha256, "asked": asked})
    assert Approval.objects.count() == count
    at_the_desk(cast, text)


def no_time_needed(cast: Cast, text: Manuscript) -> None:
    """Others' sessions, and the writer's for another hash."""
    address = f"/write/{text.submission.key}/approval/no-time-needed/"
    for person in (cast.other_writer, cast.editor, cast.owner, None):
        client_for(person).post(address, {"approved_sha256": text.revision.sha256})
    client_for(cast.writer).post(address, {"approved_sha256": text.revisions.get(number=1).sha256})
    assert not CoolingWaived.objects.exists()
    at_the_desk(cast, text)


def leaving(cast: Cast, text: Manuscript) -> None:
    """Somebody who wrote it too leaves: whatever of the others' yes is missing is missing still."""
    joined = text.further_writers.first()
    if joined is None and text.state != "stopped":
        joined = make_co_writer(text, cast.editor, make_person(f"{text.co_writers.count()}@example.org"))
    address = f"/write/{text.submission.key}/writers/{joined.key}/leaving/"
    for person in (cast.writer, cast.editor, None):
        client_for(person).post(address)
    assert not hasattr(CoWriter.objects.get(pk=joined.pk), "left")
    assert client_for(joined.answer.person).post(address).status_code == 302
    at_the_desk(cast, text)


def letter_of_small_fixes(cast: Cast, text: Manuscript) -> None:
    """A link that is well signed, and asks about the very text that nobody approved: written past the verb."""
    story = Story.objects.select_related("edition__revision").filter(manuscript=text).first()
    if story is None or story.edition is None:
        assert client_for(None).post("/write/fixes/forged/", {"answer": "yes"}).status_code == 410
        return
    version = draft_of(text).version
    fix = FixAsked(story=story, edition=story.edition, sha256=text.revision.sha256, version=version)
    fix.asked_by = cast.editor
    fix.seal = link(story.edition.revision.chain, fix.facts)
    fix.save()
    address = f"/write/fixes/{token_of(fix)}/"
    assert client_for(None).post(address, {"answer": "yes"}).status_code == 410


def jobs(cast: Cast, text: Manuscript) -> None:
    """What the worker does, when the time has come: every job that can make words public."""
    with clock.at(clock.now() + SOON):
        for job in JOBS:
            if f"job {job.run.__name__}" in doors.DOORS:
                assert job.run() == 0


def sample(cast: Cast, text: Manuscript) -> None:
    piece: Any = SimpleNamespace(facts={"tags": []})
    with pytest.raises(REFUSED):
        newsroom.appear(text, piece, cast.editor, clock.now())


def search(cast: Cast, text: Manuscript) -> None:
    index_missing(anew=True)
    assert NEVER not in Client().get("/search/?q=never+approved").content.decode()


CASES: dict[str, Callable[[Cast, Manuscript], None]] = {
    "url desk:publication": at_the_desk,
    "url room:approval": page_of_approval,
    "url room:cooling_waiver": no_time_needed,
    "url room:leaving": leaving,
    "url room:fix": letter_of_small_fixes,
    "job appear_due_stories": jobs,
    "command serve": jobs,
    "command worker": jobs,
    "command demo": sample,
    "command demo-content": sample,
    "command reindex": search,
}


def begun(cast: Cast, stands: str) -> Manuscript:
    """A text in its third version. The second was approved, and is `stands`: unpublished, scheduled or live."""
    text = make_approved(cast.writer, cast.editor, cast.call)
    if stands != "unpublished":
        publish(text, cast.editor, clock.now() + timedelta(hours=1) if stands == "scheduled" else None)
    editing.save(text, cast.editor, edited(text, headline=NEVER))
    return text


def point_edition_at(text: Manuscript) -> None:
    """As somebody would who can write to the database: what is scheduled is the unapproved version."""
    approval = Approval.objects.filter(revision=text.revision_id).first()
    if approval is not None:
        execute(
            "UPDATE stories_edition SET revision_id = %s, approval_id = %s, sha256 = %s",
            [approval.revision_id, approval.pk, approval.sha256],
        )


def published() -> list[tuple[str, str, int]]:
    return list(Story.objects.values_list("state", "headline", "edition__number"))


@pytest.mark.parametrize("stands", ["unpublished", "scheduled", "live"])
@pytest.mark.parametrize("wrong", WRONG)
def test_no_door_lets_through_what_was_not_approved(
    cast: Cast, wrong: Callable[[Cast, Manuscript], None], stands: str
) -> None:
    text = begun(cast, stands)
    wrong(cast, text)
    if stands == "scheduled":
        point_edition_at(text)
    before, editions = published(), Edition.objects.count()

    for door, attempt in CASES.items():
        attempt(cast, Manuscript.objects.select_related("revision", "submission__writer").get(pk=text.pk))
        assert (published(), Edition.objects.count()) == (before, editions), door
        assert NEVER not in "".join(Client().get(page).content.decode() for page in ("/", "/feed.json")), door
    assert Client().get("/stories/the-kettle/").status_code == (200 if stands == "live" else 404)


@pytest.mark.parametrize("stands", ["unpublished", "scheduled", "live"])
def test_the_same_text_goes_live_once_all_is_right(cast: Cast, stands: str) -> None:
    text = begun(cast, stands)
    approve(cast, text)

    publish(text, cast.editor)

    assert NEVER in Client().get("/").content.decode()


def test_a_scheduled_edition_does_not_appear_once_a_newer_text_was_approved(cast: Cast) -> None:
    text = begun(cast, "scheduled")
    approve(cast, text)

    with clock.at(clock.now() + SOON):
        assert appear_due_stories() == 0


def test_a_scheduled_text_that_has_not_cooled_appears_when_it_has(cast: Cast) -> None:
    text = begun(cast, "unpublished")
    too_early(cast, text)
    until = Manuscript.objects.get(pk=text.pk).approval.cools_until
    publish(text, cast.editor, until)
    Story.objects.update(goes_live_at=clock.now())  # whatever the row says, the gate says when

    with clock.at(until - timedelta(seconds=1)):
        early = appear_due_stories()
    with clock.at(until):
        on_time = appear_due_stories()

    assert (early, on_time) == (0, 1)


def test_a_story_that_cannot_appear_holds_up_no_other(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    """A version that says less than it should, written and approved past the verbs."""
    at = clock.now() + timedelta(hours=1)
    broken = make_approved(cast.writer, cast.editor, cast.call)
    publish(broken, cast.editor, at)
    content = broken.revision.content
    del content["subjects"]
    add_revision(broken, cast.editor, content)
    forge(broken, cast.writer)
    point_edition_at(broken)
    whole = make_approved(cast.other_writer, cast.editor, cast.call, title="The Bottle")
    publish(whole, cast.editor, at)

    with clock.at(at):
        appeared = appear_due_stories()

    assert (appeared, list(Story.objects.live().values_list("headline", flat=True))) == (1, ["The Bottle"])
    assert "could not appear" in caplog.text


def test_two_things_in_the_way_are_told_at_once(cast: Cast) -> None:
    text = begun(cast, "unpublished")
    too_early(cast, text)
    make_subject("gone").delete()
    editing.save(text, cast.editor, {**text.revision.content, "subjects": ["infant-death", "gone"]})
    with pytest.raises(editing.NotReady, match="does not exist"):
        editing.ask_for_approval(text, cast.editor)
    forge(text, cast.writer)

    with pytest.raises(CannotPublish, match="A subject of this story does not exist any more"):
        let_through(text, clock.now())


def test_a_hard_subject_without_its_note_is_not_let_through(cast: Cast) -> None:
    text = begun(cast, "unpublished")
    make_subject()
    editing.save(text, cast.editor, {**text.revision.content, "subjects": ["pregnancy-loss"], "content_note": ""})
    with pytest.raises(editing.NotReady, match="note"):
        editing.ask_for_approval(text, cast.editor)
    forge(text, cast.writer)

    with pytest.raises(CannotPublish, match="note that stands before the story"):
        publish(text, cast.editor)


def test_taking_down_needs_no_approval(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    text = story.manuscript
    editing.save(text, cast.editor, edited(text, headline=NEVER))
    older_approval(cast, text)

    retract(story, cast.editor, "Somebody in it asked us to.")

    assert not Story.objects.live().exists()


# No way in was forgotten.


def test_every_way_in_has_its_line_and_every_line_its_way() -> None:
    assert doors.ways() == doors.listed()


def test_every_door_has_its_case() -> None:
    assert set(CASES) == doors.DOORS


def test_a_new_address_that_takes_a_form_is_missed_and_one_that_only_shows_is_not() -> None:
    @require_POST
    def shout(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @require_safe
    def show(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def anything(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    patterns = [path("a/", shout, name="shout"), path("b/", show, name="show"), path("c/", anything)]
    resolver = URLResolver(RegexPattern(r"^/"), [URLResolver(RegexPattern(""), patterns, namespace="desk")])

    assert set(doors.takers(resolver)) == {"desk:shout", "desk:<c/>"}


def test_a_new_command_or_job_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    def shout() -> None: ...

    monkeypatch.setitem(doors.COMMANDS, "shout", doors.COMMANDS["bench"])
    monkeypatch.setattr(doors, "JOBS", [*JOBS, SimpleNamespace(run=shout, every=1)])

    assert doors.ways() - doors.listed() == {"command shout", "job shout"}


@pytest.mark.parametrize("forged", [seal_is_wrong, another_person, another_hash])
def test_what_is_loaded_past_the_gate_is_found(
    cast: Cast, tmp_path: Path, forged: Callable[[Cast, Manuscript], None]
) -> None:
    text = begun(cast, "unpublished")
    assert verify_evidence() == []
    forged(cast, text)
    fixture = tmp_path / "forged.json"
    fixture.write_text(serializers.serialize("json", Approval.objects.filter(revision=text.revision_id)))
    execute("DELETE FROM editing_approval WHERE revision_id = %s", [text.revision_id])

    call_command("loaddata", fixture, verbosity=0)

    assert [line for line in verify_evidence() if "Approval of version 3" in line]
