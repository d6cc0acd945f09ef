"""What each `hearthpress` command does. Thin: each reads its arguments, calls one function and prints."""

# Commands import what they need when they run: only then is Django set up, and `--help` stays quick.
# ruff: noqa: PLC0415

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hearthpress.common.errors import Sentence

if TYPE_CHECKING:
    from hearthpress.people.models import Person

Arguments = list[tuple[tuple[str, ...], dict[str, Any]]]


def serve(arguments: Namespace) -> int:
    from hearthpress.server import serve as run

    return run(workers=arguments.workers)


def worker(arguments: Namespace) -> None:
    from hearthpress.worker import work

    work()


def migrate(arguments: Namespace) -> None:
    from hearthpress.server import prepare

    prepare(verbosity=1)


def init(arguments: Namespace) -> None:
    from hearthpress.firstrun import first_run, read
    from hearthpress.server import prepare

    wanted = read(arguments)
    prepare()
    print(first_run(wanted))


def demo(arguments: Namespace) -> int:
    from hearthpress.sample.demo import run_demo

    return run_demo()


def demo_content(arguments: Namespace) -> None:
    from hearthpress.sample.loader import load_sample

    print(load_sample())


def reindex(arguments: Namespace) -> None:
    from hearthpress.search.actions import index_missing

    print(f"{index_missing(anew=arguments.all)} stories were indexed.")


def parse_manuscript(arguments: Namespace) -> None:
    from hearthpress.documents.manuscript import parse_file

    print(json.dumps(parse_file(arguments.file), ensure_ascii=False, indent=2))


def judge_agents(arguments: Namespace) -> None:
    from hearthpress.readership.agents import judge_file

    for line in judge_file(arguments.file):
        print(line)


def close_month(arguments: Namespace) -> None:
    from hearthpress.pay.actions import close_month as close

    for closed in close(arguments.month, _bookkeeper(arguments.by)):
        print(f"{closed} is closed.")


def statement(arguments: Namespace) -> None:
    from hearthpress.pay.statement_text import statements_text

    print(statements_text(_person(arguments.writer), arguments.month))


def take_mail(arguments: Namespace) -> int:
    """Whatever goes wrong, the post office is told to bring the mail again (sysexits.h): it would lose it otherwise."""
    from hearthpress.mail.maildir import take_maildir, take_stream

    try:
        if arguments.maildir is None:
            take_stream(sys.stdin.buffer, arguments.recipient)
        else:
            print(f"Mails taken: {take_maildir(arguments.maildir)}.")
    except Exception as error:  # noqa: BLE001
        print(f"hearthpress take-mail: {' '.join(str(error).split())} The mail waits.", file=sys.stderr)
        return os.EX_TEMPFAIL
    return os.EX_OK


def _person(address: str) -> "Person":
    from hearthpress.people.models import Person

    person = Person.objects.filter(email=address.lower()).first()
    if person is None:
        raise Sentence(f"there is no person with the address {address}")
    return person


def _bookkeeper(address: str) -> "Person":
    """Who closes: the person named, or the magazine's owner, who runs this machine."""
    from hearthpress.people.enums import Role
    from hearthpress.people.models import Membership

    if address:
        return _person(address)
    owner = Membership.objects.filter(role=Role.OWNER, ended_at=None).select_related("person").first()
    if owner is None:
        raise Sentence("the magazine has no owner yet; run `hearthpress init`")
    return owner.person


def verify_books(arguments: Namespace) -> int:
    from hearthpress.pay.verify import verify_books as verify

    problems = verify()
    for problem in problems:
        print(problem)
    print("The books balance." if not problems else f"{len(problems)} rows do not balance.", file=sys.stderr)
    return 1 if problems else 0


def verify_evidence(arguments: Namespace) -> int:
    from hearthpress.stories.verify import verify_evidence as verify

    problems = verify()
    for problem in problems:
        print(problem)
    print("All is as it was written." if not problems else f"{len(problems)} things are not.", file=sys.stderr)
    return 1 if problems else 0


def bench(arguments: Namespace) -> int:
    from hearthpress.benchmarks import as_json, as_table, run_benchmarks, write_page

    results = list(run_benchmarks(arguments.name))
    print(as_json(results) if arguments.json else as_table(results))
    if arguments.write:
        write_page(results, arguments.write)
    return 0 if all(result.holds for result in results) else 1


