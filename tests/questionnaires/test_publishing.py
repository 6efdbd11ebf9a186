import json

import pytest
from pydantic import ValidationError

from questionnaires.document import SCORING_RULES
from questionnaires.publishing import canonical, load, sha256
from tests.questionnaires.build import asking, criterion, questionnaire, raw_questionnaire, single


def test_a_published_questionnaire_comes_back_as_it_was() -> None:
    asked = questionnaire(criterion("a"), criterion("b", weight="2/3"))
    document = canonical(asked)
    assert load(document) == asked
    assert canonical(load(document)) == document


def test_the_number_of_the_scoring_rules_is_always_written_out() -> None:
    document = json.loads(canonical(questionnaire(criterion("a"))))
    assert document["rules"] == SCORING_RULES


def test_rules_that_are_not_known_here_are_refused() -> None:
    with pytest.raises(ValidationError, match="rules"):
        questionnaire(criterion("a"), rules=SCORING_RULES + 1)


def test_a_document_without_its_scoring_rules_is_refused() -> None:
    raw = raw_questionnaire(criterion("a"))
    del raw["rules"]
    with pytest.raises(ValidationError, match="rules"):
        load(json.dumps(raw))


def test_the_largest_number_that_a_file_can_hold_is_published() -> None:
    amount = asking("number", "n", maximum="999999999999999999.999999999999")
    asked = questionnaire(criterion("a", single("q"), amount, weight=10**17))
    assert load(canonical(asked)) == asked


def test_the_same_questionnaire_gives_the_same_bytes() -> None:
    one, other = (canonical(questionnaire(criterion("a"), criterion("b"))) for _ in range(2))
    assert one == other
    assert len(sha256(one)) == 64
