"""Which tags a story may have: never one that says more than the subjects that its writer approved."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.text import slugify
from django.utils.translation import gettext as _

from hearthpress.care.models import Subject
from hearthpress.common.errors import Sentence
from hearthpress.stories.models import Story, Tag, Tagging

MOST_TAGS = 8
NAME_LENGTH = 40


class CannotTag(Sentence):
    """A story cannot have these tags; the message is a sentence for the editor."""


def check_tags(story: Story, names: Sequence[str]) -> dict[str, str]:
    """The names by their slugs, each once, in the order given. Raises CannotTag."""
    wanted: dict[str, str] = {}
    for name in filter(None, (" ".join(given.split()) for given in names)):
        slug = slugify(name)
        if not slug:
            raise CannotTag(_("The tag “%(name)s” needs a word in Latin letters.") % {"name": name})
        if len(name) > NAME_LENGTH:
            raise CannotTag(_("The tag “%(name)s” is too long for a shelf.") % {"name": name})
        wanted.setdefault(slug, name)
    if len(wanted) > MOST_TAGS:
        raise CannotTag(_("A story has at most %(most)d tags.") % {"most": MOST_TAGS})
    for subject in _told(story, wanted):
        said = _("“%(name)s” is a subject that the writer has not approved for this story, so that no tag may say it.")
        raise CannotTag(said % {"name": subject.name})
    return wanted


def drop_tags_that_say_too_much(story: Story) -> None:
    """Take a story off the shelves that its subjects do not cover any more."""
    for tagging in Tagging.objects.filter(story=story).select_related("tag"):
        if any(_told(story, [tagging.tag.slug])):
            tagging.delete()


def tag_of(slug: str, name: str) -> Tag:
    """The tag with this address; made with the name, once however many ask at once, when there is none."""
    return Tag.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def _told(story: Story, slugs: Iterable[str]) -> Iterator[Subject]:
    """Subjects that one of the slugs names, in whole words, and that are none of the story's."""
    for subject in Subject.objects.exclude(pk__in=story.subjects.values("pk")):
        words = {f"-{subject.slug}-", f"-{slugify(subject.name)}-"}
        if any(word in f"-{slug}-" for slug in slugs for word in words):
            yield subject
