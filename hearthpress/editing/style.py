"""The house's style in one version: what is found, and a version with what an editor chose of it."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from hearthpress.care.models import Subject
from hearthpress.documents.passages import Span
from hearthpress.documents.style import Finding, findings
from hearthpress.editing.actions import NotReady, save
from hearthpress.editing.models import Manuscript, Revision
from hearthpress.editing.revisions import TextChanged
from hearthpress.editing.wording import reworded, wording
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person


def style_findings(revision: Revision) -> list[Finding]:
    """What the magazine's rules find in the version."""
    masthead, content = Masthead.current(), revision.content
    of_loss = Subject.objects.filter(slug__in=content["subjects"], of_loss=True).exists()
    return findings(wording(content), masthead.style_rules, lang=masthead.language, of_loss=of_loss)


@transaction.atomic
def apply_style(
    manuscript: Manuscript, editor: Person, chosen: Collection[str], seen_sha256: str, names: Sequence[str] = ()
) -> Revision:
    """Make one version with the chosen findings (by their keys) mended; `names` of their rules say what was done.

    Raises NotReady when nothing that can be mended was chosen, TextChanged when the newest version is not the one that
    the editor saw, and what `save` raises.
    """
    revision = manuscript.revision
    if revision is None or revision.sha256 != seen_sha256:
        raise TextChanged(manuscript.key)
    spans: dict[str, list[Span]] = {}
    for finding in style_findings(revision):
        if finding.key in chosen and finding.replacement is not None:
            spans.setdefault(finding.place, []).append(finding.span)
    if not spans:
        raise NotReady(_("Choose at least one change."))
    why = _("House style: %(names)s") % {"names": ", ".join(names)}
    return save(manuscript, editor, reworded(revision.content, spans), why[:200])
