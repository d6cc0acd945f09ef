"""A process that keeps a small magazine in a home of its own, beside the server that is tested.

Says what there is as one line of JSON, then obeys lines of its input, each answered with what the database says then.
"""

import json
import os
import sys
from typing import Any

import django

STORIES = 8
# The rows of words that a real story has; short pages are not worth compressing.
TEXT = "\n\n".join(f"In the year {year} we kept the light on in the hall." for year in range(1960, 2000))


def main() -> None:
    from hearthpress.edge.purges import standing_since
    from hearthpress.server import prepare

    prepare()
    slugs = _fill()
    standing_since(0)
    _tell({"slugs": slugs})
    for line in sys.stdin:
        _obey(*line.split())
        _tell({"generation": standing_since(0).value, **_facts()})


def _fill() -> list[str]:
    from tests.factories import make_cast, make_story

    cast = make_cast()
    stories = [
        make_story(cast.writer, cast.editor, cast.call, title=f"Light {number}", text=TEXT) for number in range(STORIES)
    ]
    return [story.slug for story in stories]


def _obey(verb: str, value: str) -> None:
    """`retract SLUG`; `tagline WORD`, which is on every page; or `look NOWHERE`, which changes nothing."""
    from hearthpress.masthead.models import Masthead
    from hearthpress.people.models import Person
    from hearthpress.stories.actions import retract
    from hearthpress.stories.models import Story

    if verb == "retract":
        retract(Story.objects.get(slug=value), Person.objects.get(email="editor@example.org"), "It was not so.")
    elif verb == "tagline":
        masthead = Masthead.objects.get()
        masthead.tagline = value
        masthead.save()


def _facts() -> dict[str, Any]:
    """How often the CDN was told of each purge, and how many reader-days there are."""
    from hearthpress.edge.models import Purge
    from hearthpress.readership.models import ReaderDay
    from hearthpress.readership.settling import settle_arrivals

    settle_arrivals()
    return {"told": list(Purge.objects.values_list("cdn_told", flat=True)), "reader_days": ReaderDay.objects.count()}


def _tell(fact: object) -> None:
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "hearthpress.settings"
    django.setup()
    main()
