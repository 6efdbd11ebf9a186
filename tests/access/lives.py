"""An assessment in every status that it can have, brought there by the steps of the site.

Everything that a company or a reviewer writes by hand holds a word that stands nowhere else, so
that a test sees where it turns up.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.access import assessment_access
from compliance.assessments.collaboration.threads import say
from compliance.assessments.draft import Draft
from compliance.assessments.evidence.keeping import Place, attach
from compliance.assessments.models import (
    Assessment,
    Evidence,
    SealedPage,
    SignOff,
    Submission,
    WorkbookImport,
)
from compliance.assessments.moving import move, take
from compliance.assessments.submissions.freezing import submit
from compliance.assessments.submissions.signing import approve, request_signature
from compliance.assessments.submissions.withdrawing import withdraw
from compliance.assessments.upgrading import Succession, upgrade
from compliance.assessments.workbooks.reading import Found
from compliance.library.models import QuestionnaireVersion
from compliance.lifecycle import Status, Step
from compliance.organisations.models import Organisation
from compliance.remediation.acting import plan_action
from compliance.remediation.demands import end_reinspection, report_all
from compliance.remediation.inspecting import ask_for_time, inspect, report
from compliance.remediation.models import RemediationAction
from compliance.reviews.deciding import decide, look
from compliance.reviews.disputing import contest, decide_dispute, give_opinion
from compliance.reviews.findings import Word, store
from compliance.reviews.models import Decision, Dispute, Finding, Review
from compliance.reviews.rounds import reply
from compliance.reviews.taking_up import take_up
from tests.cast import ANSWERED, make_action, make_answer, make_assessment, make_subject

BIRD = "金丝雀"
"""In everything that a company writes."""
CAGED = f"{BIRD}笼"
"""In what no regulator ever sees: drafts, threads, plans of the company's own."""
TRADE = f"{BIRD}密"
"""In what no panel ever sees: the comment on an answer that is marked as a trade secret."""
FILE = b"%PDF-1.7 what stands in it is no matter here"


@dataclass
class People:
    """Who does what in the life of an assessment."""

    company: Organisation
    contributor: User
    officer: User
    signatory: User
    regulator: Organisation
    reviewer: User
    lead: User
    association: Organisation
    panellist: User


@dataclass
class Life:
    """An assessment, and what has come about on its way."""

    assessment: Assessment
    evidence: Evidence
    sent: WorkbookImport
    action: RemediationAction | None = None
    sign_off: SignOff | None = None
    submission: Submission | None = None
    scan: SealedPage | None = None
    dispute: Dispute | None = None
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def parameters(self) -> dict[str, Any]:
        """What addresses name of it; what has not come about is left out."""
        rows = {
            "subject_id": self.assessment.subject,
            "assessment_id": self.assessment,
            "evidence_id": self.evidence,
            "import_id": self.sent,
            "action_id": self.action,
            "sign_off_id": self.sign_off,
            "submission_id": self.submission,
            "scan_id": self.scan,
            "dispute_id": self.dispute,
            **self.made,
        }
        return {name: row.pk for name, row in rows.items() if row is not None}


