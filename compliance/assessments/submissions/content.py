"""What is checked, approved and handed in: an assessment as data, without who did it and when.

An answer that other answers hide, or a claim makes needless, is kept in the assessment but is no
part of this: it never counts, and is not submitted.
"""

import hashlib
import json
import uuid
from collections import defaultdict
from typing import Any

import rfc8785

from compliance.assessments.draft import Draft
from compliance.assessments.models import Evidence
from compliance.assessments.submissions.frozen import sheet_of
from compliance.organisations.models import Organisation, Subject
from questionnaires.figures import figures

Data = dict[str, Any]


def content_of(draft: Draft) -> Data:
    """Return what the assessment says as it stands in the database now, as JSON-ready data."""
    assessment, version = draft.assessment, draft.assessment.version
    content: Data = {
        "questionnaire": {
            "key": version.key,
            "version": version.version,
            "title": {"zh": version.title_zh, "en": version.title_en},
            "sha256": version.sha256,
            "scoring_rules": draft.outline.scorer.questionnaire.rules,
        },
        "organisation": _organisation(assessment.subject.organisation),
        "subject": _subject(assessment.subject),
        "situation": assessment.situation,
        "reference_date": assessment.reference_date.isoformat(),
        "answers": answers_of(draft),
        "not_applicable": dict(draft.sheet.not_applicable),
        "evidence": _evidence(draft),
    }
    # Of what is handed in, not of the draft: that holds answers which others hide.
    sheet = sheet_of(content, draft.outline.scorer.questionnaire)
    content["figures"] = figures(draft.outline.scorer.score(sheet))
    plain: Data = json.loads(json.dumps(content))  # enumerations become their values
    return plain


def answers_of(draft: Draft) -> Data:
    """Return the answers that count, and the comments on questions that count, by question.

    Also where nothing but a trade secret is marked: what stands behind it is one.
    """
    return {
        key: {
            "value": draft.outline.questions[key].write(draft.sheet.values[key])
            if draft.answered(key)
            else None,
            "comment": answer.comment,
            "trade_secret": answer.trade_secret,
        }
        for key, answer in draft.answers.items()
        if draft.counts(key) and (draft.answered(key) or answer.comment or answer.trade_secret)
    }


def canonical(data: Data) -> bytes:
    """Return the data as canonical JSON (RFC 8785): equal data, equal bytes."""
    return rfc8785.dumps(data)


def digest(data: Data) -> str:
    """Return the SHA-256 of the canonical JSON, in lower-case hexadecimal."""
    return hashlib.sha256(canonical(data)).hexdigest()


def _organisation(organisation: Organisation) -> Data:
    return {
        "id": str(organisation.pk),
        "name": organisation.name,
        "name_en": organisation.name_en,
        "credit_code": organisation.credit_code,
        "region": organisation.region,
        "industry": organisation.industry,
        "address": organisation.address,
        "contact_name": organisation.contact_name,
        "contact_phone": organisation.contact_phone,
    }


def _subject(subject: Subject) -> Data:
    return {
        "id": str(subject.pk),
        "name": subject.name,
        "kind": subject.kind,
        "company_role": subject.company_role,
        "version": subject.version,
        "address": subject.address,
        "launched_on": subject.launched_on and subject.launched_on.isoformat(),
        "filing_number": subject.filing_number,
    }


def _evidence(draft: Draft) -> list[Data]:
    """Return the evidence behind the answers that count, with the questions it stands behind."""
    found: dict[uuid.UUID, Evidence] = {}
    questions = defaultdict(list)
    for question in sorted(draft.evidence):
        if draft.counts(question):
            for use in draft.evidence[question]:
                found[use.evidence_id] = use.evidence
                questions[use.evidence_id].append(question)
    return [
        {
            "id": str(evidence.pk),
            "kind": evidence.kind,
            "name": evidence.name,
            "title": evidence.title,
            "address": evidence.address,
            "media_type": evidence.media_type,
            "size": evidence.size,
            "sha256": evidence.sha256,
            "issued_on": evidence.issued_on and evidence.issued_on.isoformat(),
            "expires_on": evidence.expires_on and evidence.expires_on.isoformat(),
            "questions": questions[evidence.pk],
        }
        for _key, evidence in sorted(found.items())
    ]
