from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common.states import Moves


class LetterState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    BOUNCED = "bounced", _("Came back")


# A letter that a killed worker left in SENDING is swept back to WAITING and keeps its Message-ID. One that came back
# waits again when somebody asks for another try.
MOVES: Moves = {
    LetterState.WAITING: frozenset({LetterState.SENDING}),
    LetterState.SENDING: frozenset({LetterState.SENT, LetterState.WAITING, LetterState.BOUNCED}),
    LetterState.SENT: frozenset(),
    LetterState.BOUNCED: frozenset({LetterState.WAITING}),
}
