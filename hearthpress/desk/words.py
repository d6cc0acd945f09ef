"""The magazine's words for letters: keeping them, and what a letter with them looks like."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearthpress.agreements.models import Agreement
from hearthpress.common import clock
from hearthpress.desk.starting_words import fill_in
from hearthpress.mail.actions import write_letter
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Byline
from hearthpress.submissions.enums import CallState
from hearthpress.submissions.models import Call, LetterTemplate, Submission
from hearthpress.submissions.opening_times import told_to


def letter_words() -> QuerySet[LetterTemplate]:
    """All that are in use, by decision and name."""
    return LetterTemplate.objects.filter(retired_at=None).select_related("call", "subject")


@transaction.atomic
def keep_words(form: Any) -> bool:
    """Keep the words, unless somebody changed them since the page was drawn."""
    if form.instance.pk is not None:
        LetterTemplate.objects.select_for_update().get(pk=form.instance.pk)
    if form.cleaned_data["seen"] != form.fingerprint():
        return False
    form.save()
    return True


def retire_words(template: LetterTemplate) -> None:
    """Offer them no more. Letters that were begun with them stay as they are."""
    LetterTemplate.objects.filter(pk=template.pk, retired_at=None).update(retired_at=clock.now())


def sample_letter(kind: str, words: str, call: Call | None) -> Letter:
    """The letter that these words would stand in, for a story that nobody sent. Nothing is kept of it."""
    submission = _sample(call)
    with transaction.atomic():
        by = told_to(submission.revise_by, None) if submission.revise_by else ""
        about = {"submission": submission, "words": fill_in(words, submission), "by": by}
        letter = write_letter(f"submissions/{kind}", "writer@example.org", about)
        transaction.set_rollback(True)
    return letter


def _sample(call: Call | None) -> Submission:
    now = clock.now()
    days = Masthead.current().days_to_sign
    return Submission(
        key="sample",
        call=call or Call.objects.exclude(state=CallState.DRAFT).select_related("rate_card").first(),
        title=_("The Kettle"),
        byline=Byline(name=_("Ada Quill")),
        agreement=Agreement(answer_by=now + timedelta(days=days)),
        reply_due=now + timedelta(days=call.reply_days if call else 30),
        revise_by=now + timedelta(days=28),
    )
