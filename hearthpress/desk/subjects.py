"""Subjects with their help lines: keeping them, and telling when a line was last checked too long ago."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from hearthpress.care.models import HelpLine, Subject
from hearthpress.common import clock
from hearthpress.masthead.models import Masthead

CHECK_AGAIN = timedelta(days=180)


@dataclass(frozen=True)
class Described:
    """A subject with its help lines; `old` has the ids of those last checked more than half a year ago."""

    subject: Subject
    lines: list[HelpLine]
    old: frozenset[int]


def described_subjects() -> list[Described]:
    before = clock.today(Masthead.current().time_zone) - CHECK_AGAIN
    described = []
    for subject in Subject.objects.prefetch_related("help_lines", "never_beside"):
        lines = list(subject.help_lines.all())
        described.append(Described(subject, lines, frozenset(line.pk for line in lines if line.verified_on < before)))
    return described


@transaction.atomic
def keep_subject(form: Any, lines: Any) -> Subject:
    """Keep the subject and its lines. A line taken away here stays with its other subjects, and goes with the last."""
    subject: Subject = form.save()
    for line_form in lines.forms:
        if line_form.instance.pk and line_form.cleaned_data.get("gone"):
            _take_away(subject, line_form.instance)
        elif line_form.has_changed():
            line_form.save()
            line_form.instance.subjects.add(subject)
    return subject


def _take_away(subject: Subject, line: HelpLine) -> None:
    line.subjects.remove(subject)
    if not line.subjects.exists():
        line.delete()
