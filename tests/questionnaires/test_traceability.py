"""From each requirement to what tests it."""

import json

import pytest

from questionnaires.document import Article, Requirement
from questionnaires.library import Library, resolve
from questionnaires.loading import read_library
from questionnaires.parts import Bilingual
from questionnaires.traceability import TracedRequirement, as_data, trace_library, trace_published
from tests.samples import SAMPLE

REASON = Bilingual(zh="由政府部门组织实施。", en="The authorities do it.")


@pytest.fixture
def library() -> Library:
    """The sample, with three more requirements; labels are cited from a B article."""
    library = read_library([SAMPLE])
    first = library.requirements["S-1"]
    for name in ("S-10", "S-2", "S-3"):
        library.requirements[name] = first.model_copy(update={"id": name, "law": ()})
    law = library.instruments["sample-law"]
    second = Article(id="2", label=Bilingual(zh="第二条", en="article 2"), grade="B")
    library.instruments[law.id] = law.model_copy(update={"articles": (*law.articles, second)})
    change(library, "labels", requirements=("S-1", "S-2"), law=cite("1", "2"))
    return library


def cite(*articles: str) -> tuple[object, ...]:
    raw = {
        "id": "X",
        "instrument": "sample-law",
        "item": {"zh": "项", "en": "item"},
        "text": {"zh": "文", "en": "text"},
        "strength": "duty",
        "law": [{"instrument": "sample-law", "article": article} for article in articles],
    }
    return Requirement.model_validate(raw).law


def change(library: Library, criterion: str, **update: object) -> None:
    library.criteria[criterion] = library.criteria[criterion].model_copy(update=update)


def drop(library: Library, criterion: str) -> None:
    """Take the criterion out of the questionnaire; it stays in the bank."""
    picked = library.questionnaires["sample"]
    sections = tuple(
        section.model_copy(
            update={"criteria": tuple(p for p in section.criteria if p.criterion != criterion)}
        )
        for section in picked.sections
    )
    library.questionnaires["sample"] = picked.model_copy(update={"sections": sections})


def by_id(traced: tuple[TracedRequirement, ...]) -> dict[str, TracedRequirement]:
    return {each.requirement.id: each for each in traced}


def names(traced: TracedRequirement) -> list[str]:
    return [each.criterion.id for each in traced.criteria]


def test_a_criterion_stands_under_each_of_its_requirements(library):
    found = by_id(trace_library(library, {}))
    assert names(found["S-1"]) == ["fraud", "consent", "labels", "review-maturity", "minors-mode"]
    assert names(found["S-2"]) == ["labels"]
    assert [frame.id for frame in found["S-2"].criteria[0].questionnaires] == ["sample"]


def test_articles_are_those_of_the_criterion_and_grade_b_is_marked(library):
    (labels,) = by_id(trace_library(library, {}))["S-2"].criteria
    assert [(each.article.id, each.secondary) for each in labels.articles] == [
        ("1", False),
        ("2", True),
    ]


def test_what_nothing_tests_is_open_unless_a_reason_says_why(library):
    found = by_id(trace_library(library, {"S-3": REASON}))
    assert [name for name, each in found.items() if each.open] == ["S-10"]
    assert found["S-3"].reason == REASON


def test_a_criterion_that_only_the_bank_has_tests_nothing_yet(library):
    drop(library, "labels")
    found = by_id(trace_library(library, {}))
    assert names(found["S-2"]) == ["labels"]
    assert found["S-2"].open
    assert not found["S-1"].open


def test_a_criterion_that_two_questionnaires_share_stands_once(library):
    first = resolve(library, "sample")
    second = first.model_copy(update={"id": "another"})
    found = by_id(trace_published([first, second], library, {}))
    (labels,) = found["S-2"].criteria
    assert [frame.id for frame in labels.questionnaires] == ["another", "sample"]
    assert found["S-2"].asked_by("another") == (labels,)
    assert found["S-2"].asked_by("third") == ()


def test_a_questionnaire_stands_under_the_requirements_that_it_follows(library):
    other = library.instruments["sample-plan"].model_copy(update={"id": "other-plan"})
    library.instruments[other.id] = other
    second = library.requirements["S-2"].model_copy(update={"instrument": other.id})
    library.requirements["S-2"] = second
    picked = library.questionnaires["sample"]
    for name, plan in (("sample", "sample-plan"), ("another", "other-plan")):
        library.questionnaires[name] = picked.model_copy(update={"id": name, "follows": (plan,)})
    both = [resolve(library, name) for name in ("sample", "another")]
    for found in (by_id(trace_library(library, {})), by_id(trace_published(both, library, {}))):
        asking = {
            name: [frame.id for each in found[name].criteria for frame in each.questionnaires]
            for name in ("S-1", "S-2")
        }
        assert asking["S-2"] == ["another"]
        assert asking["S-1"].count("sample") == 5
        assert names(found["S-1"]).count("labels") == 1


def test_a_criterion_published_in_two_texts_stands_twice(library):
    first = resolve(library, "sample")
    change(library, "labels", impact=5)
    second = resolve(library, "sample").model_copy(update={"id": "another"})
    found = by_id(trace_published([first, second], library, {}))["S-2"].criteria
    assert [(e.criterion.impact, [f.id for f in e.questionnaires]) for e in found] == [
        (5, ["another"]),
        (3, ["sample"]),
    ]


def test_what_was_published_stays_traced_when_the_library_has_moved_on(library):
    published = resolve(library, "sample")
    now = read_library([SAMPLE])
    law = now.instruments["sample-law"]
    now.instruments[law.id] = law.model_copy(update={"articles": ()})
    del now.requirements["S-1"]
    found = by_id(trace_published([published], now, {}))
    assert set(found) == {"S-1", "S-2"}
    assert [each.article.id for each in found["S-2"].criteria[0].articles] == ["1", "2"]


def test_the_data_is_the_same_whatever_the_order_of_the_files(library):
    before = as_data(trace_library(library, {"S-3": REASON}), {})
    for parts in (library.requirements, library.criteria, library.instruments):
        for name in list(reversed(parts)):
            parts[name] = parts.pop(name)
    after = as_data(trace_library(library, {"S-3": REASON}), {})
    assert json.dumps(before) == json.dumps(after)
    assert [each["id"] for each in before["requirements"]] == ["S-1", "S-2", "S-3", "S-10"]
    assert before["open"] == ["S-10"]


def test_the_data_names_question_article_grade_and_domain(library):
    library.requirements["S-2"] = library.requirements["S-2"].model_copy(
        update={"domain": "labelling"}
    )
    data = as_data(trace_library(library, {}), {"labelling": "content_safety"})
    assert data["questionnaires"] == [
        {
            "id": "sample",
            "version": "1",
            "title": {"zh": "示例问卷", "en": "Sample questionnaire"},
        }
    ]
    required = next(each for each in data["requirements"] if each["id"] == "S-2")
    assert (required["domain"], required["register_domain"]) == ("content_safety", "labelling")
    (criterion,) = required["criteria"]
    assert [each["id"] for each in criterion["questions"]] == ["label-places", "reviewers"]
    assert [(each["article"], each["grade"]) for each in criterion["articles"]] == [
        ("1", "A"),
        ("2", "B"),
    ]
