"""A letter shown before it is sent: written by the very act that will send it, which is undone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from hearthpress.common.canonical import sha256
from hearthpress.mail.models import Letter
from hearthpress.submissions.concealing import whole
from hearthpress.submissions.models import Submission


@dataclass(frozen=True)
class ShownLetter:
    """What the writer will read. For an editor who may not know whose it is, names in its title are hidden."""

    subject: str
    text: str


def letter_of(act: Callable[[Submission], Letter], submission: Submission) -> ShownLetter:
    """The letter that `act` writes about the submission now. Nothing of it stays. Raises what `act` raises."""
    real = whole(submission)
    if submission.concealed:
        real.title = submission.title  # in this copy alone, for whoever must not know yet whose it is
    with transaction.atomic():
        letter = act(real)
        transaction.set_rollback(True)
    return ShownLetter(letter.subject, letter.text)


def fingerprint(letters: Iterable[ShownLetter]) -> str:
    """Comes back with the button under the letters: what is sent is what was shown, or it is shown again."""
    return sha256("\x00".join(f"{letter.subject}\n{letter.text}" for letter in letters).encode())
