"""The assessments of the demonstration company: a half-done one, and three that it hands in."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.access import assessment_access
from compliance.assessments.companywide import shares
from compliance.assessments.draft import Draft
from compliance.assessments.evidence.demands import missing_evidence
from compliance.assessments.evidence.keeping import Place, add_link
from compliance.assessments.models import (
    Answer,
    Assessment,
    CompanyAnswer,
    Evidence,
    NotApplicableClaim,
    SignOff,
    Submission,
)
from compliance.assessments.moving import take
from compliance.assessments.saving import taken_over
from compliance.assessments.starting import start
from compliance.assessments.submissions.freezing import submit
from compliance.assessments.submissions.signing import approve, request_signature
from compliance.audit.recording import record_all
from compliance.library.models import QuestionnaireVersion
from compliance.lifecycle import Step
from compliance.organisations.demonstration import COMPANY_PEOPLE
from compliance.organisations.models import Organisation, Subject
from questionnaires.answers import AnswersFile, read_answers_file

ANSWERS = settings.BASE_DIR / "examples" / "digital_human_answers.yaml"
HALF_DONE = "小衡虚拟主播"
HALF_DONE_SECTIONS = 7
"""How many sections of the half-done assessment have answers; the last of them only half."""
UNDER_REVIEW = "小衡智能客服"
CLAIMED = "cs-live-selling"
CLAIM = "该客服数字人只在自有应用内答复咨询，不开设直播间，也不在直播间推介商品。"
REMEDIED = "小衡数字讲解员"

Situation = Assessment.Situation


def read_answers() -> AnswersFile:
    """Return the answers that the demonstration company gives."""
    return read_answers_file(ANSWERS)[1]


@dataclass(frozen=True)
class Works:
    """What the demonstration company has in hand; each is made where its subject has none."""

    company: Organisation
    file: AnswersFile

    def begin_one(self) -> None:
        """Begin an assessment and answer half of it."""
        subject = self._subject(HALF_DONE, version="1.4")
        if not subject.assessments.exists():
            assessment = self._begin(subject, Situation.LAUNCH)
            self._answer(assessment, _first_part(assessment), _officer())

    def submit_one(self) -> Assessment:
        """Submit an assessment that nobody has taken up yet; return the subject's first one."""
        details = self.file.subject
        subject = self._subject(
            details.name.zh,
            version=details.version or "",
            address=details.address or "",
            launched_on=details.launched and datetime.date.fromisoformat(details.launched),
            filing_number=details.filing_number or "",
        )
        if not subject.assessments.exists():
            self._hand_in(subject, Situation.YEARLY)
        return subject.assessments.earliest("created_at")

    def submit_another(self) -> Submission | None:
        """Submit an assessment with a claim that something does not apply; None where it is."""
        subject = self._subject(UNDER_REVIEW, version="3.0")
        if subject.assessments.exists():
            return None
        return self._hand_in(subject, Situation.MAJOR_CHANGE, claims={CLAIMED: CLAIM})

    def submit_a_third(self) -> Submission | None:
        """Submit an assessment in which a reviewer finds a lot; None where it is."""
        subject = self._subject(REMEDIED, version="2.2")
        if subject.assessments.exists():
            return None
        return self._hand_in(subject, Situation.LAUNCH)

    def _subject(self, name: str, **details: Any) -> Subject:
        details["company_role"] = Subject.CompanyRole.PROVIDER
        return Subject.objects.get_or_create(
            organisation=self.company, name=name, defaults=details
        )[0]

    def _hand_in(
        self, subject: Subject, situation: Situation, claims: dict[str, str] | None = None
    ) -> Submission:
        """Answer everything, with evidence where it is demanded; sign and submit it."""
        contributor, signatory = _person(1), _person(2)
        assessment = self._begin(subject, situation)
        self._answer(assessment, set(self.file.answers), contributor)
        _claim(assessment, claims or {}, contributor)
        _show_evidence(assessment, contributor)
        take(assessment, Step.FINISH, _officer())
        sign_off = request_signature(assessment, _officer(), contributor)
        approve(sign_off, signatory, signatory.name, SignOff.Capacity.AUTHORISED)
        return submit(sign_off, _officer())

    def _begin(self, subject: Subject, situation: Situation) -> Assessment:
        version = QuestionnaireVersion.objects.open_for_new().get(key=self.file.questionnaire)
        assessment = Assessment(
            subject=subject,
            version=version,
            situation=situation,
            reference_date=datetime.date.fromisoformat(self.file.reference_date),
            created_by=_officer(),
        )
        start(assessment, _officer())
        return assessment

    def _answer(self, assessment: Assessment, chosen: set[str], by: User) -> None:
        """Store the file's answers to the chosen questions, as the pages would."""
        outline, now = Draft(assessment).outline, timezone.now()
        own = []
        for name in chosen & self.file.answers.keys():
            question, comment = outline.questions[name], self.file.comments.get(name, "")
            value = question.write(question.read(self.file.answers[name]))
            said = {"value": value, "comment": comment}
            meaning = outline.company_questions.get(name)
            if meaning is not None:
                CompanyAnswer.objects.get_or_create(
                    organisation=self.company,
                    question=name,
                    meaning=meaning,
                    defaults={**said, "by": by, "at": now, "source": assessment},
                )
            if meaning is None or not shares(assessment):
                own.append(Answer(assessment=assessment, question=name, by=by, at=now, **said))
        answers = Answer.objects.bulk_create(own)
        entries = [taken_over(row, {"through": "demo"}) for row in answers]
        record_all(entries, by=by, chain=assessment)


def _claim(assessment: Assessment, claims: dict[str, str], by: User) -> None:
    """Claim that criteria do not apply, with the reasons given."""
    for criterion, reason in claims.items():
        row = NotApplicableClaim.objects.create(
            assessment=assessment,
            criterion=criterion,
            claimed=True,
            justification=reason,
            by=by,
            at=timezone.now(),
        )
        record_all([taken_over(row, {"through": "demo"})], by=by, chain=assessment)


def _show_evidence(assessment: Assessment, by: User) -> None:
    """Put a link behind every answer that demands evidence and has none."""
    access, draft = assessment_access(by, assessment.pk), Draft(assessment)
    for number, question in enumerate(missing_evidence(draft), 1):
        title = draft.outline.criterion_of[question].title.zh
        link = Evidence(
            organisation=assessment.subject.organisation,
            title=f"《{title}》说明材料",
            address=f"https://demo.example/evidence/{number}",
        )
        add_link(Place(access, question), link, by)


def _first_part(assessment: Assessment) -> set[str]:
    """Return the questions that the half-done assessment answers."""
    outline = Draft(assessment).outline
    sections = [outline.questions_in(section) for section in outline.sections][:HALF_DONE_SECTIONS]
    half = len(sections[-1]) // 2
    sections[-1] = sections[-1][:half]
    return {question.id for section in sections for question in section}


def _officer() -> User:
    return _person(0)


def _person(number: int) -> User:
    return User.objects.get(email=COMPANY_PEOPLE[number].email)
