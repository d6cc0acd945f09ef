"""Works in the magazine of a server under test, through the real verbs: one line of JSON asks, one answers.

Run as `python -m tests.faults.newsroom` in the server's environment. It is a process of its own, as a command would be:
it wakes no server, and only its rows say what it did.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearthpress.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from hearthpress.common import clock  # noqa: E402
from hearthpress.edge.models import Generation  # noqa: E402
from hearthpress.edge.purges import standing_since  # noqa: E402
from hearthpress.people.models import Person  # noqa: E402
from hearthpress.server import prepare  # noqa: E402
from hearthpress.stories.models import Story  # noqa: E402
from hearthpress.submissions.actions import withdraw  # noqa: E402
from hearthpress.submissions.models import Call  # noqa: E402
from tests import factories  # noqa: E402

EDITOR, WRITER = "editor@example.org", "writer@example.org"


def begin(stories: int) -> list[str]:
    """Migrate, set the magazine up and publish so many stories: their paths."""
    prepare()
    factories.make_cast()
    return [publish(f"Story {number}") for number in range(stories)]


def publish(title: str) -> str:
    person = Person.objects.get
    story = factories.make_story(person(email=WRITER), person(email=EDITOR), Call.objects.get(), title=title)
    return story.get_absolute_url()


def take_back(path: str) -> int:
    """Withdraw the story; the generation of the purge that this made."""
    story = Story.objects.get(slug=path.strip("/").split("/")[-1])
    withdraw(story.manuscript.submission, story.writer)
    return standing_since(Generation.objects.get(pk=1).value).value


def set_clock_back(seconds: int) -> None:
    """From now on everything here is done as of then."""
    clock._set_to.set(clock.now() - timedelta(seconds=seconds))


def sign_in(email: str) -> dict[str, str]:
    """Cookies of somebody who is signed in."""
    client = factories.client_for(Person.objects.get(email=email))
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


VERBS = {verb.__name__: verb for verb in (begin, publish, take_back, set_clock_back, sign_in)}


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        answer: Any = VERBS[asked["do"]](*asked["with"])
        connection.close()
        print(json.dumps(answer), flush=True)  # noqa: T201  the test reads it


if __name__ == "__main__":
    main()
