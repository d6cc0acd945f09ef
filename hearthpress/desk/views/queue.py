"""The queue."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hearthpress.desk.access import for_editors, who
from hearthpress.desk.lists import in_work, just_live, queue_page, ready_to_tell
from hearthpress.desk.page import page

PREPARED = 25  # the most prepared decisions that stand below the queue


@require_safe
@for_editors
def queue(request: HttpRequest) -> HttpResponse:
    editor = who(request)
    after = request.GET.get("after", "")
    context = {
        "queue": queue_page(editor, after),
        "begins": not after,
        "decisions": ready_to_tell(editor)[:PREPARED],
        "in_work": in_work(editor),
        "just_live": just_live(editor),
    }
    return page(request, "queue", "queue", context)
