"""A call's own questions, as fields of a form."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from hearthpress.documents.arriving.arrived import FILE_TOO_LARGE
from hearthpress.room.forms.plain import NOTE_LENGTH, CleanForm, Wanted, WantedChoice, at_most, at_most_bytes
from hearthpress.submissions.actions import TooMany, keep_file, take_file_back
from hearthpress.submissions.actions.attaching import MAX_BYTES
from hearthpress.submissions.enums import Needed, QuestionKind
from hearthpress.submissions.models import Question, QuestionAnswer, Submission
from hearthpress.submissions.questions import answers_of, asked_of

PREFIX = "question_"


class WantedFile(forms.FileField):
    def validate(self, value: Any) -> None:
        """A draft may be as empty as it likes."""


class AskingForm(CleanForm):
    """A form that asks what the call asks. `ask` is called once its own fields are there."""

    submission: Submission

    def ask(self) -> None:
        """Add a field for each question, with the answer that is kept."""
        self.asked = {field_name(question): question for question in asked_of(self.submission)}
        self.given = answers_of(self.submission)
        for name, question in self.asked.items():
            answer = self.given.get(question.pk)
            self.fields[name] = _field(question, answer)
            self.initial[name] = answer.text if answer is not None else ""
            if answer is not None and answer.file is not None:
                self.fields[_off(name)] = _taking_off(answer)

    @property
    def question_fields(self) -> list[Any]:
        """As they are drawn: each question, and below a file that is here the box to take it off."""
        names = [name for asked in self.asked for name in (asked, _off(asked)) if name in self.fields]
        return [self[name] for name in names]

    @property
    def asked_no_more(self) -> list[QuestionAnswer]:
        """What the writer answered to questions that the call has dropped since: it stays theirs to see."""
        return [answer for answer in self.given.values() if answer.question.retired_at is not None]

    def texts(self) -> dict[int, str]:
        """What was typed or chosen, by the number of its question; of what the page did not ask, nothing."""
        return {
            question.pk: self.cleaned_data[name]
            for name, question in self.asked.items()
            if question.kind != QuestionKind.FILE and name in self.cleaned_data and name in self.data
        }

    @property
    def answers_differ(self) -> bool:
        """Whether something else is typed here than what is kept."""
        kept = {number: answer.text for number, answer in self.given.items()}
        return any(kept.get(number, "") != text for number, text in self.texts().items())

    def keep_answer_files(self) -> None:
        """Keep the files that came as answers, and take off those that are not to stay. Raises SomebodyElseWon."""
        for name, question in self.asked.items():
            file = self.cleaned_data.get(name) if question.kind == QuestionKind.FILE else None
            if isinstance(file, UploadedFile):
                self._keep_file(name, question, file)
            elif self.cleaned_data.get(_off(name)):
                take_file_back(self.submission, question)

    def _keep_file(self, name: str, question: Question, file: UploadedFile) -> None:
        try:
            keep_file(self.submission, question, file.name or "", file.read(MAX_BYTES + 1))
        except TooMany as error:
            self.add_error(name, str(error))


class AcceptanceForm(AskingForm):
    """What the call asks of a writer whose piece was accepted."""

    def __init__(self, submission: Submission, data: Any = None, files: Any = None) -> None:
        self.submission = submission
        super().__init__(data, files)
        self.ask()


def field_name(question: Question) -> str:
    return f"{PREFIX}{question.pk}"


def _off(name: str) -> str:
    return f"{name}_off"


def _field(question: Question, answer: QuestionAnswer | None) -> forms.Field:
    about: dict[str, Any] = {"label": question.label, "help_text": question.help}
    optional = question.needed == Needed.NEVER
    if question.kind == QuestionKind.FILE:
        widget = forms.FileInput(attrs=at_most_bytes(MAX_BYTES, FILE_TOO_LARGE))
        about["help_text"] = _file_help(question, answer)
        return (
            forms.FileField(widget=widget, required=False, **about) if optional else WantedFile(widget=widget, **about)
        )
    if question.kind == QuestionKind.CHOICE:
        choices = _choices(question, answer)
        if optional:
            return forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect, **about)
        return WantedChoice(choices=choices, widget=forms.RadioSelect, **about)
    about |= {"widget": forms.Textarea(attrs={"rows": 3}), "validators": [at_most(NOTE_LENGTH)], "strip": False}
    return forms.CharField(required=False, **about) if optional else Wanted(**about)


def _choices(question: Question, answer: QuestionAnswer | None) -> list[tuple[str, str]]:
    """What is offered; an answer that was given and is offered no more stands among it, so that it is not lost."""
    choices = [(choice, choice) for choice in question.choices]
    if answer is not None and answer.text and answer.text not in question.choices:
        said = _("%(answer)s (not offered any more: please choose another)") % {"answer": answer.text}
        choices.append((answer.text, said))
    return [*choices, ("", _("No answer"))] if question.needed == Needed.NEVER else choices


def _file_help(question: Question, answer: QuestionAnswer | None) -> str:
    most = _("Up to 10 MB.")
    here = _("“%(name)s” is here; another file takes its place.")
    kept = here % {"name": answer.file.name} if answer is not None and answer.file is not None else ""
    return " ".join(filter(None, [question.help, most, kept]))


def _taking_off(answer: QuestionAnswer) -> forms.Field:
    name = answer.file.name if answer.file is not None else ""
    return forms.BooleanField(label=_("Take “%(name)s” off again") % {"name": name}, required=False)
