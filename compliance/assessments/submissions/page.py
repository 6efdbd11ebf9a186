"""The page that leads from a finished assessment to its submission, as plain data."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.assessments.access import Access
from compliance.assessments.draft import Draft
from compliance.assessments.links import question_label, question_url
from compliance.assessments.models import SignOff
from compliance.assessments.scored import Scored
from compliance.assessments.submissions.commitments import commitment, current_commitment
from compliance.assessments.verdict import rating, tier
from compliance.lifecycle import Status
from compliance.organisations.models import Organisation
from compliance.permissions import APPROVE, ARCHIVE, REQUEST_SIGNATURE, SUBMIT
from questionnaires.parts import Language
from questionnaires.summary import summarise

Data = dict[str, Any]

DONE = {
    Status.DRAFT: 0,
    Status.WITHDRAWN: 0,
    Status.SUPERSEDED: 0,
    Status.FINISHED: 1,
    Status.RETURNED: 1,
    Status.AWAITING_SIGNATURE: 2,
}
"""How many of the steps to a submission are done in each status; in all others, all of them."""


def summary_of(scored: Scored, language: Language) -> Data:
    """Return what a representative has to see before they sign: rating, score, major risks."""
    summary = summarise(scored.score)
    return {
        "score": summary.shown,
        "rating": rating(scored.score, language),
        "tier": tier(scored.score, language),
        "major": [
            {
                "title": gap.criterion.title.to(language),
                "veto": gap.veto,
                "level": gap.level.value,
            }
            for gap in summary.major_risks
        ],
        "gaps": len(summary.gaps),
    }


def handed_in(draft: Draft, language: Language) -> Data:
    """Return what is handed in and who will see it, in numbers and names."""
    counting = [key for key in draft.answers if draft.counts(key)]
    secrets = [key for key in counting if draft.answers[key].trade_secret]
    organisation = draft.assessment.subject.organisation
    evidence = {
        use.evidence_id for key, uses in draft.evidence.items() if draft.counts(key) for use in uses
    }
    return {
        "answers": len([key for key in counting if draft.answered(key)]),
        "comments": len([key for key in counting if draft.answers[key].comment]),
        "claims": len(draft.sheet.not_applicable),
        "evidence": len(evidence),
        "secrets": [
            {"url": question_url(draft, key), "label": question_label(draft, key, language)}
            for key in secrets
        ],
        "regulators": list(Organisation.objects.regulators_for(organisation.region)),
        "place": organisation.place,
    }


def cautions(draft: Draft) -> list[str]:
    """Return what holds nobody back and yet should be known before signing, in words."""
    found = []
    if missing := len(draft.score.missing):
        text = ngettext(
            "%(number)d unanswered question counts as nothing done.",
            "%(number)d unanswered questions count as nothing done.",
            missing,
        )
        found.append(text % {"number": missing})
    if contradicting := len(draft.contradictions):
        text = ngettext(
            "%(number)d contradiction stays and is printed in the report.",
            "%(number)d contradictions stay and are printed in the report.",
            contradicting,
        )
        found.append(text % {"number": contradicting})
    return found


def progress_of(status: str, sign_off: SignOff | None) -> list[Data]:
    """Return the steps to a submission, and which of them are done, which is next."""
    labels = [
        _("Finish"),
        _("Check and ask for signature"),
        _("Approval by the representative"),
        _("Submit"),
    ]
    done = DONE.get(Status(status), len(labels))
    if sign_off is not None and sign_off.state == SignOff.State.APPROVED:
        done += 1
    return [
        {"label": label, "state": "done" if place < done else "now" if place == done else "later"}
        for place, label in enumerate(labels)
    ]


def words_of(sign_off: SignOff | None, language: Language) -> str:
    """Return the commitment of a sign-off, or the one that would be signed today."""
    found = commitment(sign_off.commitment) if sign_off else current_commitment()
    return found.text.to(language)


def step_of_life(access: Access) -> Data | None:
    """Return the next step towards a submission, or the way to what was submitted.

    None while it is being answered for the first time, or has been superseded.
    """
    assessment = access.assessment
    status = Status(assessment.status)
    if status in (Status.DRAFT, Status.SUPERSEDED):
        return None
    submission = assessment.submissions.current().defer("document").first()
    address = "assessments:signing"
    if access.may(REQUEST_SIGNATURE):
        label, urgent = _("Ask for signature"), True
    elif access.may(APPROVE):
        label, urgent = _("Approve or decline"), True
    elif access.may(SUBMIT):
        label, urgent = _("Sign and submit"), True
    elif access.may(ARCHIVE):
        address, label, urgent = "reviews:archive", _("Archive"), False
    else:
        label, urgent = _("Signature and submission"), False
    return {
        "label": label,
        "kind": "primary" if urgent else "",
        "url": reverse(address, args=[assessment.pk]),
        "submission": submission,
    }
