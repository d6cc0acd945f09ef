"""Two long texts under edit, one with many suggestions, for the browser to open."""

from itertools import count

from django.test import Client

from bench import magazine
from hearthpress.documents.schema import check
from hearthpress.editing import suggesting
from hearthpress.editing.models import Manuscript
from hearthpress.people.models import Person

PARAGRAPHS, SENTENCES = 50, 10
SUGGESTED = 6  # in each paragraph: 300 in all
SENTENCE = "The kettle was on when she rang, and I let it"  # ten words, and one more: 5,500 in all
WORDS = ("whistle", "whisper", "simmer", "be", "cool", "boil")


def prepared() -> str:
    """Make them; their keys and the writer's session, a word each."""
    keys = [_text(number, suggestions) for number, suggestions in ((0, 0), (1, SUGGESTED))]
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(Person.objects.get(email="writer@example.org"))
    return " ".join([*keys, client.cookies["hearthpress_session"].value])


def _text(number: int, suggestions: int) -> str:
    manuscript = magazine.approved(number)
    Manuscript.objects.filter(pk=manuscript.pk).update(state="editing")
    manuscript.refresh_from_db()
    writer, editor = manuscript.submission.writer, Person.objects.get(email="editor@example.org")
    draft = suggesting.keep(suggesting.draft_of(manuscript), writer, _document(0))
    if suggestions:
        suggesting.suggest(draft, editor, _document(suggestions))
    return manuscript.submission.key


def _document(changed: int) -> dict[str, object]:
    numbers = count()
    return check({"type": "doc", "content": [_paragraph(next(numbers), changed) for _ in range(PARAGRAPHS)]})


def _paragraph(number: int, changed: int) -> dict[str, object]:
    sentences = [
        f"{SENTENCE} {WORDS[(number + place) % len(WORDS)]}{'ed' if place < changed else ''}."
        for place in range(SENTENCES)
    ]
    return {"type": "paragraph", "content": [{"type": "text", "text": " ".join(sentences)}]}
