"""A thread in short, for pages that show more than it."""

from django.http import Http404

from hearthpress.correspondence.doors import Thread, desk_thread
from hearthpress.people.models import Person
from hearthpress.submissions.models import Submission


def thread_in_short(submission: Submission, editor: Person) -> Thread | None:
    """What "desk/correspondence_panel.html" shows; None where this editor may not see it, or not yet."""
    try:
        return desk_thread(editor, submission.key)
    except Http404:
        return None
