"""The text under edit: every version of it is kept, and the writer's yes is to one of them."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models

from hearthpress.common import clock
from hearthpress.common.canonical import sha256
from hearthpress.common.chain import FIRST, link, moment
from hearthpress.common.fields import public_id
from hearthpress.common.immutable import Evidence
from hearthpress.common.states import Event, Stateful
from hearthpress.editing.enums import MOVES, Answer, Knows, ManuscriptState, Reminding, ShownAs
from hearthpress.people.models import Person

WORDS_LENGTH = 500


class Picture(models.Model):
    """A picture made safe and small on the way in: no metadata, AVIF and WebP, in the widths of `pictures.WIDTHS`.

    The focus is what stays in view where the picture is cropped: percent of its width from the left, and of its height
    from the top. It is layout, so it is no part of what a writer approves.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField(help_text="The stored widths in pixels, smallest first.")
    focus_x = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    focus_y = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    added_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.sha256[:12]


class Manuscript(Stateful):
    """One accepted piece on its way to its readers.

    `revision` is the newest version, `request` the last time that the writer was asked for a yes.
    """

    MOVES = MOVES
    EVENT = "ManuscriptEvent"

    submission = models.OneToOneField("submissions.Submission", on_delete=models.PROTECT, related_name="manuscript")
    state = models.CharField(max_length=8, choices=ManuscriptState, default=ManuscriptState.EDITING)
    key = models.CharField(max_length=12, unique=True, default=public_id)
    revision = models.OneToOneField("Revision", null=True, on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField("ApprovalRequest", null=True, on_delete=models.PROTECT, related_name="+")
    editor = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.submission)

    @property
    def first_revision(self) -> "Revision":
        """The text as the writer sent it."""
        return self.revisions.get(number=1)

    @property
    def further_writers(self) -> models.QuerySet["CoWriter"]:
        """Those who said that they wrote it with the writer who sent it, and are still with it."""
        joined = self.co_writers.filter(answer__says_yes=True, left=None)
        return joined.select_related("answer__person").order_by("pk")

    @property
    def writers(self) -> list[Person]:
        """All whose yes it needs: who sent it first."""
        return [self.submission.writer, *(one.answer.person for one in self.further_writers)]

    def is_written_by(self, person: Person) -> bool:
        return self.submission.writer_id == person.pk or self.further_writers.filter(answer__person=person).exists()

    @property
    def approvals(self) -> list["Approval"]:
        """The yeses to exactly the newest version since it was asked for last: one a person, the earliest first."""
        found = Approval.objects.filter(revision=self.revision).select_related("request", "revision", "cooling_waived")
        return [one for one in found.order_by("at", "pk") if one.answers(self.request)]

    @property
    def approval(self) -> "Approval | None":
        """The last of these. It needs every writer's: `state` says whether they all have said yes."""
        found = self.approvals
        return found[-1] if found else None

    @property
    def cools_until(self) -> datetime | None:
        """When the last of its writers has thought it over (see Approval.cools_until)."""
        return max((one.cools_until for one in self.approvals if one.cools_until), default=None)

    @property
    def hoped_for(self) -> date | None:
        """The day, where the magazine is, by which the writer's answer is hoped for, as long as there is none."""
        if self.request is None or self.state != ManuscriptState.ASKED:
            return None
        return self.request.due


class ManuscriptEvent(Event):
    subject = models.ForeignKey(Manuscript, on_delete=models.PROTECT, related_name="events")


class Revision(Evidence):
    """One immutable version: RFC 8785 bytes of all that an approval covers (see `content`), and their SHA-256.

    `chain` is its link in the chain of its manuscript's versions.
    """

    manuscript = models.ForeignKey(Manuscript, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=200, blank=True, help_text="What was changed, in the words of who changed it.")
    chain = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["manuscript", "number"], name="one_revision_a_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.manuscript} {self.number}"

    @property
    def content(self) -> dict[str, Any]:
        """What the bytes say: see `hearthpress.editing.content`."""
        value: dict[str, Any] = json.loads(bytes(self.body))
        return value

    @property
    def is_intact(self) -> bool:
        """Whether the bytes still are those that were hashed."""
        return sha256(bytes(self.body)) == self.sha256

    @property
    def facts(self) -> dict[str, Any]:
        """What its link covers, beside the link before it."""
        return {
            "manuscript": self.manuscript.key,
            "number": self.number,
            "sha256": self.sha256,
            "made_by": self.made_by_id,
            "made_at": moment(self.made_at),
            "why": self.why,
        }


