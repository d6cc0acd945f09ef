"""What was sent before, or stands in the archive, and resembles a submission."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from hearthpress.desk.access import for_editors, who
from hearthpress.desk.doubles import doubles_for, is_earlier, side_by_side
from hearthpress.desk.page import page
from hearthpress.submissions.doors import desk_submission
from hearthpress.submissions.veil import is_veiled


@require_safe
@for_editors
def doubles(request: HttpRequest, key: str) -> HttpResponse:
    editor = who(request)
    found = desk_submission(editor, key)
    context = {"submission": found, "doubles": doubles_for(editor, found), "veiled": is_veiled(editor, found)}
    return page(request, "doubles", "queue", context)


@require_safe
@for_editors
def double(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """Two texts side by side. Only what resembles the submission is compared with it."""
    editor = who(request)
    found = desk_submission(editor, key)
    known = doubles_for(editor, found)
    if known.veiled:
        return redirect("desk:doubles", key)
    # The door first: of one that was taken back it is said that it was.
    desk_submission(editor, other)
    resembling = next((row for row in known.rows if row.submission.key == other), None)
    if resembling is None:
        raise Http404
    context = {
        "submission": found,
        "row": resembling,
        "other_is_earlier": is_earlier(resembling.double, found),
        "passages": side_by_side(found, resembling),
    }
    return page(request, "double", "queue", context)
