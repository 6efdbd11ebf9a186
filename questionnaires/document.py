"""The parts of questionnaire files, and the resolved questionnaire that assessments read."""

import datetime
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from questionnaires.conditions import Condition
from questionnaires.exact import Points, Positive, Share
from questionnaires.parts import Bilingual, Key, Part, matching
from questionnaires.questions import Question

SCORING_RULES = 1
"""The number of the scoring rules, raised whenever the same answers would score differently."""

RequirementId = Annotated[
    str,
    matching(
        r"^[A-Za-z][A-Za-z0-9]*([-._][A-Za-z0-9]+)*$",
        "letters and digits, in words joined by -, . or _, such as BJ-DH-3.2",
        max_length=64,
    ),
]
Version = Annotated[
    str, matching(r"^[0-9]{1,6}(\.[0-9]{1,6}){0,2}$", 'a version number in quotes, such as "1.0"')
]
Grade = Literal["A", "B"]
InstrumentStatus = Literal["in_force", "amended", "repealed", "expired", "not_yet"]


def _real_day(written: str) -> str:
    try:
        datetime.date.fromisoformat((written + "-01-01")[:10])
    except ValueError:
        raise PydanticCustomError(
            "day", "there is no such day as {written}", {"written": written}
        ) from None
    return written


Day = Annotated[
    str,
    matching(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", 'a day in quotes, such as "2026-11-21"'),
    AfterValidator(_real_day),
]
Date = Annotated[
    str,
    matching(
        r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        'a day, month or year in quotes, such as "2026-11-21", "2026-11" or "2026"',
    ),
    AfterValidator(_real_day),
]
"""A day, or a year or month where no more is known."""


class Article(Part):
    """An article, clause or item of an instrument, and how well its text was checked."""

    id: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]
    """As the instrument counts it, such as “17” or “17(1)”."""
    label: Bilingual
    """As it is cited, such as 第十七条第一款 and “article 17(1)”."""
    grade: Grade
    """A: the full text was checked; B: secondary notes were compared."""
    gist: Bilingual | None = None
    """What it says, in a few words."""


class Change(Part):
    """A day from which an instrument has another status."""

    on: Day
    status: InstrumentStatus
    note: Bilingual
    """What happens on that day, and what it means for those who cite the instrument."""


class Instrument(Part):
    """A plan, law, regulation or standard that requirements and criteria cite."""

    id: Key
    title: Bilingual
    cited_as: Bilingual
    """Its short name in citations."""
    issuer: Bilingual | None = None
    kind: Literal["law", "regulation", "rule", "normative", "standard", "policy", "other"]
    binding: StrictBool
    """Whether it binds by law."""
    document_number: Bilingual | None = None
    published: Date | None = None
    in_force: Date | None = None
    status: InstrumentStatus = "in_force"
    """Before the first of `changes`."""
    address: str | None = None
    """Where its text can be read."""
    grade: Grade
    """A: the full text was checked; B: secondary notes were compared."""
    checked: Bilingual | None = None
    """What was checked, and when."""
    changes: tuple[Change, ...] = ()
    """Later changes of status, the earliest first."""
    articles: tuple[Article, ...] = ()

    @model_validator(mode="after")
    def _check_changes(self) -> Self:
        days = [*([self.in_force] if self.in_force else []), *(c.on for c in self.changes)]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise PydanticCustomError(
                "changes", "changes follow in_force and each other, the earliest first"
            )
        return self


class Citation(Part):
    """A place in an instrument."""

    instrument: Key
    article: str


class Requirement(Part):
    """One duty in an instrument, in our own words."""

    id: RequirementId
    instrument: Key
    item: Bilingual
    """The cited item of the instrument."""
    text: Bilingual
    """The duty, in our own words."""
    domain: Key | None = None
    """What it is about, in the word of the register that it was taken from."""
    strength: Literal["duty", "expectation", "advice"]
    weak: StrictBool = False
    """No binding article stands behind it."""
    law: tuple[Citation, ...] = ()
    """The articles that stand behind it."""


class Limit(Part):
    """What happens when a criterion's achievement stays below its pass mark."""

    pass_mark: Annotated[Share, Field(gt=0)]
    """The achievement, above 0 and up to 1, below which it bites."""
    pass_mark_by_tier: dict[Key, Annotated[Share, Field(gt=0)]] = {}
    """Another pass mark for a tier."""
    because: Bilingual
    """Why so much depends on it."""
    compensating_measure: Bilingual | None = None
    """What a reviewer, and only a reviewer, may accept instead."""

    def mark(self, tier: str | None) -> Fraction:
        """Return the pass mark for a tier."""
        return self.pass_mark_by_tier.get(tier or "", self.pass_mark)


class Veto(Limit):
    """Below the pass mark the rating is the lowest."""


class Cap(Limit):
    """Below the pass mark the rating is at most this one."""

    rating: Key
    """The best rating that it leaves."""


