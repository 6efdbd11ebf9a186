"""What a regulator and a panel do, and how everyone goes on as they should."""

import datetime as dt

from compliance.assessments.models import Submission
from compliance.lifecycle import Status, Step
from compliance.remediation.demands import demanded_findings
from compliance.remediation.models import RemediationAction
from compliance.reviews.deciding import demandable
from compliance.reviews.models import ConflictingFinding, Decision, Dispute, Finding, Review
from tests.journeys.company import Responding
from tests.journeys.travel import nth

Kind = Finding.Kind


class Reviewing(Responding):
    """A review from taking up to its decision, disputes, re-inspection."""

    def take_up(self, by: str, back: int = 0) -> bool:
        if (submission := self.submission(back)) is None:
            return False
        done = self.posted(by, "reviews:take_up", submission.pk, step=Step.TAKE_UP)
        carried = Finding.objects.filter(review__submission=submission).select_related(
            "carried_from__review"
        )
        for row in carried if done else ():
            if former := row.carried_from:
                kind, reason = self.ledger.findings[former.review.submission_id, row.criterion]
                assert row.kind in (kind, Kind.ADJUST)
                where = (submission.pk, row.criterion)
                self.ledger.findings.setdefault(where, (row.kind, reason))
        return done

    def assign(self, by: str, to: str, back: int = 0) -> None:
        if submission := self.submission(back):
            fields = {"person": self.stage.people[to].pk, "working_days": "5"}
            self.posted(by, "reviews:assign", submission.pk, **fields)

    def find(
        self,
        by: str,
        criterion: str,
        kind: str,
        percent: str = "50",
        *,
        outdated: bool = False,
        back: int = 0,
    ) -> bool:
        """Say something about a criterion; `outdated`: on a page opened before anyone did."""
        submission = self.submission(back)
        if submission is None:
            return False
        row = Finding.objects.filter(review__submission=submission, criterion=criterion).first()
        revision, words = 0 if outdated or row is None else row.revision, self.words()
        done = self.posted(
            by,
            "reviews:criterion",
            submission.pk,
            criterion,
            words=words,
            kind=kind,
            achievement=percent,
            reason=words,
            revision=revision,
        )
        if done:
            if revision == (row.revision if row else 0):
                self.ledger.findings[submission.pk, criterion] = (kind, words)
            self.check_scores(submission)
        return done

    def settle(self, by: str, which: int, other: bool) -> bool:
        """Choose between two findings that met."""
        submission = self.submission()
        beside = ConflictingFinding.objects.filter(review__submission=submission).order_by("pk")
        if submission is None or (conflict := nth(beside, which)) is None:
            return False
        stored = Finding.objects.get(review=conflict.review, criterion=conflict.criterion)
        chosen = f"{conflict.pk}.{'other' if other else 'stored'}.{stored.revision}"
        where = (submission.pk, conflict.criterion)
        done = self.posted(by, "reviews:criterion", *where, choose=chosen)
        if done and other:
            said = (conflict.kind, conflict.reason)
            self.ledger.findings[submission.pk, conflict.criterion] = said
        return done

    def look(self, by: str, finding: Finding | None, confirms: bool) -> bool:
        """Give a finding its second look; one's own is refused."""
        if finding is None:
            return False
        words = self.words()
        waits = finding.look == Finding.Look.WAITING
        return self.posted(
            by,
            "reviews:second_look",
            finding.review.submission_id,
            words=words if waits else "",
            finding=finding.pk,
            revision=finding.revision,
            answer="confirm" if confirms else "send_back",
            note=words,
        )

    def decide(self, by: str, decision: str, back: int = 0) -> bool:
        if (submission := self.submission(back)) is None:
            return False
        words = self.words()
        return self.posted(
            by,
            "reviews:decide",
            submission.pk,
            step=Decision(decision).step,
            words=words,
            decision=decision,
            statement=words,
            working_days="5",
            demanded=self._demandable(submission),
        )

    def _demandable(self, submission: Submission) -> list[str]:
        review = Review.objects.filter(submission=submission).first()
        return [gap.criterion.id for _finding, gap in demandable(review)] if review else []

    def give_opinion(self, by: str, which: int, side: str) -> None:
        if dispute := self.dispute(which):
            words = self.words()
            fields = {"side": side, "reasons": words}
            self.posted(by, "reviews:opinion", dispute.pk, words=words, **fields)

    def decide_dispute(
        self, by: str, dispute: Dispute | None, outcome: str, effect: str, percent: str = "50"
    ) -> bool:
        if dispute is None:
            return False
        words = self.words()
        fields = {"outcome": outcome, "effect": effect, "achievement": percent, "reasons": words}
        done = self.posted(by, "reviews:decide_dispute", dispute.pk, words=words, **fields)
        self.check_scores(dispute.finding.review.submission)
        return done

    def end_reinspection(self, by: str, closes: bool, back: int = 0) -> bool:
        if (submission := self.submission(back)) is None:
            return False
        before = self.status
        step = Step.CLOSE if closes else Step.REJECT_REPORT
        fields = {"closes": "yes" if closes else "no"}
        self.send(by, "remediation:demand", submission.pk, step=step, **fields)
        return self.status != before


