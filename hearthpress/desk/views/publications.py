"""Publish what the writer approved; take a story down."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.decisions import RetractionForm
from hearthpress.desk.forms.publication import LATER, PublicationForm, TagsForm
from hearthpress.desk.page import page
from hearthpress.desk.preview import picture_address
from hearthpress.desk.turns import manuscript_of, story_of, turn_of
from hearthpress.desk.zone import zone_name
from hearthpress.editing.doors import desk_manuscript
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Manuscript
from hearthpress.editing.since_approval import since_approval
from hearthpress.editing.suggesting import open_on
from hearthpress.editing.writers import said_by_each
from hearthpress.magazine.preview import preview_page
from hearthpress.people.models import Person
from hearthpress.stories.actions import publish, retract, set_tags
from hearthpress.stories.enums import StoryState
from hearthpress.stories.fixes import asked_now, can_be_asked
from hearthpress.stories.gate import CannotPublish, NotApproved
from hearthpress.stories.models import Story, Tag
from hearthpress.stories.tags import CannotTag
from hearthpress.submissions.doors import TakenBack

KNOWN_TAGS = 200  # as many as a page can name


@require_http_methods(["GET", "POST"])
@for_editors
def publication(request: HttpRequest, key: str) -> HttpResponse:
    found = _with_publication(who(request), key)
    form = PublicationForm(request.POST or None, initial=_beginning(found), earliest=_earliest(found))
    if form.is_valid():
        problem = _publish(request, found, form)
        if not problem:
            return redirect("desk:publication", key)
        form.add_error(None, problem)
        found = _with_publication(who(request), key)
    return page(request, "publication", "queue", _context(found, form), status=409 if form.non_field_errors() else 200)


@require_POST
@for_editors
def tags(request: HttpRequest, key: str) -> HttpResponse:
    """Put the story on shelves, and take it off others. The writer's approval does not cover them."""
    found = desk_manuscript(who(request), key)
    story = story_of(found)
    if story is None:
        raise Http404
    form = TagsForm.of(story, request.POST)
    if form.is_valid():
        problem = _set_tags(request, story, form)
        if not problem:
            return redirect("desk:publication", key)
        form.add_error("tags", problem)
    context = {**_context(found, _empty_form(found)), "tags_form": form}
    return page(request, "publication", "queue", context, status=409)


@require_http_methods(["GET", "POST"])
@for_editors
def retraction(request: HttpRequest, key: str) -> HttpResponse:
    """The magazine takes a live story down: the reason is asked, and what will happen is said before it does."""
    found = desk_manuscript(who(request), key)
    story = story_of(found)
    if story is None or story.state != StoryState.LIVE:
        messages.warning(request, _("This story is not live."))
        return redirect("desk:publication", key)
    form = RetractionForm(request.POST or None)
    if form.is_valid():
        _retract(request, story, form.cleaned_data["why"])
        return redirect("desk:publication", key)
    return page(request, "retraction", "queue", {"submission": found.submission, "story": story, "form": form})


@require_safe
@for_editors
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The story's page as its readers would see the newest version."""
    found = desk_manuscript(who(request), key)
    return preview_page(request, found, picture_address, reverse("desk:manuscript", args=[key]))


def _with_publication(editor: Person, key: str) -> Manuscript:
    """The manuscript. One taken back is fetched only when readers had it: the page says when it was taken down."""
    try:
        return desk_manuscript(editor, key)
    except TakenBack as gone:
        found = manuscript_of(gone.submission)
        story = story_of(found) if found else None
        if found is None or story is None or story.first_live_at is None:
            raise
        return found


def _empty_form(found: Manuscript) -> PublicationForm:
    return PublicationForm(initial=_beginning(found), earliest=_earliest(found))


def _earliest(found: Manuscript) -> datetime | None:
    """When it may go live, as long as that is still to come."""
    at = found.cools_until if found.state == ManuscriptState.APPROVED else None
    return at if at and at > clock.now() else None


def _beginning(found: Manuscript) -> dict[str, Any]:
    """As it is scheduled; or the first moment at which it may go live, where that is still to come."""
    approval, story, at = found.approval, story_of(found), _earliest(found)
    if story is not None and story.state == StoryState.SCHEDULED:
        at = max(story.goes_live_at, at or story.goes_live_at)
    return {"approved": approval.sha256 if approval else "", **({"when": LATER, "at": at} if at else {})}


def _context(found: Manuscript, form: PublicationForm) -> dict[str, Any]:
    story = story_of(found)
    approval = found.approval if found.state == ManuscriptState.APPROVED else None
    edition = story.edition if story is not None else None
    is_live = story is not None and story.state == StoryState.LIVE
    return {
        "submission": found.submission,
        "manuscript": found,
        "turn": turn_of(found.submission),
        "approval": approval,
        "since": since_approval(found),
        "waiting": open_on(found),
        "fix": asked_now(found),
        "may_ask_by_letter": can_be_asked(found),
        "each": said_by_each(found),
        "story": story,
        "edition": edition,
        "is_newest_live": bool(is_live and edition and approval and edition.sha256 == approval.sha256),
        "form": form,
        "tags_form": TagsForm.of(story),
        "known_tags": Tag.objects.values_list("name", flat=True)[:KNOWN_TAGS],
        "earliest": _earliest(found),
        "waived": approval.waived if approval and found.cools_until is None else None,
        "zone": zone_name(),
    }


def _publish(request: HttpRequest, found: Manuscript, form: PublicationForm) -> str:
    """Publish. What stood in the way, as a sentence; "" when nothing did."""
    approval = found.approval
    if approval is None or approval.sha256 != form.cleaned_data["approved"]:
        return _("The text or its approval changed meanwhile. This is how it stands now; please look again.")
    try:
        story = publish(found, who(request), form.moment)
    except NotApproved:
        return _("This is not, to the letter, what the writer approved. Ask the writer before it goes live.")
    except CannotPublish as error:
        return str(error)
    except SomebodyElseWon:
        return _("Somebody else changed or published this story at the same moment. This is how it stands now.")
    except NotAllowed:
        return _("This story was taken back.")
    said = _("The story is live.") if story.state == StoryState.LIVE else _("The story is scheduled.")
    messages.success(request, said)
    return ""


def _set_tags(request: HttpRequest, story: Story, form: TagsForm) -> str:
    """Set them. What stood in the way, as a sentence; "" when nothing did."""
    try:
        set_tags(story, form.names, who(request), form.slugs)
    except CannotTag as error:
        return str(error)
    except SomebodyElseWon:
        return _("Somebody else changed the tags at the same moment. Please load the page again to see them.")
    except NotAllowed:
        return _("This story was taken back.")
    messages.success(request, _("The tags are saved."))
    return ""


def _retract(request: HttpRequest, story: Story, why: str) -> None:
    try:
        retract(story, who(request), why)
    except (NotAllowed, SomebodyElseWon):
        messages.warning(request, _("Somebody took this story down before you."))
    else:
        messages.success(request, _("The story is taken down. The writer has been told."))
