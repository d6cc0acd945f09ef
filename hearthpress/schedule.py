"""All scheduled work, on one screen. Jobs find their work in rows: running one twice, or on two hosts, does no harm."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.sessions.backends.db import SessionStore

from hearthpress.agreements.actions import remind_and_lapse
from hearthpress.common.cache import forget_expired
from hearthpress.common.statistics import refresh_statistics
from hearthpress.doubles.actions import print_missing
from hearthpress.edge.cdn import tell_cdn
from hearthpress.edge.purges import forget_old_purges
from hearthpress.editing.reminding import remind_of_approval
from hearthpress.magazine.months import recount_months
from hearthpress.magazine.pings import send_pings
from hearthpress.mail.delivery import deliver_letters, sweep_letters
from hearthpress.mail.maildir import take_mail_dir
from hearthpress.mail.taking import forget_old_mail
from hearthpress.pay.promises import count_promises
from hearthpress.pay.verify import report_books
from hearthpress.people.actions import forget_visitors
from hearthpress.readership.folding import fold_unpaid_views
from hearthpress.readership.salts import destroy_old_salts
from hearthpress.readership.settling import settle_arrivals
from hearthpress.search.actions import index_missing
from hearthpress.stories.actions import appear_due_stories
from hearthpress.stories.verify import report_evidence
from hearthpress.submissions.actions import balance, remind_of_changes, tell_due, turn_calls
from hearthpress.submissions.arriving import forget_unconfirmed
from hearthpress.tasks.dead_ends import find_dead_ends
from hearthpress.tasks.digests import write_digests

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True)
class Job:
    """`run` every `every` seconds."""

    run: Callable[[], object]
    every: float


JOBS = [
    Job(tell_cdn, every=0.25),
    Job(tell_due, every=1),
    Job(turn_calls, every=2),
    Job(deliver_letters, every=1),
    Job(appear_due_stories, every=1),
    Job(send_pings, every=1),
    Job(settle_arrivals, every=1),
    Job(take_mail_dir, every=10),
    Job(balance, every=MINUTE),
    Job(sweep_letters, every=MINUTE),
    Job(remind_and_lapse, every=5 * MINUTE),
    Job(remind_of_changes, every=5 * MINUTE),
    Job(remind_of_approval, every=5 * MINUTE),
    Job(write_digests, every=5 * MINUTE),
    Job(destroy_old_salts, every=5 * MINUTE),
    Job(index_missing, every=5 * MINUTE),
    Job(print_missing, every=5 * MINUTE),
    Job(SessionStore.clear_expired, every=HOUR),
    Job(forget_visitors, every=HOUR),
    Job(forget_unconfirmed, every=HOUR),
    Job(find_dead_ends, every=HOUR),
    Job(forget_old_mail, every=HOUR),
    Job(forget_expired, every=HOUR),
    Job(fold_unpaid_views, every=HOUR),
    Job(forget_old_purges, every=DAY),
    Job(recount_months, every=DAY),
    Job(count_promises, every=DAY),
    Job(refresh_statistics, every=DAY),
    Job(report_books, every=DAY),
    Job(report_evidence, every=DAY),
]
