"""Who publishes: an editor, never the writer."""

import rules

from hearthpress.editing.rules import is_writer
from hearthpress.people.rules import is_editor

rules.add_perm("stories.publish", is_editor & ~is_writer)
