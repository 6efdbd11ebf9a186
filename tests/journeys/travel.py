"""A journey: what people send, by the pages of the site, and what has to hold afterwards."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from compliance.assessments.models import Assessment, Submission
from compliance.audit.models import Event
from compliance.lifecycle import Status, Step
from compliance.reviews.models import Review
from tests.journeys import laws
from tests.journeys.ledger import Ledger
from tests.journeys.stage import Stage


class Travel:
    """One assessment with those that supersede it, from wherever the one before has led."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.ledger = Ledger()
        self.assessments = [stage.assessment]
        self.submissions: dict[object, tuple[str, str]] = {}
        self.scores: dict[object, str] = {}
        self.met: set[str] = set()
        """The addresses where a form was accepted: what they make is there to be acted on."""
        self.number = 0
        self.known = self.statuses()
        self.news = True
        self.ledger.take_over(self.assessments)
        self.ledger.read_record()

    def branch_off(self) -> "Travel":
        """Return a journey that begins here and leaves this one as it is."""
        other = copy(self)
        other.ledger = self.ledger.copy()
        other.met = set(self.met)
        other.assessments = list(self.assessments)
        other.submissions, other.scores = dict(self.submissions), dict(self.scores)
        return other

    # --- what stands there

    @property
    def assessment(self) -> Assessment:
        """The latest assessment, read anew."""
        rows = Assessment.objects.select_related("version", "subject__organisation")
        return rows.get(pk=self.assessments[-1].pk)

    @property
    def status(self) -> Status:
        return Status(self.statuses()[self.assessments[-1].pk])

    def statuses(self) -> dict[object, str]:
        """Return the status of each assessment, as the database has it."""
        subject = self.stage.assessment.subject_id
        rows = Assessment.objects.filter(subject=subject).order_by("created_at")
        return dict(rows.values_list("pk", "status"))

    def submission(self, back: int = 0) -> Submission | None:
        """Return the latest submission, or the one so many before it; None where there is none."""
        rows = Submission.objects.filter(assessment__in=self.assessments).defer("document")
        found = list(rows.order_by("assessment__created_at", "round"))
        return found[-1 - back % len(found)] if found else None

    def review(self, back: int = 0) -> Review | None:
        submission = self.submission(back)
        return submission and Review.objects.filter(submission=submission).first()

    # --- what is done

    def words(self) -> str:
        """Return words that nobody has said before."""
        self.number += 1
        return f"词{self.number}词"

    def accept(self, words: str) -> None:
        """From now on these words must be found."""
        self.ledger.said.add(words)

    def send(
        self, by: str, address: str, *args: object, step: Step | None = None, **fields: Any
    ) -> HttpResponse:
        """Post a form as this person; return the answer.

        `step` is what the form asks for: nothing else may happen to the status, and what is refused
        changes nothing. A failure of the server ends the journey.
        """
        before, last = self.known, _last_event()
        handed_in = step is Step.RECALL and self._handed_in()
        client = self.stage.clients[by]
        response = client.post(reverse(address, args=args), fields)
        client.cookies.pop("messages", None)
        code = response.status_code
        assert code < 500
        done = code == 302 or response.headers["Content-Type"] == "application/json"
        after = self.statuses()
        changed = {key for key in before if after[key] != before[key]}
        if not done:
            assert not changed
            assert _last_event() == last, f"{address} was refused ({code}), and is recorded"
        for key in changed:
            laws.check_step(step, by, before[key], after[key], handed_in=handed_in)
        assert len(changed) <= 1
        if made := after.keys() - before.keys():
            assert step is Step.SUPERSEDE
            assert [after[key] for key in made] == [Status.DRAFT]
            self.assessments += Assessment.objects.filter(pk__in=made)
        self.known, self.news = after, self.news or done
        return response

    def _handed_in(self) -> bool:
        current = Submission.Status.CURRENT
        rows = Submission.objects.filter(assessment=self.assessments[-1], status=current)
        return rows.exists()

    def posted(self, *args: Any, words: str = "", **kwargs: Any) -> bool:
        """Send a form; return whether it was accepted, and with it the words."""
        response = self.send(*args, **kwargs)
        done = response.status_code == 302
        if done:
            self.met.add(args[1])
        if done and words:
            self.accept(words)
        return done

    # --- what has to hold

    def check(self) -> None:
        """Check that nothing is lost, and no submission changed, where something has happened."""
        if not self.news:
            return
        self.news = False
        self.ledger.check(self.assessments)
        laws.check_disputes(self.assessments)
        self.submissions = laws.check_submissions(self.submissions, self.assessments)

    def check_scores(self, submission: Submission) -> None:
        laws.check_scores(submission, self.scores.setdefault(submission.pk, submission.score))

    def check_at_the_end(self) -> None:
        """Check what is still there to be seen at the end, and what a refusal may have broken."""
        self.news = True
        self.check()
        laws.check_second_looks(self.stage)
        laws.check_closed_gaps(self.stage)
        for submission in Submission.objects.filter(assessment__in=self.assessments):
            laws.check_document(submission)
            self.check_scores(submission)
        laws.check_record(self.assessments, self.stage.organisations)


def _last_event() -> int | None:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first()


def nth(rows: Iterable[Any], number: int) -> Any:
    """Return one of the rows, counted round and round; None where there are none."""
    found = list(rows)
    return found[number % len(found)] if found else None
