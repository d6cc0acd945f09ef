"""Stories that several people wrote: who is named, who says yes to that, who leaves. See docs/decisions/0026.

Pay and agreement stay with who sent the story in. Each of the others has a yes of their own to the text.
"""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hearthpress.common.canonical import sha256
from hearthpress.common.chain import FIRST, link
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing.approving import hold, settle
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Approval, CoWriter, CoWriterAnswer, CoWriterLeft, Manuscript
from hearthpress.mail.actions import write_letter
from hearthpress.people.models import Person
from hearthpress.submissions.actions import withdraw

MOST = 8  # people named for one story, in all: each of them gets a letter


class CannotBeNamed(Exception):
    """Why somebody cannot be named as a further writer: a sentence for who named them."""


@transaction.atomic
def name_co_writer(manuscript: Manuscript, by: Person, email: str, name: str) -> CoWriter:
    """Ask somebody, by letter, whether they wrote this story too. An editor or one of its writers names them.

    `name` is what the others call them on the story's pages. Raises CannotBeNamed, PermissionDenied, SomebodyElseWon.
    """
    if not _may_name(by, manuscript):
        raise PermissionDenied("Its writers and editors say who wrote a story.")
    hold(manuscript)
    address = email.lower()
    _require_nameable(manuscript, address)
    named = CoWriter(manuscript=manuscript, email=address, name=name, asked_by=by)
    named.seal = link(FIRST, named.facts)
    named.save()
    known = Person.objects.filter(email=address).first()
    context = {"submission": manuscript.submission, "co_writer": named, "asker": called(manuscript, by)}
    write_letter("editing/co_writer_asked", address, context, person=known)
    return named


@transaction.atomic
def answer_co_writer(co_writer: CoWriter, person: Person, *, says_yes: bool, session: str = "") -> CoWriterAnswer:
    """Say whether one wrote the story too. From a yes on it needs one's own yes to the text: an approved one waits.

    Raises PermissionDenied for anybody but who was named; SomebodyElseWon when it was answered or taken back, or the
    text changed in the same moment; NotAllowed when the story was taken back.
    """
    manuscript = co_writer.manuscript
    if co_writer.email != person.email.lower():
        raise PermissionDenied("Only who was named answers.")
    if manuscript.state == ManuscriptState.STOPPED:
        raise NotAllowed("The story was taken back.")
    hold(manuscript)
    if CoWriterLeft.objects.filter(co_writer=co_writer).exists():
        raise SomebodyElseWon(co_writer.key)
    hashed = sha256(session.encode()) if session else ""
    answer = CoWriterAnswer(co_writer=co_writer, person=person, says_yes=says_yes, session=hashed)
    answer.seal = link(co_writer.seal, answer.facts)
    _save_once(answer)
    if says_yes and manuscript.state == ManuscriptState.APPROVED:
        manuscript.move(ManuscriptState.ASKED, actor=person, why="a further writer joined")
    _tell_who_named(co_writer, answer)
    return answer


@transaction.atomic
def leave(co_writer: CoWriter, person: Person) -> CoWriterLeft:
    """Be a writer of the story no more; before there is an answer, whoever may name somebody takes the question back.

    What the others approved stays as good as it was: each of them said yes to these very words. Raises
    PermissionDenied, SomebodyElseWon.
    """
    manuscript = co_writer.manuscript
    hold(manuscript)
    answer = CoWriterAnswer.objects.filter(co_writer=co_writer).first()
    if answer is not None and not answer.says_yes:
        raise SomebodyElseWon(co_writer.key)
    if not (_may_name(person, manuscript) if answer is None else answer.person_id == person.pk):
        raise PermissionDenied("Who wrote a story stays its writer for as long as they want to.")
    left = CoWriterLeft(co_writer=co_writer, by=person)
    left.seal = link(answer.seal if answer else co_writer.seal, left.facts)
    _save_once(left)
    if answer is not None:
        settle(manuscript, person)
    return left