class Criterion(Part):
    """What is judged: one criterion of the bank, with the questions that ask for it."""

    id: Key
    domain: Key
    """The domain in which it counts."""
    title: Bilingual
    requirements: Annotated[tuple[RequirementId, ...], Field(min_length=1)]
    """The requirements that it comes from."""
    law: tuple[Citation, ...] = ()
    """The articles that stand behind it."""
    about: Literal["subject", "company"] = "subject"
    """Whose matter it is: that of the subject, or of the company as a whole, which answers it once
    for all its subjects."""
    impact: Annotated[StrictInt, Field(ge=1, le=5)]
    """How grave it is where nothing is achieved, from 1 to 5."""
    combine: Literal["mean", "minimum"] = "mean"
    """How its questions make one achievement: their weighted mean, or the lowest."""
    applies_if: Condition | None = None
    """A condition over scoping questions and the tier."""
    not_applicable: Bilingual | None = None
    """Why the criterion drops out where `applies_if` does not hold."""
    claimable: StrictBool = False
    """Whether a company may claim, with a justification, that the criterion is not applicable."""
    veto: Veto | None = None
    cap: Cap | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not any(question.scored for question in self.questions):
            raise PydanticCustomError(
                "never_scored", "none of its questions is scored", {"at": ("questions",)}
            )
        if self.veto and self.cap:
            raise PydanticCustomError(
                "limit", "a criterion is a veto or a cap, not both", {"at": ("cap",)}
            )
        return self


class WeighedCriterion(Criterion):
    """A criterion as a questionnaire uses it."""

    weight: Positive


class PickedCriterion(Part):
    """A questionnaire's choice of a criterion from the bank."""

    criterion: Key
    weight: Positive
    """Its weight among the criteria of its domain."""


class Domain(Part):
    """An area that is scored by itself."""

    id: Key
    title: Bilingual
    weight: Positive
    """Its weight among the domains."""


class Rating(Part):
    """A rating and the lowest score that earns it."""

    id: Key
    title: Bilingual
    from_: Points = Field(alias="from")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.from_ * 100).denominator != 1:
            raise PydanticCustomError(
                "from",
                "`from` has at most two decimals, so that a printed score can equal it",
                {"at": ("from",)},
            )
        return self


class Tier(Part):
    """A grade of the subject; the first whose condition holds, the last is the default."""

    id: Key
    title: Bilingual
    rule: Bilingual
    """The rule in words, for the report."""
    if_: Condition | None = Field(default=None, alias="if")
    """The rule as a condition over scoping questions; only the last tier has none."""


class Contradiction(Part):
    """Answers that cannot all be true."""

    id: Key
    if_: Condition = Field(alias="if")
    message: Bilingual
    """What cannot be, as the respondent reads it."""


class Succession(Part):
    """Which version this one follows, and which questions and criteria have new ids since."""

    version: Version
    renamed: dict[Key, Key] = {}
    """Former id to new id."""


class Lead(Part):
    """A questionnaire to answer next, where the condition holds."""

    questionnaire: Key
    if_: Condition = Field(alias="if")
    because: Bilingual


class BaseSection(Part):
    """A step: scoping questions, or criteria."""

    id: Key
    title: Bilingual
    intro: Bilingual | None = None


class PickedSection(BaseSection):
    """A section of a questionnaire file, which names what it takes from the bank."""

    questions: tuple[Key, ...] = ()
    """Scoping questions, in the order in which they are asked."""
    criteria: tuple[PickedCriterion, ...] = ()
    """Criteria, in the order in which they are asked."""


class Section(BaseSection):
    """A section of a resolved questionnaire, which holds what it asks."""

    questions: tuple[Question, ...] = ()
    criteria: tuple[WeighedCriterion, ...] = ()


class Frame(Part):
    """What a questionnaire and its resolved form have in common."""

    id: Key
    version: Version
    """A published version never changes."""
    title: Bilingual
    purpose: Bilingual
    """What the questionnaire is for, and for whom."""
    minutes: Annotated[StrictInt, Field(ge=1, le=100_000)] | None = None
    """How long it takes to answer."""
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]
    ratings: Annotated[tuple[Rating, ...], Field(min_length=2)]
    """From the best to the lowest."""
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]
    """The first whose condition holds places the subject; the last is the default."""
    contradictions: tuple[Contradiction, ...] = ()
    succeeds: Succession | None = None
    leads_to: tuple[Lead, ...] = ()


class PickedQuestionnaire(Frame):
    """A questionnaire as written: it picks questions and criteria, orders and weighs them."""

    sections: Annotated[tuple[PickedSection, ...], Field(min_length=1)]
    follows: tuple[Key, ...] = ()
    """The instruments whose requirements it is made for; of a criterion that serves several plans
    only these requirements are named. Left out: all of them."""


class File(Part):
    """One file of a library; the files of a library are read together."""

    instruments: tuple[Instrument, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    questions: tuple[Question, ...] = ()
    """Scoping questions."""
    criteria: tuple[Criterion, ...] = ()
    questionnaire: PickedQuestionnaire | None = None


class Questionnaire(Frame):
    """The resolved document: everything that asking, scoring and explaining needs."""

    rules: Annotated[StrictInt, Field(ge=1, le=SCORING_RULES)]
    """The number of the scoring rules under which it was published; always written out."""
    sections: tuple[Section, ...]
    requirements: tuple[Requirement, ...]
    instruments: tuple[Instrument, ...]
