"""What the writer and the editors say to each other about one story."""

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.correspondence.actions import write_to_editors
from hearthpress.correspondence.doors import mark_seen, own_thread
from hearthpress.room.access import for_writers, page, who
from hearthpress.room.forms.words import MessageForm


@for_writers
@require_http_methods(["GET", "POST"])
def messages(request: HttpRequest, key: str) -> HttpResponse:
    """The thread, and a box to write in. It stays open whatever was decided."""
    thread = own_thread(who(request), key)
    form = MessageForm(request.POST or None)
    if form.is_valid():
        write_to_editors(thread.submission, who(request), form.cleaned_data["words"])
        notes.success(request, _("Your message is with the editors."))
        return redirect("room:messages", key=key)
    mark_seen(thread, who(request))
    return page(request, "correspondence", {"thread": thread, "submission": thread.submission, "form": form})
