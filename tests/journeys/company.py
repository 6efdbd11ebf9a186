"""What the people of a company do."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from compliance.assessments.changes import TooLate
from compliance.assessments.models import (
    Answer,
    ConflictingAnswer,
    ConflictingClaim,
    NotApplicableClaim,
    SignOff,
)
from compliance.assessments.outline import outline_of
from compliance.assessments.revisions import seen
from compliance.assessments.saving import choose
from compliance.lifecycle import Status, Step
from compliance.remediation.models import Extension, RemediationAction
from compliance.reviews.models import Dispute, Finding
from tests.journeys.stage import OFFICERS
from tests.journeys.travel import Travel, nth

VALUES = {"users": "1000", "minors": "no", "reviewers": "5"}
"""The questions that are answered on the way, and an answer to each."""
NEEDED = {"functions": "live", "minors": "no", "users": "1000"}
"""The questions without which nothing can be finished."""
STORED: dict[str, tuple[Any, Any]] = {
    "": (None, None),
    "many": (None, "many"),
    "yes": ("yes", None),
    "no": ("no", None),
    "live": (["live"], None),
}
"""What is stored of what was typed: value, and what could not be read. Numbers are themselves."""


class Answering(Travel):
    """Answers, claims, conflicts and messages."""

    def question(self, name: str) -> str:
        """Return what a question is called in the version at hand."""
        known = outline_of(self.assessment.version).questions
        return name if name in known else "user-count"

    def answer(self, by: str, name: str, value: str, outdated: bool = False) -> int:
        """Save an answer with words of its own; `outdated`: from a page opened before any answer.

        Returns the status code.
        """
        assessment, question, words = self.assessment, self.question(name), self.words()
        row = Answer.objects.filter(assessment=assessment, question=question).first()
        response = self.send(
            by,
            "assessments:autosave",
            assessment.pk,
            **{
                "question": question,
                f"answer-{question}": value,
                f"comment-{question}": words,
                f"seen-{question}": str(seen("answer", None if outdated else row)),
            },
        )
        if response.status_code == 200:
            self.accept(words)
            stored = STORED.get(value) or (int(value), None)
            self.ledger.standing[assessment.pk, question] = [*stored, words]
        elif response.status_code == 409:
            self.accept(words)
            self.ledger.waiting.add((assessment.pk, words))
        return response.status_code

    def claim(self, by: str, claimed: bool, outdated: bool = False) -> None:
        """Claim that a criterion does not apply, or take that back."""
        assessment, words = self.assessment, self.words()
        row = NotApplicableClaim.objects.filter(assessment=assessment, criterion="consent").first()
        response = self.send(
            by,
            "assessments:autosave",
            assessment.pk,
            **{
                "criterion": "consent",
                "justification-consent": words,
                "claim-seen-consent": str(seen("claim", None if outdated else row)),
                **({"claimed-consent": "on"} if claimed else {}),
            },
        )
        if response.status_code == 200:
            self.accept(words)
            self.ledger.standing[assessment.pk, "consent"] = [claimed, words]
        elif response.status_code == 409:
            self.accept(words)
            self.ledger.waiting.add((assessment.pk, words))

    def choose(self, by: str, which: int, other: bool) -> None:
        """Choose between two that met."""
        assessment = self.assessment
        beside = [
            *ConflictingAnswer.objects.filter(assessment=assessment).order_by("pk"),
            *ConflictingClaim.objects.filter(assessment=assessment).order_by("pk"),
        ]
        conflict = nth(beside, which)
        if conflict is None:
            return
        kind, chosen = "answer", "other" if other else "stored"
        if isinstance(conflict, ConflictingClaim):
            kind, key, words = "claim", conflict.criterion, conflict.justification
            content: list[Any] = [conflict.claimed, words]
            row = assessment.claims.filter(criterion=key).first()
        else:
            key, words = conflict.question, conflict.comment
            content = [conflict.value, conflict.typed, words]
            row = assessment.answers.filter(question=key).first()
        button = f"{kind}.{conflict.pk}.{chosen}.{seen(kind, row)}"
        try:
            assert choose(assessment, button, self.stage.people[by])
        except TooLate:
            return
        self.news = True
        self.ledger.waiting.remove((assessment.pk, words))
        if other:
            self.ledger.standing[assessment.pk, key] = content

    def say(self, by: str) -> None:
        """Write a message beside a question."""
        words = self.words()
        self.posted(by, "assessments:thread", self.assessment.pk, "minors", words=words, text=words)


class Submitting(Answering):
    """From a draft to a submission, and back."""

    def sign_off(self, back: int = 0) -> SignOff | None:
        rows = SignOff.objects.filter(assessment__in=self.assessments)
        return nth(rows.order_by("-checked_at"), back)

    def finish(self, by: str) -> bool:
        """Finish it; return whether it is: what stands in the way leads elsewhere, too."""
        self.posted(by, "assessments:finish", self.assessment.pk, step=Step.FINISH)
        return self.status == Status.FINISHED

    def reopen(self, by: str) -> bool:
        return self.posted(by, "assessments:reopen", self.assessment.pk, step=Step.REOPEN)

    def request(self, by: str, prepared_by: str) -> bool:
        return self.posted(
            by,
            "assessments:request_signature",
            self.assessment.pk,
            step=Step.REQUEST_SIGNATURE,
            prepared_by=self.stage.people[prepared_by].pk,
        )

    def approve(self, by: str, back: int = 0) -> bool:
        if (sign_off := self.sign_off(back)) is None:
            return False
        words = self.words()
        fields = {"representative": words, "capacity": "legal", "declared": "on"}
        return self.posted(by, "assessments:approve", sign_off.pk, words=words, **fields)

    def decline(self, by: str, back: int = 0) -> None:
        if sign_off := self.sign_off(back):
            words = self.words()
            self.posted(
                by,
                "assessments:decline",
                sign_off.pk,
                step=Step.RECALL,
                words=words,
                reason=words,
            )

    def recall(self, by: str, back: int = 0) -> None:
        if sign_off := self.sign_off(back):
            self.posted(by, "assessments:recall", sign_off.pk, step=Step.RECALL)

    def submit(self, by: str, back: int = 0) -> bool:
        if (sign_off := self.sign_off(back)) is None:
            return False
        return self.posted(by, "assessments:submit", sign_off.pk, step=Step.SUBMIT)

    def withdraw(self, by: str, back: int = 0) -> None:
        if submission := self.submission(back):
            words = self.words()
            self.posted(
                by,
                "assessments:withdraw",
                submission.pk,
                step=Step.WITHDRAW,
                words=words,
                reason=words,
            )

    def upgrade(self, by: str) -> None:
        """Take it over into the newer version; what carries over stands there as it stood."""
        old = self.assessment
        fields = {"reference_date": "2026-11-21", "version": self.stage.newer.pk}
        self.posted(by, "assessments:upgrade", old.pk, step=Step.SUPERSEDE, **fields)
        new = self.assessment
        if new.pk == old.pk:
            return
        standing, waiting = self.ledger.standing, self.ledger.waiting
        for name in VALUES:
            if (old.pk, name) in standing:
                standing[new.pk, self.question(name)] = standing[old.pk, name]
        for row in new.answers.exclude(question__in=[self.question(name) for name in VALUES]):
            standing[new.pk, row.question] = standing[old.pk, row.question]
        if (old.pk, "consent") in standing:
            standing[new.pk, "consent"] = standing[old.pk, "consent"]
        waiting |= {(new.pk, words) for pk, words in waiting if pk == old.pk}

    def archive(self, by: str) -> None:
        self.posted(by, "reviews:archive", self.assessment.pk, step=Step.ARCHIVE)


class Responding(Submitting):
    """What follows from a review: replies, disputes, remediation."""

    def finding(self, which: int, back: int = 0) -> Finding | None:
        """Return a finding of a review, decided or not."""
        review = self.review(back)
        return nth(review.findings.order_by("criterion"), which) if review else None

    def dispute(self, which: int) -> Dispute | None:
        rows = Dispute.objects.filter(finding__review__submission__assessment__in=self.assessments)
        return nth(rows.order_by("-opened_at"), which)

    def action(self, which: int) -> RemediationAction | None:
        rows = RemediationAction.objects.filter(assessment__in=self.assessments)
        return nth(rows.order_by("-created_at"), which)

    def reply(self, by: str, which: int, back: int = 0) -> None:
        if finding := self.finding(which, back):
            words, where = self.words(), (finding.review.submission_id, finding.criterion)
            self.posted(by, "reviews:reply", *where, words=words, text=words)

    def contest(self, by: str, which: int, back: int = 0) -> None:
        if finding := self.finding(which, back):
            words, where = self.words(), (finding.review.submission_id, finding.criterion)
            fields = {"association": self.stage.association.pk, "grounds": words}
            self.posted(by, "reviews:contest", *where, words=words, **fields)

    def let_time_pass(self, which: int) -> None:
        """Let the panel have had all its time, as if the dispute were long open."""
        if dispute := self.dispute(which):
            opened = dispute.opened_at - dt.timedelta(days=60)
            Dispute.objects.filter(pk=dispute.pk).update(opened_at=opened)

    def withdraw_dispute(self, by: str, which: int) -> None:
        if dispute := self.dispute(which):
            self.posted(by, "reviews:withdraw_dispute", dispute.pk)

    def plan(self, by: str, criterion: str, owner: str) -> bool:
        words = self.words()
        where = (self.assessment.pk, criterion)
        return self.posted(by, "remediation:add", *where, words=words, **self._plan(words, owner))

    def change(self, by: str, which: int, owner: str) -> None:
        if action := self.action(which):
            words = self.words()
            fields = self._plan(words, owner)
            self.posted(by, "remediation:change", action.pk, words=words, **fields)

    def _plan(self, words: str, owner: str) -> dict[str, Any]:
        return {
            "title": words,
            "department": "内容部",
            "owner": self.stage.people[owner].pk,
            "means": "law",
            "cost": "low",
            "due_on": (timezone.localdate() + dt.timedelta(days=3)).isoformat(),
            "percent": "100",
        }

    def begin(self, by: str, which: int) -> None:
        if action := self.action(which):
            self.posted(by, "remediation:begin", action.pk)

    def give_up(self, by: str, which: int) -> None:
        if action := self.action(which):
            self.posted(by, "remediation:give_up", action.pk)

    def report(self, by: str, action: RemediationAction | None) -> bool:
        if action is None:
            return False
        words = self.words()
        return self.posted(by, "remediation:report", action.pk, words=words, text=words)

    def inspect(self, by: str, action: RemediationAction | None, closes: bool) -> bool:
        """Close an action or send it back; whose it is, the site says."""
        if action is None:
            return False
        words = self.words()
        fields = {"closes": "yes" if closes else "no", "note": words}
        return self.posted(by, "remediation:inspect", action.pk, words=words, **fields)

    def ask_for_time(self, by: str, which: int) -> None:
        if action := self.action(which):
            words = self.words()
            until = (action.due_on + dt.timedelta(days=9)).isoformat()
            fields = {"until": until, "reason": words}
            self.posted(by, "remediation:ask", action.pk, words=words, **fields)

    def answer_extension(self, by: str, which: int, grants: bool) -> None:
        rows = Extension.objects.filter(action__assessment__in=self.assessments)
        if extension := nth(rows.order_by("-asked_at"), which):
            words = self.words()
            fields = {"answer": "grant" if grants else "refuse", "note": words}
            where = (extension.action_id, extension.pk)
            self.posted(by, "remediation:answer", *where, words=words, **fields)

    def read_outcome(self, by: str, back: int = 0) -> None:
        """Ask for what a review came to: nobody in the company sees it before the decision."""
        if submission := self.submission(back):
            review = self.review(back)
            decided = review is not None and review.is_decided
            response = self.stage.clients[by].get(reverse("reviews:outcome", args=[submission.pk]))
            assert response.status_code == (200 if decided else 404)

    def report_all(self, by: str) -> bool:
        before = self.status
        self.send(by, "remediation:report_all", self.assessment.pk, step=Step.REPORT)
        return self.status != before

    def go_on_in_company(self) -> None:
        """Clear what stands in the way of signing, as an officer would."""
        officer = OFFICERS[0]
        while ConflictingAnswer.objects.filter(assessment=self.assessment).exists() or (
            ConflictingClaim.objects.filter(assessment=self.assessment).exists()
        ):
            self.choose(officer, 0, other=False)
        for name, value in NEEDED.items():
            question = self.question(name)
            row = self.assessment.answers.filter(question=question).first()
            if row is None or row.value is None:
                assert self.answer(officer, name, value) == 200
