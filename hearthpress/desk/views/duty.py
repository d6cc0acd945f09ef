"""What an editor takes on, and giving stories to editors."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.duty import AssignmentsForm, DutyForm
from hearthpress.desk.page import page
from hearthpress.desk.queue.giving import Given, give_all, stories_to_give
from hearthpress.desk.queue.rows import Row
from hearthpress.desk.queue.saved_views import queue_place
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person
from hearthpress.submissions.duty import editors_on_duty, own_duty


@require_http_methods(["GET", "POST"])
@for_editors
def duty(request: HttpRequest) -> HttpResponse:
    form = DutyForm(request.POST or None, instance=own_duty(who(request)))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("desk:duty")
    return page(request, "duty", "queue", {"form": form, "balances": Masthead.current().balances})


@require_http_methods(["GET", "POST"])
@for_editors
def assignments(request: HttpRequest) -> HttpResponse:
    """Give the stories that were ticked (`story`) to an editor, or to nobody. `back` is the queue's place."""
    editor, sent, on_duty = who(request), request.POST or request.GET, editors_on_duty()
    rows = stories_to_give(editor, sent.getlist("story"))
    back = queue_place(sent.get("back", ""))
    if not rows:
        messages.info(request, _("Tick the stories that you want to give to somebody."))
        return redirect(f"{reverse('desk:queue')}?{back}")
    form = AssignmentsForm(request.POST or None, on_duty=on_duty, editor=editor.pk)
    if not form.is_valid():
        return page(request, "assignments", "queue", {"form": form, "rows": rows, "back": back})
    chosen = on_duty.get(form.cleaned_data["editor"])
    to = chosen.editor if chosen else None
    had = {row.story.key: request.POST.get(f"had-{row.story.key}", "") for row in rows}
    _say(request, give_all(rows, to, editor, form.cleaned_data["why"], had), to)
    return redirect(f"{reverse('desk:queue')}?{back}{_place(rows)}")


def _place(rows: list[Row]) -> str:
    """Back to the story's own row, when it was one."""
    return f"#story-{rows[0].story.key}" if len(rows) == 1 else ""


def _say(request: HttpRequest, given: Given, to: Person | None) -> None:
    done = len(given.done)
    if done:
        if to is None:
            said = ngettext("Nobody has “%(title)s” now.", "Nobody has these %(count)d stories now.", done)
        else:
            said = ngettext("%(name)s has “%(title)s” now.", "%(name)s has these %(count)d stories now.", done)
        messages.success(request, said % {"count": done, "name": to, "title": given.done[0]})
    for title in given.not_theirs:
        said = _("“%(title)s” stays where it was: %(name)s cannot take it on now. Please choose somebody else.")
        messages.warning(request, said % {"title": title, "name": to})
    for title in given.meanwhile:
        said = _("“%(title)s” stays where it is: somebody has given it to another editor meanwhile.")
        messages.warning(request, said % {"title": title})
