"""Load a demonstration: the published library, one company, two assessments and gap reports."""

import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone, translation

from compliance.accounts.models import User
from compliance.assessments.draft import Draft
from compliance.assessments.models import Answer, Assessment
from compliance.library.models import QuestionnaireVersion
from compliance.library.versions import load_published
from compliance.organisations.models import Membership, Organisation, Role, Subject
from compliance.reports.cover import cover_of_assessment
from compliance.reports.gap_report import gap_report
from questionnaires.answers import AnswersFile, read_answers_file
from questionnaires.parts import Language

ANSWERS = settings.BASE_DIR / "examples" / "digital_human_answers.yaml"
PASSWORD = "ziping-demo"  # noqa: S105 - printed for everyone to use
PEOPLE = {
    "officer@demo.example": ("陈合规", Role.COMPLIANCE_OFFICER),
    "contributor@demo.example": ("林填报", Role.CONTRIBUTOR),
    "signatory@demo.example": ("周授权", Role.SIGNATORY),
    "auditor@demo.example": ("吴审计", Role.AUDITOR),
}
HALF_DONE = "小衡虚拟主播"
HALF_DONE_SECTIONS = 7
"""How many sections of the half-done assessment have answers; the last of them only half."""
REPORTS: dict[Language, str] = {"zh": "差距分析报告.pdf", "en": "gap-report.pdf"}


class Command(BaseCommand):
    """Safe to run again: what exists is left as people changed it, what is missing is made."""

    help = "Load a demonstration company with a half-done and a finished assessment."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        load_published()
        with transaction.atomic():
            finished = load_company()
        folder = settings.DATA_DIR / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        self.stdout.write(f"\nGap reports of the finished assessment, in {folder}:")
        for language, name in REPORTS.items():
            path = write_report(finished, language, folder / name)
            self.stdout.write(f"  {path.name}  {path.stat().st_size // 1024} KB")
        self.stdout.write(f"\nDemonstration logins, all with the password {PASSWORD}:")
        with translation.override("en"):
            for email, (_name, role) in PEOPLE.items():
                self.stdout.write(f"  {email:<26}  {role.label}")
        self.stdout.write("")


def load_company() -> Assessment:
    """Make what is missing of the demonstration company; return its finished assessment."""
    _, file = read_answers_file(ANSWERS)
    names = file.subject.organisation
    company, _ = Organisation.objects.get_or_create(
        name=names.zh, defaults={"name_en": names.en or ""}
    )
    people = {}
    for email, (name, role) in PEOPLE.items():
        user = User.objects.filter(email=email).first()
        people[role] = user or User.objects.create_user(email, PASSWORD, name=name)
        Membership.objects.get_or_create(user=people[role], organisation=company, role=role)
    officer = people[Role.COMPLIANCE_OFFICER]
    half = _subject(company, HALF_DONE, version="1.4")
    _assessment(half, file, officer, Assessment.Situation.LAUNCH, Assessment.Status.DRAFT)
    details = file.subject
    whole = _subject(
        company,
        details.name.zh,
        version=details.version or "",
        address=details.address or "",
        launched_on=details.launched and datetime.date.fromisoformat(details.launched),
        filing_number=details.filing_number or "",
    )
    return _assessment(
        whole, file, officer, Assessment.Situation.YEARLY, Assessment.Status.FINISHED
    )


def _subject(company: Organisation, name: str, **details: Any) -> Subject:
    details["company_role"] = Subject.CompanyRole.PROVIDER
    return Subject.objects.get_or_create(organisation=company, name=name, defaults=details)[0]


def _assessment(
    subject: Subject,
    file: AnswersFile,
    by: User,
    situation: Assessment.Situation,
    status: Assessment.Status,
) -> Assessment:
    """Return the subject's first assessment; make it and answer it where there is none."""
    found = subject.assessments.order_by("created_at").first()
    if found is not None:
        return found
    version = QuestionnaireVersion.objects.open_for_new().get(key=file.questionnaire)
    assessment = Assessment.objects.create(
        subject=subject,
        version=version,
        situation=situation,
        reference_date=datetime.date.fromisoformat(file.reference_date),
        status=status,
        created_by=by,
    )
    whole = status == Assessment.Status.FINISHED
    _answer(assessment, file, set(file.answers) if whole else _first_part(assessment))
    return assessment


def _first_part(assessment: Assessment) -> set[str]:
    """Return the questions that the half-done assessment answers."""
    outline = Draft(assessment).outline
    sections = [outline.questions_in(section) for section in outline.sections][:HALF_DONE_SECTIONS]
    half = len(sections[-1]) // 2
    sections[-1] = sections[-1][:half]
    return {question.id for section in sections for question in section}


def _answer(assessment: Assessment, file: AnswersFile, chosen: set[str]) -> None:
    """Store the file's answers to the chosen questions, as the pages would."""
    questions = Draft(assessment).outline.questions
    now = timezone.now()
    Answer.objects.bulk_create(
        Answer(
            assessment=assessment,
            question=name,
            value=questions[name].write(questions[name].read(given)),
            comment=file.comments.get(name, ""),
            by=assessment.created_by,
            at=now,
        )
        for name, given in file.answers.items()
        if name in chosen
    )


def write_report(assessment: Assessment, language: Language, path: Path) -> Path:
    """Write the gap report of an assessment, unless the file is newer than its answers."""
    last = assessment.answers.latest("at").at
    if not path.exists() or path.stat().st_mtime < last.timestamp():
        cover = cover_of_assessment(assessment, language, timezone.localdate())
        path.write_bytes(gap_report(Draft(assessment).score, cover))
    return path
