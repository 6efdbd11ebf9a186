"""What to do next, the most urgent first: one line each, with the way there."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.assessments.draft import Draft
from compliance.assessments.links import question_url
from compliance.assessments.planning import largest_gaps, plan
from questionnaires.gaps import Gap
from questionnaires.scoring import Status
from questionnaires.summary import Summary


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do, and where."""

    text: str
    url: str


def next_steps(draft: Draft, summary: Summary) -> list[NextStep]:
    """Return what stands between this result and a better one; a finished one has no open ends."""
    steps = _open_ends(draft) if draft.assessment.is_provisional else []
    if contradicting := len(draft.contradictions):
        text = ngettext(
            "Settle %(number)d contradiction between answers",
            "Settle %(number)d contradictions between answers",
            contradicting,
        )
        steps.append(NextStep(text % {"number": contradicting}, "#contradictions"))
    if major := len(_known_risks(draft, summary)):
        text = ngettext(
            "Deal with %(number)d major risk", "Deal with %(number)d major risks", major
        )
        steps.append(NextStep(text % {"number": major}, "#major-risks"))
    if largest := largest_gaps(summary):
        gain = plan(draft, summary, [gap.criterion.id for gap in largest]).difference
        text = ngettext(
            "Close the largest gap to gain %(gain)s points",
            "Close the %(number)d largest gaps to gain %(gain)s points",
            len(largest),
        )
        steps.append(NextStep(text % {"number": len(largest), "gain": gain}, "#gaps"))
    return steps


def _known_risks(draft: Draft, summary: Summary) -> list[Gap]:
    """Return the major risks; of a draft, not those for which only an answer is missing."""
    return [
        gap
        for gap in summary.major_risks
        if not (draft.assessment.is_provisional and gap.standing.status is Status.UNANSWERED)
    ]


def _open_ends(draft: Draft) -> list[NextStep]:
    unanswered = set(draft.score.missing)
    if unanswered:
        text = ngettext(
            "Answer the %(number)d question left",
            "Answer the %(number)d questions left",
            len(unanswered),
        )
        first = next(question for question in draft.outline.questions if question in unanswered)
        return [NextStep(text % {"number": len(unanswered)}, question_url(draft, first))]
    check = reverse("assessments:check", args=[draft.assessment.pk])
    return [NextStep(_("Check the answers and finish"), check)]
