"""What a writer types. A draft is kept as far as it goes; what must be there is asked for before it is sent."""

from collections.abc import Callable
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
from hearthpress.room.forms.plain import NOTE_LENGTH, CleanForm, Wanted, WantedChoice, at_most, at_most_bytes
from hearthpress.submissions.actions import TooMany, attach, save_draft
from hearthpress.submissions.enums import AttachmentKind
from hearthpress.submissions.models import Submission

COLUMNS = ("title", "source", "byline_kind", "byline_name", "simultaneous", "previously_published", "note")

MAX_PASTED = 2_000_000  # bytes of HTML: some hundred pages of Word's
FILES = ".docx,.odt,.md,.markdown,.txt"

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


class DraftForm(CleanForm):
    """The whole of a draft. What is wrong is said beside its field; everything else is kept."""

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

    @property
    def was_overtaken(self) -> bool:
        """Whether the draft was saved elsewhere since this page was made, with other words than these."""
        if self.cleaned_data.get("seen") in ("", self.submission.saved_at.isoformat()):
            return False
        return any(getattr(self.submission, name) != value for name, value in self.columns().items())

    def columns(self) -> dict[str, Any]:
        """What can be kept."""
        return {name: self.cleaned_data[name] for name in COLUMNS if name in self.cleaned_data}

    def save(self) -> None:
        """Keep every field in which nothing is wrong. Raises DraftChanged, SomebodyElseWon."""
        save_draft(self.submission, self.columns(), self.cleaned_data.get("subjects"))
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


def missing(submission: Submission, writer: Person) -> dict[str, str]:
    """What must still be there before the story can be sent: a sentence for each field."""
    kind = submission.byline_kind
    signs_with_own = kind in (BylineKind.LEGAL, BylineKind.FIRST)
    wanted: list[tuple[str, bool, Callable[[], str]]] = [
        ("title", bool(submission.title.strip()), lambda: gettext("Please give your story a title.")),
        ("source", bool(submission.source.strip()), lambda: gettext("There is no text yet.")),
        ("byline_kind", bool(kind), lambda: gettext("Please choose what your story is signed with.")),
        (
            "name",
            not signs_with_own or bool(writer.name.strip()),
            lambda: gettext("Please write your name: you want to sign with it."),
        ),
        (
            "byline_name",
            kind != BylineKind.PEN or bool(submission.byline_name.strip()),
            lambda: gettext("Please write the pen name that you want to sign with."),
        ),
    ]
    return {field: sentence() for field, there, sentence in wanted if not there}
