"""Whether a web address is free."""

from django.utils.translation import gettext as _

from hearthpress.stories.models import Story


def address_problem(slug: str, own: Story | None) -> str:
    """What is wrong with this web address for a story, as a sentence; "" when no other story has it."""
    others = Story.objects.exclude(pk=own.pk) if own else Story.objects.all()
    return _("Another story has this web address already. Please choose another.") if others.filter(slug=slug) else ""
