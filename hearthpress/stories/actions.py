"""Publish, appear, retract, go: the only ways in which a story changes."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from hearthpress.care.models import Subject
from hearthpress.common import clock
from hearthpress.common.chain import link
from hearthpress.common.reactions import Verb
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.documents.plain import plain_text
from hearthpress.editing.content import pictures_within
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Manuscript, Picture
from hearthpress.mail.actions import write_letter
from hearthpress.masthead.models import Section
from hearthpress.people.actions import give_address
from hearthpress.people.models import Byline, Person
from hearthpress.stories.enums import StoryState
from hearthpress.stories.gate import CannotPublish, Cleared, NotApproved, let_through
from hearthpress.stories.models import Edition, Figure, Story, StoryEvent, Tagging, TagsChosen
from hearthpress.stories.tags import check_tags, drop_tags_that_say_too_much, tag_of
from hearthpress.submissions.models import Submission

logger = logging.getLogger(__name__)

# What readers see of a story is new: it went live, or got a new edition while it was. Or it is gone.
shown = Verb("a story is shown")
gone = Verb("a story is gone")
tagged = Verb("a story stands on other shelves")


@transaction.atomic
def publish(manuscript: Manuscript, editor: Person, at: datetime | None = None) -> Story:
    """Publish the approved text at `at` (aware; now by default), or a new edition of a story that is already live.

    Raises NotApproved, CannotPublish, SomebodyElseWon, PermissionDenied.
    """
    if not editor.has_perm("stories.publish", manuscript):
        raise PermissionDenied("An editor's own story is published by others.")
    cleared = let_through(manuscript, at or clock.now())
    story = Story.objects.filter(manuscript=manuscript).first() or _begin(cleared, editor, at)
    if story.is_gone:
        raise NotAllowed("The story was taken back.")
    if story.state == StoryState.LIVE and at is not None:
        raise CannotPublish(_("The story is live: a new edition of it appears at once, or not at all."))
    _add_edition(story, cleared, editor)
    if story.state == StoryState.SCHEDULED:
        _set_time(story, at or clock.now())
    return story


def appear_due_stories() -> int:
    """Let the stories whose time has come go live. How many did."""
    due = Story.objects.filter(
        state=StoryState.SCHEDULED, goes_live_at__lte=clock.now(), manuscript__state=ManuscriptState.APPROVED
    ).select_related("manuscript", "edition", "byline", "writer")
    return sum(_appear_if_let_through(story) for story in due)


@transaction.atomic
def retract(story: Story, editor: Person, why: str) -> None:
    """The magazine takes a story down. The writer is told why, and keeps what was earned."""
    if not editor.has_perm("stories.publish", story.manuscript):
        raise PermissionDenied("An editor's own story is retracted by others.")
    story.move(StoryState.RETRACTED, actor=editor, why=why, ended_at=clock.now())
    gone.happened(story)
    write_letter("stories/retracted", story.writer.email, {"story": story, "why": why}, person=story.writer)


@transaction.atomic
def set_tags(story: Story, names: Sequence[str], editor: Person, seen: Collection[str]) -> None:
    """Put a story, scheduled or live, on the shelves with these names and on no others; a new name makes a new shelf.

    `seen` are the slugs of those that the editor saw it on. The writer's approval does not cover them, so that they
    never say more than the subjects that it covers. Raises CannotTag, SomebodyElseWon, NotAllowed, PermissionDenied.
    """
    if not editor.has_perm("stories.publish", story.manuscript):
        raise PermissionDenied("The tags of an editor's own story are chosen by others.")
    held = Story.objects.select_for_update().get(pk=story.pk)
    if held.is_gone:
        raise NotAllowed("The story was taken back.")
    before = {tag.slug: tag for tag in held.tags}
    if set(before) != set(seen):
        raise SomebodyElseWon(f"{story} has other tags now")
    wanted = check_tags(held, names)
    Tagging.objects.filter(story=held).exclude(tag__slug__in=wanted).delete()
    new = [tag_of(slug, name) for slug, name in wanted.items() if slug not in before]
    Tagging.objects.bulk_create(Tagging(story=held, tag=tag, first_live_at=held.first_live_at) for tag in new)
    if set(before) != set(wanted):
        TagsChosen.objects.create(subject=held, names=", ".join(wanted.values()), actor=editor)
        tagged.happened(held, tags=[*before.values(), *new])


def go_with_submission(submission: Submission, actor: Person | None = None) -> None:
    """Reaction: a story that its writer takes back is gone in the same transaction."""
    story = Story.objects.filter(manuscript__submission=submission).first()
    if story is not None and story.may_become(StoryState.WITHDRAWN):
        story.move(StoryState.WITHDRAWN, actor=actor, why="taken back", ended_at=clock.now())
        gone.happened(story)


def show_focus(picture: Picture) -> None:
    """Reaction: the stories that show a picture crop it about its new focus."""
    for story in Story.objects.filter(picture_sha256=picture.sha256):
        facts = {**story.picture_facts, "focus_x": picture.focus_x, "focus_y": picture.focus_y}
        Story.objects.filter(pk=story.pk, picture_sha256=picture.sha256).update(picture_facts=facts)


def _begin(cleared: Cleared, editor: Person, at: datetime | None) -> Story:
    agreement, manuscript = cleared.agreement, cleared.approval.revision.manuscript
    columns = _columns(cleared.content, manuscript.submission)
    try:
        with transaction.atomic():
            story = Story.objects.create(
                manuscript=manuscript,
                agreement=agreement,
                writer=agreement.writer,
                slug=cleared.content["slug"],
                goes_live_at=at or clock.now(),
                **columns,
            )
    except IntegrityError as error:
        if Story.objects.filter(manuscript=manuscript).exists():
            raise SomebodyElseWon(f"{manuscript} has been published") from error
        raise CannotPublish(_("Another story has this web address already. Please choose another.")) from error
    StoryEvent.objects.create(subject=story, old="", new=story.state, actor=editor)
    return story


def _add_edition(story: Story, cleared: Cleared, editor: Person) -> None:
    content, approval = cleared.content, cleared.approval
    if content["slug"] != story.slug:
        raise CannotPublish(_("The web address of a published story stays as it is: %(slug)s.") % {"slug": story.slug})
    before = story.edition
    if before is not None and before.approval_id == approval.pk:
        return
    edition = Edition(
        story=story,
        number=before.number + 1 if before else 1,
        revision=approval.revision,
        approval=approval,
        sha256=approval.sha256,
        made_by=editor,
    )
    edition.seal = link(approval.revision.chain, edition.facts)
    try:
        with transaction.atomic():
            edition.save()
    except IntegrityError as error:
        raise SomebodyElseWon(f"{story} has a newer edition") from error
    columns = {**_columns(content, approval.revision.manuscript.submission), "edition": edition}
    if not Story.objects.filter(pk=story.pk, state=story.state, edition=before).update(**columns):
        raise SomebodyElseWon(f"{story} has a newer edition")
    for name, value in columns.items():
        setattr(story, name, value)
    story.subjects.set(Subject.objects.filter(slug__in=content["subjects"]))
    _set_figures(story, pictures_within(content["document"]))
    drop_tags_that_say_too_much(story)
    if story.state == StoryState.LIVE:
        StoryEvent.objects.create(subject=story, old="live", new="live", actor=editor, why=f"edition {edition.number}")
        shown.happened(story)


def _set_figures(story: Story, digests: Sequence[str]) -> None:
    """The pictures within the text are those of this edition, and of no earlier one."""
    story.figures.all().delete()
    Figure.objects.bulk_create(Figure(story=story, sha256=digest) for digest in digests)


def _columns(content: dict[str, Any], submission: Submission) -> dict[str, Any]:
    """What lists show of the edition with this content."""
    section = Section.objects.filter(slug=content["section"]).first()
    if section is None:
        raise CannotPublish(_("The section of this story does not exist any more. Please choose another."))
    picture = content["picture"]
    return {
        "section": section,
        "headline": content["headline"],
        "standfirst": content["standfirst"],
        "byline_name": content["byline"],
        "byline": byline_of(content, submission),
        "content_note": content["content_note"],
        "picture_sha256": picture["sha256"] if picture else "",
        "picture_facts": picture_facts(picture) if picture else {},
        "words": len(plain_text(content["document"]).split()),
    }


def byline_of(content: dict[str, Any], submission: Submission) -> Byline | None:
    """The name that the writer chose, where the text is signed with it."""
    byline: Byline | None = submission.byline
    return byline if byline is not None and byline.name == content["byline"] else None


def picture_facts(picture: dict[str, str]) -> dict[str, Any]:
    """What a story keeps of its picture (see Story.picture_facts). Raises Picture.DoesNotExist."""
    stored = Picture.objects.get(sha256=picture["sha256"])
    words = {name: picture.get(name, "") for name in ("alt", "caption", "credit")}
    size = {"width": stored.width, "height": stored.height, "widths": stored.widths}
    return {**words, **size, "focus_x": stored.focus_x, "focus_y": stored.focus_y}


def _set_time(story: Story, at: datetime) -> None:
    Story.objects.filter(pk=story.pk, state=StoryState.SCHEDULED).update(goes_live_at=at)
    story.goes_live_at = at
    if at <= clock.now():
        _appear(story)


def _appear(story: Story) -> None:
    if story.byline is not None:
        give_address(story.byline)
    story.move(StoryState.LIVE, first_live_at=clock.now(), still={"edition_id": story.edition_id})
    Tagging.objects.filter(story=story).update(first_live_at=story.first_live_at)
    shown.happened(story)
    write_letter("stories/published", story.writer.email, {"story": story}, person=story.writer)


def _appear_if_let_through(story: Story) -> int:
    """A scheduled story that the gate does not let through waits: its text was opened again, or something came up.

    One that cannot appear for whatever other reason holds up no other.
    """
    try:
        with transaction.atomic():
            let_through(story.manuscript, clock.now(), story.edition)
            _appear(story)
    except (NotApproved, CannotPublish, SomebodyElseWon):
        return 0
    except (OperationalError, InterfaceError):
        raise  # the database is away: that is about every story
    except Exception:
        logger.exception("story %s could not appear", story.key)
        return 0
    return 1