class Approval(Evidence):
    """A writer's yes to one hash, in answer to one `request`; there is none with those from before that was kept.

    `writers` are all whose yes was needed then (ids), where it was more than one. `cooling_hours` are what the magazine
    promised then: for so long they may think it over. `session` tells from which signed-in session it came: a hash,
    with which nobody can sign in. `seal` covers it all.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="approvals")
    request = models.ForeignKey("ApprovalRequest", null=True, on_delete=models.PROTECT, related_name="approvals")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)
    session = models.CharField(max_length=64, blank=True)
    cooling_hours = models.PositiveSmallIntegerField(default=0)
    writers = models.JSONField(default=list)
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="one_yes_a_request_and_person")]

    def __str__(self) -> str:
        return self.sha256[:12]

    def answers(self, request: "ApprovalRequest | None") -> bool:
        """Whether it was given to this request: a yes to the same words, asked about before that, is none."""
        if self.request_id is None:
            return request is None or self.at >= request.at
        return request is not None and self.request_id == request.pk

    @property
    def waived(self) -> "CoolingWaived | None":
        """That the writer does not need the time. One that is not theirs, or not as it was sealed, is none."""
        found: CoolingWaived | None = getattr(self, "cooling_waived", None)
        return found if found is not None and found.person_id == self.person_id and found.is_sealed else None

    @property
    def cools_until(self) -> datetime | None:
        """The first full minute at which it may be published; None where nothing waits, whatever the clock says."""
        if not self.cooling_hours or self.waived is not None:
            return None
        end = self.at + timedelta(hours=self.cooling_hours)
        return end if end == _minute(end) else _minute(end) + timedelta(minutes=1)

    @property
    def facts(self) -> dict[str, Any]:
        """What its seal covers, beside the link of the version that was approved."""
        facts = {"person": self.person_id, "sha256": self.sha256, "at": moment(self.at), "session": self.session}
        # Only where there is something: so the seals from before there was such a thing stay what they are.
        later = {"cooling_hours": self.cooling_hours, "writers": self.writers}
        if self.request is not None:
            later["request"] = self.request.seal
        return {**facts, **{name: value for name, value in later.items() if value}}

    @property
    def is_sealed(self) -> bool:
        """Whether the seal is of these facts, and of the version as it is linked."""
        return self.seal == link(self.revision.chain, self.facts)


class CoolingWaived(Evidence):
    """The writer does not need the time that one approval would have waited. `session` and `seal` are as there."""

    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="cooling_waived")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    session = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.approval}: no time needed"

    @property
    def facts(self) -> dict[str, Any]:
        """What its seal covers, beside the seal of the approval."""
        return {"person": self.person_id, "at": moment(self.at), "session": self.session}

    @property
    def is_sealed(self) -> bool:
        return self.seal == link(self.approval.seal, self.facts)


class Draft(models.Model):
    """The text while it is talked about: a version's document with the suggestions that are open on it.

    `document` is a marked document (see documents.suggestions). `version` counts what was kept, so that nobody writes
    over what they have not seen. A draft is work, no evidence: what is agreed on becomes a Revision.
    """

    manuscript = models.OneToOneField(Manuscript, on_delete=models.PROTECT, related_name="draft")
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)
    saves = models.JSONField(default=dict, help_text="For each person's key the name that their browser gave its last.")
    handed_over_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    handed_over_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.manuscript} draft {self.version}"


class Suggestion(models.Model):
    """Whose a suggestion is, and what became of it. Its words as they last stood are kept when it is answered.

    `why` is what several were made for at once, such as the house's style; they can be answered together.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="suggestions")
    identity = models.CharField(max_length=60)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    removed = models.TextField(blank=True)
    inserted = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "identity"], name="one_suggestion_an_identity")]
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.identity


