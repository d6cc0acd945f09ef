"""The queue in several ways: those that everybody has, and those that an editor keeps."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from hearthpress.desk.queue.filters import ME, NOBODY, Due, Filter
from hearthpress.people.models import Person
from hearthpress.submissions.models import SavedView

MOST = 50  # that one editor keeps


@dataclass(frozen=True)
class Way:
    """One way to see the queue: the part of its URL after "?", and whether it is open now."""

    name: str
    query: str
    is_here: bool


def ways(editor: Person, chosen: Filter) -> list[Way]:
    everybodys = [
        (_("All that waits for us"), Filter().query()),
        (_("Mine"), Filter(who=ME).query()),
        (_("Nobody’s"), Filter(who=NOBODY).query()),
        (_("Late"), Filter(due=Due.LATE).query()),
    ]
    kept = [(view.name, queue_place(view.query)) for view in own_views(editor)]
    here = chosen.query()
    return [Way(name, query, query == here) for name, query in everybodys + kept]


def own_views(editor: Person) -> QuerySet[SavedView]:
    return SavedView.objects.filter(editor=editor)


def keep_view(view: SavedView) -> bool:
    """Keep it, unless there is one of its name by now, or there are too many."""
    if own_views(view.editor).exclude(pk=view.pk).count() >= MOST:
        return False
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        return False
    return True


def queue_place(text: str) -> str:
    """A place in the queue, as the part of its URL after "?", that came back through a browser."""
    said = QueryDict(text)
    after = said.get("after", "")
    return Filter.of(said).query(after=after if after.isalnum() and after.isascii() else "")
