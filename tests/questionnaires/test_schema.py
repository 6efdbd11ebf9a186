"""The schemas that are checked in say what the code reads."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from compliance.library import sources
from questionnaires.loading import yaml_files
from questionnaires.reading import read_source
from questionnaires.schema import FOLDER, WRITTEN, schema
from tests.questionnaires.faulty_files import FAULTY, SOUND

EXAMPLES = sources.FOLDER.parent.parent / "examples"
SCHEMAS = {name: json.loads(schema(name)) for name in WRITTEN}
QUESTIONNAIRE = Draft202012Validator(SCHEMAS["questionnaire.schema.json"])
ANSWERS = Draft202012Validator(SCHEMAS["answers.schema.json"])


def validator(data: Any) -> Draft202012Validator:
    return ANSWERS if "answers" in data else QUESTIONNAIRE


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_checked_in_is_up_to_date(name: str) -> None:
    hint = "write it anew with: python -m questionnaires.schema"
    assert (FOLDER / name).read_text() == schema(name), hint


@pytest.mark.parametrize("name", WRITTEN)
def test_it_is_a_schema_and_offers_no_null(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert '"null"' not in schema(name)


@pytest.mark.parametrize(
    "path",
    yaml_files([*sources.SOURCES, SOUND, EXAMPLES]),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_every_file_that_is_read_fits_its_schema(path: Path) -> None:
    data = read_source(path).data
    faults = [error.message for error in validator(data).iter_errors(data)]
    assert not faults


FAULTS_OF_SHAPE = [
    "parts/unknown_key",
    "parts/python_name_of_a_key",
    "parts/missing_translation",
    "parts/one_language_as_plain_text",
    "parts/id_with_capitals",
    "parts/id_is_a_number",
    "parts/truth_for_a_text",
    "parts/unknown_kind_of_instrument",
    "parts/impact_too_high",
    "parts/weight_of_nothing",
    "parts/pass_mark_above_1",
    "parts/empty_translation",
    "parts/criterion_without_questions",
    "questions/type_missing",
    "questions/type_misspelt",
    "questions/one_option",
    "questions/exclusive_in_a_single_choice",
    "questions/condition_of_no_kind",
    "questions/condition_with_two_tests",
    "questionnaires/weight_missing",
]


@pytest.mark.parametrize("name", FAULTS_OF_SHAPE)
def test_a_fault_of_shape_does_not_fit(name: str) -> None:
    assert not QUESTIONNAIRE.is_valid(read_source(FAULTY / f"{name}.yaml").data)


@pytest.mark.parametrize("given", ["yes", 3, ["a", "b"], {"numerator": 1, "denominator": "2.5"}])
def test_an_answer_may_have_any_of_its_forms(given: Any) -> None:
    assert ANSWERS.is_valid(answers(given))


@pytest.mark.parametrize("given", [True, None, 2.5, [], [1], {"numerator": 1}, {"value": 3}])
def test_an_answer_has_no_other_form(given: Any) -> None:
    assert not ANSWERS.is_valid(answers(given))


def answers(given: Any) -> Any:
    return {
        "questionnaire": "sample",
        "reference_date": "2026-11-21",
        "subject": {"organisation": {"zh": "甲"}, "name": {"zh": "乙", "en": "B"}},
        "answers": {"q": given},
    }