class Remark(models.Model):
    """Something said about a passage, or an answer to that (`about`). The passage is found again by its words.

    `exact`, `prefix` and `suffix` are a text quote selector (W3C Web Annotation Data Model, 4.2.4).
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="remarks")
    about = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(max_length=12, unique=True, default=public_id)
    exact = models.CharField(max_length=500, blank=True)
    prefix = models.CharField(max_length=60, blank=True)
    suffix = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    settled_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.key


class ApprovalRequest(Evidence):
    """That the writer was asked for a yes to this version.

    `due` is a day where the magazine is, hoped for and never enforced; `words` are a line from who asks to the writer.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="requests")
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    due = models.DateField(null=True)
    words = models.CharField(max_length=WORDS_LENGTH, blank=True)
    seal = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.revision}: asked by {self.asked_by}"

    @property
    def facts(self) -> dict[str, Any]:
        """What its seal covers, beside the link of the version that was asked about."""
        due = self.due.isoformat() if self.due else ""
        return {"asked_by": self.asked_by_id, "at": moment(self.at), "due": due, "words": self.words}

    @property
    def is_sealed(self) -> bool:
        return self.seal == link(self.revision.chain, self.facts)


class ApprovalReminder(Evidence):
    """That a request's day was written of to one writer: one row for each keeps it from being done twice."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=Reminding)
    letter = models.OneToOneField("mail.Letter", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "kind", "person"], name="one_reminder_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.request}: {self.kind}"


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


class NamedPerson(Evidence):
    """What the writer, or an editor for them, said of somebody whom the story names. The newest row for a name counts.

    It is about the name and not about a version: a new version asks again only about new names. `seal` covers it all.
    """

    manuscript = models.ForeignKey(Manuscript, on_delete=models.PROTECT, related_name="named")
    name = models.CharField(max_length=120)
    answer = models.CharField(max_length=8, choices=Knows)
    shown_as = models.CharField(max_length=8, choices=ShownAs, default=ShownAs.AS_IS)
    other_name = models.CharField(max_length=60, blank=True)
    answered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def facts(self) -> dict[str, Any]:
        """What its seal covers."""
        return {
            "manuscript": self.manuscript.key,
            "name": self.name,
            "answer": self.answer,
            "shown_as": self.shown_as,
            "other_name": self.other_name,
            "answered_by": self.answered_by_id,
            "at": moment(self.at),
        }

    @property
    def is_sealed(self) -> bool:
        return self.seal == link(FIRST, self.facts)


class CoWriter(Evidence):
    """Somebody was named, by e-mail, as a further writer of the story. It counts with their own yes: CoWriterAnswer.

    `name` is what the others on the story's pages call them. `seal` covers the facts; those of the answer and of the
    leaving follow it.
    """

    manuscript = models.ForeignKey(Manuscript, on_delete=models.PROTECT, related_name="co_writers")
    key = models.CharField(max_length=12, unique=True, default=public_id)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether they were asked and nobody has answered, nor taken the question back."""
        return not hasattr(self, "answer") and not hasattr(self, "left")

    @property
    def facts(self) -> dict[str, Any]:
        said = {"manuscript": self.manuscript.key, "key": self.key, "email": self.email, "name": self.name}
        return {**said, "asked_by": self.asked_by_id, "at": moment(self.at)}

    @property
    def is_sealed(self) -> bool:
        return self.seal == link(FIRST, self.facts)


class CoWriterAnswer(Evidence):
    """Their yes or no to being a writer of this story. `session` is as with an approval."""

    co_writer = models.OneToOneField(CoWriter, on_delete=models.PROTECT, related_name="answer")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    says_yes = models.BooleanField()
    at = models.DateTimeField(default=clock.now)
    session = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.co_writer}: {'yes' if self.says_yes else 'no'}"

    @property
    def facts(self) -> dict[str, Any]:
        return {"person": self.person_id, "says_yes": self.says_yes, "at": moment(self.at), "session": self.session}

    @property
    def is_sealed(self) -> bool:
        return self.seal == link(self.co_writer.seal, self.facts)


class CoWriterLeft(Evidence):
    """They are no writer of this story any more; or, before an answer, whoever edits it took the question back."""

    co_writer = models.OneToOneField(CoWriter, on_delete=models.PROTECT, related_name="left")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    seal = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.co_writer}: left"

    @property
    def facts(self) -> dict[str, Any]:
        return {"by": self.by_id, "at": moment(self.at)}

    @property
    def is_sealed(self) -> bool:
        answer: CoWriterAnswer | None = getattr(self.co_writer, "answer", None)
        return self.seal == link(answer.seal if answer else self.co_writer.seal, self.facts)
