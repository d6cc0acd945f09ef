from collections import Counter
from datetime import timedelta
from tempfile import TemporaryDirectory

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import Count, F, Max, Sum
from django.test import TestCase, override_settings
from django.urls import reverse

from hearthpress.agreements.enums import AgreementState
from hearthpress.agreements.models import Agreement
from hearthpress.care.models import Subject
from hearthpress.common import clock
from hearthpress.common.states import Event
from hearthpress.documents.suggestions import suggestions
from hearthpress.editing.content import quotes, related_lines
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Draft, Manuscript
from hearthpress.editing.people import people_in
from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead, Section
from hearthpress.pay import accounts
from hearthpress.pay.enums import BatchState
from hearthpress.pay.models import Accrual, PayDestination, PayoutBatch, Statement
from hearthpress.pay.verify import verify_books
from hearthpress.people.enums import BylineKind, Role
from hearthpress.people.models import Byline, Membership, Person
from hearthpress.readership.enums import Reason
from hearthpress.readership.models import ReaderDay, UnpaidView
from hearthpress.sample.guide import HARD, TALKED_OVER, sights
from hearthpress.sample.loader import load_sample
from hearthpress.stories.models import Story
from hearthpress.stories.verify import verify_evidence
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Call, Decision, LetterTemplate, Submission

TABLES = [model for model in apps.get_models() if model.__module__.startswith("hearthpress")]


