"""Answers for whoever pressed a button too late: the story has been sent meanwhile, or they are signed out."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hearthpress.documents.text import clean
from hearthpress.room.access import page
from hearthpress.room.standing import has_lapsed
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission


def sent_already(request: HttpRequest, submission: Submission) -> HttpResponse:
    """It is not in its writer's hands any more: its own page says where it stands."""
    told = _("“%(title)s” has been sent. This is where it stands.")
    if submission.state == SubmissionState.WITHDRAWN:
        lapsed = has_lapsed(submission)
        told = _("“%(title)s” is yours again.") if lapsed else _("You took “%(title)s” back. It is yours.")
    messages.info(request, told % {"title": submission})
    return redirect("room:submission", key=submission.key)


def given_back(request: HttpRequest, labels: Iterable[tuple[str, Any]]) -> HttpResponse:
    """The words that somebody posted who is signed out, by field and label: nothing is kept and nothing is lost."""
    typed = [(name, label, clean(request.POST.get(name, ""))) for name, label in labels]
    return page(request, "given_back", {"typed": [row for row in typed if row[2].strip()]}, status=403)
