"""The house's style: what is found, and what an editor chose of it as suggestions that are answered together."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hearthpress.care.models import Subject
from hearthpress.common.canonical import canonical_bytes, sha256
from hearthpress.documents import schema
from hearthpress.documents.passages import Span
from hearthpress.documents.style import Finding, findings
from hearthpress.documents.suggestions import accepted
from hearthpress.editing.actions import NotReady, save
from hearthpress.editing.models import Manuscript
from hearthpress.editing.revisions import TextChanged
from hearthpress.editing.suggesting import WHY_LENGTH, draft_of, suggest
from hearthpress.editing.wording import reworded, wording
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person


def as_suggested(manuscript: Manuscript) -> dict[str, Any]:
    """The newest version's content as it would read with every open suggestion: what the rules look at."""
    if manuscript.revision is None:
        raise ValueError(f"{manuscript} has no text")
    document = schema.check(accepted(draft_of(manuscript).document))
    return {**manuscript.revision.content, "document": document}


def seen_of(content: dict[str, Any]) -> str:
    """What a page showed, in short: its choices are carried out on nothing else."""
    return sha256(canonical_bytes(content))


def style_findings(content: dict[str, Any]) -> list[Finding]:
    """What the magazine's rules find in the content (see editing.content)."""
    masthead = Masthead.current()
    of_loss = Subject.objects.filter(slug__in=content["subjects"], of_loss=True).exists()
    return findings(wording(content), masthead.style_rules, lang=masthead.language, of_loss=of_loss)


@transaction.atomic
def apply_style(
    manuscript: Manuscript, editor: Person, chosen: Collection[str], seen: str, names: Sequence[str] = ()
) -> None:
    """Suggest the chosen findings (by their keys), all as one group; `names` of their rules say what it is.

    Beside the words, such as in the headline, they make a version. Raises NotReady when nothing that can be mended was
    chosen, TextChanged when the text is not what the editor saw (`seen`), and what `save` and `suggest` raise.
    """
    content = as_suggested(manuscript)
    if seen_of(content) != seen:
        raise TextChanged(manuscript.key)
    spans: dict[str, list[Span]] = {}
    for finding in style_findings(content):
        if finding.key in chosen and finding.replacement is not None:
            spans.setdefault(finding.place, []).append(finding.span)
    if not spans:
        raise NotReady(_("Choose at least one change."))
    why = (_("House style: %(names)s") % {"names": ", ".join(names)})[:WHY_LENGTH]
    wanted = reworded(content, spans)
    _save_beside(manuscript, editor, wanted, why)
    if wanted["document"] != content["document"]:
        suggest(draft_of(manuscript), editor, wanted["document"], why)


def _save_beside(manuscript: Manuscript, editor: Person, wanted: dict[str, Any], why: str) -> None:
    """A version with what was mended beside the words, which stay as they are."""
    if manuscript.revision is not None:
        save(manuscript, editor, {**wanted, "document": manuscript.revision.content["document"]}, why)
