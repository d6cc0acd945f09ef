"""Who the demo can be walked as, the nine steps of a story's life, and what else there is to see.

For the terminal and for the demo's own page.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearthpress.sample import content
from hearthpress.stories.models import Story
from hearthpress.submissions.models import Submission

# Writers with something to see: the story that took off, the agreement that waits, the suggestions, and the pen name.
TOOK_OFF, TO_SIGN, PEN_NAME = "tom.farrelly@example.net", "grace.yoon@example.org", "k.stroud@example.net"
TO_ANSWER = "rakessler@example.net"
TALKED_OVER, HARD = "The Left Hand Alone", "the-other-twin"


@dataclass(frozen=True)
class Part:
    """Somebody to sign in as. `has_phone` tells whether a second factor will be asked for."""

    role: str
    email: str
    has_phone: bool


@dataclass(frozen=True)
class Step:
    """One thing to do, and the place where it begins, by its name and its path."""

    words: str
    place: str
    path: str


def parts() -> list[Part]:
    people = content.people()
    return [
        Part(_("Owner"), people["owner"]["email"], has_phone=True),
        *(Part(_("Editor"), editor["email"], has_phone=True) for editor in people["editors"]),
        Part(_("Bookkeeper"), people["bookkeeper"]["email"], has_phone=True),
        Part(_("Writer, whose story took off"), TOOK_OFF, has_phone=False),
        Part(_("Writer, with terms to sign"), TO_SIGN, has_phone=False),
        Part(_("Writer, with suggestions to answer"), TO_ANSWER, has_phone=False),
        Part(_("Writer under a pen name"), PEN_NAME, has_phone=False),
    ]


def steps() -> list[Step]:
    """The nine steps in order."""
    room, desk = (_("Your stories"), "/write/"), (_("The desk"), "/desk/")
    editor, bookkeeper = content.people()["editors"][0]["email"], content.people()["bookkeeper"]["email"]
    return [
        Step(_("Read what the magazine asks for, and what it pays."), _("Write for us"), "/write-for-us/"),
        Step(_("Sign in with any address; the code is in a letter to it."), _("Sign in"), "/sign-in/"),
        Step(_("Write or paste a story, and send it."), *room),
        Step(_("As %(editor)s: open it in the queue, leave a reading, accept it.") % {"editor": editor}, *desk),
        Step(_("As the writer: read the terms, sign them, and say where you are paid."), *room),
        Step(_("As the editor: change the text and ask for a yes. As the writer: see what changed, approve."), *desk),
        Step(_("As the editor: publish it."), *desk),
        Step(_("Signed out: read it for ten seconds, and a reader-day is counted."), _("The front page"), "/"),
        Step(
            _("As %(bookkeeper)s: see the closed months, statements and payout files.") % {"bookkeeper": bookkeeper},
            _("The books"),
            "/books/",
        ),
    ]


def sights() -> list[Step]:
    """What else there is to see: a text that two people are at, and a story that holds more than words.

    Where somebody has taken one of them away, the place is where it would be found.
    """
    talked_over = Submission.objects.filter(title=TALKED_OVER, manuscript__draft__isnull=False).first()
    text = f"{talked_over.key}/suggestions/" if talked_over else ""
    versions = f"{talked_over.key}/manuscript/comparison/" if talked_over else ""
    hard = Story.objects.live().filter(slug=HARD).first()
    editor = content.people()["editors"][1]["email"]
    return [
        Step(
            _("As %(writer)s: answer what an editor suggests in a text of yours, and the remarks beside it.")
            % {"writer": TO_ANSWER},
            f"“{TALKED_OVER}”",
            f"/write/{text}",
        ),
        Step(
            _("As %(editor)s: see the same text from the desk.") % {"editor": editor}, _("Suggestions"), f"/desk/{text}"
        ),
        Step(_("As %(editor)s: compare its versions.") % {"editor": editor}, _("Versions"), f"/desk/{versions}"),
        Step(
            _("Signed out: a story with scene breaks, a picture within, and a hard passage that can be skipped."),
            hard.headline if hard else _("The front page"),
            hard.get_absolute_url() if hard else "/",
        ),
    ]
