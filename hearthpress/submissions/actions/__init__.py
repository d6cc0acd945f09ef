"""Begin, save, send, read, prepare, release, tell, withdraw: the only ways in which a submission changes."""

from hearthpress.submissions.actions.answering import ask_no_more, keep_answers, keep_file, take_file_back
from hearthpress.submissions.actions.assigning import assign, balance, unassign_all
from hearthpress.submissions.actions.attaching import TooMany, attach, attach_photo, describe_photo, take_off
from hearthpress.submissions.actions.calls import (
    BadTimes,
    CallInUse,
    announce_call,
    close_call,
    delete_call,
    draft_call,
    extend_call,
    open_call,
    turn_calls,
    wait_for_call,
    wait_no_more,
)
from hearthpress.submissions.actions.circle import join_circle, leave_circle, take_into_circle
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
from hearthpress.submissions.actions.naming import name_subjects
from hearthpress.submissions.actions.promising import apologise, suggested_date
from hearthpress.submissions.actions.reading import leave_reading, note_opened, note_presence
from hearthpress.submissions.actions.revising import ask_for_more_time, leave_open, remind_of_changes
from hearthpress.submissions.actions.sending import (
    CallClosed,
    EnoughFromYou,
    ForTheCircle,
    NotReady,
    NotTaken,
    pieces_with,
    send,
    sent,
)
from hearthpress.submissions.actions.urgency import mark_urgent, unmark_urgent
from hearthpress.submissions.actions.withdrawing import could_not_publish, stop_with_agreement, withdraw, withdrawn
from hearthpress.submissions.actions.writing import (
    DraftChanged,
    add_piece,
    begin,
    read_document,
    save_draft,
    throw_away,
)

__all__ = [
    "UNDO_WINDOW",
    "BadTimes",
    "CallClosed",
    "CallInUse",
    "Details",
    "DraftChanged",
    "EnoughFromYou",
    "ForTheCircle",
    "NotReady",
    "NotTaken",
    "PersonalLineNeeded",
    "TooMany",
    "add_piece",
    "announce_call",
    "apologise",
    "ask_for_more_time",
    "ask_no_more",
    "assign",
    "attach",
    "attach_photo",
    "balance",
    "begin",
    "close_call",
    "could_not_publish",
    "decided",
    "declare_conflict",
    "delete_call",
    "describe_photo",
    "draft_call",
    "drop_decision",
    "extend_call",
    "hold",
    "join_circle",
    "keep_answers",
    "keep_file",
    "leave_circle",
    "leave_open",
    "leave_reading",
    "let_in",
    "mark_urgent",
    "name_subjects",
    "note_opened",
    "note_presence",
    "open_call",
    "pieces_with",
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
    "take_file_back",
    "take_into_circle",
    "take_off",
    "tell",
    "tell_due",
    "throw_away",
    "turn_calls",
    "unassign_all",
    "undo_release",
    "unmark_urgent",
    "wait_for_call",
    "wait_no_more",
    "withdraw",
    "withdrawn",
]
