"""Who the demo can be walked as, and the nine steps of a story's life: for the terminal and for the demo's own page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearthpress.sample import content

# Writers with something to see: the story that took off, the agreement that waits, and the pen name.
TOOK_OFF, TO_SIGN, PEN_NAME = "tom.farrelly@example.net", "grace.yoon@example.org", "k.stroud@example.net"


@dataclass(frozen=True)
class Part:
    """Somebody to sign in as. `has_phone` tells whether a second factor will be asked for."""

    role: str
    email: str
    has_phone: bool


@dataclass(frozen=True)
class Step:
    """One thing to do, and the path where it begins."""

    words: str
    path: str


def parts() -> list[Part]:
    people = content.people()
    return [
        Part(_("Owner"), people["owner"]["email"], has_phone=True),
        *(Part(_("Editor"), editor["email"], has_phone=True) for editor in people["editors"]),
        Part(_("Bookkeeper"), people["bookkeeper"]["email"], has_phone=True),
        Part(_("Writer, whose story took off"), TOOK_OFF, has_phone=False),
        Part(_("Writer, with terms to sign"), TO_SIGN, has_phone=False),
        Part(_("Writer under a pen name"), PEN_NAME, has_phone=False),
    ]


def steps() -> list[Step]:
    """The nine steps in order."""
    editor, bookkeeper = content.people()["editors"][0]["email"], content.people()["bookkeeper"]["email"]
    return [
        Step(_("Read what the magazine asks for and what it pays."), "/write-for-us/"),
        Step(_("Sign in with any address; the letter with the code is among the letters."), "/sign-in/"),
        Step(_("Write or paste a story, and send it."), "/write/"),
        Step(
            _("Sign in as %(editor)s. Open your story in the queue, leave a reading, accept it.") % {"editor": editor},
            "/desk/",
        ),
        Step(_("As the writer again: read the terms and sign them, and say where you are paid."), "/write/"),
        Step(
            _("As the editor: change the text and ask for a yes. As the writer: look at what changed, and approve."),
            "/desk/",
        ),
        Step(_("As the editor: publish it."), "/desk/"),
        Step(_("Signed out, or in a private window: read it for ten seconds. A reader-day was counted."), "/"),
        Step(
            _("Sign in as %(bookkeeper)s: the closed months, their statements and payout files.")
            % {"bookkeeper": bookkeeper},
            "/books/",
        ),
    ]
