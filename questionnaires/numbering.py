"""The numbers by which people name questions."""

from questionnaires.document import Questionnaire


def question_numbers(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the number of each question, in order: section and place in it, such as "2.7"."""
    return {
        question.id: f"{section_number}.{number}"
        for section_number, section in enumerate(questionnaire.sections, start=1)
        for number, question in enumerate(
            (*section.questions, *(q for c in section.criteria for q in c.questions)), start=1
        )
    }
