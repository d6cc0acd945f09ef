"""Fingerprints of what was sent and of what readers read. No row holds a word, or tells who wrote it."""

from django.db import models


class Print(models.Model):
    """The fingerprint of a submission's text, or of a live story's. The newer a text, the higher its print's key."""

    submission = models.OneToOneField("submissions.Submission", null=True, on_delete=models.CASCADE, related_name="+")
    story = models.OneToOneField("stories.Story", null=True, on_delete=models.CASCADE, related_name="+")
    edition = models.PositiveBigIntegerField(null=True, help_text="The id of the story's edition that it was taken of.")
    version = models.PositiveSmallIntegerField(help_text="How it was taken: documents.similarity.VERSION.")
    sha256 = models.CharField(max_length=64)
    signature = models.BinaryField(help_text="128 integers of 64 bits; empty for a text without words.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(submission__isnull=False, story=None, edition=None)
                | models.Q(submission=None, story__isnull=False, edition__isnull=False),
                name="print_of_one_text",
            )
        ]

    def __str__(self) -> str:
        return self.sha256


class Band(models.Model):
    """A few places of a print's signature as one number. Texts that are alike have some of these in common."""

    of = models.ForeignKey(Print, on_delete=models.CASCADE, related_name="bands")
    number = models.BigIntegerField()

    class Meta:
        # Both, so that those who share a number are found, the newest first, in the index alone.
        indexes = [models.Index(fields=["number", "of"], name="doubles_by_number")]

    def __str__(self) -> str:
        return str(self.number)
