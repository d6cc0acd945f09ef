"""What a writer still has to hear about a file whose words came into the box. It is kept with the session until then.

The page after a save tells it, and every page of the draft after that one, until its writer has said to have seen it.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from hearthpress.submissions.models import Submission

_KEPT_AS = "arrived"
# Drafts of which something is to be told; who brings in more has seen the oldest.
_MOST = 5


def tell(request: HttpRequest, submission: Submission, losses: Iterable[str], before: str = "") -> None:
    """Remember what was lost on the way (marked for translation), and the words that the file's took the place of."""
    losses = list(losses)
    kept = request.session.get(_KEPT_AS, {})
    kept.pop(submission.key, None)
    if losses or before.strip():
        kept[submission.key] = {"losses": losses, "before": before}
    request.session[_KEPT_AS] = dict(list(kept.items())[-_MOST:])


def told(request: HttpRequest, submission: Submission) -> dict[str, Any] | None:
    """The losses in the reader's language, and the words before; None when there is nothing to tell."""
    kept = request.session.get(_KEPT_AS, {}).get(submission.key)
    return kept and {"losses": [_(loss) for loss in kept["losses"]], "before": kept["before"]}


def has_seen(request: HttpRequest, submission: Submission) -> None:
    """Its writer has seen it: it is told no more."""
    tell(request, submission, ())