class Guided(Reviewing):
    """A journey that those who may can always take on, and they do what fits."""

    def go_on(self, decision: str = Decision.DEMAND) -> None:
        """Do what comes next; fail where the right person cannot.

        A review ends with the decision, or passes where nothing is found.
        """
        match self.status:
            case Status.DRAFT:
                self.go_on_in_company()
                assert self.finish("officer")
            case Status.FINISHED | Status.RETURNED:
                if self.status == Status.RETURNED:
                    self.go_on_in_company()
                assert self.request("officer", self._preparer())
            case Status.AWAITING_SIGNATURE:
                self._sign()
            case Status.SUBMITTED:
                assert self.take_up("reviewer")
            case Status.UNDER_REVIEW:
                self._review(decision)
            case Status.REMEDIATION_DEMANDED:
                self._remedy()
            case Status.REPORTED:
                self._reinspect()
            case Status.WITHDRAWN:
                assert self.reopen("officer")

    def furnish(self) -> None:
        """Let there be a dispute with an opinion, and an action of the company's own, reported."""
        self.contest("officer", 0)
        self.give_opinion("panellist", 0, "partly")
        assert self.plan("officer", "review-maturity", "contributor")
        assert self.report("contributor", self.action(0))

    def go_on_until(self, *statuses: Status, decision: str = Decision.DEMAND) -> None:
        """Go on until one of the statuses is reached; fail where that takes for ever."""
        for _ in range(60):
            if self.status in statuses:
                return
            self.go_on(decision)
        raise AssertionError(f"Nobody gets from {self.status} to {statuses}.")

    def _preparer(self) -> str:
        """Return someone who has answered something, and is not the officer who asks."""
        names = {user.pk: name for name, user in self.stage.people.items()}
        answered = self.assessment.answers.order_by("question").values_list("by", flat=True)
        return next((names[pk] for pk in answered if names[pk] != "officer"), "officer")

    def _sign(self) -> None:
        sign_off = self.sign_off()
        assert sign_off is not None
        if sign_off.state == sign_off.State.REQUESTED:
            assert self.approve("signatory")
        else:
            assert self.submit("officer")

    def _review(self, decision: str) -> None:
        review = self.review()
        assert review is not None
        findings = review.findings.order_by("criterion")
        waiting = findings.awaiting_second_look().first()
        if ConflictingFinding.objects.filter(review=review).exists():
            assert self.settle("reviewer", 0, other=False)
        elif waiting:
            leads = {self.stage.people[name].pk: name for name in ("lead", "second lead")}
            other = next(name for pk, name in leads.items() if pk != waiting.by_id)
            assert self.look(other, waiting, confirms=True)
        elif sent_back := findings.sent_back().first():
            assert self.find("reviewer", sent_back.criterion, Kind.AGREE)
        elif decision == Decision.PASS:
            self._agree(review)
        elif findings.exclude(kind=Kind.AGREE).exists() and self.decide("lead", decision):
            return
        else:
            assert self.find("reviewer", "labels", Kind.ADJUST)

    def _agree(self, review: Review) -> None:
        """Check what is not checked and ask for no more; then pass."""
        asked = review.findings.filter(kind=Kind.ASK).first()
        checked = set(review.findings.values_list("criterion", flat=True))
        criteria = ["fraud", "consent", "labels", "review-maturity", "minors-mode"]
        unchecked = [name for name in criteria if name not in checked]
        if asked:
            assert self.find("reviewer", asked.criterion, Kind.AGREE)
        elif not self.decide("lead", Decision.PASS) and not self._settle_dispute():
            assert self.find("reviewer", unchecked[0], Kind.AGREE)

    def _settle_dispute(self) -> bool:
        """Decide what is contested, in the end without an opinion; return whether anything was."""
        rows = Dispute.objects.undecided().of_assessment(self.assessment).order_by("opened_at")
        dispute = rows.first()
        if dispute is None:
            return False
        if dispute.status == Dispute.Status.OPEN and not dispute.can_be_decided():
            assert not self.decide_dispute("lead", dispute, "declined", "stands")
            opened = dispute.opened_at - dt.timedelta(days=60)
            rows.filter(pk=dispute.pk).update(opened_at=opened)
        assert self.decide_dispute("lead", dispute, "declined", "stands")
        return True

    def _remedy(self) -> None:
        if not self._act():
            assert self.report_all("officer")

    def _act(self) -> bool:
        """Plan or report what is demanded and not yet reported; return whether there was any."""
        review = self.review()
        assert review is not None
        live = RemediationAction.objects.exclude(status=RemediationAction.Status.GIVEN_UP)
        for finding in demanded_findings(review):
            actions = live.filter(finding=finding).order_by("created_at")
            if not actions:
                assert self.plan("officer", finding.criterion, "contributor")
                return True
            if action := actions.filter(status__in=RemediationAction.CHANGEABLE).first():
                assert self.report("officer", action)
                return True
        return False

    def _reinspect(self) -> None:
        reported = RemediationAction.objects.filter(
            finding__review=self.review(), status=RemediationAction.Status.REPORTED
        )
        if action := reported.order_by("created_at").first():
            assert self.inspect("reviewer", action, closes=True)
        elif not self._act() and not self._settle_dispute():
            assert self.end_reinspection("lead", closes=True)
