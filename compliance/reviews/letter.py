"""The letter that ends a round: return, demand or pass, as PDF in either language."""

import hashlib
import uuid
from functools import partial
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.generic import View

from compliance.audit.actions import Action
from compliance.audit.recording import record_download
from compliance.language import DJANGO_CODES, HTML_TAGS, language_or_404
from compliance.reports.copies import given_out
from compliance.reports.cover import cover_of_submission
from compliance.reports.models import ReportCopy
from compliance.reports.page_numbers import page_numbers
from compliance.reports.qr_code import qr_code
from compliance.reports.submission_views import pdf_response
from compliance.reviews.access import submission_for
from compliance.reviews.criterion_page import finding_as_shown
from compliance.reviews.models import Decision, Review
from compliance.reviews.overview import overview
from compliance.reviews.responding import outcome_for
from questionnaires.parts import Language


def letter_pdf(review: Review, language: Language) -> bytes:
    """Return the letter of a decided review; the same review gives the same bytes."""
    from compliance.reports.pdf.rendering import render  # half a second, for printing alone

    assert review.decided_at is not None
    with translation.override(DJANGO_CODES[language]):
        html = render_to_string("reviews/letter/letter.html", _context(review, language))
    return render(html, timezone.localtime(review.decided_at).date())


def letter_given_out(review: Review, language: Language) -> bytes:
    """Return the letter, and remember that it was given out: whoever holds it can check it."""
    kind = ReportCopy.Kind.LETTER
    return given_out(review.submission, kind, language, partial(letter_pdf, review, language))


def title_of(review: Review) -> str:
    """Return what the letter is called, in the active language."""
    return {
        Decision.RETURN: _("Notice of return for materials"),
        Decision.DEMAND: _("Notice of demand for remediation"),
        Decision.PASS: _("Notice of passed review"),
    }[Decision(review.decision)]


def _context(review: Review, language: Language) -> dict[str, Any]:
    submission = review.submission
    cover = cover_of_submission(submission, language)
    assert cover.handed_in is not None
    page = overview(submission, language, review.decided_at)
    found = [
        {"title": row.title, "demanded": row.finding.demanded, **finding_as_shown(row.finding)}
        for section in page["sections"]
        for row in section["rows"]
        if row.finding and row.finding.tells
    ]
    return {
        "cover": cover,
        "handed_in": cover.handed_in,
        "qr_code": qr_code(cover.handed_in.address),
        "tag": HTML_TAGS[language],
        "page_number": page_numbers(),
        "title": title_of(review),
        "issuer": str(review.regulator),
        "mark": review.get_decision_display(),
        "questionnaire": submission.content["content"]["questionnaire"],
        "questionnaire_title": submission.content["content"]["questionnaire"]["title"][language],
        "review": review,
        "decided": timezone.localtime(review.decided_at).date(),
        "respond_by": review.respond_told or review.respond_by,
        "found": found,
        **page,
    }


class Letter(LoginRequiredMixin, View):
    """The letter, for the company and for the regulator that wrote it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, submission_id: uuid.UUID, language: str) -> HttpResponse:
        review = self._review(submission_id)
        content = letter_given_out(review, language_or_404(language))
        record_download(
            Action.LETTER_DOWNLOADED,
            request,
            chain=review.submission.assessment,
            about=review,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        return pdf_response(content, f"{title_of(review)} {review.submission.number}")

    def _review(self, submission_id: uuid.UUID) -> Review:
        """Return the decided review, for either side; Http404 for everyone else."""
        try:
            return outcome_for(self.request.user, submission_id).review
        except Http404:
            submission = submission_for(self.request.user, submission_id)
        review: Review | None = getattr(submission, "review", None)
        if review is None or not review.is_decided:
            raise Http404
        return review
