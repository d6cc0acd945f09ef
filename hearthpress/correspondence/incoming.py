"""Mail that comes back to a thread. Nobody is believed for an address alone that anybody can write into a mail.

Each address of a thread was given to few (see `letters`): who writes to it from an address of one of these is taken for
them, and every message that came so says that it came by e-mail. Mail from anybody else, and what a machine answered,
stays among the editors. What an editor remarks has an address from which no way leads to the writer.
"""

from collections.abc import Callable

from django.http import Http404
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.correspondence import actions
from hearthpress.correspondence.actions import Came
from hearthpress.correspondence.doors import Veiled, desk_thread
from hearthpress.correspondence.enums import MessageKind
from hearthpress.correspondence.letters import ANSWER, DAY
from hearthpress.correspondence.models import LONGEST, Message
from hearthpress.mail.addresses import signed_address
from hearthpress.mail.incoming import IncomingMessage
from hearthpress.mail.models import IncomingMail
from hearthpress.mail.routes import Refused
from hearthpress.people.models import Person
from hearthpress.submissions.doors import TakenBack
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission

# Mails about one story from strangers and machines that a day's thread holds. Any more are set aside, unread.
STRANGERS_A_DAY = 20

FromEditor = Callable[[Submission, Person, IncomingMessage, IncomingMail], Message]


def take_reply(mail: IncomingMessage, key: str, row: IncomingMail) -> str:
    """A mail to the address that stands in every letter: the writer's answer, or what an editor keeps among editors.

    Returns what it became; "" where it was only set aside. Raises Refused, for the sender to read.
    """
    return _take(mail, key, row, _keep_among_editors)


def take_answer(mail: IncomingMessage, key: str, row: IncomingMail) -> str:
    """A mail to the address that only editors were given: from one of them it goes to the writer.

    Returns what it became; "" where it was only set aside. Raises Refused, for the sender to read.
    """
    return _take(mail, key, row, _pass_on_to_writer)


def _take(mail: IncomingMessage, key: str, row: IncomingMail, from_editor: FromEditor) -> str:
    submission, sender = _submission(key), _sender(mail)
    if mail.automatic:
        return _keep(MessageKind.AUTOMATIC, submission, mail, row)
    if sender is not None and sender.has_perm("submissions.own", submission):
        return _name(actions.write_to_editors(submission, sender, _words(mail), _came(mail, row)))
    editor = _editor(sender, key)
    if editor is None:
        return _keep(MessageKind.STRANGER, submission, mail, row)
    return _name(from_editor(submission, editor, mail, row))


def _keep_among_editors(submission: Submission, editor: Person, mail: IncomingMessage, row: IncomingMail) -> Message:
    return actions.remark(submission, editor, _words(mail), _came(mail, row))


def _pass_on_to_writer(submission: Submission, editor: Person, mail: IncomingMessage, row: IncomingMail) -> Message:
    """Only words of the editor's own, without what they quote, and nothing that gives their address away."""
    if mail.attachments:
        raise Refused(_("Files came with it, and we cannot pass files on. Please send the words without them."))
    if not mail.new_text.strip():
        raise Refused(_("We found no words of your own in it."))
    words = _words(mail)
    told_to_editors = (editor.email, signed_address(ANSWER, submission.key))
    if any(address and address in words.casefold() for address in told_to_editors):
        raise Refused(_("An e-mail address stands in it that writers are never given. Please take it out."))
    return actions.write_to_writer(submission, editor, words, _came(mail, row))


def _came(mail: IncomingMessage, row: IncomingMail) -> Came:
    return Came(row, [attachment.name for attachment in mail.attachments], list(mail.notes))


def _submission(key: str) -> Submission:
    found = Submission.objects.select_related("call", "writer", "byline").exclude(state=SubmissionState.DRAFT)
    submission = found.filter(key=key).first()
    if submission is None:
        raise Refused(_("There is no such story here."))
    return submission


def _sender(mail: IncomingMessage) -> Person | None:
    return Person.objects.filter(email=mail.sender).first()


def _editor(sender: Person | None, key: str) -> Person | None:
    """The sender, if the thread's own door opens for them. Raises Refused where it does not do so yet, or any more."""
    if sender is None:
        return None
    try:
        desk_thread(sender, key)
    except Veiled as veiled:
        raise Refused(_("You can write about this story once your own reading of it is in.")) from veiled
    except TakenBack as gone:
        raise Refused(_("The writer has taken this story back. Nobody here works on it any more.")) from gone
    except Http404:
        return None
    return sender


def _words(mail: IncomingMessage) -> str:
    """What was written anew; the whole where nothing else is left. Raises Refused: there is nothing, or too much."""
    words = _all_words(mail)
    if not (words or mail.attachments or mail.notes):
        raise Refused(_("There was nothing in it."))
    if len(words) > LONGEST:
        raise Refused(_("It is longer than a message can be here. Please put long texts on the story’s page."))
    return words


def _all_words(mail: IncomingMessage) -> str:
    return mail.new_text.strip() or mail.text.strip()


def _keep(kind: MessageKind, submission: Submission, mail: IncomingMessage, row: IncomingMail) -> str:
    """Show it among the editors, unless very many came today; a stranger's mail stays whole with its row too."""
    today = Message.objects.filter(submission=submission, author=None, at__gt=clock.now() - DAY)
    full = today.count() >= STRANGERS_A_DAY
    if full or kind == MessageKind.STRANGER:
        row.set_aside(str(kind.label))
    if full:
        return ""
    return _name(actions.set_aside(submission, kind, _all_words(mail)[:LONGEST], _came(mail, row)))


def _name(message: Message) -> str:
    return f"message {message.key}"
