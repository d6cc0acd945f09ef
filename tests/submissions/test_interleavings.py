"""Whatever the writer, two editors, the worker and crashes do in whatever order: one truth, told once.

Everybody acts on a copy that may be old. A crash stops an act before a statement of its transaction, as a killed
process or a lost database would; or it stops the worker between a letter's sending and the note of it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from django.core.mail import EmailMessage
from django.db import connection
from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hearthpress.agreements.models import Agreement
from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.mail.delivery import CLAIM, deliver_letters, sweep_letters
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from hearthpress.submissions import actions
from hearthpress.submissions.enums import DECISION_MOVES, MOVES, PENDING, WITH_WRITER
from hearthpress.submissions.models import Decision, DecisionEvent, Submission, SubmissionEvent
from tests.factories import TEXT, make_call, make_cast, make_draft
from tests.submissions.chains import check

TO_THE_WRITER = ("accept", "decline", "revise", "pass")
SECOND = timedelta(seconds=1)
BEGIN = datetime(2026, 10, 20, 15, tzinfo=UTC)


class Crash(BaseException):
    """The process is gone: nothing catches this."""


class PostOffice:
    """Takes every letter, and notes when. `kills` stops the worker once after it took one."""

    def __init__(self) -> None:
        self.taken: list[tuple[datetime, EmailMessage]] = []
        self.kills = False

    def open(self) -> None:
        """Nothing has to be opened."""

    def close(self) -> None:
        """Nor closed."""

    def send_messages(self, messages: list[EmailMessage]) -> None:
        self.taken += [(clock.now(), message) for message in messages]
        if self.kills:
            self.kills = False
            raise Crash


class World:
    """A story, its writer, two editors and a worker; each but the worker with a copy of the rows."""

    def __init__(self, office: PostOffice) -> None:
        self.office = office
        self.now = BEGIN
        with clock.at(BEGIN):
            self.cast = make_cast()
            self.elsewhere = make_call(title="Elsewhere", slug="elsewhere", rate_card=self.cast.call.rate_card)
            self.key = make_draft(self.cast.writer, self.cast.call).key
        self.text = TEXT
        self.copies: dict[str, tuple[Submission, Decision | None]] = {}
        self.words = 0
        for who in PEOPLE:
            self.look(who)

    def look(self, who: str) -> None:
        """Read everything anew."""
        submission = Submission.objects.select_related("call", "writer").get(key=self.key)
        decisions = Decision.objects.select_related("submission__call", "submission__writer").order_by("-pk")
        self.copies[who] = (submission, decisions.first())

    def act(self, who: str, verb: str, crash: int | None) -> None:
        """Do it, unless it is refused; or be stopped before the statement number `crash`."""
        self.now += SECOND
        with clock.at(self.now), suppress(Sentence):
            try:
                with stopped_before(crash):
                    VERBS[verb](self, who)
            except Crash:
                event("crashed")
                if who in self.copies:
                    self.look(who)

    def editor(self, who: str) -> Person:
        return self.cast.editor if who == "editor" else self.cast.other_editor

    def submission(self, who: str) -> Submission:
        return self.copies[who][0]

    def decision(self, who: str) -> Decision:
        found = self.copies[who][1]
        if found is None:
            raise Sentence("There is none.")
        return found


@contextmanager
def stopped_before(number: int | None) -> Iterator[None]:
    """Crash once, before this statement. How a transaction ends is left to the database, which sees to it itself."""
    left = [number]

    def execute(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if left[0] is not None and not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            left[0] -= 1
            if left[0] < 0:
                left[0] = None
                raise Crash
        return run(sql, *rest)

    with connection.execute_wrapper(execute):
        yield


def save(world: World, who: str) -> None:
    text = f"{TEXT}\n\nSaved at {world.now:%H:%M:%S}."
    actions.save_draft(world.submission(who), {"source": text})
    world.text = text


def prepare(kind: str) -> Callable[[World, str], object]:
    def act(world: World, who: str) -> None:
        world.words += 1
        details = actions.Details(to_call=world.elsewhere)
        words = f"These are words number {world.words}."
        actions.prepare_decision(world.submission(who), world.editor(who), kind, words, details)

    return act


def wait(world: World, who: str) -> None:
    world.now += CLAIM if who == "long" else actions.UNDO_WINDOW


def deliver_and_die(world: World, _: str) -> None:
    world.office.kills = True
    try:
        deliver_letters()
    finally:
        world.office.kills = False


VERBS: dict[str, Callable[[World, str], object]] = {
    "look": World.look,
    "save": save,
    "send": lambda world, who: actions.send(world.submission(who)),
    "withdraw": lambda world, who: actions.withdraw(world.submission(who), world.cast.writer),
    "read": lambda world, who: actions.leave_reading(world.submission(who), world.editor(who), "yes", ""),
    **{kind: prepare(kind) for kind in TO_THE_WRITER},
    "drop": lambda world, who: actions.drop_decision(world.decision(who), world.editor(who)),
    "release": lambda world, who: actions.release(world.decision(who), world.editor(who)),
    "undo": lambda world, who: actions.undo_release(world.decision(who), world.editor(who)),
    "tell": lambda *_: actions.tell_due(),
    "deliver": lambda *_: deliver_letters(),
    "deliver and die": deliver_and_die,
    "sweep": lambda *_: sweep_letters(),
    "wait": wait,
}
PEOPLE = {
    "writer": ["look", "save", "send", "send", "withdraw"],
    "editor": ["look", "look", "read", *TO_THE_WRITER, "drop", "release", "release", "undo"],
    "other editor": ["look", "look", "read", *TO_THE_WRITER, "drop", "release", "release", "undo"],
}
WORKER = ["tell", "tell", "deliver", "deliver and die", "sweep"]
# Along the road, so that later states are reached: told yes, and before that asked for changes.
ROAD: list[list[tuple[str, str]]] = [
    [("writer", "look"), ("writer", "send")],
    [("editor", "look"), ("editor", "revise"), ("editor", "look"), ("editor", "release")],
    [("short", "wait"), ("worker", "tell"), ("worker", "deliver")],
    [("writer", "look"), ("writer", "save"), ("writer", "send")],
    [("other editor", "look"), ("other editor", "accept"), ("other editor", "look"), ("other editor", "release")],
    [("short", "wait"), ("worker", "tell"), ("worker", "deliver")],
]


CRASHES = st.one_of(st.none(), st.none(), st.integers(0, 25))


def acts_of(who: str, verbs: list[str]) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(who), st.sampled_from(verbs), CRASHES)


STEPS = st.one_of(
    *(acts_of(who, verbs) for who, verbs in PEOPLE.items()),
    acts_of("worker", WORKER),
    st.tuples(st.sampled_from(["short", "long"]), st.just("wait"), st.none()),
    # A stretch of the road, with a crash in one of its acts.
    *[st.tuples(st.just("on"), st.integers(0, 3), CRASHES)] * 3,
)


class InterleavingTest(TestCase):
    @settings(max_examples=150)
    @given(st.lists(STEPS, min_size=6, max_size=40))
    def test_any_interleaving_with_crashes_tells_one_truth_once(self, steps: list[Any]) -> None:
        office = PostOffice()
        with patch("hearthpress.mail.delivery.get_connection", lambda: office):
            world, road = World(office), iter(ROAD)
            for step in steps:
                for act in along(road, *step[1:]) if step[0] == "on" else [step]:
                    world.act(*act)
            holds(world)
            work_on(world)
        holds(world)
        assert not Letter.objects.exclude(state="sent").exists()
        assert not Decision.objects.filter(state="releasing").exists()


def along(road: Iterator[list[tuple[str, str]]], at: int, crash: int | None) -> list[tuple[str, str, int | None]]:
    """The next stretch of the road, with the crash in its act number `at`."""
    return [(*act, crash if number == at else None) for number, act in enumerate(next(road, []))]


def work_on(world: World) -> None:
    """The worker comes back and does what is left; nobody else acts."""
    for verb in ("sweep", "tell", "deliver"):
        world.act("long", "wait", None)
        world.act("worker", verb, None)
        world.act("worker", "deliver", None)


def holds(world: World) -> None:
    """What must be true at any moment."""
    submission = Submission.objects.select_related("call").get(key=world.key)
    never_lost(world, submission)
    never_two_decisions(submission)
    letters_are_of_what_happened(submission)
    sent_once_or_known_as_the_same(world)


def never_lost(world: World, submission: Submission) -> None:
    assert submission.source == world.text
    check(SubmissionEvent, MOVES)
    check(DecisionEvent, DECISION_MOVES)
    # What was taken back while it was with its writer may hold changes that were never sent.
    if submission.state not in WITH_WRITER | {"withdrawn"}:
        assert submission.document == actions.read_document(submission)


def never_two_decisions(submission: Submission) -> None:
    told = [decision.kind for decision in submission.decisions.filter(state="released").order_by("pk")]
    arrivals = submission.events.filter(old__in=WITH_WRITER, new="received").count()
    assert sum(kind != "pass" for kind in told) <= arrivals
    ended = [kind for kind in told if kind in ("accept", "decline")]
    assert ended in ([], told[-1:])
    assert (submission.state in ("accepted", "declined")) <= bool(ended)
    assert Agreement.objects.count() == told.count("accept")
    dropped = DecisionEvent.objects.filter(old="releasing", new="dropped")
    assert not dropped.exclude(why="withdrawn").exists()
    pending = submission.decisions.filter(state__in=PENDING).count()
    assert pending <= (1 if submission.state in ("received", "reading") else 0)


def letters_are_of_what_happened(submission: Submission) -> None:
    """A letter for each decision that was told, and none for any other; a receipt for each arrival."""
    letters = list(Letter.objects.filter(kind__in=[f"submissions/{kind}" for kind in TO_THE_WRITER]))
    carried = Counter(words for letter in letters for words in letter.text.splitlines() if "words number" in words)
    told = Counter(submission.decisions.filter(state="released").values_list("words", flat=True))
    assert carried == told
    assert len(letters) == told.total()
    arrivals = submission.events.filter(new="received").exclude(old="reading").count()
    assert Letter.objects.filter(kind="submissions/receipt").count() == arrivals


def sent_once_or_known_as_the_same(world: World) -> None:
    """Whatever the post office got is a letter of ours, in its words, in its time and under its own Message-ID."""
    letters = {letter.key: letter for letter in Letter.objects.all()}
    for at, message in world.office.taken:
        letter = letters[message.extra_headers["Message-ID"].strip("<>").partition("@")[0]]
        assert (message.body, message.to) == (letter.text, [letter.to])
        assert letter.not_before <= at
