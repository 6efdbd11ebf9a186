"""Where things stand in the wizard."""

import uuid

from django.urls import reverse

from compliance.assessments.draft import Draft
from questionnaires.parts import Language


def section_url(assessment_id: uuid.UUID, section: str) -> str:
    """Return the address of a section."""
    return reverse("assessments:section", args=[assessment_id, section])


def question_url(draft: Draft, question: str) -> str:
    """Return the address of a question."""
    section = draft.outline.section_of[question]
    return f"{section_url(draft.assessment.pk, section)}#question-{question}"


def question_label(draft: Draft, question: str, language: Language) -> str:
    """Return a question's number and text."""
    words = draft.outline.questions[question].text.to(language)
    return f"{draft.outline.numbers[question]} {words}"


def contradiction_links(
    draft: Draft, language: Language, section: str | None = None
) -> list[dict[str, object]]:
    """Return the contradictions, of one section or of all, with links to the answers."""
    return [
        {
            "message": found.contradiction.message.to(language),
            "links": [
                {"url": question_url(draft, key), "label": question_label(draft, key, language)}
                for key in found.questions
            ],
        }
        for found in draft.contradictions
        if section is None or section in {draft.outline.section_of[key] for key in found.questions}
    ]