class SampleTest(TestCase):
    """The sample is loaded once for all of these, since loading takes seconds; each takes back what it changes."""

    databases = {"default", "views"}

    @classmethod
    def setUpTestData(cls) -> None:
        with TemporaryDirectory() as media, override_settings(MEDIA_ROOT=media):
            load_sample()

    def test_loading_publishes_thirty_stories_in_four_sections(self) -> None:
        sections = Counter(Story.objects.live().values_list("section__slug", flat=True))

        assert sum(sections.values()) == 30
        assert set(sections) == set(Section.objects.values_list("slug", flat=True))
        assert len(sections) == 4

    def test_loading_opens_closes_and_announces_calls_at_their_dates(self) -> None:
        calls = {call.slug: str(call.stands) for call in Call.objects.all()}
        kitchens = Call.objects.get(slug="the-last-thing-they-cooked")

        assert calls == {
            "write-for-us": "open",
            "the-last-thing-they-cooked": "announced",
            "write-with-us": "open",
        }
        assert [event.new for event in kitchens.events.all()] == ["open", "closed", "announced"]
        assert kitchens.questions.count() == 2

    def test_a_decision_about_a_loss_carries_its_own_line(self) -> None:
        losses = set(Subject.objects.filter(of_loss=True).values_list("slug", flat=True))
        told = Decision.objects.filter(submission__subjects__of_loss=True)

        assert losses == {"pregnancy-loss", "infant-death", "suicide"}
        assert told.exists()
        assert not told.filter(personal="").exists()

    def test_loading_keeps_words_for_letters(self) -> None:
        words = LetterTemplate.objects.values_list("kind", "subject__slug")

        assert sorted(words, key=str) == [("decline", "pregnancy-loss"), ("decline", None)]

    def test_loading_makes_the_promised_people(self) -> None:
        roles = Counter(Membership.objects.filter(ended_at=None).values_list("role", flat=True))
        writers = Person.objects.filter(memberships=None)

        assert roles == {Role.OWNER: 1, Role.EDITOR: 3, Role.BOOKKEEPER: 1}
        assert writers.count() == 12
        assert Byline.objects.filter(kind=BylineKind.PEN).count() == 1
        assert Authenticator.objects.count() == 5

    def test_loading_again_changes_nothing(self) -> None:
        before = {model: model._default_manager.count() for model in TABLES}

        said = load_sample()

        assert said == "The sample magazine is there already; nothing was changed."
        assert {model: model._default_manager.count() for model in TABLES} == before

    def test_live_story_is_what_its_writer_approved(self) -> None:
        editions = [
            story.edition for story in Story.objects.live().select_related("edition__approval", "edition__revision")
        ]

        wrong = [
            edition
            for edition in editions
            if not edition.revision.is_intact
            or not edition.sha256 == edition.revision.sha256 == edition.approval.sha256
            or edition.approval.person_id != edition.story.writer_id
        ]

        assert wrong == []
        assert len(editions) == 30

    def test_story_was_decided_and_published_by_somebody_else_than_its_writer(self) -> None:
        staff = set(Membership.objects.values_list("person_id", flat=True))

        writers = set(Story.objects.values_list("writer_id", flat=True))

        assert staff & writers == set()
        assert set(Submission.objects.exclude(readings=None).values_list("readings__editor_id", flat=True)) <= staff

    def test_related_line_leads_to_a_story_that_was_live_before_it(self) -> None:
        live = {story.key: story for story in Story.objects.live().select_related("edition__revision")}
        pairs = [
            (story, live[line["attrs"]["story"]])
            for story in live.values()
            for line in related_lines(story.edition.revision.content["document"])
        ]

        assert len(pairs) == 15
        assert [pair for pair in pairs if pair[0].first_live_at <= pair[1].first_live_at] == []

    def test_related_line_keeps_subjects_apart(self) -> None:
        for story in Story.objects.live().select_related("edition__revision"):
            apart = Subject.objects.filter(never_beside__in=story.subjects.all())
            targets = [line["attrs"]["story"] for line in related_lines(story.edition.revision.content["document"])]

            assert not Story.objects.filter(key__in=targets, subjects__in=apart).exists()

    def test_quote_has_speaker_source_and_permission(self) -> None:
        contents = [
            story.edition.revision.content for story in Story.objects.live().select_related("edition__revision")
        ]

        attrs = [quote["attrs"] for content in contents for quote in quotes(content["document"])]

        assert sorted((each["speaker"], each["source"]) for each in attrs) == [
            ("Delphine Arkwright", "Instagram"),
            ("Jo Quill", "Twitter"),
        ]
        assert all(each["permalink"].startswith("https://") and each["permission"] and each["date"] for each in attrs)

    def test_story_has_a_picture_with_its_description(self) -> None:
        facts = Story.objects.live().values_list("picture_facts", flat=True)

        assert [fact for fact in facts if not (fact.get("alt") and fact.get("credit") and fact.get("widths"))] == []
        assert Story.objects.live().values("picture_sha256").distinct().count() == 30

    def test_submission_is_in_the_state_that_its_file_names(self) -> None:
        on_their_way = Submission.objects.filter(manuscript__story=None)
        states = Counter(on_their_way.values_list("state", flat=True))
        offered = Agreement.objects.get(state=AgreementState.OFFERED)
        asked = Manuscript.objects.get(state=ManuscriptState.ASKED)

        assert states == {
            SubmissionState.DRAFT: 1,
            SubmissionState.RECEIVED: 1,
            SubmissionState.READING: 1,
            SubmissionState.ACCEPTED: 3,
        }
        assert offered.submission.state == SubmissionState.ACCEPTED
        assert offered.answer_by > clock.now()
        assert asked.first_revision.content["document"] != asked.revision.content["document"]

    def test_a_text_is_in_the_middle_of_its_suggestions(self) -> None:
        draft = Draft.objects.get(manuscript__submission__title=TALKED_OVER)
        answered = Counter(draft.suggestions.values_list("answer", flat=True))
        before = [version.why for version in draft.manuscript.revisions.all()]

        assert answered == {"accepted": 2, "declined": 1, "": 4}
        assert len(suggestions(draft.document)) == 4
        assert (before[1], len(before)) == ("Suggestions: 2 accepted, 1 declined", 3)
        assert draft.remarks.filter(about=None, settled_at=None).count() == 2
        assert draft.remarks.exclude(about=None).get().made_by == draft.manuscript.submission.writer
        assert draft.remarks.exclude(settled_at=None).count() == 1

    def test_a_story_holds_more_than_words_and_answers_for_its_people(self) -> None:
        story = Story.objects.live().select_related("edition__revision", "manuscript").get(slug=HARD)
        blocks = story.edition.revision.content["document"]["content"]
        people = people_in(story.manuscript, story.edition.revision)

        assert Counter(block["type"] for block in blocks) == {
            "paragraph": 5,
            "figure": 1,
            "gentle": 1,
            "scene_break": 2,
        }
        assert {one.name: one.said.answer for one in people} == {"Maeve": "knows", "Nora": "cannot", "Colleen": "knows"}
        assert "speaks of a newborn’s death. Skip it" in self.client.get(story.get_absolute_url()).content.decode()

    def test_guide_leads_to_what_is_worth_a_look(self) -> None:
        text = Submission.objects.get(title=TALKED_OVER).key

        assert [step.path for step in sights()] == [
            f"/write/{text}/suggestions/",
            f"/desk/{text}/suggestions/",
            f"/desk/{text}/manuscript/comparison/",
            "/stories/the-other-twin/",
        ]

    def test_evidence_is_as_it_was_written(self) -> None:
        assert verify_evidence() == []

    def test_nothing_of_the_queue_is_late(self) -> None:
        assert [submission for submission in Submission.objects.queue() if submission.late] == []

    def test_letter_of_the_past_counts_as_sent_when_it_was_written(self) -> None:
        letters = Letter.objects.all()

        assert letters.exclude(state=LetterState.SENT).count() == 0
        assert letters.exclude(sent_at=F("written_at")).count() == 0
        assert letters.filter(kind="stories/published").count() == 30

    def test_nothing_happened_in_the_future(self) -> None:
        now = clock.now()
        newest = [event.objects.aggregate(newest=Max("at"))["newest"] for event in Event.__subclasses__()]
        newest += [view.objects.aggregate(newest=Max("utc_at"))["newest"] for view in (ReaderDay, UnpaidView)]

        assert [moment for moment in newest if moment is not None and moment > now] == []

    def test_readers_are_many_and_most_come_at_first(self) -> None:
        zone = Masthead.current().zone
        story = Story.objects.get(slug="the-casserole-ledger")
        first = story.first_live_at.astimezone(zone).date()
        days = Counter(ReaderDay.objects.filter(story_key=story.key).values_list("day", flat=True))

        assert 60_000 <= ReaderDay.objects.count() <= 120_000
        assert max(days, key=lambda day: days[day]) == first
        assert days[first] > 5 * days[first + timedelta(days=7)]

    def test_view_that_is_not_paid_has_one_of_the_reasons(self) -> None:
        reasons = Counter(UnpaidView.objects.values_list("reason", flat=True))
        rules = set(UnpaidView.objects.exclude(rule="").values_list("reason", flat=True))

        assert set(reasons) == set(Reason)
        assert 0.2 <= sum(reasons.values()) / ReaderDay.objects.count() <= 0.5
        assert rules == {Reason.ROBOT}

    def test_repeated_view_is_of_a_reader_who_was_counted_that_day(self) -> None:
        counted = set(ReaderDay.objects.values_list("story_key", "day", "reader"))

        repeats = UnpaidView.objects.filter(reason=Reason.REPEAT).values_list("story_key", "day", "reader")

        assert set(repeats) <= counted

    def test_books_balance(self) -> None:
        assert verify_books() == []

    def test_month_that_is_over_is_closed_and_all_but_the_newest_are_paid(self) -> None:
        months = sorted(set(Accrual.objects.values_list("month", flat=True)))
        batches = list(PayoutBatch.objects.order_by("made_at").values_list("state", flat=True))

        assert len(months) >= 2
        assert 2 <= len(batches) <= len(months)
        assert batches == [BatchState.PAID] * (len(batches) - 1) + [BatchState.MADE]

    def test_one_story_took_off_and_earned_its_cap(self) -> None:
        earned = Accrual.objects.values("story_key").annotate(total=Sum("amount")).order_by("-total")

        assert earned[0]["total"] == 10_000
        assert earned[1]["total"] < 10_000
        assert Story.objects.get(key=earned[0]["story_key"]).slug == "the-other-twin"

    def test_pay_is_carried_over_below_the_threshold_and_without_an_address(self) -> None:
        threshold = Masthead.current().payout_threshold
        homeless = Person.objects.filter(memberships=None, pay_destinations=None).values_list("pk", flat=True)
        owed = {
            accounts.writer_of(row.code): row.signed(row.debited, row.credited).minor
            for row in accounts.all_payables().with_totals()
        }

        assert [writer for writer, minor in owed.items() if 0 < minor < threshold and writer not in homeless] != []
        assert [writer for writer in homeless if owed.get(writer, 0) >= threshold] != []
        assert PayDestination.objects.filter(ended_at=None).count() == 10

    def test_writer_has_a_statement_for_each_month_in_which_something_was_earned(self) -> None:
        earning = Accrual.objects.filter(amount__gt=0).values_list("agreement__writer_id", "month")
        statements = Statement.objects.values_list("writer_id", "month")

        assert set(earning) <= set(statements)
        assert statements.annotate(number=Count("pk")).filter(number__gt=1).count() == 0

    def test_public_page_tells_nothing_of_who_stands_behind_a_byline(self) -> None:
        hidden = Byline.objects.exclude(kind=BylineKind.LEGAL).select_related("person")
        secrets = {word for byline in hidden for word in (byline.person.email, byline.person.name.split()[-1])}
        addresses = [
            reverse(f"magazine:{name}") for name in ("front", "write_for_us", "feed_atom", "feed_json", "sitemap")
        ]
        addresses += [section.get_absolute_url() for section in Section.objects.all()]
        addresses += [story.get_absolute_url() for story in Story.objects.live()]

        pages = {address: self.client.get(address) for address in addresses}

        assert {page.status_code for page in pages.values()} == {200}
        told = [(address, word) for address, page in pages.items() for word in secrets if word in page.content.decode()]
        assert told == []
        assert {"Stroud", "Wachter", "Lindquist", "Deshmukh"} <= secrets
