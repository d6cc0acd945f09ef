"""What is searched: a row for each live story, and the words that stand in them. No row tells who wrote anything."""

from django.db import models


class Entry(models.Model):
    """The words of a live story's edition. Each engine keeps an index over these rows, beside them (see `engines`).

    The key is the story's own, which grows as stories are made: the order of keys stands for that of newness.
    """

    story = models.OneToOneField("stories.Story", primary_key=True, on_delete=models.CASCADE, related_name="+")
    edition = models.PositiveBigIntegerField(help_text="The id of the edition that these are the words of.")
    version = models.PositiveSmallIntegerField(help_text="How the words were taken from it: actions.VERSION.")
    section = models.ForeignKey("masthead.Section", on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField(help_text="In which it went live, in the magazine's time zone.")
    went_live_at = models.DateTimeField()
    headline = models.TextField()
    standfirst = models.TextField()
    byline = models.TextField()
    text = models.TextField()
    shelf = models.TextField(help_text="Section and year as two words that an index can hold.")

    class Meta:
        indexes = [
            models.Index(fields=["section", "-story"], name="search_in_a_section"),
            models.Index(fields=["year", "-story"], name="search_in_a_year"),
        ]

    def __str__(self) -> str:
        return self.headline


class Word(models.Model):
    """A word that stands in at least one live story, for "Did you mean ...", and in how many."""

    word = models.CharField(max_length=32, unique=True, help_text="In small letters.")
    folded = models.CharField(max_length=32, db_index=True, help_text="Without its accents.")
    initial = models.CharField(max_length=1)
    length = models.PositiveSmallIntegerField()
    stories = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["initial", "length"], name="search_words_like")]

    def __str__(self) -> str:
        return self.word
