"""The writer's yes: what changed, all that it covers, and the way to ask for something else."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing import actions
from hearthpress.editing.content import pictures_of
from hearthpress.editing.cooling import waive_cooling
from hearthpress.editing.doors import own_manuscript
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Approval, Manuscript
from hearthpress.editing.people import ChildrenNotAnsweredFor, people_in, unanswered
from hearthpress.editing.pictures import stored_name
from hearthpress.editing.showing import Address
from hearthpress.editing.writers import said_by_each
from hearthpress.magazine.preview import FRAMING, card_of, preview_page
from hearthpress.people.models import Person
from hearthpress.room.access import away, for_writers, page, who
from hearthpress.room.comparison import comparisons, pictures_within_text, quotes_of, related_of, skippable_of
from hearthpress.room.forms.words import ChangeForm
from hearthpress.room.standing import is_past
from hearthpress.stories.comparison import covered


@for_writers
@require_http_methods(["GET", "POST"])
def approval(request: HttpRequest, key: str) -> HttpResponse:
    """Say yes to exactly the version that the page showed."""
    manuscript = own_manuscript(who(request), key)
    if manuscript.state == ManuscriptState.STOPPED:
        return away(request, manuscript.submission)
    if request.method == "GET":
        return _page(request, manuscript)
    if not _answers_request(request, manuscript):
        return _as_it_is_now(request, key)
    try:
        shown_sha256 = request.POST.get("shown_sha256", "")
        actions.approve(manuscript, who(request), shown_sha256, request.session.session_key or "")
    except ChildrenNotAnsweredFor as error:
        told = _("Before your yes, please say of %(names)s whether a child’s full name is meant to be read by all.")
        messages.warning(request, told % {"names": ", ".join(error.args)})
        return redirect("room:people", key=key)
    except (SomebodyElseWon, NotAllowed):
        return _as_it_is_now(request, key)
    messages.success(request, _("Thank you. You said yes to this text, and to nothing else."))
    return redirect("room:approval", key=key)


@for_writers
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for something to be different. The words go to the editor."""
    manuscript = own_manuscript(who(request), key)
    if request.method == "GET":
        return redirect("room:approval", key=key)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _page(request, manuscript, change_form=form)
    try:
        actions.ask_for_change(manuscript, who(request), form.cleaned_data["words"])
    except (SomebodyElseWon, NotAllowed):
        return _as_it_is_now(request, key, change_form=form)
    messages.success(request, _("The editor has your words. You get a letter when the text is ready again."))
    return away(request, manuscript.submission)


@for_writers
@require_POST
def cooling_waiver(request: HttpRequest, key: str) -> HttpResponse:
    """The writer does not need the time to think that is left after their yes."""
    manuscript = own_manuscript(who(request), key)
    approved_sha256 = request.POST.get("approved_sha256", "")
    try:
        waive_cooling(manuscript, who(request), approved_sha256, request.session.session_key or "")
    except (SomebodyElseWon, NotAllowed):
        messages.info(request, _("This is how it stands now."))
    else:
        messages.success(request, _("Thank you. We do not wait any longer, and an editor chooses the day."))
    return redirect("room:approval", key=key)


@for_writers
@require_GET
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The story's page as its readers would see the newest version."""
    manuscript = own_manuscript(who(request), key)
    return preview_page(request, manuscript, _address(key), reverse("room:approval", args=[key]))


@for_writers
@require_GET
def picture_within(request: HttpRequest, key: str, digest: str, width: int) -> FileResponse:
    """A picture within the text of the newest version, or its own."""
    if digest not in pictures_of(_content(own_manuscript(who(request), key))):
        raise Http404
    try:
        file = default_storage.open(stored_name(digest, width))
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type="image/webp")


def _answers_request(request: HttpRequest, manuscript: Manuscript) -> bool:
    """Not a form that was drawn for an earlier request: the same words may be asked about again, and need a new yes."""
    return request.POST.get("asked") == str(manuscript.request_id or "")


def _address(key: str) -> Address:
    """Where the writer finds the pictures within the text."""
    return lambda digest, width: reverse("room:approval_picture_within", args=[key, digest, width])


def _as_it_is_now(request: HttpRequest, key: str, **context: Any) -> HttpResponse:
    """A second press, or an editor who acted in the same moment: the newest text, and what became of the press."""
    now = own_manuscript(who(request), key)
    if _own_yes(now, who(request)) is not None:
        messages.info(request, _("You have said yes to this text already."))
        return redirect("room:approval", key=key)
    if now.state != ManuscriptState.ASKED:
        told = _("The text was opened again in the meantime. You get a letter when it is ready for you to read.")
        messages.warning(request, told)
        return away(request, now.submission)
    return _page(request, now, changed=True, **context)


def _content(manuscript: Manuscript) -> dict[str, Any]:
    if manuscript.revision is None:
        raise Http404
    return manuscript.revision.content


def _own_yes(manuscript: Manuscript, writer: Person) -> Approval | None:
    return next((one for one in manuscript.approvals if one.person_id == writer.pk), None)


def _after_the_yes(approval: Approval | None) -> dict[str, Any]:
    """The approval; until when its writer may think it over, while that is to come; or that they do not need to."""
    if approval is None:
        return {"approval": None}
    cools_until = approval.cools_until
    time_left = cools_until if cools_until and cools_until > clock.now() else None
    return {"approval": approval, "cools_until": time_left, "waived": approval.waived}


def _page(request: HttpRequest, manuscript: Manuscript, **context: Any) -> HttpResponse:
    content = _content(manuscript)
    state = ManuscriptState(manuscript.state)
    context = {"submission": manuscript.submission, "manuscript": manuscript, "state": state, **context}
    if manuscript.revision and state in (ManuscriptState.ASKED, ManuscriptState.APPROVED):
        people = people_in(manuscript, manuscript.revision)
        context |= {
            "comparisons": comparisons(manuscript, manuscript.revision),
            "covered": covered(content),
            "quotes": quotes_of(content),
            "related": related_of(content),
            "content": content,
            "pictures_within": pictures_within_text(content),
            "skippable": skippable_of(content),
            "preview_url": reverse("room:preview", args=[manuscript.submission.key]),
            "card": card_of(content, _address(manuscript.submission.key)),
            "people": people,
            "unanswered": unanswered(people),
            **_after_the_yes(_own_yes(manuscript, who(request))),
            "each": said_by_each(manuscript),
            "late": manuscript.hoped_for is not None and is_past(manuscript.hoped_for),
            "change_form": context.get("change_form") or ChangeForm(),
        }
    response = page(request, "approval", context)
    response["Content-Security-Policy"] = FRAMING
    return response
