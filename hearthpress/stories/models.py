"""What readers read: stories, and the approved versions of them that were published."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.urls import reverse

from hearthpress.common import clock
from hearthpress.common.announce import AnnouncingQuerySet
from hearthpress.common.chain import link, moment
from hearthpress.common.fields import public_id
from hearthpress.common.immutable import Evidence
from hearthpress.common.states import Event, Stateful
from hearthpress.documents.plain import WORDS_A_MINUTE
from hearthpress.editing.pictures import focus_classes, srcset
from hearthpress.editing.showing import USUAL, Address
from hearthpress.stories.enums import GONE, MOVES, StoryState


class StoryQuerySet(AnnouncingQuerySet["Story"]):
    def live(self) -> "StoryQuerySet":
        """What the public may see: live, and exactly what its writer approved.

        Said as a CASE, which PostgreSQL does not take apart: as equal columns it would expect one story to be found,
        and look through all of them for it, where a list needs to walk along an index until it has a page full.
        """
        approved = models.F("edition__approval__sha256")
        as_approved = models.Q(edition__sha256=approved, edition__revision__sha256=approved)
        is_approved = models.Case(
            models.When(as_approved, then=True), default=False, output_field=models.BooleanField()
        )
        return self.filter(is_approved, state=StoryState.LIVE)

    def showing(self, digest: str) -> "StoryQuerySet":
        """Those that show the picture with this hash, as their own or within their text."""
        within = Figure.objects.filter(sha256=digest).values("story")
        return self.filter(models.Q(picture_sha256=digest) | models.Q(pk__in=within))

    def newest_first(self) -> "StoryQuerySet":
        return self.select_related("section", "byline").order_by("-first_live_at", "-id")

    def beside(self, story: "Story") -> "StoryQuerySet":
        """Those that the care rules of `story` allow to stand beside it."""
        return self.exclude(pk=story.pk).allowed_beside(story.subjects.values_list("slug", flat=True))

    def allowed_beside(self, subjects: Iterable[str]) -> "StoryQuerySet":
        """Those that may stand beside a story with these subjects (slugs): the care rule "never beside"."""
        return self.exclude(subjects__never_beside__slug__in=subjects)

    def with_tags(self) -> "StoryQuerySet":
        """With what `Story.tags` asks for."""
        return self.prefetch_related(models.Prefetch("taggings", Tagging.objects.select_related("tag")))

    def with_care(self) -> "StoryQuerySet":
        """With the subjects that `stories.care.together` asks for."""
        return self.prefetch_related("subjects__never_beside")


class Story(Stateful):
    """One story. The columns that lists show are those of its current edition."""

    MOVES = MOVES
    EVENT = "StoryEvent"

    key = models.CharField(max_length=12, unique=True, default=public_id)
    state = models.CharField(max_length=9, choices=StoryState, default=StoryState.SCHEDULED)
    slug = models.SlugField(max_length=80, unique=True)
    manuscript = models.OneToOneField("editing.Manuscript", on_delete=models.PROTECT, related_name="story")
    agreement = models.OneToOneField("agreements.Agreement", on_delete=models.PROTECT, related_name="story")
    writer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="stories")
    edition = models.OneToOneField("Edition", null=True, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey("masthead.Section", on_delete=models.PROTECT, related_name="stories")
    headline = models.CharField(max_length=200)
    standfirst = models.CharField(max_length=400, blank=True)
    byline_name = models.CharField(max_length=120)
    # By its random key: a number would tell which bylines were made one after the other.
    byline = models.ForeignKey(
        "people.Byline", null=True, to_field="key", on_delete=models.PROTECT, related_name="stories"
    )
    content_note = models.CharField(max_length=200, blank=True)
    subjects = models.ManyToManyField("care.Subject", blank=True, related_name="stories")
    picture_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    picture_facts = models.JSONField(default=dict, help_text="Alt text, caption, credit, width, height and widths.")
    words = models.PositiveIntegerField(default=0)
    goes_live_at = models.DateTimeField()
    first_live_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "-first_live_at", "-id"], name="stories_newest"),
            models.Index(fields=["section", "state", "-first_live_at", "-id"], name="stories_of_a_section"),
            models.Index(fields=["byline", "state", "-first_live_at", "-id"], name="stories_of_a_byline"),
            models.Index(fields=["state", "goes_live_at"], name="stories_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="live") | models.Q(first_live_at__isnull=False, edition__isnull=False),
                name="live_has_edition_and_time",
            )
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("magazine:story", args=[self.slug])

    @property
    def is_gone(self) -> bool:
        return self.state in GONE

    @property
    def tags(self) -> list["Tag"]:
        """The shelves that it stands on, by name. Fetch lists `with_tags()`."""
        return sorted((tagging.tag for tagging in self.taggings.all()), key=lambda tag: tag.name.casefold())

    @property
    def published_at(self) -> datetime:
        """When it first went live. Raises ValueError for a story that never did."""
        if self.first_live_at is None:
            raise ValueError(f"{self} was never live")
        return self.first_live_at

    @property
    def shown(self) -> "Edition":
        """The edition that readers see. Raises ValueError when there is none."""
        if self.edition is None:
            raise ValueError(f"{self} has no edition")
        return self.edition

    @property
    def changed_at(self) -> datetime:
        """When what readers see last changed."""
        return max(self.shown.made_at, self.published_at)

    @property
    def reading_minutes(self) -> int:
        return max(1, round(self.words / WORDS_A_MINUTE))

    @property
    def picture(self) -> dict[str, Any] | None:
        """What a template needs to show the picture, or None.

        src, srcset, avif (a srcset too), largest, alt, caption, credit, width, height, focus (classes).
        """
        if not self.picture_sha256:
            return None
        return picture_to_show(self.picture_sha256, self.picture_facts, picture_address, avif_address)


class Figure(models.Model):
    """A picture within the text of a story's current edition: what is served to the public is looked up here."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="figures", db_index=False)
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "sha256"], name="one_figure_of_a_story")]

    def __str__(self) -> str:
        return f"{self.story}: {self.sha256[:12]}"


