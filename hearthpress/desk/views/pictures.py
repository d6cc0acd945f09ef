"""Pictures of texts that are not published, for editors. The public address shows only those of live stories."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearthpress.common.states import NotAllowed
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.pictures import CLICKED_WIDTH, FocusForm, clicked_height, clicked_point
from hearthpress.desk.page import page
from hearthpress.desk.preview import picture_shown
from hearthpress.editing.actions import NotReady, choose_focus
from hearthpress.editing.doors import desk_manuscript
from hearthpress.editing.models import Manuscript, Picture
from hearthpress.editing.pictures import stored_picture


@require_safe
@for_editors
def picture(request: HttpRequest, digest: str, width: int) -> HttpResponse:
    found = Picture.objects.filter(sha256=digest).first()
    if found is None or width not in found.widths:
        raise Http404
    return HttpResponse(stored_picture(digest, width), content_type="image/webp")


@require_http_methods(["GET", "POST"])
@for_editors
def focus(request: HttpRequest, key: str) -> HttpResponse:
    """What stays in view where the picture is cropped: a click on the picture chooses it, or two numbers do."""
    found = desk_manuscript(who(request), key)
    shown, picture = _picture_of(found)
    form = FocusForm(_given(request.POST, picture), initial={"x": picture.focus_x, "y": picture.focus_y})
    if request.method == "POST" and form.is_valid():
        try:
            choose_focus(found, who(request), form.cleaned_data["x"], form.cleaned_data["y"])
        except (NotAllowed, NotReady) as error:
            raise Http404 from error
        messages.success(request, _("Saved. This is how it is cropped now."))
        return redirect("desk:picture_focus", key)
    size = {"width": CLICKED_WIDTH, "height": clicked_height(picture)}
    context = {"submission": found.submission, "picture": shown, "form": form, "clicked": size}
    return page(request, "picture_focus", "queue", context)


def _picture_of(found: Manuscript) -> tuple[dict[str, object], Picture]:
    """The picture of the newest version, as a template shows it and as its row. Raises Http404 when there is none."""
    content = found.revision.content if found.revision else {"picture": None}
    shown = picture_shown(content["picture"])
    if shown is None:
        raise Http404
    return shown, Picture.objects.get(sha256=shown["sha256"])


def _given(sent: QueryDict, picture: Picture) -> dict[str, Any] | None:
    """The form's data: the two numbers as they were typed, or those of the point that was clicked; None for none."""
    if "at.x" in sent:
        return dict(zip("xy", clicked_point(sent, picture), strict=True))
    return sent.dict() or None
