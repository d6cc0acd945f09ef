"""Work to be done, who has it and by when; and the mornings on which somebody was told of it."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.common.fields import public_id
from hearthpress.common.immutable import Evidence
from hearthpress.common.states import Event, Stateful
from hearthpress.tasks.enums import MOVES, TaskKind, TaskState


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> "TaskQuerySet":
        return self.filter(state=TaskState.OPEN)

    def with_people(self) -> "TaskQuerySet":
        """With what the pages show of each."""
        return self.select_related("submission__call", "assignee", "made_by", "ended_by")


class Task(Stateful):
    """Something to do. With no `assignee` it is anybody's.

    `due_on` is a day, which begins and ends where its reader is. `made_by` is None when the machine made it, and then
    it mostly has no title: what its kind says is enough. A task changes no submission, and no submission waits for one.
    """

    MOVES = MOVES
    EVENT = "TaskEvent"

    key = models.CharField(max_length=12, unique=True, default=public_id)
    kind = models.CharField(max_length=13, choices=TaskKind, default=TaskKind.OTHER)
    submission = models.ForeignKey("submissions.Submission", null=True, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(_("What is to be done"), max_length=200, blank=True)
    state = models.CharField(max_length=7, choices=TaskState, default=TaskState.OPEN)
    assignee = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="tasks")
    due_on = models.DateField()
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="When it was done or dropped.")

    veiled: bool  # whether it is about a story whose writer this editor may not know yet: tasks.doors says so

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "submission"],
                condition=models.Q(state="open") & ~models.Q(kind="other"),
                name="one_open_task_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="other") | ~models.Q(title=""), name="typed_task_has_title"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="tasks_due"),
            models.Index(fields=["assignee", "state", "due_on"], name="tasks_mine"),
            models.Index(fields=["state", "ended_at"], name="tasks_ended"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    def is_late(self, today: date) -> bool:
        """Whether its day has passed, for somebody whose day is `today`."""
        return self.state == TaskState.OPEN and self.due_on < today


class TaskEvent(Event):
    subject = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="events")


class Planned(Evidence):
    """Who has the task and by when, from this moment on. The first row is the one that it was made with."""

    subject = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="plans")
    assignee = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    actor = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.subject}: {self.assignee}, {self.due_on}"


class Digest(Evidence):
    """That somebody's morning was seen to: with a letter of what is due, or with none because nothing was.

    `day` is the date where they are. One row a person and day is what keeps the letter from being written twice.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    letter = models.OneToOneField("mail.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.person}: {self.day}"
