"""Who wrote a story beside the one who sent it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.common.states import SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.page import page
from hearthpress.editing.doors import co_writer_of, desk_manuscript
from hearthpress.editing.forms import CoWriterForm
from hearthpress.editing.writers import CannotBeNamed, leave, name_co_writer, named, said_by_each


@require_http_methods(["GET", "POST"])
@for_editors
def writers(request: HttpRequest, key: str) -> HttpResponse:
    """Who writes this story; name somebody who wrote it too."""
    found = desk_manuscript(who(request), key)
    form = CoWriterForm(request.POST or None)
    if form.is_valid():
        try:
            asked = name_co_writer(found, who(request), **form.cleaned_data)
        except CannotBeNamed as error:
            form.add_error(None, str(error))
        except SomebodyElseWon:
            form.add_error(None, _("The text changed in the same moment. Please press once more."))
        else:
            messages.success(request, _("%(name)s gets a letter.") % {"name": asked.name})
            return redirect("desk:writers", key)
    context = {"submission": found.submission, "manuscript": found, "form": form}
    each = {"each": said_by_each(found), "named": named(found)}
    return page(request, "writers", "queue", {**context, **each})


@require_http_methods(["GET", "POST"])
@for_editors
def removal(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """Take back a question that nobody has answered. Who has said yes leaves only by themselves."""
    found = desk_manuscript(who(request), key)
    row = co_writer_of(found, other)
    if not row.is_open:
        raise Http404
    if request.method == "GET":
        return page(request, "writer_removal", "queue", {"submission": found.submission, "row": row})
    try:
        leave(row, who(request))
    except SomebodyElseWon:
        messages.warning(request, _("Something changed in the same moment. This is how it stands now."))
    else:
        messages.success(request, _("The question is taken back."))
    return redirect("desk:writers", key)
