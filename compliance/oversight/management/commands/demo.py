"""Load a demonstration: a company, its regulator, an association, and work in every hand."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone, translation

from compliance.assessments.demonstration import Works, read_answers
from compliance.assessments.draft import Draft
from compliance.assessments.models import Assessment
from compliance.library.versions import load_published
from compliance.organisations import demonstration
from compliance.organisations.demonstration import PASSWORD, PEOPLE
from compliance.oversight.demonstration import begin_the_campaign, review_half, review_whole
from compliance.reports.cover import cover_of_assessment
from compliance.reports.gap_report import gap_report
from questionnaires.parts import Language

REPORTS: dict[Language, str] = {"zh": "差距分析报告.pdf", "en": "gap-report.pdf"}


class Command(BaseCommand):
    """Safe to run again: what exists is left as people changed it, what is missing is made."""

    help = "Load a demonstration company with its assessments, and a regulator that checks them."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        load_published()
        with transaction.atomic():
            finished = load_demonstration()
        make_signing_key(settings.DATA_DIR / "signing.p12")
        folder = settings.DATA_DIR / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        self.stdout.write(f"\nGap reports of the finished assessment, in {folder}:")
        for language, name in REPORTS.items():
            path = write_report(finished, language, folder / name)
            self.stdout.write(f"  {path.name}  {path.stat().st_size // 1024} KB")
        self.stdout.write(f"\nDemonstration logins, all with the password {PASSWORD}:")
        with translation.override("en"):
            for person in PEOPLE:
                self.stdout.write(f"  {person.email:<26}  {person.role.label}")
        self.stdout.write("")


def make_signing_key(path: Path) -> None:
    """Make a key with which the demonstration signs PDFs, unless there is one; see deploy/demo."""
    from compliance.reports.pdf_signature import make_key  # half a second to load

    if not path.exists():
        make_key(path, PASSWORD, "Ziping demonstration 自评演示")


def load_demonstration() -> Assessment:
    """Make what is missing of the demonstration; return the assessment that was submitted."""
    file = read_answers()
    names = file.subject.organisation
    company = demonstration.load_company(names.zh, names.en or "")
    regulator = demonstration.load_regulator()
    association = demonstration.load_association()
    works = Works(company, file)
    works.begin_one()
    submitted = works.submit_one()
    if waiting := works.submit_another():
        review_half(waiting, regulator)
    if wanting := works.submit_a_third():
        review_whole(wanting, regulator, association)
    begin_the_campaign(regulator, company)
    return submitted


def write_report(assessment: Assessment, language: Language, path: Path) -> Path:
    """Write the gap report of an assessment, unless the file is newer than its answers."""
    last = assessment.answers.latest("at").at
    if not path.exists() or path.stat().st_mtime < last.timestamp():
        cover = cover_of_assessment(assessment, language, timezone.localdate())
        # Whole or not at all: the next run would take half a report for a finished one.
        part = path.with_suffix(".part")
        part.write_bytes(gap_report(Draft(assessment).score, cover))
        part.replace(path)
    return path
