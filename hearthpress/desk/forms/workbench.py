"""All the forms of the manuscript page as one: what they begin with, whether they hold, and the content they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import QueryDict

from hearthpress.desk.forms.manuscript import FigureForm, GentleForm, ManuscriptForm, QuoteForm, RelatedForm
from hearthpress.desk.particulars import carried, rows_of, titles_out, with_rows
from hearthpress.desk.preview import pictures_shown
from hearthpress.desk.suggestions import candidates, offer
from hearthpress.desk.turns import story_of
from hearthpress.documents.plain import block_text
from hearthpress.editing.content import content, corrections_of, notes_of
from hearthpress.editing.models import Manuscript, Revision

Data = QueryDict | None
F = TypeVar("F")
QUOTATION_MARKS = ("“", "„", "«", "‘", '"')


@dataclass(frozen=True)
class Row(Generic[F]):
    """A form beside the words of the line that it is about."""

    form: F
    words: str
    picture: dict[str, Any] | None = None

    @property
    def has_marks(self) -> bool:
        """Whether the words bring their own quotation marks."""
        return self.words.startswith(QUOTATION_MARKS)


class Workbench:
    """The forms for one version of a manuscript, empty or with what somebody has typed (`data`)."""

    def __init__(self, manuscript: Manuscript, base: Revision, data: Data = None) -> None:
        self.base = base
        self.content = base.content
        self.data = data
        self.story = story_of(manuscript)
        self.text = ManuscriptForm(data, initial=self._initial(), story=self.story)
        self.quotes = [self._quote(number, block) for number, block in enumerate(self._rows("quote"))]
        self.related = self._related_rows()
        self.figures = self._figure_rows()
        self.gentle = [self._gentle(number, block) for number, block in enumerate(self._rows("gentle"))]

    def is_valid(self) -> bool:
        """Whether every form holds. Each is asked, so that every error is shown at once."""
        return not [form for form in self._forms() if not form.is_valid()]

    def value(self, newest: Revision) -> dict[str, Any]:
        """The content that the forms make (see editing.content). Its words are those of the newest version."""
        given, words = self.text.cleaned_data, newest.content["document"]
        return content(
            document=with_rows(words, carried(self._given_rows(), self.content["document"], words)),
            headline=given["headline"],
            standfirst=given["standfirst"],
            slug=given["slug"],
            section=given["section"].slug if given["section"] else "",
            byline=self.content["byline"],
            content_note=self._note(),
            subjects=[subject.slug for subject in given["subjects"]],
            picture=self._picture(),
            corrections=corrections_of(newest.content),
        )

    @property
    def titles_out(self) -> list[str]:
        """The titles of the related lines that an editor would take out."""
        return titles_out(self.content["document"], self._given_rows()["related"])

    def look_again(self, theirs: Revision) -> None:
        """A newer version is shown beside what was typed: sending the form once more saves over it."""
        if self.data is not None:
            self.data = self.data.copy()
            self.data["over"] = theirs.sha256
            self.text.data = self.data

    @property
    def has_errors(self) -> bool:
        """Whether something in any of the forms must be mended."""
        return any(form.errors for form in self._forms())

    @property
    def picture_now(self) -> str:
        """The hash of the picture that the page shows: one that came with the form, or else the version's own."""
        return str(self.text["picture_sha256"].value() or "")

    @property
    def note_from_subject(self) -> bool:
        """Whether the content note was left empty and the first subject's own stands in for it."""
        given = self.text.cleaned_data
        return bool(given["subjects"]) and not given["content_note"]

    def _initial(self) -> dict[str, Any]:
        picture = self.content["picture"] or {}
        words = {name: picture.get(name, "") for name in ("alt", "caption", "credit")}
        same = {name: self.content[name] for name in ("headline", "standfirst", "slug", "section", "content_note")}
        return {
            **same,
            **words,
            "base": self.base.sha256,
            "subjects": self.content["subjects"],
            "picture_sha256": picture.get("sha256", ""),
        }

    def _rows(self, kind: str) -> list[dict[str, Any]]:
        return rows_of(self.content["document"], kind)

    def _quote(self, number: int, block: dict[str, Any]) -> Row[QuoteForm]:
        return Row(QuoteForm(self.data, prefix=f"quote-{number}", initial=block["attrs"]), block_text(block))

    def _figure_rows(self) -> list[Row[FigureForm]]:
        figures = [block["attrs"] for block in self._rows("figure")]
        return [
            Row(FigureForm(self.data, prefix=f"figure-{number}", initial=figure), figure["alt"], picture)
            for number, (figure, picture) in enumerate(zip(figures, pictures_shown(figures), strict=True))
        ]

    def _gentle(self, number: int, block: dict[str, Any]) -> Row[GentleForm]:
        words = " ".join(block_text(child) for child in block["content"])
        return Row(GentleForm(self.data, prefix=f"gentle-{number}", initial=block["attrs"]), words)

    def _related_rows(self) -> list[Row[RelatedForm]]:
        blocks = self._rows("related")
        among = candidates(self._subjects_now(), [self.story.pk] if self.story else []) if blocks else []
        return [
            Row(
                RelatedForm(
                    self.data,
                    prefix=f"related-{number}",
                    offered=offer(block["attrs"]["title"], among),
                    among=among,
                    chosen=block["attrs"]["story"],
                ),
                block["attrs"]["title"],
            )
            for number, block in enumerate(blocks)
        ]

    def _subjects_now(self) -> list[str]:
        """The subjects just ticked: they decide which stories may stand beside this one."""
        return self.data.getlist("subjects") if self.data is not None else list(self.content["subjects"])

    def _forms(self) -> list[Any]:
        return [self.text, *(row.form for rows in self._by_kind().values() for row in rows)]

    def _by_kind(self) -> dict[str, list[Row[Any]]]:
        return {"quote": self.quotes, "related": self.related, "figure": self.figures, "gentle": self.gentle}

    def _given_rows(self) -> dict[str, list[Mapping[str, str]]]:
        return {kind: [row.form.cleaned_data for row in rows] for kind, rows in self._by_kind().items()}

    def _note(self) -> str:
        given = self.text.cleaned_data
        return notes_of(given["subjects"]) if self.note_from_subject else str(given["content_note"])

    def _picture(self) -> dict[str, str] | None:
        given = self.text.cleaned_data
        if given["no_picture"] or not given["picture_sha256"]:
            return None
        return {"sha256": given["picture_sha256"], **{name: given[name] for name in ("alt", "caption", "credit")}}
