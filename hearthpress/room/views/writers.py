"""A story that several people wrote: who they are, the yes to being one of them, and the ways out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing.doors import co_writer_of, own_manuscript, question_to
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.forms import CoWriterForm
from hearthpress.editing.writers import (
    CannotBeNamed,
    answer_co_writer,
    called,
    leave,
    name_co_writer,
    named,
    said_by_each,
    take_back,
)
from hearthpress.room.access import away, for_writers, page, who
from hearthpress.room.pieces import consequences
from hearthpress.room.standing import may_take_back


@for_writers
@require_http_methods(["GET", "POST"])
def writers(request: HttpRequest, key: str) -> HttpResponse:
    """Who writes this story; name somebody who wrote it too."""
    manuscript = own_manuscript(who(request), key)
    if manuscript.state == ManuscriptState.STOPPED:
        return away(request, manuscript.submission)
    form = CoWriterForm(request.POST or None)
    if form.is_valid():
        try:
            asked = name_co_writer(manuscript, who(request), **form.cleaned_data)
        except CannotBeNamed as error:
            form.add_error(None, str(error))
        except SomebodyElseWon:
            form.add_error(None, _("The text changed in the same moment. Please press once more."))
        else:
            messages.success(request, _("%(name)s gets a letter.") % {"name": asked.name})
            return redirect("room:writers", key=key)
    context = {"submission": manuscript.submission, "manuscript": manuscript, "form": form, "own": who(request)}
    return page(request, "writers", {**context, "each": said_by_each(manuscript), "named": named(manuscript)})


@for_writers
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, key: str) -> HttpResponse:
    """Did you write this too? Only who was named, at their own address, is asked; only the button answers."""
    asked = question_to(who(request), key)
    submission = asked.manuscript.submission
    if request.method == "POST" and asked.is_open:
        says_yes = request.POST.get("answer") == "yes"
        try:
            session = request.session.session_key or ""
            answer_co_writer(asked, who(request), says_yes=says_yes, session=session)
        except (NotAllowed, SomebodyElseWon):
            messages.warning(request, _("Something changed in the same moment. This is how it stands now."))
        else:
            return redirect("room:approval", key=submission.key) if says_yes else redirect("room:question", key=key)
    asked = question_to(who(request), key)
    if asked.manuscript.is_written_by(who(request)) and not asked.is_open:
        return redirect("room:approval", key=submission.key)
    is_over = asked.manuscript.state == ManuscriptState.STOPPED or hasattr(asked, "left")
    asker = called(asked.manuscript, asked.asked_by)
    return page(request, "question", {"asked": asked, "title": submission.title, "asker": asker, "is_over": is_over})


@for_writers
@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """Be one of its writers no more, or take back a question that nobody has answered: one page, one button."""
    manuscript = own_manuscript(who(request), key)
    row = co_writer_of(manuscript, other)
    is_own = not row.is_open and row.answer.person_id == who(request).pk
    if hasattr(row, "left") or not (row.is_open or is_own):
        raise Http404
    if request.method == "GET":
        context = {"submission": manuscript.submission, "manuscript": manuscript, "row": row, "is_own": is_own}
        return page(request, "leaving", context)
    try:
        leave(row, who(request))
    except SomebodyElseWon:
        messages.warning(request, _("Something changed in the same moment. This is how it stands now."))
        return redirect("room:writers", key=key)
    if is_own:
        messages.success(request, _("You are no writer of “%(title)s” any more.") % {"title": manuscript.submission})
        return redirect("room:home")
    messages.success(request, _("The question is taken back."))
    return redirect("room:writers", key=key)


@for_writers
@require_http_methods(["GET", "POST"])
def taking_back(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody who wrote the story with its sender takes it back: one page that says what that means, one button."""
    manuscript = own_manuscript(who(request), key)
    submission = manuscript.submission
    if submission.writer_id == who(request).pk:
        return redirect("room:withdrawal", key=key)
    if not may_take_back(submission):
        return away(request, submission)
    if request.method == "GET":
        context = {"submission": submission, "manuscript": manuscript, "consequences": consequences([submission])}
        return page(request, "taking_back", context)
    try:
        take_back(manuscript, who(request))
    except (NotAllowed, SomebodyElseWon):
        messages.warning(request, _("Somebody did something in the same moment. Please press once more."))
        return redirect("room:taking_back", key=key)
    messages.success(request, _("“%(title)s” is taken back. The others are told.") % {"title": submission})
    return redirect("room:home")