def at_least_one(text: str) -> int:
    """A number of processes, for argparse."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def month(text: str) -> str:
    """A month as YYYY-MM, for argparse."""
    from datetime import date

    date.fromisoformat(f"{text}-01")
    return text


FILE: Arguments = [(("file",), {"type": Path, "metavar": "FILE"})]
MONTH: Arguments = [(("month",), {"type": month, "metavar": "YYYY-MM"})]
BY = (("--by",), {"default": "", "metavar": "EMAIL", "help": "the bookkeeper who closes it (the owner)"})
FIRST_RUN: Arguments = [
    (("--owner",), {"required": True, "metavar": "EMAIL", "help": "the owner's address; a letter invites them"}),
    (("--name",), {"required": True, "help": "the magazine's name"}),
    (("--tagline",), {"default": "", "help": "one line under the name"}),
    (("--letters-from",), {"default": "", "metavar": "EMAIL", "help": "where letters come from (the owner's address)"}),
    (("--time-zone",), {"default": "UTC", "help": "where the magazine's day begins, such as America/New_York"}),
    (("--currency",), {"default": "USD", "help": "what stories are paid in (ISO 4217)"}),
    (
        ("--section",),
        {"action": "append", "default": [], "help": "a section's name, or NAME=ADDRESS; give it once for each"},
    ),
    (("--per-thousand",), {"default": "6.00", "help": "pay for 1,000 reader-days"}),
    (("--cap",), {"default": "100.00", "help": "the most that one story earns"}),
    (("--window-days",), {"default": 30, "type": int, "help": "for how many days a story earns"}),
    (("--flat",), {"default": "", "help": "a flat fee for each story, instead of pay by reader-days"}),
]
TAKE_MAIL: Arguments = [
    (("--maildir",), {"type": Path, "metavar": "DIR", "help": "take all that is new in a maildir"}),
    (
        ("--recipient",),
        {"action": "append", "default": [], "metavar": "EMAIL", "help": "whom the mail is for; or it says so itself"},
    ),
]
WORKERS: Arguments = [(("--workers",), {"type": at_least_one, "default": 1, "help": "web processes (1)"})]

COMMANDS: dict[str, tuple[Callable[[Namespace], int | None], str, Arguments]] = {
    "serve": (serve, "Serve the magazine: web and worker together.", WORKERS),
    "worker": (worker, "Run a worker alone.", []),
    "migrate": (migrate, "Bring the databases and the static files up to date.", []),
    "init": (init, "Set a new magazine up and invite its owner.", FIRST_RUN),
    "demo": (demo, "Serve the sample magazine with a post office of its own.", []),
    "demo-content": (demo_content, "Load the sample magazine.", []),
    "reindex": (
        reindex,
        "Index the stories that the search does not know yet.",
        [(("--all",), {"action": "store_true", "help": "every story anew"})],
    ),
    "parse-manuscript": (parse_manuscript, "Print the structured document read in a text, as JSON.", FILE),
    "judge-agents": (judge_agents, "Print person or robot, and the rule, for each user agent of a file.", FILE),
    "close-month": (close_month, "Close a month: accruals, ledger transfers and statements.", [*MONTH, BY]),
    "statement": (
        statement,
        "Print a writer's statement for a month.",
        [(("writer",), {"metavar": "WRITER", "help": "the writer's e-mail address"}), *MONTH],
    ),
    "take-mail": (take_mail, "Take in mail: one from standard input, or all that is new in a maildir.", TAKE_MAIL),
    "bench": (
        bench,
        "Run the benchmarks of the folder bench/; exit 1 when one does not hold.",
        [
            (("name",), {"nargs": "?", "metavar": "NAME", "help": "one benchmark; all when left out"}),
            (("--json",), {"action": "store_true", "help": "print JSON"}),
            (("--write",), {"type": Path, "metavar": "FILE", "help": "also write a page with the table"}),
        ],
    ),
    "verify-evidence": (
        verify_evidence,
        "Check texts, approvals and editions against their hashes; exit 1 and print what was changed.",
        [],
    ),
    "verify-books": (verify_books, "Check the books; exit 1 and print the rows that do not balance.", []),
}
