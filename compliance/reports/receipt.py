"""The receipt of a submission (报送回执) as PDF: what was handed in, by whom, with which hashes."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from compliance.assessments.models import Submission
from compliance.language import DJANGO_CODES, HTML_TAGS
from compliance.library.versions import scorer_of
from compliance.reports.cover import Cover, cover_of_submission
from compliance.reports.page_numbers import page_numbers
from compliance.reports.qr_code import qr_code
from questionnaires.parts import Language


def receipt_pdf(submission: Submission, language: Language) -> bytes:
    """Return the receipt; the same submission gives the same bytes.

    Raises FontsMissingError where the machine lacks what reports are printed with.
    """
    from compliance.reports.pdf.rendering import render  # half a second, for printing alone

    cover = cover_of_submission(submission, language)
    return render(receipt_html(submission, cover), cover.generated)


def receipt_html(submission: Submission, cover: Cover) -> str:
    """Return the receipt as one HTML page that carries its style and drawing in itself."""
    assert cover.handed_in is not None
    with translation.override(DJANGO_CODES[cover.language]):
        return render_to_string("reports/receipt/receipt.html", _context(submission, cover))


def _context(submission: Submission, cover: Cover) -> dict[str, Any]:
    assert cover.handed_in is not None
    document = submission.content
    figures = document["content"]["figures"]
    ratings = {r.id: r for r in scorer_of(submission.assessment.version).questionnaire.ratings}
    rated = figures["rating"] and ratings[figures["rating"]]
    return {
        "cover": cover,
        "handed_in": cover.handed_in,
        "qr_code": qr_code(cover.handed_in.address),
        "tag": HTML_TAGS[cover.language],
        "page_number": page_numbers(),
        "questionnaire": document["content"]["questionnaire"],
        "questionnaire_title": document["content"]["questionnaire"]["title"][cover.language],
        "title": gettext("Receipt"),
        "reference_date": document["content"]["reference_date"],
        "score": figures["score"] and figures["score"]["rounded"],
        "rating": rated and rated.title.to(cover.language),
        "commitment": document["commitment"]["text"][cover.language],
        "evidence": len(document["content"]["evidence"]),
        "answers": len(document["content"]["answers"]),
    }
