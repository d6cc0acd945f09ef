"""Why a view was not paid, in words that a writer can read."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """In the order in which a view is tried: the first reason that fits is the one that is kept."""

    OWN = "own", _("Your own visit, or the magazine's")
    PREFETCH = "prefetch", _("Loaded ahead of time")
    WEBDRIVER = "webdriver", _("A browser steered by a program")
    ROBOT = "robot", _("A program, not a person")
    SHORT = "short", _("Left within ten seconds")
    NO_SCRIPT = "no_script", _("Read without scripts")
    REPEAT = "repeat", _("The same reader again that day")

    @property
    def explanation(self) -> str | Promise:
        """One sentence for the writer: what happened, and why it is not paid."""
        return _EXPLANATIONS[self]


_EXPLANATIONS: dict[Reason, str | Promise] = {
    Reason.OWN: _("You, or somebody who works at the magazine, opened the story while signed in; only readers count."),
    Reason.PREFETCH: _("A browser fetched the page in case somebody would want it, and nobody had looked at it yet."),
    Reason.WEBDRIVER: _("The browser said that a test program was steering it, so nobody was reading."),
    Reason.ROBOT: _("A search engine, a feed reader or another program fetched the page, and said so by its name."),
    Reason.SHORT: _("The page was in view for less than ten seconds, which is too short to read any of it."),
    Reason.NO_SCRIPT: _("The reader's browser runs no scripts, so we cannot tell how long the page was in view."),
    Reason.REPEAT: _("This reader had already been counted for this story that day; they may count again tomorrow."),
}
