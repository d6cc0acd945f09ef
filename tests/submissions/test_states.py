"""Whatever two people do in whatever order, each with a copy as old as may be, the table of states holds."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hearthpress.agreements import actions as agreements
from hearthpress.agreements.enums import MOVES as AGREEMENT_MOVES
from hearthpress.agreements.models import Agreement, AgreementEvent
from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.editing import actions as editing
from hearthpress.editing.enums import MOVES as MANUSCRIPT_MOVES
from hearthpress.editing.models import Manuscript, ManuscriptEvent
from hearthpress.stories import actions as stories
from hearthpress.stories.enums import MOVES as STORY_MOVES
from hearthpress.stories.gate import CannotPublish, NotApproved
from hearthpress.stories.models import Story, StoryEvent
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.enums import DECISION_MOVES
from hearthpress.submissions.enums import MOVES as SUBMISSION_MOVES
from hearthpress.submissions.models import Decision, DecisionEvent, Submission, SubmissionEvent
from tests.factories import edited, make_cast, make_draft
from tests.submissions.chains import check

# What somebody hears who may not do this now, or came second.
TOLD = (Sentence, editing.NotReady, NotApproved, CannotPublish)
TABLES = [
    (SubmissionEvent, SUBMISSION_MOVES),
    (DecisionEvent, DECISION_MOVES),
    (AgreementEvent, AGREEMENT_MOVES),
    (ManuscriptEvent, MANUSCRIPT_MOVES),
    (StoryEvent, {**STORY_MOVES, "live": STORY_MOVES["live"] | {"live"}}),  # a new edition of a live story
]


class Two:
    """A writer and an editor, each with copies of the rows that may be old."""

    def __init__(self) -> None:
        self.cast = make_cast()
        self.key = make_draft(self.cast.writer, self.cast.call).key
        self.copies: dict[str, dict[type, Any]] = {"first": {}, "second": {}}

    def look(self, who: str) -> None:
        """Read everything anew."""
        found = {
            Submission: Submission.objects.select_related("call", "writer").filter(key=self.key),
            Decision: Decision.objects.select_related("submission__call", "submission__writer").order_by("-pk"),
            Agreement: Agreement.objects.select_related("writer"),
            Manuscript: Manuscript.objects.select_related("revision", "submission__writer", "submission__agreement"),
            Story: Story.objects.select_related("manuscript__submission", "writer"),
        }
        self.copies[who] = {model: rows.first() for model, rows in found.items()}

    def act(self, who: str, verb: str) -> None:
        """Press the button, if the page that was read has one."""
        needed, press = VERBS[verb]
        row = self.copies[who][needed]
        if row is not None:
            with suppress(*TOLD):
                press(self, row)


def save(two: Two, manuscript: Manuscript) -> None:
    editing.save(manuscript, two.cast.editor, edited(manuscript, headline=f"{manuscript.revision.number}"))


def tell(_: Two, decision: Decision) -> None:
    with clock.at(clock.now() + submissions.UNDO_WINDOW):
        submissions.tell(decision)


# A verb needs a row of this kind, as somebody read it.
VERBS: dict[str, tuple[type, Callable[[Two, Any], object]]] = {
    "send": (Submission, lambda _, sent: submissions.send(sent)),
    "read": (Submission, lambda two, sent: submissions.leave_reading(sent, two.cast.editor, "yes", "")),
    "accept": (Submission, lambda two, sent: submissions.prepare_decision(sent, two.cast.editor, "accept", "Yes.")),
    "revise": (Submission, lambda two, sent: submissions.prepare_decision(sent, two.cast.editor, "revise", "Again.")),
    "release": (Decision, lambda two, decision: submissions.release(decision, two.cast.editor)),
    "undo": (Decision, lambda two, decision: submissions.undo_release(decision, two.cast.editor)),
    "drop": (Decision, lambda two, decision: submissions.drop_decision(decision, two.cast.editor)),
    "tell": (Decision, tell),
    "sign": (Agreement, lambda _, offered: agreements.sign(offered, "Wilma", offered.terms_sha256)),
    "decline": (Agreement, lambda _, offered: agreements.decline(offered)),
    "save": (Manuscript, save),
    "ask": (Manuscript, lambda two, text: editing.ask_for_approval(text, two.cast.editor)),
    "approve": (Manuscript, lambda two, text: editing.approve(text, two.cast.writer, text.revision.sha256)),
    "publish": (Manuscript, lambda two, text: stories.publish(text, two.cast.editor)),
    "withdraw": (Submission, lambda two, sent: submissions.withdraw(sent, two.cast.writer)),
    "retract": (Story, lambda two, story: stories.retract(story, two.cast.editor, "Why.")),
}
ORDER = ["send", "read", "accept", "release", "tell", "sign", "save", "ask", "approve", "publish"]
STEPS = st.one_of(
    st.tuples(st.sampled_from(["first", "second"]), st.sampled_from([*VERBS, "look", "look"])),
    # Along the road, so that the later states are reached too.
    st.just("on"),
    st.just("on"),
)


class InterleavingTest(TestCase):
    @settings(max_examples=60)
    @given(st.lists(STEPS, min_size=4, max_size=24))
    def test_any_interleaving_of_two_keeps_the_tables(self, steps: list[Any]) -> None:
        two, road = Two(), iter(ORDER)
        two.look("first")
        two.look("second")

        for step in steps:
            if step == "on":
                two.look("first")
                two.act("first", next(road, "publish"))
            elif step[1] == "look":
                two.look(step[0])
            else:
                two.act(*step)

        for events, moves in TABLES:
            check(events, moves)
        for story in Story.objects.filter(state="live"):
            assert story in Story.objects.live()
            assert story.manuscript.submission.state == "accepted"
