"""The sample magazine: everything in it comes about through the verbs that pages use, at the dates of its own past."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import F

from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.editing.models import Picture
from hearthpress.editing.pictures import add_picture
from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person
from hearthpress.sample import content
from hearthpress.sample.calendar import BEGINNING, Calendar
from hearthpress.sample.calls import load_other_calls
from hearthpress.sample.cast import load_people
from hearthpress.sample.magazine import load_magazine
from hearthpress.sample.money import load_books, load_destinations
from hearthpress.sample.newsroom import Newsroom
from hearthpress.sample.readers import appeared, load_readers
from hearthpress.sample.stories import load_stories, load_submissions

Say = Callable[[str], None]


def say_nothing(_line: str) -> None:
    """For whoever only wants the result."""


def load_sample(say: Say = say_nothing) -> str:
    """Load the sample magazine into an empty home; `say` is told what is being done. Returns what was done.

    The rows are one transaction, so that whatever stops it leaves no half of a magazine. Outside it are the pictures,
    which are found again by their content, and the views, which count for no story should it come to nothing.
    Raises Sentence when another magazine lives here.
    """
    if Masthead.objects.exists():
        return _already_there()
    say("Printing the pictures ...")
    pictures = _pictures()
    with transaction.atomic():
        return _load(pictures, say)


def _already_there() -> str:
    owner = content.people()["owner"]["email"]
    if not Person.objects.filter(email=owner).exists():
        name = Masthead.current().name
        raise Sentence(f"{name} lives here already; the sample needs an empty home (set HEARTHPRESS_HOME to another)")
    return "The sample magazine is there already; nothing was changed."


def _pictures() -> dict[str, Picture]:
    pieces = [*content.stories(), *content.submissions()]
    facts = [piece.facts for piece in pieces] + [piece.facts.get("within", {}) for piece in pieces]
    names = dict.fromkeys(one["picture"] for one in facts if "picture" in one)
    return {name: add_picture(content.picture(name), None) for name in names}


def _load(pictures: dict[str, Picture], say: Say) -> str:
    about = content.magazine()
    calendar = Calendar(about["time_zone"])
    say("Setting up the magazine and its people ...")
    with clock.at(calendar.days_ago(BEGINNING)):
        call = load_magazine(about)
        cast = load_people(content.people())
    load_other_calls(about, cast.owner, calendar)
    news = Newsroom(call, cast, calendar, content.desk(), pictures)
    load_destinations(cast, calendar)
    say("Taking thirty stories from their drafts to their readers ...")
    stories = load_stories(news, content.stories())
    load_submissions(news, content.submissions())
    say("Letting two months of readers read ...")
    reader_days = load_readers({story: piece.facts["reader_weight"] for story, piece in stories.items()}, calendar)
    say("Closing the months that are over ...")
    months = load_books(cast, calendar, min(map(appeared, stories)))
    _settle_letters()
    return (
        f"{about['name']} is there: {len(stories)} stories, {reader_days:,} reader-days, "
        f"and {len(months)} closed months ({', '.join(months)})."
    )


def _settle_letters() -> None:
    """Letters of the past are not sent now: they count as sent when they were written, as they would have been.

    They are the only letters in the outbox, since the magazine has just begun, and no worker can see them before the
    transaction ends.
    """
    waiting = Letter.objects.filter(state=LetterState.WAITING)
    waiting.update(state=LetterState.SENT, sent_at=F("written_at"), tries=1)
