from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterState(models.TextChoices):
    """What becomes of a letter.

    One that a killed worker left in SENDING is swept back to WAITING and keeps its Message-ID. One that came back waits
    again when somebody asks for another try.
    """

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    BOUNCED = "bounced", _("Came back")


class IncomingState(models.TextChoices):
    """What became of a mail that came in: said once, when it is taken.

    TAKEN: it is something else now. REFUSED: its sender was told why it is not. SET_ASIDE: neither; the mail is kept as
    it came, until somebody looks at it.
    """

    TAKEN = "taken", _("Taken")
    SET_ASIDE = "set aside", _("Set aside")
    REFUSED = "refused", _("Refused")
