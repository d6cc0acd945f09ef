"""Stories that were published before names had pages: each is told its byline, and the names of live ones get a page."""

from itertools import count

from django.db import migrations
from django.utils.text import slugify


def link(apps, schema_editor):
    stories = apps.get_model("stories", "Story")
    for story in stories.objects.select_related("manuscript__submission__byline").order_by("first_live_at", "id"):
        byline = story.manuscript.submission.byline
        if byline is None or byline.name != story.byline_name:
            continue
        stories.objects.filter(pk=story.pk).update(byline_id=byline.key)
        if story.state == "live" and byline.kind in ("legal", "pen"):
            give_address(apps.get_model("people", "Byline"), byline.pk)


def give_address(bylines, pk):
    byline = bylines.objects.get(pk=pk)
    beginning = slugify(byline.name)[:70].strip("-") or "writer"
    candidates = (beginning if number == 1 else f"{beginning}-{number}" for number in count(1))
    free = next(slug for slug in candidates if not bylines.objects.filter(slug=slug).exists())
    bylines.objects.filter(pk=pk, slug=None).update(slug=free)


class Migration(migrations.Migration):
    dependencies = [("stories", "0002_tags_and_bylines"), ("people", "0002_byline_slug")]

    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
