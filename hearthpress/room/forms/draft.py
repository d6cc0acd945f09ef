"""What a writer types. A draft is kept as far as it goes; what must be there is asked for before it is sent."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearthpress.care.models import Subject
from hearthpress.documents.arriving.arrived import FILE_TOO_LARGE, MAX_FILE_BYTES
from hearthpress.documents.files import MAX_BYTES, BadManuscript
from hearthpress.people.enums import BylineKind
from hearthpress.people.models import Person
from hearthpress.room.brought import Brought, read_upload, stands_in
from hearthpress.room.forms.plain import NOTE_LENGTH, Wanted, WantedChoice, at_most, at_most_bytes
from hearthpress.room.forms.questions import AskingForm
from hearthpress.room.missing import missing
from hearthpress.submissions.actions import TooMany, attach, save_draft
from hearthpress.submissions.enums import AttachmentKind
from hearthpress.submissions.models import Submission

COLUMNS = ("title", "source", "byline_kind", "byline_name", "simultaneous", "previously_published", "note")

MAX_PASTED = 2_000_000  # bytes of HTML: some hundred pages of Word's
FILES = ".docx,.odt,.md,.markdown,.txt"

_NOT_OF_PIECE: tuple[str, ...] = ("name", "byline_kind", "byline_name", "note")
_NOT_OF_APPLICATION: tuple[str, ...] = ("byline_kind", "byline_name", "simultaneous", "previously_published")

TOO_LONG = _("This is longer than we can take here. About 150,000 words is the most; please send a part of it.")

_READERS_SEE: dict[str, str | Promise] = {
    BylineKind.LEGAL: _("Readers see it as you write it above."),
    BylineKind.FIRST: _("Readers see the first word of it, and nothing more."),
    BylineKind.PEN: _("Readers see the pen name. Nothing that we publish leads from it to you."),
    BylineKind.ANONYMOUS: _("Readers see the word Anonymous."),
}


def byline_choices() -> list[tuple[str, str]]:
    """The kinds of bylines, each with a sentence on what readers see."""
    line = '<span>{}<br><span class="help-text">{}</span></span>'
    return [(value, format_html(line, label, _READERS_SEE[value])) for value, label in BylineKind.choices]


class DraftForm(AskingForm):
    """The whole of a draft, with what its call asks. What is wrong is said beside its field; all else is kept."""

    title = Wanted(label=_("Title"), validators=[at_most(200)], help_text=_("It can change later, with your yes."))
    source = Wanted(
        label=_("Your story"),
        strip=False,
        help_text=_(
            "Paste it or write it here. No word of yours is changed. A line that begins with “RELATED:” names another "
            "story; *stars* around words give emphasis."
        ),
        widget=forms.Textarea(attrs={"class": "manuscript", "rows": 20, "spellcheck": "true"}),
    )
    upload = forms.FileField(
        label=_("Or bring in a file"),
        required=False,
        help_text=_(
            "A .docx, .odt, .md or .txt file of up to 10 MB. If there are words in the box already, we ask where those "
            "of the file should go."
        ),
        widget=forms.FileInput(attrs={"accept": FILES, **at_most_bytes(MAX_FILE_BYTES, FILE_TOO_LARGE)}),
        error_messages={"empty": _("There is nothing in this file.")},
    )
    name = Wanted(
        label=_("Your full name"),
        validators=[at_most(120)],
        help_text=_("Only we see this, unless you sign with it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    byline_kind = WantedChoice(label=_("Sign the story with"), choices=byline_choices, widget=forms.RadioSelect)
    byline_name = Wanted(
        label=_("Your pen name"),
        validators=[at_most(120)],
        help_text=_("Only for a pen name. Otherwise leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    simultaneous = forms.BooleanField(
        label=_("I have sent it elsewhere too"),
        required=False,
        help_text=_("That is all right. Please take it back here if somebody else takes it."),
    )
    previously_published = forms.CharField(
        label=_("Where it has appeared before"),
        required=False,
        validators=[at_most(200)],
        help_text=_("A blog counts too. Leave it empty if it has not appeared anywhere."),
    )
    note = forms.CharField(
        label=_("A note to the editors"),
        required=False,
        validators=[at_most(NOTE_LENGTH)],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Anything that we should know. Readers never see it."),
    )
    subjects = forms.ModelMultipleChoiceField(
        label=_("What it touches"),
        queryset=Subject.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "So that we can put a plain note before it, and help after it. Tick what fits; nothing is fine too."
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, submission: Submission, data: QueryDict | None = None, files: Any = None) -> None:
        self.submission, self.writer = submission, submission.writer
        initial = {name: getattr(submission, name) for name in COLUMNS}
        initial |= {"name": self.writer.name, "seen": submission.saved_at.isoformat()}
        initial["subjects"] = submission.subjects.all()
        super().__init__(data, files, initial=initial)
        self.fields["source"].widget.attrs |= _pasting(submission)
        self._leave_out()
        self.ask()

    @property
    def was_overtaken(self) -> bool:
        """Whether the draft was saved elsewhere since this page was made, with other words than these."""
        if self.cleaned_data.get("seen") in ("", self.submission.saved_at.isoformat()):
            return False
        differs = any(getattr(self.submission, name) != value for name, value in self.columns().items())
        return differs or self.answers_differ

    def columns(self) -> dict[str, Any]:
        """What can be kept. Who applies does so under their own name."""
        own_name = {"byline_kind": BylineKind.LEGAL.value} if self.submission.call.is_application else {}
        return {name: self.cleaned_data[name] for name in COLUMNS if name in self.cleaned_data} | own_name

    def save(self) -> None:
        """Keep every field in which nothing is wrong. Raises DraftChanged, SomebodyElseWon."""
        save_draft(self.submission, self.columns(), self.cleaned_data.get("subjects"), self.texts())
        self.keep_answer_files()
        name = self.cleaned_data.get("name")
        if name and name != self.writer.name:
            Person.objects.filter(pk=self.writer.pk).update(name=name)
            self.writer.name = name
        self.put("seen", self.submission.saved_at.isoformat())

    def ask_for_missing(self) -> None:
        """Say beside each field what must still be there before the story can be sent."""
        for field, sentence in missing(self.submission, self.writer).items():
            if field not in self.errors:
                self.add_error(field, sentence)

    def _leave_out(self) -> None:
        """What an application, or a piece that goes with another one, is not asked."""
        if self.submission.call.is_application:
            self.fields["source"].label = _("A sample of your writing")
            self.fields["name"].help_text = _("So that we know who writes to us.")
        left_out = _NOT_OF_PIECE if self.submission.sent_with_id is not None else ()
        left_out += _NOT_OF_APPLICATION if self.submission.call.is_application else ()
        for name in {*left_out}:
            del self.fields[name]

    def clean_source(self) -> str:
        source = str(self.cleaned_data["source"])
        if len(source.encode()) > MAX_BYTES:
            raise forms.ValidationError(TOO_LONG)
        return source

    def clean_upload(self) -> Brought | None:
        file = self.cleaned_data.get("upload")
        if not isinstance(file, UploadedFile):
            return None
        try:
            return read_upload(file)
        except BadManuscript as error:
            raise forms.ValidationError(gettext(str(error))) from error

    def clean(self) -> dict[str, Any]:
        """Words from a file fill an empty box at once; otherwise they wait for their writer's word."""
        is_empty = "source" in self.cleaned_data and not self.cleaned_data["source"].strip()
        if self.brought is not None and is_empty:
            self.cleaned_data["source"] = self.brought.words
            self.put("source", self.brought.words)
        return self.cleaned_data

    @property
    def brought(self) -> Brought | None:
        """The file that came with the form, if it could be read."""
        return self.cleaned_data.get("upload")

    @property
    def waits_for_place(self) -> bool:
        """Whether words came in a file that stand nowhere in the box."""
        return self.brought is not None and not stands_in(self.brought.words, self.submission.source)

    def keep_file(self) -> None:
        """Keep the file just as it came. Raises SomebodyElseWon."""
        if self.brought is None:
            return
        try:
            attach(self.submission, AttachmentKind.MANUSCRIPT, self.brought.name, self.brought.data)
        except TooMany as error:
            self.add_error("upload", str(error))


def _pasting(submission: Submission) -> dict[str, Any]:
    """What the page's script needs to read rich text that is pasted, and what it says."""
    return {
        "data-pasted-at": reverse("room:pasted", args=[submission.key]),
        "data-most-pasted": MAX_PASTED,
        "data-pasted-plain": gettext("This was pasted as plain words. Please look whether it is all there."),
    }
