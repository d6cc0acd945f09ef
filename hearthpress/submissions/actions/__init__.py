"""Begin, save, send, read, prepare, release, tell, withdraw: the only ways in which a submission changes."""

from hearthpress.submissions.actions.assigning import assign, balance, unassign_all
from hearthpress.submissions.actions.attaching import TooMany, attach, attach_photo, describe_photo, take_off
from hearthpress.submissions.actions.circle import join_circle, leave_circle
from hearthpress.submissions.actions.conflicts import declare_conflict, take_back_conflict
from hearthpress.submissions.actions.deciding import (
    UNDO_WINDOW,
    Details,
    PersonalLineNeeded,
    decided,
    drop_decision,
    prepare_decision,
    release,
    tell,
    tell_due,
    undo_release,
)
from hearthpress.submissions.actions.holding import hold, let_in
from hearthpress.submissions.actions.promising import apologise, suggested_date
from hearthpress.submissions.actions.reading import leave_reading, note_opened, note_presence
from hearthpress.submissions.actions.revising import ask_for_more_time, leave_open, remind_of_changes
from hearthpress.submissions.actions.sending import CallClosed, EnoughFromYou, send, sent
from hearthpress.submissions.actions.urgency import mark_urgent, unmark_urgent
from hearthpress.submissions.actions.withdrawing import could_not_publish, stop_with_agreement, withdraw, withdrawn
from hearthpress.submissions.actions.writing import DraftChanged, begin, read_document, save_draft, throw_away

__all__ = [
    "UNDO_WINDOW",
    "CallClosed",
    "Details",
    "DraftChanged",
    "EnoughFromYou",
    "PersonalLineNeeded",
    "TooMany",
    "apologise",
    "ask_for_more_time",
    "assign",
    "attach",
    "attach_photo",
    "balance",
    "begin",
    "could_not_publish",
    "decided",
    "declare_conflict",
    "describe_photo",
    "drop_decision",
    "hold",
    "join_circle",
    "leave_circle",
    "leave_open",
    "leave_reading",
    "let_in",
    "mark_urgent",
    "note_opened",
    "note_presence",
    "prepare_decision",
    "read_document",
    "release",
    "remind_of_changes",
    "save_draft",
    "send",
    "sent",
    "stop_with_agreement",
    "suggested_date",
    "take_back_conflict",
    "take_off",
    "tell",
    "tell_due",
    "throw_away",
    "unassign_all",
    "undo_release",
    "unmark_urgent",
    "withdraw",
    "withdrawn",
]
