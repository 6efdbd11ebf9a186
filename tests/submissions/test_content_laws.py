"""Laws of what is frozen: it comes to the same figures, and hidden answers are no part of it."""

import json
from types import SimpleNamespace

from hypothesis import given

from compliance.assessments.outline import Outline
from compliance.assessments.scored import Scored
from compliance.assessments.submissions.content import answers_of, canonical
from compliance.assessments.submissions.frozen import sheet_of
from questionnaires.document import Questionnaire
from questionnaires.figures import figures
from questionnaires.scoring import Scorer
from tests.questionnaires.build import sheet
from tests.questionnaires.strategies import cases


class Answered(Scored):
    """Answers without a database."""

    def __init__(self, scorer, sheet):
        self.outline = Outline(scorer)
        self.sheet = sheet
        self.answers = {
            key: SimpleNamespace(comment=f"说明 {key}", trade_secret=False) for key in sheet.values
        }


def frozen(case):
    """The score before and after freezing, and the answers as they were frozen."""
    asked = Questionnaire.model_validate(case.document)
    scorer = Scorer(asked)
    claimable = {c["id"] for c in case.criteria if c.get("claimable")}  # a draft has no others
    claims = {key: why for key, why in case.claims.items() if key in claimable}
    draft = Answered(scorer, sheet(asked, case.answers, claims))
    content = {
        "reference_date": draft.sheet.reference_date.isoformat(),
        "answers": answers_of(draft),
        "not_applicable": dict(draft.sheet.not_applicable),
    }
    content = json.loads(canonical(content))
    again = scorer.score(sheet_of(content, asked))
    return draft, again, content


@given(cases())
def test_what_is_frozen_comes_to_the_same(case):
    draft, again, _content = frozen(case)
    for what in ("score", "rating", "tier", "band", "domains", "achievements", "asked", "missing"):
        assert getattr(again, what) == getattr(draft.score, what), what


@given(cases())
def test_hidden_answers_are_no_part_of_it(case):
    draft, again, content = frozen(case)
    assert set(content["answers"]) == {key for key in draft.sheet.values if draft.counts(key)}
    for criterion in figures(again)["criteria"]:
        for question in criterion["questions"]:
            assert question["answer"] is None or draft.counts(question["id"])


@given(cases())
def test_freezing_what_was_frozen_changes_nothing(case):
    draft, again, content = frozen(case)
    second = Answered(draft.outline.scorer, again.sheet)
    assert answers_of(second) == content["answers"]
    assert draft.score.score == second.score.score
