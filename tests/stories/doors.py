"""Every way into the program: its addresses, its commands, its jobs; and for each why it makes no words public.

What stands in DOORS can, and `test_gate` tries each of them. All else only shows, or is named here with its reason.
A new address that takes a form, a new command or a new job without a line here fails the test.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from hearthpress.commands import COMMANDS
from hearthpress.schedule import JOBS

SAFE = {"GET", "HEAD"}

# What can make words public; each has a case in test_gate.
DOORS = {
    "url desk:publication",
    "url room:approval",
    "url room:fix",
    "url room:cooling_waiver",
    "url room:leaving",
    "job appear_due_stories",
    "command serve",
    "command worker",
    "command demo",
    "command demo-content",
    "command reindex",
}

# Who may run these holds the database itself, and asks no gate. What they write past it is found by verify-evidence.
DATABASE = {"django loaddata", "django dbshell", "django shell"}

CANNOT: dict[str, str] = {
    "takes down, and never puts up": (
        "url room:withdrawal room:taking_back desk:retraction desk:giving_back room:refusal"
    ),
    "chooses shelves, whose names the approval bounds: tests/stories/test_tags.py": "url desk:tags",
    "crops a picture that was approved": "url desk:picture_focus",
    "makes a version that nobody has approved": (
        "url desk:manuscript desk:house_style desk:renaming desk:restoration desk:correction"
    ),
    "says what is known of the people whom a story names": "url desk:people room:people",
    "suggests or remarks, and makes at most a version that nobody has approved": (
        "url desk:suggestions desk:suggestions_kept desk:suggestions_answer desk:suggestions_remark "
        "desk:suggestions_done room:suggestions room:suggestions_kept room:suggestions_answer room:suggestions_remark "
        "room:suggestions_done"
    ),
    "asks the writer": "url desk:approval_request desk:fix_request",
    "asks whether somebody wrote it too, or takes that back: a yes more is needed, or none less": (
        "url desk:writers desk:writer_removal room:writers room:question"
    ),
    "opens the text again": "url room:change",
    "says what a story of this subject needs; its own words are the magazine’s": "url desk:subject desk:subject_new",
    "is about what was sent, before there is a text to edit": (
        "url room:draft room:draft_saved room:thrown_away room:file room:pasted room:photos room:check room:sending "
        "room:questions room:more_time room:agreement desk:reading desk:conflict desk:conflict_removal desk:urgency "
        "desk:urgency_removal desk:assignment desk:assignments desk:subjects_touched desk:presence desk:letting_in "
        "desk:decision desk:decision_dropped desk:decisions_new desk:release desk:release_undone desk:releases "
        "desk:releases_undone desk:apologies desk:left_open desk:agreement_time"
    ),
    "is said among editors and writers, and in letters": (
        "url room:messages desk:message desk:remark desk:letter_sending desk:words_new desk:words_of "
        "desk:words_retirement desk:task_new desk:task desk:task_completion desk:task_reopening desk:task_removal "
        "desk:digest"
    ),
    "is of the desk and its people": (
        "url desk:views desk:view desk:view_removal desk:duty desk:team desk:member desk:removal desk:circle "
        "desk:departure profile"
    ),
    "holds the magazine’s own words, none of a writer’s": (
        "url desk:magazine desk:call_new desk:call_text desk:call_questions desk:call_opening desk:call_closing "
        "desk:call_extension desk:call_deletion"
    ),
    "is about money": (
        "url room:payment books:verification books:closing books:payouts books:batch_payment books:batch_cancellation"
    ),
    "takes in a view, or an address to write to": "url readership:report magazine:waiting",
    "signs somebody in or out": (
        "url account_login account_request_login_code account_confirm_login_code account_logout account_inactive "
        "account_reauthenticate mfa_index mfa_authenticate mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp "
        "mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes mfa_list_webauthn "
        "mfa_add_webauthn mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn"
    ),
    "looks, counts or reckons": (
        "command parse-manuscript judge-agents statement bench verify-evidence verify-books close-month"
    ),
    "sets up the program, without a story": "command migrate init",
    "takes in mail, which editors read": "command take-mail",
    "sends, counts, forgets or reminds": (
        "job tell_cdn tell_due turn_calls deliver_letters send_pings settle_arrivals take_mail_dir balance "
        "sweep_letters remind_and_lapse remind_of_changes remind_of_approval write_digests destroy_old_salts "
        "print_missing clear_expired forget_visitors forget_unconfirmed find_dead_ends forget_old_mail "
        "forget_expired fold_unpaid_views forget_old_purges recount_months count_promises refresh_statistics "
        "report_books report_evidence"
    ),
    "indexes what is live, as the command reindex does": "job index_missing",
    "knows nothing of stories": (
        "django account_unsetmultipleprimaryemails changepassword check clearsessions collectstatic compilemessages "
        "createcachetable createsuperuser diffsettings dumpdata findstatic flush inspectdb makemessages makemigrations "
        "migrate optimizemigration remove_stale_contenttypes runserver sendtestemail showmigrations sqlflush "
        "sqlmigrate sqlsequencereset squashmigrations startapp startproject test testserver"
    ),
}


def ways() -> set[str]:
    """Every way in: "url NAME" where it takes more than GET, "command NAME", "job NAME", "django NAME"."""
    return {
        *(f"url {name}" for name in takers(get_resolver())),
        *(f"command {name}" for name in COMMANDS),
        *(f"job {job.run.__name__}" for job in JOBS),
        *(f"django {name}" for name in get_commands()),
    }


def listed() -> set[str]:
    """All that a line here is about."""
    named = {f"{words.split()[0]} {name}" for words in CANNOT.values() for name in words.split()[1:]}
    return named | DOORS | DATABASE


def takers(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The names of the addresses whose views take more than GET and HEAD; one without a name by its path."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from takers(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif not methods(entry.callback) <= SAFE:
            yield f"{prefix}{_name(entry)}"


def methods(view: Callable[..., Any]) -> set[str]:
    """What the decorators of `django.views.decorators.http` let through to a view; without one, everything."""
    let_in = {"anything"}
    for layer in _layers(view):
        held = inspect.getclosurevars(layer).nonlocals if inspect.isfunction(layer) else {}
        allowed = held.get("request_method_list")
        if allowed is not None:
            let_in = set(allowed) if let_in == {"anything"} else let_in & set(allowed)
    return let_in


def _layers(view: Callable[..., Any] | None) -> Iterable[Callable[..., Any]]:
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def _name(entry: URLPattern) -> str:
    return entry.name or f"<{entry.pattern}>"
