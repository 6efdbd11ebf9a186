"""A questionnaire as people read it: everything that it asks and by which rules, in one language.

The page in the site and its PDF are written from the same data.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from compliance.library.citations import Citations, citations
from questionnaires.conditions import Condition
from questionnaires.document import (
    Cap,
    Instrument,
    Lead,
    Questionnaire,
    Section,
    Tier,
    Veto,
    WeighedCriterion,
)
from questionnaires.exact import rounded, short
from questionnaires.parts import Bilingual, Language
from questionnaires.point_table import PointRow, point_table
from questionnaires.questions import Question
from questionnaires.scoring import Scorer
from questionnaires.wording import Clauses, Wording


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """A question with what it can be answered and what each answer earns."""

    question: Question
    number: str
    rows: tuple[PointRow, ...]
    asked_if: Clauses | None
    share: str
    """Its share of its criterion in per cent, where that is a mean of several questions."""


@dataclass(frozen=True, slots=True)
class LimitEntry:
    """A veto or a cap: below the pass mark the rating is forced or limited."""

    veto: bool
    pass_mark: str
    """In per cent of achievement."""
    by_tier: tuple[tuple[str, str], ...]
    """Titles of tiers that have another pass mark, with it."""
    rating: str
    """The best rating that is left."""
    because: str
    compensating_measure: str


@dataclass(frozen=True, slots=True)
class CriterionEntry:
    """A criterion with its weight, its basis and its questions."""

    criterion: WeighedCriterion
    domain: str
    weight: str
    worth: str
    """How many of the 100 points it carries where every criterion applies."""
    limit: LimitEntry | None
    applies_if: Clauses | None
    citations: Citations
    questions: tuple[QuestionEntry, ...]


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section: scoping questions, or criteria."""

    number: int
    section: Section
    questions: tuple[QuestionEntry, ...]
    criteria: tuple[CriterionEntry, ...]

    @property
    def count(self) -> int:
        """Return how many questions it holds."""
        return len(self.questions) + sum(len(each.questions) for each in self.criteria)


@dataclass(frozen=True, slots=True)
class DomainEntry:
    """A domain with its share of the score."""

    title: str
    weight: str
    share: str
    criteria: int
    limits: int
    """How many of its criteria are vetoes or caps."""


@dataclass(frozen=True, slots=True)
class QuestionnairePage:
    """Everything that the page shows."""

    questionnaire: Questionnaire
    language: Language
    domains: tuple[DomainEntry, ...]
    ratings: tuple[tuple[str, str], ...]
    """From the best to the lowest: the title, and the score from which on it is given."""
    tiers: tuple[tuple[Tier, Clauses | None], ...]
    sections: tuple[SectionEntry, ...]
    contradictions: tuple[tuple[Bilingual, Clauses], ...]
    leads: tuple[tuple[Lead, Clauses], ...]
    """Questionnaires to answer next, and when."""
    instruments: tuple[Instrument, ...]

    @property
    def questions(self) -> int:
        """Return how many questions there are."""
        return sum(section.count for section in self.sections)

    @property
    def criteria(self) -> int:
        """Return how many criteria there are."""
        return sum(len(section.criteria) for section in self.sections)


@lru_cache(maxsize=32)
def questionnaire_page(scorer: Scorer, language: Language) -> QuestionnairePage:
    """Return the questionnaire of a scorer as people read it."""
    return _Reading(scorer.questionnaire, language).page()


class _Reading:
    """What the parts of one page have in common."""

    def __init__(self, questionnaire: Questionnaire, language: Language) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.wording = Wording(questionnaire)
        self.domains = {domain.id: domain for domain in questionnaire.domains}
        self.all_domains = sum((d.weight for d in questionnaire.domains), Fraction(0))
        self.in_domain = dict.fromkeys(self.domains, Fraction(0))
        for criterion in self._criteria():
            self.in_domain[criterion.domain] += criterion.weight

    def page(self) -> QuestionnairePage:
        questionnaire = self.questionnaire
        return QuestionnairePage(
            questionnaire,
            self.language,
            tuple(self._domain(name) for name in self.domains),
            tuple((self.say(each.title), short(each.from_)) for each in questionnaire.ratings),
            tuple((tier, self._clauses(tier.if_)) for tier in questionnaire.tiers),
            tuple(self._section(n, each) for n, each in enumerate(questionnaire.sections, 1)),
            tuple(
                (each.message, self.wording.clauses(each.if_, self.language))
                for each in questionnaire.contradictions
            ),
            tuple(
                (each, self.wording.clauses(each.if_, self.language))
                for each in questionnaire.leads_to
            ),
            tuple(sorted(questionnaire.instruments, key=lambda each: not each.binding)),
        )

    def say(self, words: Bilingual | None) -> str:
        return words.to(self.language) if words else ""

    def _criteria(self) -> list[WeighedCriterion]:
        return [each for section in self.questionnaire.sections for each in section.criteria]

    def _clauses(self, condition: Condition | None) -> Clauses | None:
        return self.wording.clauses(condition, self.language) if condition else None

    def _domain(self, name: str) -> DomainEntry:
        domain = self.domains[name]
        mine = [each for each in self._criteria() if each.domain == name]
        return DomainEntry(
            self.say(domain.title),
            short(domain.weight),
            f"{short(100 * domain.weight / self.all_domains, 1)}%",
            len(mine),
            sum(bool(each.veto or each.cap) for each in mine),
        )

    def _section(self, number: int, section: Section) -> SectionEntry:
        return SectionEntry(
            number,
            section,
            tuple(self._question(each, None) for each in section.questions),
            tuple(self._criterion(each) for each in section.criteria),
        )

    def _criterion(self, criterion: WeighedCriterion) -> CriterionEntry:
        domain = self.domains[criterion.domain]
        share = domain.weight / self.all_domains * criterion.weight / self.in_domain[domain.id]
        return CriterionEntry(
            criterion,
            self.say(domain.title),
            short(criterion.weight),
            str(rounded(100 * share)),
            self._limit(criterion.veto or criterion.cap),
            self._clauses(criterion.applies_if),
            citations(self.questionnaire, criterion, self.language),
            tuple(self._question(each, criterion) for each in criterion.questions),
        )

    def _limit(self, limit: Veto | Cap | None) -> LimitEntry | None:
        if limit is None:
            return None
        ratings = {each.id: each.title for each in self.questionnaire.ratings}
        tiers = {each.id: each.title for each in self.questionnaire.tiers}
        left = ratings[limit.rating] if isinstance(limit, Cap) else list(ratings.values())[-1]
        return LimitEntry(
            isinstance(limit, Veto),
            f"{short(100 * limit.pass_mark)}%",
            tuple(
                (self.say(tiers[name]), f"{short(100 * mark)}%")
                for name, mark in limit.pass_mark_by_tier.items()
            ),
            self.say(left),
            self.say(limit.because),
            self.say(limit.compensating_measure),
        )

    def _question(self, question: Question, criterion: WeighedCriterion | None) -> QuestionEntry:
        share = ""
        if criterion and criterion.combine == "mean" and question.scored:
            weights = [each.weight for each in criterion.questions if each.scored]
            if len(weights) > 1:
                share = f"{short(100 * question.weight / sum(weights), 1)}%"
        return QuestionEntry(
            question,
            self.wording.numbers[question.id],
            point_table(question, self.language),
            self._clauses(question.ask_if),
            share,
        )
