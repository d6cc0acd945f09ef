"""Write a letter, and try one again: rows in the outbox that a worker sends once the transaction is committed."""

from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string

from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead

if TYPE_CHECKING:
    from hearthpress.people.models import Person


def write_letter(  # noqa: PLR0913  these are the parts of a letter
    kind: str,
    to: str,
    context: dict[str, Any],
    *,
    person: "Person | None" = None,
    secret: bool = False,
    reply_to: str = "",
    in_reply_to: str = "",
    not_before: datetime | None = None,
) -> Letter:
    """Put a letter into the outbox, in the caller's transaction.

    `kind` is "package/name": its words are in `<package>/letters/<name>/subject.txt` and `body.txt`. `secret` letters
    carry a sign-in code and are blanked once sent. `reply_to` is an address of ours where an answer is taken in (see
    `mail.addresses`), `in_reply_to` the Message-ID of a mail that this letter answers. It is not sent `not_before`.
    """
    package, name = kind.split("/")
    context = {"address": settings.PUBLIC_ADDRESS, "masthead": Masthead.current(), "person": person, **context}
    folder = f"{package}/letters/{name}"
    text = _plain(render_to_string(f"{folder}/body.txt", context))
    return Letter.objects.create(
        kind=kind,
        person=person,
        to=to,
        subject=" ".join(_plain(render_to_string(f"{folder}/subject.txt", context)).split())[:200],
        text=f"{text}\n\n{Masthead.current().name}\n{settings.PUBLIC_ADDRESS}/\n",
        secret=secret,
        reply_to=reply_to,
        in_reply_to=in_reply_to,
        not_before=not_before or clock.now(),
    )


def send_again(letter: Letter) -> None:
    """Try a letter that came back or waits once more, at once.

    Raises NotAllowed for a code letter that came back, whose code is too old, SomebodyElseWon for a letter that a
    worker holds or has sent.
    """
    if letter.secret and letter.state == LetterState.BOUNCED:
        raise NotAllowed("The code in this letter is no longer good.")
    unsent = Letter.objects.filter(pk=letter.pk, state__in=[LetterState.WAITING, LetterState.BOUNCED])
    if not unsent.update(state=LetterState.WAITING, not_before=clock.now(), tries=0, trouble=""):
        raise SomebodyElseWon(f"{letter} is on its way")


def _plain(rendered: str) -> str:
    """Letters are plain text: what the template engine escaped for HTML is put back."""
    return unescape(rendered).strip()
