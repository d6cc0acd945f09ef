"""What a writer said yes to, in words for a letter that they keep: all that the hash covers."""

from typing import Any

from hearthpress.care.models import Subject
from hearthpress.documents.notation import to_notation
from hearthpress.editing.models import Revision
from hearthpress.masthead.models import Section


def evidence_of(revision: Revision) -> dict[str, Any]:
    """For the letter "editing/approved". `text` is in notation: `documents.notation` makes the same document of it."""
    content = revision.content
    section = Section.objects.filter(slug=content["section"]).first()
    subjects = dict(Subject.objects.filter(slug__in=content["subjects"]).values_list("slug", "name"))
    return {
        "revision": revision,
        "content": content,
        "section": section or content["section"],
        "subjects": ", ".join(subjects.get(slug, slug) for slug in content["subjects"]),
        "text": to_notation(content["document"]),
    }
