"""Marks for lists: about which submissions has somebody said something that this reader has not seen?"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from hearthpress.correspondence.enums import NEWS, SHOWN_TO_WRITER
from hearthpress.correspondence.models import Message, Seen
from hearthpress.people.models import Person
from hearthpress.submissions.models import Submission


def with_news_for_editor(submissions: QuerySet[Submission], editor: Person) -> QuerySet[Submission]:
    """The same rows, each with `has_news`, in the same query."""
    return submissions.annotate(has_news=_news(editor, NEWS))


def with_news_for_writer(submissions: QuerySet[Submission], writer: Person) -> QuerySet[Submission]:
    """The same rows, each with `has_news`: what the editors wrote to the writer, and nothing else."""
    return submissions.annotate(has_news=_news(writer, SHOWN_TO_WRITER))


def _news(reader: Person, kinds: Collection[str]) -> Exists:
    seen = Seen.objects.filter(submission=OuterRef("submission"), person=reader, upto__gte=OuterRef("pk"))
    said = Message.objects.filter(submission=OuterRef("pk"), kind__in=kinds).exclude(author=reader)
    return Exists(said.filter(~Exists(seen)))
