"""Another name throughout, and the writer's wish for one."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from hearthpress.editing.actions import NotReady, ask_for_change, keep_version
from hearthpress.editing.enums import Knows, ManuscriptState
from hearthpress.editing.models import Manuscript, Revision
from hearthpress.editing.people import InStory, answer_about, people_in, renamed_throughout
from hearthpress.editing.revisions import TextChanged
from hearthpress.people.models import Person


@transaction.atomic
def rename_throughout(manuscript: Manuscript, editor: Person, name: str, shown_as: str, seen_sha256: str) -> Revision:
    """Make a version in which the person is named `shown_as` ("A.", "Bella") everywhere.

    Nobody is asked about the new name. Raises NotReady when nobody is named so any more, NoRoom when it is too long a
    name, TextChanged when the newest version is not the one that the editor saw, and what `keep_version` raises.
    """
    revision = manuscript.revision
    if revision is None or revision.sha256 != seen_sha256:
        raise TextChanged(manuscript.key)
    mention = next((one.mention for one in people_in(manuscript, revision) if one.mention.is_called(name)), None)
    if mention is None:
        raise NotReady(_("Nobody is named so in the newest version."))
    value, _places = renamed_throughout(revision, mention, shown_as)
    why = _("%(name)s is named %(shown)s throughout") % {"name": mention.name, "shown": shown_as}
    made = keep_version(manuscript, editor, value, why[:200])
    answer_about(manuscript, editor, shown_as, Knows.CHANGED)
    return made


@transaction.atomic
def ask_for_other_names(manuscript: Manuscript, writer: Person, wanted: Sequence[InStory]) -> bool:
    """Send the writer's wishes for initials or other names to the editor, as a change that they ask for.

    Only while the text waits for their yes: before, the editor sees the wishes on their own page. Whether it was sent.
    """
    if not wanted or manuscript.state != ManuscriptState.ASKED:
        return False
    wishes = [_("%(name)s: please as %(shown)s") % {"name": one.name, "shown": one.offered} for one in wanted]
    ask_for_change(manuscript, writer, "\n".join([_("Please name these people otherwise throughout."), *wishes]))
    return True
