"""The queue, a story in short, and what comes after a decision."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.queue import QueueFilterForm, SavedViewForm
from hearthpress.desk.held import number_held
from hearthpress.desk.lists import in_work, just_live
from hearthpress.desk.outbox import prepared_decisions
from hearthpress.desk.page import page
from hearthpress.desk.queue.choosing import MOST, some_with_writers
from hearthpress.desk.queue.filters import Filter
from hearthpress.desk.queue.rows import queue_page
from hearthpress.desk.queue.saved_views import queue_place, ways
from hearthpress.desk.queue.summary import summary_of


@require_safe
@for_editors
def queue(request: HttpRequest) -> HttpResponse:
    editor, chosen, after = who(request), Filter.of(request.GET), request.GET.get("after", "")
    all_ways, shown = ways(editor, chosen), queue_page(editor, chosen, after)
    context = {
        "queue": shown,
        "with_writers": not shown.rows and some_with_writers(editor),
        "most": MOST,
        "chosen": chosen,
        "place": queue_place(request.GET.urlencode()),
        "begins": not after,
        "ways": all_ways,
        "is_kept": any(way.is_here for way in all_ways),
        "form": QueueFilterForm(chosen, editor),
        "view_form": SavedViewForm(auto_id="view-%s"),
        "held": number_held(editor),
        "prepared": prepared_decisions(editor).count(),
    }
    return page(request, "queue", "queue", context)


@require_safe
@for_editors
def summary(request: HttpRequest, key: str) -> HttpResponse:
    """Beside the list the script shows the part with the id "summary" alone."""
    context = {"summary": summary_of(who(request), key), "place": queue_place(request.GET.urlencode())}
    return page(request, "summary", "queue", context)


@require_safe
@for_editors
def stories(request: HttpRequest) -> HttpResponse:
    editor = who(request)
    return page(request, "stories", "stories", {"in_work": in_work(editor), "just_live": just_live(editor)})
