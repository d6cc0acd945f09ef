"""One submission: its page, its text and its files to keep."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from hearthpress.desk.access import for_editors, who
from hearthpress.desk.page import page
from hearthpress.desk.story_page import presence_in_words, story_page
from hearthpress.documents.source import to_source
from hearthpress.submissions.actions import note_opened, note_presence
from hearthpress.submissions.actions.attaching import attached_bytes
from hearthpress.submissions.doors import desk_attachment, desk_submission
from hearthpress.submissions.models import Submission


@require_safe
@for_editors
def submission(request: HttpRequest, key: str) -> HttpResponse:
    found = desk_submission(who(request), key)
    note_opened(found)
    return submission_page(request, found)


@require_safe
@for_editors
def text(request: HttpRequest, key: str) -> HttpResponse:
    """The text as a file that every program opens: as it may be read now, without names before the own vote."""
    found = desk_submission(who(request), key)
    words = to_source(found.document or {"type": "doc", "content": []})
    return HttpResponse(
        f"{found}\n\n{words}\n",
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{found.key}.txt"'},
    )


@require_safe
@for_editors
def file(request: HttpRequest, key: str, file: str) -> HttpResponse:
    """A file just as it came, to be kept and opened elsewhere: no browser runs what is in it."""
    found = desk_attachment(who(request), key, file)
    try:
        data = attached_bytes(found)
    except FileNotFoundError as missing:
        raise Http404 from missing
    named = content_disposition_header(as_attachment=True, filename=found.name)
    return HttpResponse(data, content_type=found.media_type, headers={"Content-Disposition": named})


def submission_page(request: HttpRequest, found: Submission, status: int = 200, **forms: Any) -> HttpResponse:
    """The page, with the `forms` that were sent in the place of those that it begins with."""
    editor = who(request)
    others = presence_in_words(note_presence(found, editor))
    context = {**story_page(found, editor), "presence": others, **forms}
    return page(request, "submission", "queue", context, status)
