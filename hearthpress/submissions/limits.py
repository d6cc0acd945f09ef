"""What a call takes: of whom, how much from each, and how long a piece may be."""

from django.db.models.functions import Coalesce
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearthpress.people.models import Person
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Call, CircleMember

TAKE_NO_PLACE = (SubmissionState.DRAFT, SubmissionState.WITHDRAWN)


def is_for(call: Call, person: Person) -> bool:
    """Whether the person may answer the call: some are for the circle of regular writers alone."""
    return not call.circle_only or is_regular_writer(person)


def is_regular_writer(person: Person) -> bool:
    return CircleMember.objects.filter(person=person, ended_at=None).exists()


def has_sent_enough(call: Call, writer: Person) -> bool:
    """Whether the call takes no more from this writer. What was sent together counts once; what was taken back, not."""
    if call.cap_per_person is None:
        return False
    theirs = call.submissions.filter(writer=writer).exclude(state__in=TAKE_NO_PLACE)
    packets = theirs.annotate(packet=Coalesce("sent_with", "pk")).values("packet").distinct()
    return packets.count() >= call.cap_per_person


def has_length_limits(call: Call) -> bool:
    return call.min_words is not None or call.max_words is not None


def lengths_in_words(call: Call) -> str:
    """How long a piece may be, in a few words; "" where the call does not say."""
    if call.min_words is not None and call.max_words is not None:
        return _("between %(least)s and %(most)s words") % {"least": _n(call.min_words), "most": _n(call.max_words)}
    if call.max_words is not None:
        return _("up to %(most)s words") % {"most": _n(call.max_words)}
    return _("at least %(least)s words") % {"least": _n(call.min_words)} if call.min_words is not None else ""


def cap_in_words(call: Call) -> str:
    """When the call closes before its day, in a few words; "" where it does not."""
    if call.cap is None:
        return ""
    said = ngettext("once %(most)s piece was sent", "once %(most)s pieces were sent", call.cap)
    return said % {"most": _n(call.cap)}


def length_trouble(call: Call, words: int) -> str:
    """What is wrong with a piece of so many words, as a sentence for its writer; "" when nothing is."""
    said = ngettext("It has %(words)s word now.", "It has %(words)s words now.", words) % {"words": _n(words)}
    if call.max_words is not None and words > call.max_words:
        return said + " " + _("This call takes at most %(most)s.") % {"most": _n(call.max_words)}
    if call.min_words is not None and words < call.min_words:
        return said + " " + _("This call asks for at least %(least)s.") % {"least": _n(call.min_words)}
    return ""


def _n(number: int) -> str:
    return number_format(number, force_grouping=True)
