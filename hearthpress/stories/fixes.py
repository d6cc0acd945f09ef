"""Small corrections of a live story: the writer is asked by letter, and says yes with one click.

The link in the letter is signed, names one text by its hash, and is good for DAYS days and for one answer. Opening it
changes nothing: mail is opened by machines too. Whoever has it reads what would change, and can only answer.
"""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.common.canonical import canonical_bytes, sha256
from hearthpress.common.chain import link
from hearthpress.common.states import NotAllowed
from hearthpress.documents.schema import check
from hearthpress.documents.small import is_small
from hearthpress.documents.suggestions import Suggestion, accepted, declined, identities, suggestions
from hearthpress.editing.actions import NotReady, approve, put_request
from hearthpress.editing.content import missing
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Draft, Manuscript
from hearthpress.editing.suggesting import agree, answer, draft_of
from hearthpress.mail.actions import write_letter
from hearthpress.people.models import Person
from hearthpress.stories.actions import publish
from hearthpress.stories.enums import StoryState
from hearthpress.stories.gate import CannotPublish
from hearthpress.stories.models import FixAsked, Story

DAYS = 14
_SALT = "hearthpress.stories.fixes"


class FixIsOver(NotAllowed):
    """It was answered, it is too old, or the text is another one now."""


def can_be_asked(manuscript: Manuscript) -> bool:
    """Whether what is suggested for a live story is small, and one writer alone is to be asked."""
    story = Story.objects.filter(manuscript=manuscript).select_related("edition").first()
    draft = Draft.objects.filter(manuscript=manuscript).first()
    if story is None or draft is None or not identities(draft.document) or not _is_live(story, manuscript):
        return False
    small = is_small(check(declined(draft.document)), check(accepted(draft.document)))
    return small and len(manuscript.writers) == 1


def asked_now(manuscript: Manuscript) -> FixAsked | None:
    """The question that can still be answered, if there is one."""
    last = FixAsked.objects.filter(story__manuscript=manuscript).select_related("story", "edition", "asked_by").last()
    return last if last is not None and _is_open(last) else None


@transaction.atomic
def ask_by_letter(manuscript: Manuscript, editor: Person) -> FixAsked:
    """Ask the writer of a live story for a yes to what is suggested for it, all of it small.

    Raises NotReady in words for the editor, PermissionDenied.
    """
    if not editor.has_perm("stories.publish", manuscript):
        raise PermissionDenied("An editor's own story is corrected by others.")
    if not can_be_asked(manuscript):
        raise NotReady(_("Only small corrections of a live story are asked about in this way."))
    story = Story.objects.select_related("edition__revision").get(manuscript=manuscript)
    draft = draft_of(manuscript)
    value = _corrected(manuscript, draft)
    if problems := missing(value):
        raise NotReady(*problems)
    fix = FixAsked(
        story=story,
        edition=story.shown,
        sha256=sha256(canonical_bytes(value)),
        version=draft.version,
        asked_by=editor,
        at=clock.now(),
    )
    fix.seal = link(story.shown.revision.chain, fix.facts)
    fix.save()
    context = {"story": story, "fix": fix, "changes": suggestions(draft.document), "token": token_of(fix), "days": DAYS}
    write_letter("stories/fix_asked", story.writer.email, context, person=story.writer)
    return fix


def token_of(fix: FixAsked) -> str:
    """What the link carries: signed, and of this one question."""
    return signing.dumps({"fix": fix.key, "sha256": fix.sha256, "writer": fix.story.writer_id}, salt=_SALT)


def fix_behind(token: str) -> FixAsked:
    """The question that a link asks. Raises FixIsOver for one that is not ours, or can no longer be answered."""
    try:
        told = signing.loads(token, salt=_SALT, max_age=timedelta(days=DAYS))
    except signing.BadSignature as error:
        raise FixIsOver("no link of ours, or an old one") from error
    rows = FixAsked.objects.select_related(
        "asked_by", "edition", "story__writer", "story__edition", "story__manuscript__revision"
    )
    fix = rows.filter(key=told["fix"], sha256=told["sha256"], story__writer=told["writer"]).first()
    if fix is None or not fix.is_sealed or not _is_open(fix):
        raise FixIsOver("answered, or about another text")
    return fix


def changes_of(fix: FixAsked) -> list[Suggestion]:
    """What would be corrected, in reading order."""
    return suggestions(draft_of(fix.story.manuscript).document)


@transaction.atomic
def say_yes(fix: FixAsked) -> bool:
    """The writer's yes: each correction is accepted, the text approved, and a new edition published by who asked.

    Whether it is live; where the gate says no, an editor is told by the page of publication as ever. Raises FixIsOver,
    SomebodyElseWon, and what `approve` raises.
    """
    manuscript, draft, writer = _held(fix)
    answer(draft, writer, identities(draft.document), yes=True)
    revision = agree(draft, writer)
    if revision.sha256 != fix.sha256:
        raise FixIsOver("about another text")
    manuscript = draft.manuscript
    put_request(manuscript, fix.asked_by)
    approve(manuscript, writer, fix.sha256, f"letter {fix.key}")
    try:
        publish(manuscript, fix.asked_by)
    except (CannotPublish, PermissionDenied):
        return False
    return True


@transaction.atomic
def say_no(fix: FixAsked) -> None:
    """The writer's no: each correction is declined, and the editor gets a letter. Raises as `say_yes` does."""
    _manuscript, draft, writer = _held(fix)
    answer(draft, writer, identities(draft.document), yes=False)
    write_letter("stories/fix_declined", fix.asked_by.email, {"story": fix.story}, person=fix.asked_by)


def _held(fix: FixAsked) -> tuple[Manuscript, Draft, Person]:
    """The text as it is now, if the question still is about it. Who comes second gets FixIsOver."""
    Story.objects.select_for_update(of=["self"]).get(pk=fix.story_id)
    now = FixAsked.objects.select_related("story__edition", "edition").get(pk=fix.pk)
    if not _is_open(now):
        raise FixIsOver("answered, or about another text")
    manuscript = Manuscript.objects.select_related("revision", "request", "submission__writer").get(
        pk=now.story.manuscript_id
    )
    return manuscript, draft_of(manuscript), now.story.writer


def _is_open(fix: FixAsked) -> bool:
    """Whether nothing has happened since: the edition is live, and the draft and who writes it are what they were."""
    manuscript = Manuscript.objects.select_related("revision", "submission__writer").get(pk=fix.story.manuscript_id)
    draft = Draft.objects.filter(manuscript=manuscript).first()
    newest = FixAsked.objects.filter(story=fix.story_id).order_by("pk").last()
    return (
        draft is not None
        and draft.version == fix.version
        and newest is not None
        and newest.pk == fix.pk
        and fix.story.edition_id == fix.edition_id
        and fix.at + timedelta(days=DAYS) > clock.now()
        and _is_live(fix.story, manuscript)
        and len(manuscript.writers) == 1
    )


def _is_live(story: Story, manuscript: Manuscript) -> bool:
    """Whether readers read the newest version, and its writer's yes to it stands."""
    edition = story.edition
    is_newest = edition is not None and edition.revision_id == manuscript.revision_id
    return is_newest and story.state == StoryState.LIVE and manuscript.state == ManuscriptState.APPROVED


def _corrected(manuscript: Manuscript, draft: Draft) -> dict[str, Any]:
    if manuscript.revision is None:
        raise ValueError(f"{manuscript} has no text")
    return {**manuscript.revision.content, "document": check(accepted(draft.document))}
