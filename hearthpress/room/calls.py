"""Calls as a writer meets them in the room: what is for the circle, and why one cannot be answered now."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from hearthpress.magazine.calls import next_after, whole_call
from hearthpress.masthead.middleware import masthead_of
from hearthpress.people.models import Person
from hearthpress.room.access import page, who
from hearthpress.submissions.enums import CallState
from hearthpress.submissions.limits import has_sent_enough, is_for, is_regular_writer
from hearthpress.submissions.models import Call, Submission
from hearthpress.submissions.opening_times import told_here


def circle_calls(person: Person) -> QuerySet[Call]:
    """Open calls that stand on no public page: for regular writers alone."""
    calls = Call.objects.open().filter(circle_only=True).select_related("rate_card")
    return calls if is_regular_writer(person) else calls.none()


def call_for(person: Person, slug: str) -> Call:
    """A call that this person may answer. Raises Http404: a draft, or one for a circle that they are not in."""
    found = Call.objects.exclude(state=CallState.DRAFT).select_related("rate_card").filter(slug=slug).first()
    if found is None or not is_for(found, person):
        raise Http404
    return found


def whole(request: HttpRequest, found: Call) -> HttpResponse:
    """All that the call says."""
    return page(request, "call", {**whole_call(found, masthead_of(request)), **times(found)})


def why_not_now(request: HttpRequest, found: Call) -> HttpResponse | None:
    """A page that says kindly why nothing can be begun; None when it can."""
    if not found.is_open:
        return closed(request, found)
    return page(request, "enough", {"call": found}) if has_sent_enough(found, who(request)) else None


def closed(request: HttpRequest, found: Call, submission: Submission | None = None, status: int = 200) -> HttpResponse:
    """It takes nothing now; when it opens, or the next one, where that is known."""
    following = next_after(found, masthead_of(request))
    context = {"call": found, "submission": submission, "following": following, **times(found)}
    return page(request, "closed", context, status=status)


def times(found: Call) -> dict[str, str]:
    """When it opens and closes, in its own zone and in that of the person who is looking."""
    return {
        "opens": told_here(found.opens_at, found.zone),
        "closes": told_here(found.closes_at, found.zone) if found.closes_at else "",
    }
