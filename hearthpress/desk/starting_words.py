"""Words to begin a decision's letter with: the magazine's own, or fair ones. An editor makes them theirs."""

import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hearthpress.submissions.enums import DecisionKind
from hearthpress.submissions.models import LetterTemplate, Submission


def fitting_templates(kind: str, submissions: Iterable[Submission]) -> QuerySet[LetterTemplate]:
    """The magazine's words for decisions of this kind that fit all the submissions, in the order of their names.

    Words for every call are written for stories: an application has only those for its own call.
    """
    rows = list(submissions)
    calls = {row.call_id for row in rows}
    subjects = [{subject.pk for subject in row.subjects.all()} for row in rows]
    fits_call = Q(call__in=calls if len(calls) == 1 else [])
    if not _of_application(rows):
        fits_call |= Q(call=None)
    fits_subject = Q(subject=None) | Q(subject__in=set.intersection(*subjects) if subjects else [])
    found = LetterTemplate.objects.filter(fits_call, fits_subject, kind=kind, retired_at=None)
    return found.select_related("call", "subject").order_by("name", "pk")


def beginning(kind: str, templates: Iterable[LetterTemplate], submissions: Iterable[Submission]) -> str:
    """The words to begin with: those that are for such stories more than for others, or fair ones."""
    own = max(templates, key=_closeness, default=None)
    return own.words if own is not None else starting_words(kind, submissions)


def with_words(typed: str, words: str, untouched: Iterable[str]) -> str:
    """The `words` in the place of what was typed, where that is one of the `untouched` beginnings; else below it."""
    typed = one_kind_of_line(typed)
    if not typed or typed in {one_kind_of_line(text) for text in untouched}:
        return words
    return f"{typed}\n\n{words}"


def with_quote(typed: str, note: str) -> str:
    """What was typed, and below it an editor's note in quotation marks. Who wrote the note is not said."""
    quote = _("“%(note)s”") % {"note": note.strip()}
    return "\n\n".join(filter(None, [one_kind_of_line(typed), _("One of us wrote when reading it:"), quote]))


def fill_in(words: str, submission: Submission) -> str:
    """The title and the name for {title} and {name}. Other braces are the editor's own and stay."""
    values = {"title": submission.title, "name": submission.byline.name if submission.byline else ""}
    return re.sub(r"\{(title|name)\}", lambda place: values[place[1]], words)


def one_kind_of_line(text: str) -> str:
    """Browsers send their line ends as CR LF (HTML, 4.10.21.4)."""
    return text.replace("\r\n", "\n").strip()


def starting_words(kind: str, submissions: Iterable[Submission]) -> str:
    """Words for a decision of this kind: true of any story, without a promise that is not ours to make.

    Where an application to write is among the submissions they are true of that, too. The letter around them says what
    was decided and what comes next.
    """
    words = {**_WORDS, **_WORDS_OF_APPLICATION} if _of_application(submissions) else _WORDS
    return words[DecisionKind(kind)]()


def to_fill_in() -> str:
    """The place that an editor has to fill in; a letter never goes out with it."""
    return _("[Say here what you would like to see changed.]")


def _of_application(submissions: Iterable[Submission]) -> bool:
    return any(submission.call.is_application for submission in submissions)


def _closeness(template: LetterTemplate) -> tuple[bool, bool]:
    return template.subject_id is not None, template.call_id is not None


def _accept() -> str:
    return _("Thank you for trusting us with this story. We would be glad to bring it to our readers.")


def _decline() -> str:
    return _(
        "This is a decision about what our pages need just now. It is no judgement of what you lived through, nor of "
        "you as a writer."
    )


def _revise() -> str:
    return "\n\n".join(
        [
            _("These are the changes that we have in mind:"),
            to_fill_in(),
            _("None of this is an order. If you see it differently, please tell us."),
        ]
    )


def _pass() -> str:
    return _("We think that it is read with more attention there. You need do nothing for it.")


def _accept_writer() -> str:
    return _("Thank you for letting us read your work. We are glad that you came to us.")


def _decline_writer() -> str:
    return _("This is a decision about what we need just now. It is no judgement of you as a writer.")


def _revise_writer() -> str:
    asked = _("Before we decide, this would help us:")
    return "\n\n".join([asked, to_fill_in(), _("If you see it differently, please tell us.")])


_WORDS = {
    DecisionKind.ACCEPT: _accept,
    DecisionKind.DECLINE: _decline,
    DecisionKind.REVISE: _revise,
    DecisionKind.PASS: _pass,
}
_WORDS_OF_APPLICATION = {
    DecisionKind.ACCEPT: _accept_writer,
    DecisionKind.DECLINE: _decline_writer,
    DecisionKind.REVISE: _revise_writer,
}
