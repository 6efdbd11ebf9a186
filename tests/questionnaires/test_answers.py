"""Answers files: from what is written to a sheet that can be scored."""

import datetime
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from questionnaires.answers import answer_sheet, questions_of, read_answers_file
from questionnaires.faults import Refused
from questionnaires.questions import Proportion, Special
from tests.questionnaires.build import (
    Raw,
    asking,
    criterion,
    multiple,
    questionnaire,
    single,
    words,
    yes_no,
)

BANDS = [{"to": 1, "points": 0}, {"from": 1, "points": 100}]
ASKED = questionnaire(
    criterion(
        "c",
        single("one"),
        multiple("some", {"a": 100, "b": 0}),
        asking("scale", "level"),
        asking("number", "figure", bands=BANDS, cannot_show=words("none")),
        asking("ratio", "share", bands=BANDS),
        asking("date", "day", fresh_within=12),
        asking("text", "text"),
        asking("files", "files"),
        claimable=True,
    ),
    scoping=[yes_no("scope", None)],
)


def write(tmp_path: Path, **more: Raw | str) -> Path:
    path = tmp_path / "answers.yaml"
    content = {
        "questionnaire": "test",
        "reference_date": "2026-11-21",
        "subject": {"organisation": {"zh": "示例公司"}, "name": {"zh": "示例服务", "en": "Sample"}},
    }
    path.write_text(yaml.safe_dump(content | more, allow_unicode=True))
    return path


def test_questions_come_in_the_order_in_which_they_are_asked() -> None:
    assert [q.id for q in questions_of(ASKED)][:3] == ["scope", "one", "some"]


def test_every_kind_of_answer_is_read(tmp_path: Path) -> None:
    answers = {
        "scope": "yes",
        "one": "half",
        "some": ["b", "a"],
        "level": 3,
        "figure": "cannot_show",
        "share": {"numerator": 1, "denominator": "3"},
        "day": "2026-11-21",
        "text": "一行",
        "files": ["甲.pdf"],
    }
    path = write(
        tmp_path, answers=answers, comments={"one": " 说明 "}, not_applicable={"c": "没有"}
    )
    source, file = read_answers_file(path)
    found = answer_sheet(source, file, ASKED)
    assert found.reference_date == datetime.date(2026, 11, 21)
    assert found.values == {
        "scope": "yes",
        "one": "half",
        "some": ("a", "b"),
        "level": 3,
        "figure": Special.CANNOT_SHOW,
        "share": Proportion(Fraction(1), Fraction(3)),
        "day": datetime.date(2026, 11, 21),
        "text": "一行",
        "files": ("甲.pdf",),
    }
    assert found.comments == {"one": "说明"}
    assert found.not_applicable == {"c": "没有"}
    assert file.subject.name.en == "Sample"
    assert file.subject.organisation.en is None


def test_a_file_without_answers_is_an_empty_sheet(tmp_path: Path) -> None:
    source, file = read_answers_file(write(tmp_path))
    assert not answer_sheet(source, file, ASKED).values


def test_a_date_after_the_reference_date_is_refused_with_its_line(tmp_path: Path) -> None:
    source, file = read_answers_file(write(tmp_path, answers={"day": "2026-11-22"}))
    with pytest.raises(Refused) as caught:
        answer_sheet(source, file, ASKED)
    assert str(caught.value).endswith(
        "answers.yaml:2: day: the date lies after the reference date 2026-11-21"
    )
