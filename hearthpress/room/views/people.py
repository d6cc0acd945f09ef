"""The people whom a story names: only its writer knows whether they know."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.common.states import SomebodyElseWon
from hearthpress.editing.doors import own_manuscript
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.forms import PersonForm, forms_about
from hearthpress.editing.models import Manuscript, Revision
from hearthpress.editing.naming import ask_for_other_names
from hearthpress.editing.people import answer_about, people_in
from hearthpress.room.access import away, for_writers, page, who
from hearthpress.room.comparison import last_seen
from hearthpress.submissions.enums import AttachmentKind

SHOWN = (ManuscriptState.ASKED, ManuscriptState.APPROVED)


@for_writers
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, key: str) -> HttpResponse:
    """Say of each person whether they know; ask for initials or another name."""
    manuscript = own_manuscript(who(request), key)
    if manuscript.state == ManuscriptState.STOPPED or manuscript.revision is None:
        return away(request, manuscript.submission)
    files = manuscript.submission.attachments.filter(kind=AttachmentKind.PHOTO).values_list("name", flat=True)
    named = people_in(manuscript, shown_to_writer(manuscript, manuscript.revision), files)
    asked = forms_about(named, request.POST if request.method == "POST" else None)
    bound = [form for form in asked if form.is_bound]
    wrong = [form for form in bound if not form.is_valid()]
    if request.method == "POST" and not wrong:
        return _keep(request, manuscript, manuscript.revision, bound)
    context = {"submission": manuscript.submission, "manuscript": manuscript, "forms": asked}
    return page(request, "people", {**context, "more": len(named) - len(asked), "has_errors": bool(wrong)})


def shown_to_writer(manuscript: Manuscript, newest: Revision) -> Revision:
    """The version that the writer may read: what they are asked about, or else what they saw or sent last."""
    if manuscript.state in SHOWN:
        return newest
    return last_seen(manuscript, newest) or manuscript.first_revision


def _keep(request: HttpRequest, manuscript: Manuscript, newest: Revision, answered: list[PersonForm]) -> HttpResponse:
    """Each answer by itself: one that is kept stays kept, whatever becomes of the wishes."""
    key, writer = manuscript.submission.key, who(request)
    for form in answered:
        if form.is_answered:
            answer_about(manuscript, writer, form.about.name, **form.cleaned_data)
    asked_for = people_in(manuscript, shown_to_writer(manuscript, newest))
    wishes = [one for one in asked_for if one.wants_other_name]
    try:
        sent = ask_for_other_names(manuscript, writer, wishes)
    except SomebodyElseWon:
        sent = False
    if sent:
        messages.success(request, _("Your answers are kept, and the editor is asked to change the names."))
        return away(request, manuscript.submission)
    if wishes and manuscript.state == ManuscriptState.APPROVED:
        messages.warning(
            request,
            _("Your answers are kept. Your yes stands: write to the editors if a name should still be changed."),
        )
        if manuscript.submission.writer_id == writer.pk:
            return redirect("room:messages", key=key)
        return redirect("room:people", key=key)
    messages.success(request, _("Your answers are kept."))
    return redirect("room:approval" if manuscript.state == ManuscriptState.ASKED else "room:people", key=key)