class Lives:
    """Leads assessments of one company to where a test wants them."""

    def __init__(self, people: People, version: QuestionnaireVersion) -> None:
        self.people, self.version = people, version
        self.number = 0

    def every(self) -> dict[Status, Life]:
        """Return a life that has reached it, for each status."""
        reached: dict[Status, Callable[[], Life]] = {
            Status.DRAFT: self.draft,
            Status.FINISHED: self.finished,
            Status.AWAITING_SIGNATURE: self.awaiting,
            Status.SUBMITTED: self.submitted,
            Status.UNDER_REVIEW: self.under_review,
            Status.RETURNED: lambda: self.decided(Decision.RETURN),
            Status.REMEDIATION_DEMANDED: self.demanded,
            Status.REPORTED: self.reported,
            Status.CLOSED: self.closed,
            Status.PASSED: lambda: self.decided(Decision.PASS),
            Status.WITHDRAWN: self.withdrawn,
            Status.SUPERSEDED: self.superseded,
            Status.ARCHIVED: self.archived,
        }
        lives = {status: reach() for status, reach in reached.items()}
        for life in lives.values():
            life.assessment.refresh_from_db()
        return lives

    def draft(self, handed_in: bool = False) -> Life:
        """Answered, discussed, with evidence and a workbook that waits to be taken in."""
        who, word = self.people, BIRD if handed_in else CAGED
        self.number += 1
        subject = make_subject(who.company, name=f"{word}系统{self.number}", filing_number=word)
        assessment = make_assessment(subject, version=self.version, created_by=who.officer)
        for question, value in ANSWERED.items():
            make_answer(assessment, question, value, comment=f"{word}说明{question}")
        secret = assessment.answers.filter(question="assessed-on")
        secret.update(comment=f"{TRADE}{word}", trade_secret=True)
        data = FILE + str(self.number).encode()
        evidence = Evidence.objects.create(
            organisation=who.company,
            kind=Evidence.Kind.FILE,
            title=f"{word}材料",
            file=ContentFile(data, "x.pdf"),
            name=f"{word}.pdf",
            media_type="application/pdf",
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            added_by=who.officer,
        )
        place = Place(assessment_access(who.officer, assessment.pk), "assessed")
        attach(place, [evidence], who.officer)
        say(assessment, "assessed", f"{CAGED}讨论", who.contributor)
        sent = WorkbookImport.objects.create(
            assessment=assessment,
            by=who.officer,
            file_name=f"{CAGED}.xlsx",
            found=Found([], [], 0, []).write(),
        )
        return Life(assessment, evidence, sent)

    def finished(self, handed_in: bool = False) -> Life:
        """With a plan of its own against a gap, of which no regulator knows."""
        life = self.draft(handed_in)
        with transaction.atomic():
            move(life.assessment, Step.FINISH)
        life.action = make_action(
            life.assessment,
            title=f"{CAGED}整改",
            detail=CAGED,
            owner=self.people.contributor,
            created_by=self.people.officer,
        )
        self._plan_further(life, life.action)
        return life

    def _plan_further(self, life: Life, action: RemediationAction) -> None:
        """Give an action a milestone and a wish for more time."""
        until = action.due_on + dt.timedelta(days=30)
        milestone = action.milestones.create(title=f"{BIRD}节点", due_on=action.due_on)
        wish = ask_for_time(action, until, f"{BIRD}延期", self.people.contributor)
        life.made = {"milestone_id": milestone, "extension_id": wish}

    def awaiting(self, handed_in: bool = False) -> Life:
        who, life = self.people, self.finished(handed_in)
        life.sign_off = request_signature(life.assessment, who.officer, who.contributor)
        return life

    def submitted(self) -> Life:
        who, life = self.people, self.awaiting(handed_in=True)
        assert life.sign_off is not None
        approve(life.sign_off, who.signatory, f"{BIRD}代表", SignOff.Capacity.LEGAL)
        life.submission = submit(life.sign_off, who.officer)
        life.scan = SealedPage.objects.create(
            submission=life.submission,
            file=ContentFile(FILE, "x.pdf"),
            name=f"{BIRD}.pdf",
            media_type="application/pdf",
            size=len(FILE),
            sha256=hashlib.sha256(FILE).hexdigest(),
            added_by=who.officer,
        )
        return life

    def withdrawn(self) -> Life:
        life = self.submitted()
        assert life.submission is not None
        withdraw(life.submission, self.people.officer, f"{BIRD}撤回")
        return life

    def under_review(self) -> Life:
        who, life = self.people, self.submitted()
        assert life.submission is not None
        take_up(life.submission, who.regulator, who.reviewer)
        return life

    def decided(self, decision: Decision) -> Life:
        """Agreed with; but not in one criterion, unless it passes: that is contested."""
        who, life = self.people, self.under_review()
        review = review_of(life)
        differs = decision is not Decision.PASS
        for criterion in ("fraud", "consent", "labels", "review-maturity"):
            store(review, Word(criterion, Finding.Kind.AGREE), 0, who.reviewer)
        if differs:
            word = Word("fraud", Finding.Kind.ADJUST, Fraction(1, 2), "报告无签批")
            _outcome, finding = store(review, word, 1, who.reviewer)
            look(finding, confirms=True, note="", by=who.lead)
        asked = {"statement": "见意见", "demanded": ["fraud"]}
        decide(review, decision, respond_by=None, by=who.lead, **asked)
        if differs:
            reply(finding, f"{BIRD}答复", who.officer)
            life.dispute = contest(finding, who.association, f"{BIRD}异议", who.officer)
        return life

    def demanded(self) -> Life:
        """An action against the finding is under way, and more time is asked for."""
        who, life = self.people, self.decided(Decision.DEMAND)
        assert life.dispute is not None
        give_opinion(life.dispute, "company", "签批有效", who.panellist)
        planned = {
            "title": f"{BIRD}补签批",
            "detail": BIRD,
            "department": f"{BIRD}部",
            "owner": who.contributor,
            "means": "law",
            "cost": "low",
            "due_on": timezone.localdate() + dt.timedelta(days=30),
            "target": "1",
        }
        finding = life.dispute.finding
        life.assessment.refresh_from_db()
        life.action = plan_action(life.assessment, "fraud", finding, planned, who.officer)
        self._plan_further(life, life.action)
        return life

    def reported(self) -> Life:
        life = self.demanded()
        assert life.action is not None
        report(life.action, f"{BIRD}已补", self.people.contributor)
        report_all(review_of(life), self.people.officer)
        return life

    def closed(self) -> Life:
        life = self.reported()
        assert life.action is not None
        life.action.refresh_from_db()
        life.assessment.refresh_from_db()
        life.action.assessment = life.assessment
        assert life.dispute is not None
        outcome, effect = Dispute.Outcome.DECLINED, Dispute.Effect.STANDS
        decide_dispute(life.dispute, outcome, effect, None, "维持", self.people.lead)
        inspect(life.action, True, "已见", self.people.reviewer)
        end_reinspection(review_of(life), True, self.people.lead)
        return life

    def archived(self) -> Life:
        life = self.decided(Decision.PASS)
        with transaction.atomic():
            take(life.assessment, Step.ARCHIVE, self.people.officer)
        return life

    def superseded(self) -> Life:
        """A newer version of the questionnaire has taken it further."""
        life = self.finished()
        succession = Succession(Draft(life.assessment), self.version)
        upgrade(succession, life.assessment.reference_date, self.people.officer)
        return life


def review_of(life: Life) -> Review:
    """The review of what was handed in, read anew."""
    return Review.objects.select_related("submission__assessment__subject__organisation").get(
        submission=life.submission
    )
