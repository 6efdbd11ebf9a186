"""The register of remediation (整改台账) as a spreadsheet."""

import io

from django.utils import timezone
from django.utils.translation import gettext, pgettext
from openpyxl import Workbook

from compliance.assessments.outline import outline_of
from compliance.language import page_language
from compliance.library.citations import citations
from compliance.remediation.models import ActionQuerySet, RemediationAction, Report
from compliance.spreadsheets import Column, add_sheet

Cells = list[str | int]


def register_workbook(actions: ActionQuerySet) -> bytes:
    """Return an XLSX file in the active language, an action a row."""
    book = Workbook()
    book.remove(book.worksheets[0])
    found = actions.prefetch_related("milestones", "reports__inspected_by")
    rows = (_row(number, action) for number, action in enumerate(found, start=1))
    add_sheet(book, gettext("Register of remediation"), _columns(), rows)
    book.properties.title = gettext("Register of remediation")
    book.properties.creator = gettext("Ziping")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _columns() -> list[Column]:
    return [
        Column(gettext("No."), 6),
        Column(gettext("Company"), 26),
        Column(gettext("Subject"), 20),
        Column(gettext("Submission"), 26),
        Column(gettext("Criterion"), 30),
        Column(gettext("Basis"), 36),
        Column(gettext("Remediation action"), 40),
        Column(gettext("Means"), 10),
        Column(gettext("Cost"), 8),
        Column(gettext("Responsible department"), 16),
        Column(gettext("Responsible person"), 14),
        Column(gettext("To be done by"), 14),
        Column(gettext("Status"), 14),
        Column(gettext("Milestones"), 14),
        Column(pgettext("of an action", "Reported"), 14),
        Column(gettext("Re-inspected by"), 16),
        Column(gettext("Result of the re-inspection"), 40),
    ]


def _row(number: int, action: RemediationAction) -> Cells:
    assessment, language = action.assessment, page_language()
    questionnaire = outline_of(assessment.version).scorer.questionnaire
    criterion = outline_of(assessment.version).criteria[action.criterion]
    law = citations(questionnaire, criterion, language)["articles"]
    milestones = list(action.milestones.all())
    reached = sum(one.done_on is not None for one in milestones)
    last: Report | None = next(reversed(action.reports.all()), None)
    return [
        number,
        str(assessment.subject.organisation),
        assessment.subject.name,
        action.finding.review.submission.number if action.finding else "",
        criterion.title.to(language),
        "\n".join(article["citation"] for article in law),
        "\n".join(filter(None, [action.title, action.detail])),
        str(action.get_means_display()),
        str(action.get_cost_display()),
        action.department,
        action.owner.name,
        action.due_on.isoformat(),
        str(action.get_status_display()),
        f"{reached} / {len(milestones)}" if milestones else "",
        timezone.localtime(last.at).date().isoformat() if last else "",
        last.inspected_by.name if last and last.inspected_by else "",
        _inspected(last),
    ]


def _inspected(last: Report | None) -> str:
    if last is None or last.closes is None:
        return ""
    result = gettext("Closed") if last.closes else gettext("Sent back after re-inspection")
    return "\n".join(filter(None, [result, last.note]))
