"""Registers as spreadsheets: assessments, submissions, subjects; for each side what it may see."""

import datetime as dt
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import TemplateView, View
from openpyxl import Workbook

from compliance.assessments.models import Assessment, Submission
from compliance.language import page_language
from compliance.organisations.models import Subject, Visitor
from compliance.organisations.regions import region
from compliance.organisations.register_downloads import record_register
from compliance.spreadsheets import MEDIA_TYPE, Column, add_sheet
from questionnaires.exact import rounded

Cells = list[str | int]


@dataclass(frozen=True)
class Kind:
    """A register: what it is called, its columns, and its rows for someone."""

    title: str | Promise
    columns: Callable[[], list[Column]]
    rows: Callable[[Visitor], Iterable[Cells]]


def _assessment_columns() -> list[Column]:
    return [
        Column(gettext("Company"), 26),
        Column(gettext("Subject"), 24),
        Column(gettext("Questionnaire"), 30),
        Column(gettext("Version"), 9),
        Column(gettext("Situation"), 16),
        Column(gettext("Reference date"), 14),
        Column(gettext("Status"), 16),
        Column(gettext("Started"), 18),
        Column(gettext("Submission number"), 28),
    ]


def _assessments(user: Visitor) -> Iterable[Cells]:
    """Those of one's own companies; for regulators those of which a submission stands.

    Drafts are no regulator's business.
    """
    own = Assessment.objects.visible_to(user).values("pk")
    handed_in = Submission.objects.current().in_jurisdiction_of(user).values("assessment")
    found = Assessment.objects.filter(Q(pk__in=own) | Q(pk__in=handed_in))
    found = found.select_related("subject__organisation", "version")
    current = Prefetch("submissions", Submission.objects.current().only("number", "assessment"))
    for one in found.defer("version__document").prefetch_related(current):
        standing = [submission.number for submission in one.submissions.all()]
        yield [
            str(one.subject.organisation),
            one.subject.name,
            one.questionnaire_title,
            one.version.version,
            str(one.get_situation_display()),
            one.reference_date.isoformat(),
            str(one.get_status_display()),
            _day(one.created_at),
            ", ".join(standing),
        ]


def _submission_columns() -> list[Column]:
    return [
        Column(gettext("Submission number"), 28),
        Column(gettext("Company"), 26),
        Column(gettext("Unified social credit code"), 22),
        Column(gettext("Region"), 22),
        Column(gettext("Subject"), 24),
        Column(gettext("Questionnaire"), 30),
        Column(gettext("Round"), 8),
        Column(gettext("Submitted at"), 18),
        Column(gettext("Self-assessed score"), 12),
        Column(gettext("Rating"), 14),
        Column(gettext("Status"), 16),
        Column(gettext("Standing"), 12),
        Column("SHA-256", 40),
    ]


def _submissions(user: Visitor) -> Iterable[Cells]:
    """Those of one's own companies, and those in the jurisdiction of one's regulators.

    What became of one that does not stand any more is the company's own business: a draft again.
    """
    visible = Submission.objects.for_company_of(user) | Submission.objects.in_jurisdiction_of(user)
    for one in visible.distinct().without_document():
        score = one.exact_score
        yield [
            one.number,
            str(one.organisation),
            one.organisation.credit_code,
            str(region(one.region) or one.region),
            one.assessment.subject.name,
            one.questionnaire_title,
            one.round,
            _day(one.submitted_at),
            "" if score is None else str(rounded(score)),
            one.rated.title.to(page_language()) if one.rated else "",
            str(one.assessment.get_status_display()) if one.is_current else "",
            str(one.get_status_display()),
            one.sha256,
        ]


def _subject_columns() -> list[Column]:
    return [
        Column(gettext("Company"), 26),
        Column(gettext("Subject"), 24),
        Column(gettext("Kind"), 12),
        Column(gettext("Role of the company"), 16),
        Column(gettext("Version"), 10),
        Column(gettext("Address or app"), 30),
        Column(gettext("Launch date"), 14),
        Column(gettext("Filing number"), 24),
    ]


def _subjects(user: Visitor) -> Iterable[Cells]:
    """Those of one's own companies; for regulators those that were submitted to them."""
    submitted = Submission.objects.in_jurisdiction_of(user).values("assessment__subject")
    own = Subject.objects.visible_to(user).values("pk")
    found = Subject.objects.filter(Q(pk__in=own) | Q(pk__in=submitted))
    for one in found.select_related("organisation").order_by("organisation__name", "name"):
        yield [
            str(one.organisation),
            one.name,
            str(one.get_kind_display()),
            str(one.get_company_role_display()),
            one.version,
            one.address,
            one.launched_on.isoformat() if one.launched_on else "",
            one.filing_number,
        ]


KINDS = {
    "assessments": Kind(gettext_lazy("Register of assessments"), _assessment_columns, _assessments),
    "submissions": Kind(gettext_lazy("Register of submissions"), _submission_columns, _submissions),
    "subjects": Kind(gettext_lazy("Register of subjects"), _subject_columns, _subjects),
}


def _day(at: dt.datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


class Registers(LoginRequiredMixin, TemplateView):
    """The registers to download."""

    template_name = "oversight/registers.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        titles = {name: kind.title for name, kind in KINDS.items()}
        return super().get_context_data(registers=titles, **kwargs)


class RegisterFile(LoginRequiredMixin, View):
    """One register as a spreadsheet in the language of the page; the download is recorded."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        found = KINDS.get(kind)
        if found is None:
            raise Http404
        book = Workbook()
        book.remove(book.worksheets[0])
        rows = list(found.rows(request.user))
        add_sheet(book, str(found.title)[:31], found.columns(), rows)
        book.properties.title = str(found.title)
        book.properties.creator = gettext("Ziping")
        file = io.BytesIO()
        book.save(file)
        record_register(request, kind, len(rows))
        name = f"{found.title} {timezone.localdate()}.xlsx"
        return HttpResponse(
            file.getvalue(),
            content_type=MEDIA_TYPE,
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )
