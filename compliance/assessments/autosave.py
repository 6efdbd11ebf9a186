"""Saving one answer while someone is still on the page."""

import uuid
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.generic.base import View

from compliance.assessments.access import assessment_access
from compliance.assessments.changes import Outcome, TooLate
from compliance.assessments.collaboration.holding import bars_for
from compliance.assessments.conflicts import answer_conflict, claim_conflict
from compliance.assessments.draft import Draft
from compliance.assessments.models import Assessment
from compliance.assessments.outline import outline_of
from compliance.assessments.saving import store
from compliance.language import page_language
from compliance.permissions import ANSWER
from questionnaires.forms import Entry, SectionForm
from questionnaires.scoring import Asked

SHOWN = {Asked.YES: "yes", Asked.UNDETERMINED: "undetermined"}


class Autosave(View):
    """Store one answer or claim; takes the fields that the page has for it, and `question` or
    `criterion` with its key.

    200: `saved` (words with the time), `seen` (the token from now on), `errors` by field of what
    was stored though it cannot be read, `asked` where the answer decides what else is asked.
    422: `errors` of what was not stored, the rest was. 409: someone else changed it meanwhile;
    `stored` is theirs and `sent` is kept beside it. 403: signed out, or the assessment was
    finished or superseded meanwhile, or the section is others' to answer; nothing is stored.
    """

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, assessment_id: uuid.UUID) -> JsonResponse:
        if not request.user.is_authenticated:
            signed_out = _("You have been signed out. Save the page to sign in again.")
            return JsonResponse({"error": signed_out}, status=403)
        access = assessment_access(request.user, assessment_id)
        if access.has_role_for(ANSWER) and not access.may(ANSWER):
            return JsonResponse({"error": _too_late(access.assessment)}, status=403)
        assessment = access.require(ANSWER)
        form, entry = _read(request, assessment)
        section = _section(assessment, entry)
        holding = bars_for(access, request.user)
        if holding.bars(section):
            return JsonResponse({"error": holding.refusal(section)}, status=403)
        try:
            outcome, seen = store(assessment, entry, request.user)
        except TooLate:
            return JsonResponse({"error": _too_late(assessment)}, status=403)
        if outcome is Outcome.CONFLICT:
            return _conflict(assessment, entry)
        errors = {name: str(texts[0]) for name, texts in form.errors.items()}
        answer: dict[str, Any] = {"seen": str(seen), "errors": errors}
        if form.refused:
            return JsonResponse(answer, status=422)
        now = timezone.localtime()
        answer["saved_at"] = now.isoformat(timespec="seconds")
        answer["saved"] = _("Saved at %(time)s") % {"time": time_format(now, "H:i:s")}
        deciding = outline_of(assessment.version).deciding
        if entry.kind == "answer" and entry.key in deciding:
            answer["asked"] = _asked(Draft(assessment, deciding), entry.key)
        return JsonResponse(answer)


def _too_late(assessment: Assessment) -> str:
    if assessment.status == Assessment.Status.SUPERSEDED:
        return _("Not saved: the assessment was superseded in the meantime.")
    return _("Not saved: the assessment was finished in the meantime.")


def _section(assessment: Assessment, entry: Entry) -> str:
    outline = outline_of(assessment.version)
    known = outline.section_of if entry.kind == "answer" else outline.section_of_criterion
    return known[entry.key]


def _read(request: HttpRequest, assessment: Assessment) -> tuple[SectionForm, Entry]:
    outline, posted, language = outline_of(assessment.version), request.POST, page_language()
    try:
        if "criterion" in posted:
            form_class = outline.claim_form(posted["criterion"], language)
        else:
            form_class = outline.question_form(posted["question"], language)
    except KeyError as error:
        raise SuspiciousOperation("There is no such question.") from error
    form = form_class(posted, reference_date=assessment.reference_date)
    entry = next(form.entries(), None)
    if form.tampered or entry is None:
        raise SuspiciousOperation(f"No page can send this: {', '.join(form.tampered)[:200]}")
    return form, entry


def _conflict(assessment: Assessment, entry: Entry) -> JsonResponse:
    draft = Draft(assessment)
    if entry.kind == "answer":
        both = answer_conflict(draft, entry.key, page_language())
    else:
        both = claim_conflict(draft, entry.key)
    error = _("%(name)s changed this in the meantime. Save the page to see both answers.")
    stored, sent = (both["stored"], both["others"][-1]) if both else ({}, {})
    return JsonResponse(
        {
            "error": error % {"name": stored.get("by", "")},
            "stored": {"words": stored.get("words"), "comment": stored.get("comment")},
            "sent": {"words": sent.get("words"), "comment": sent.get("comment")},
        },
        status=409,
    )


def _asked(draft: Draft, question: str) -> dict[str, str]:
    """Return for each question of the same section whether it is asked: yes, no, undetermined."""
    asked = draft.score.asked
    section = draft.outline.section_of[question]
    return {
        other.id: SHOWN.get(asked[other.id], "no") for other in draft.outline.questions_in(section)
    }
