"""What a sheet of answers comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from questionnaires.answers import AnswerSheet
from questionnaires.document import Questionnaire
from questionnaires.scoring.plan import Achievement, Plan
from questionnaires.scoring.standing import Absence, Asked, Standing, Status, Triggered


@dataclass(eq=False)
class Score:
    """What a sheet of answers comes to."""

    questionnaire: Questionnaire
    sheet: AnswerSheet
    overrides: Mapping[str, Fraction]
    """Achievements that were set, by criterion; of those that do not apply none is used."""
    plans: tuple[Plan, ...]
    asked: dict[str, Asked]
    """By question."""
    achievements: list[Achievement | None]
    """a of each criterion in file order; None where it is not applicable."""
    tier: str | None
    """None while the scoping answers leave it undetermined."""
    domains: dict[str, Fraction]
    """D of each domain that has one, 0 to 100."""
    score: Fraction | None
    """S, 0 to 100; None where no criterion applies."""
    band: int | None
    """The rating by the bands alone, before caps and vetoes."""
    rating: int | None
    """The index of the rating, counted from the best; None without a score."""
    triggered: list[Triggered]
    """The vetoes and caps that bite, in file order."""

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Where each criterion stands, in file order."""
        return {
            plan.criterion.id: self._standing(plan, achievement)
            for plan, achievement in zip(self.plans, self.achievements, strict=True)
        }

    @cached_property
    def missing(self) -> list[str]:
        """Questions that are asked, or may be once scoping is answered, and have no answer."""
        return [
            name
            for name, asked in self.asked.items()
            if asked in (Asked.YES, Asked.UNDETERMINED) and name not in self.sheet.values
        ]

    def _standing(self, plan: Plan, achievement: Achievement | None) -> Standing:
        criterion = plan.criterion
        if achievement is None:
            claimed = self.asked[plan.questions[0]] is Asked.BY_CLAIM
            absence = Absence.CLAIMED if claimed else Absence.BY_RULE
            return Standing(criterion, Status.NOT_APPLICABLE, None, absence)
        a = Fraction(*achievement)
        if not (criterion.id in self.overrides or self._answered(plan)):
            return Standing(criterion, Status.UNANSWERED, a)
        return Standing(
            criterion, Status.FULL if a == 1 else Status.PARTIAL if a else Status.NONE, a
        )

    def _answered(self, plan: Plan) -> bool:
        return any(
            self.asked[name] is Asked.YES and name in self.sheet.values for name in plan.scored
        )
