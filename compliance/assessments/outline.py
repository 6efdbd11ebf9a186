"""A questionnaire version as the site walks through it: sections, numbers, forms."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from compliance.library.models import QuestionnaireVersion
from compliance.library.versions import scorer_of
from questionnaires.conditions import Condition, questions_in
from questionnaires.document import Section, WeighedCriterion
from questionnaires.forms import SectionForm, form_class
from questionnaires.numbering import question_numbers
from questionnaires.parts import Language
from questionnaires.questions import Question
from questionnaires.scoring import Scorer
from questionnaires.succession import meaning_of, meaning_of_claim


@dataclass(frozen=True, eq=False)
class Outline:
    """What every request on a version needs and no answer changes."""

    scorer: Scorer
    _forms: dict[tuple[str, str, Language], type[SectionForm]] = field(default_factory=dict)

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The sections by id, in order."""
        return {section.id: section for section in self.scorer.questionnaire.sections}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions by id, in the order in which they are asked."""
        return {q.id: q for section in self.sections for q in self.questions_in(section)}

    @cached_property
    def criteria(self) -> dict[str, WeighedCriterion]:
        """The criteria by id, in order."""
        return {c.id: c for section in self.sections.values() for c in section.criteria}

    @cached_property
    def section_of(self) -> dict[str, str]:
        """The section of each question, by id."""
        return {q.id: section for section in self.sections for q in self.questions_in(section)}

    @cached_property
    def section_of_criterion(self) -> dict[str, str]:
        """The section of each criterion, by id."""
        return {c.id: section.id for section in self.sections.values() for c in section.criteria}

    @cached_property
    def criterion_of(self) -> dict[str, WeighedCriterion]:
        """The criterion of each question that belongs to one, by the question's id."""
        return {
            q.id: criterion for criterion in self.criteria.values() for q in criterion.questions
        }

    @cached_property
    def company_criteria(self) -> dict[str, str]:
        """The criteria about the company as a whole, by id, with the meaning of a claim."""
        return {
            criterion.id: meaning_of_claim(criterion)
            for criterion in self.criteria.values()
            if criterion.about == "company"
        }

    @cached_property
    def company_questions(self) -> dict[str, str]:
        """The questions that a company answers once, by id, with their meaning."""
        return {
            question.id: meaning_of(question)
            for criterion in self.company_criteria
            for question in self.criteria[criterion].questions
        }

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The number of each question, section before question: "2.7"."""
        return question_numbers(self.scorer.questionnaire)

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The questions whose answers decide whether others are asked."""
        conditions: list[Condition | None] = [q.ask_if for q in self.questions.values()]
        conditions += [criterion.applies_if for criterion in self.criteria.values()]
        conditions += [tier.if_ for tier in self.scorer.questionnaire.tiers]
        return frozenset().union(*(questions_in(condition) for condition in conditions))

    def questions_in(self, section: str) -> tuple[Question, ...]:
        """Return the questions of a section, in order."""
        found = self.sections[section]
        return found.questions + tuple(
            q for criterion in found.criteria for q in criterion.questions
        )

    def form(self, section: str, language: Language) -> type[SectionForm]:
        """Return the form of a section."""
        criteria = self.sections[section].criteria
        return self._form("section", section, language, self.questions_in(section), criteria)

    def question_form(self, question: str, language: Language) -> type[SectionForm]:
        """Return the form of one question; KeyError where there is no such question."""
        return self._form("question", question, language, [self.questions[question]], [])

    def claim_form(self, criterion: str, language: Language) -> type[SectionForm]:
        """Return the form of one claim; KeyError where there is no such criterion."""
        return self._form("claim", criterion, language, [], [self.criteria[criterion]])

    def _form(
        self,
        kind: str,
        key: str,
        language: Language,
        questions: Sequence[Question],
        criteria: Sequence[WeighedCriterion],
    ) -> type[SectionForm]:
        made = self._forms.get((kind, key, language))
        if made is None:
            claimable = [criterion for criterion in criteria if criterion.claimable]
            made = self._forms[kind, key, language] = form_class(questions, claimable, language)
        return made


def outline_of(version: QuestionnaireVersion) -> Outline:
    """Return the outline of a version; it is made once and kept."""
    return _outline(scorer_of(version))


@lru_cache(maxsize=32)
def _outline(scorer: Scorer) -> Outline:
    return Outline(scorer)