def picture_address(digest: str, width: int) -> str:
    return reverse("magazine:picture", args=[digest, width])


def avif_address(digest: str, width: int) -> str:
    return reverse("magazine:picture_avif", args=[digest, width])


def picture_to_show(
    digest: str, facts: dict[str, Any], address: Address, avif: Address | None = None
) -> dict[str, Any]:
    """What a template needs to show a story's own picture (see Story.picture), which lies at these addresses."""
    addresses = {width: address(digest, width) for width in facts["widths"]}
    largest = addresses[max(addresses)]
    return {
        **facts,
        "src": addresses.get(USUAL, largest),
        "largest": largest,
        "srcset": srcset(addresses),
        "avif": srcset({width: avif(digest, width) for width in facts["widths"]}) if avif else "",
        # Stories published before there was a focus have none: the middle.
        "focus": focus_classes(facts.get("focus_x", 50), facts.get("focus_y", 50)),
    }


class Tag(models.Model):
    """A shelf that editors put stories on. It is no part of what writers approve: docs/decisions/0006."""

    name = models.CharField(max_length=40)
    slug = models.SlugField(max_length=60, unique=True)

    objects = AnnouncingQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("magazine:tag", args=[self.slug])


class Tagging(models.Model):
    """A story on a shelf. It repeats when the story went live, so that a shelf is walked in order by its own index."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="taggings", db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings", db_index=False)
    first_live_at = models.DateTimeField(null=True)

    objects = AnnouncingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "tag"], name="one_tagging_of_a_story")]
        indexes = [models.Index(fields=["tag", "-first_live_at", "-story"], name="stories_of_a_tag")]

    def __str__(self) -> str:
        return f"{self.story}: {self.tag}"


class StoryEvent(Event):
    subject = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="events")


class TagsChosen(Evidence):
    """Which shelves an editor put a story on, and when: by their names, so that a later name changes nothing here."""

    subject = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="+")
    names = models.TextField(blank=True)
    actor = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.subject}: {self.names}"


class FixAsked(Evidence):
    """That a writer was asked, by a letter that they can answer with one click, for a yes to small corrections.

    `sha256` is of the content that the edition would get with them, `version` the draft's when they were shown.
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="fixes")
    edition = models.ForeignKey("Edition", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=12, unique=True, default=public_id)
    sha256 = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.key

    @property
    def facts(self) -> dict[str, Any]:
        """What its seal covers, beside the link of the version that was live."""
        asked = {"key": self.key, "sha256": self.sha256, "version": self.version}
        return {**asked, "asked_by": self.asked_by_id, "at": moment(self.at)}

    @property
    def is_sealed(self) -> bool:
        return self.seal == link(self.edition.revision.chain, self.facts)


class Edition(Evidence):
    """One published version: the revision that went live, and the writer's approval of it. `seal` covers all of it."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey("editing.Revision", on_delete=models.PROTECT, related_name="+")
    approval = models.ForeignKey("editing.Approval", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="one_edition_a_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.story} {self.number}"

    @property
    def facts(self) -> dict[str, Any]:
        """What its seal covers, beside the link of the version that went live."""
        return {
            "story": self.story.key,
            "number": self.number,
            "sha256": self.sha256,
            "made_at": moment(self.made_at),
            "made_by": self.made_by_id,
        }

    @property
    def is_sealed(self) -> bool:
        return self.seal == link(self.revision.chain, self.facts)