@transaction.atomic
def take_back(manuscript: Manuscript, person: Person, why: str = "") -> None:
    """One of several writers takes the story back, as the one who sent it may. The others are told by letter.

    Raises as `submissions.withdraw` does; PermissionDenied.
    """
    if not person.has_perm("editing.approve", manuscript):
        raise PermissionDenied("Only its writers take a story back.")
    withdraw(manuscript.submission, person, why)


def tell_other_writers(manuscript: Manuscript, actor: Person | None) -> None:
    """The writers who did not take the story back themselves hear of it; who sent it has another letter if they did."""
    names = names_of(manuscript)
    by = names.get(actor.pk, "") if actor is not None else ""
    sender, *others = manuscript.writers
    told = [writer for writer in others if actor is None or writer.pk != actor.pk]
    for writer in [sender, *told] if len(told) < len(others) else told:
        context = {"submission": manuscript.submission, "by": by}
        write_letter("editing/taken_back", writer.email, context, person=writer)


def called(manuscript: Manuscript, person: Person) -> str:
    """What this person is called on the story's pages: a writer by the name they sign with, an editor by their own."""
    return names_of(manuscript).get(person.pk) or person.name or _("The editors")


def names_of(manuscript: Manuscript) -> dict[int, str]:
    """What its writers are called on the story's pages, by person: no writer learns another's legal name there."""
    submission = manuscript.submission
    sender = submission.byline.name if submission.byline else _("The writer")
    others = CoWriterAnswer.objects.filter(co_writer__manuscript=manuscript, says_yes=True).select_related("co_writer")
    return {submission.writer_id: sender, **{one.person_id: one.co_writer.name for one in others}}


def said_by_each(manuscript: Manuscript) -> list[tuple[Person, str, Approval | None]]:
    """Each writer with what they are called and their yes to the newest version, where they have said it."""
    yeses = {one.person_id: one for one in manuscript.approvals}
    return [(writer, called(manuscript, writer), yeses.get(writer.pk)) for writer in manuscript.writers]


def named(manuscript: Manuscript) -> list[CoWriter]:
    """Everybody who was ever named, with their answers and leavings, for the page of the story's writers."""
    return list(manuscript.co_writers.select_related("answer__person", "left").order_by("pk"))


def open_questions(manuscript: Manuscript) -> list[CoWriter]:
    """Those who were asked whether they wrote it too, and have not answered."""
    return list(manuscript.co_writers.filter(answer=None, left=None))


def _may_name(person: Person, manuscript: Manuscript) -> bool:
    return person.has_perm("editing.approve", manuscript) or person.has_perm("editing.edit", manuscript)


def _require_nameable(manuscript: Manuscript, address: str) -> None:
    if manuscript.state == ManuscriptState.STOPPED:
        raise CannotBeNamed(_("The story was taken back."))
    if address in {writer.email for writer in manuscript.writers}:
        raise CannotBeNamed(_("This is the address of somebody who writes the story already."))
    if address in {one.email for one in open_questions(manuscript)}:
        raise CannotBeNamed(_("They have been asked already, and have not answered yet."))
    if manuscript.co_writers.count() >= MOST:
        raise CannotBeNamed(_("So many people have been asked about this story that we send no further letter."))


def _save_once(row: CoWriterAnswer | CoWriterLeft) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise SomebodyElseWon(row.co_writer.key) from error


def _tell_who_named(co_writer: CoWriter, answer: CoWriterAnswer) -> None:
    """Who named them, and who sent the story, hear what they said."""
    submission = co_writer.manuscript.submission
    for person in {one.pk: one for one in (co_writer.asked_by, submission.writer)}.values():
        place = "write" if co_writer.manuscript.is_written_by(person) else "desk"
        context = {"submission": submission, "co_writer": co_writer, "answer": answer, "place": place}
        write_letter("editing/co_writer_answered", person.email, context, person=person)
