"""/library/traceability/: the matrix, its filters and its spreadsheet."""

import io
import re

import pytest
from openpyxl import load_workbook

from compliance.library.domains import domain_table
from compliance.library.sources import settled_library
from compliance.library.versions import scorer_of
from questionnaires.publishing import canonical
from tests.cast import make_version
from tests.questionnaires.build import criterion, questionnaire, single, words

pytestmark = pytest.mark.django_db

ADDRESS = "/library/traceability/"


def shown(response) -> set[str]:
    """The requirements on the page."""
    return set(re.findall(r'id="r-([^"]+)"', response.content.decode()))


def test_every_requirement_stands_on_it_with_what_tests_it(reader, digital_human):
    response = reader.get(ADDRESS)
    page = response.content.decode()
    assert shown(response) >= set(settled_library().requirements)
    asked = scorer_of(digital_human).questionnaire
    address = f"/library/{digital_human.key}/{digital_human.version}/"
    for section in asked.sections:
        for each in section.criteria:
            assert f'href="{address}#c-{each.id}"' in page
            for question in each.questions:
                assert f'href="{address}#q-{question.id}"' in page


def test_it_says_what_is_weak_and_what_is_from_secondary_sources(reader, digital_human):
    page = reader.get(f"/en{ADDRESS}").content.decode()
    weak = [each for each in settled_library().requirements.values() if each.weak]
    assert page.count("Weak: no binding article") == len(weak) > 0
    assert "From secondary sources" in page


def test_it_can_be_narrowed_by_source_domain_and_questionnaire(reader, digital_human):
    library = settled_library()
    plan = shown(reader.get(ADDRESS, {"instrument": "bj_dh_plan"}))
    assert plan == {e.id for e in library.requirements.values() if e.instrument == "bj_dh_plan"}
    table = domain_table()
    ethics = shown(reader.get(ADDRESS, {"domain": "ethics"}))
    assert ethics == {
        each.id
        for each in library.requirements.values()
        if (domain := table.of(each.domain)) and domain.id == "ethics"
    }
    asked = scorer_of(digital_human).questionnaire
    mine = shown(reader.get(ADDRESS, {"questionnaire": "digital-human"}))
    assert mine == {
        name
        for section in asked.sections
        for each in section.criteria
        for name in each.requirements
    }
    both = {"instrument": "bj_dh_plan", "domain": "ethics", "questionnaire": "digital-human"}
    assert shown(reader.get(ADDRESS, both)) == plan & ethics & mine


@pytest.fixture
def small(db):
    """A questionnaire with one criterion, for a requirement of no domain."""
    raw = questionnaire(criterion("mine", single("q"), requirements=["R-1"]))
    return make_version(
        key="small", document=canonical(raw.model_copy(update={"id": "small"})).decode()
    )


def test_a_questionnaire_shows_its_own_criteria_only(reader, digital_human, small):
    page = reader.get(ADDRESS, {"questionnaire": "small"}).content.decode()
    assert page.count("#c-") == page.count("/library/small/1.0/#c-mine") == 1


def test_filters_that_nothing_fits_say_so(reader, small):
    response = reader.get(ADDRESS, {"questionnaire": "small", "domain": "ethics"})
    assert response.status_code == 200
    assert shown(response) == set()
    assert "没有符合筛选条件的合规要求" in response.content.decode()


@pytest.mark.parametrize("name", ["instrument", "domain", "questionnaire"])
def test_an_unknown_filter_is_refused_and_explained(reader, digital_human, name):
    response = reader.get(f"/en{ADDRESS}", {name: "<script>"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "is not one of the available choices" in page
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_mapping_of_domains_is_on_the_page(reader):
    page = reader.get(f"/en{ADDRESS}").content.decode()
    for domain in domain_table().domains:
        for word in domain.words:
            assert word.title.en in page


def test_its_queries_do_not_grow_with_what_is_published(
    reader, digital_human, django_assert_num_queries
):
    reader.get(ADDRESS)
    with django_assert_num_queries(5):  # session, person, versions; memberships, notices
        reader.get(ADDRESS)
    make_version()
    reader.get(ADDRESS)
    with django_assert_num_queries(5):
        reader.get(ADDRESS)


def workbook(reader, prefix: str = ""):
    response = reader.get(f"{prefix}{ADDRESS}xlsx/")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    return response, load_workbook(io.BytesIO(response.content))


def test_the_spreadsheet_has_an_overview_and_a_sheet_for_each_questionnaire(reader, digital_human):
    response, book = workbook(reader)
    name = "%E5%90%88%E8%A7%84%E8%A6%81%E6%B1%82%E8%BF%BD%E6%BA%AF%E8%A1%A8.xlsx"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert book.sheetnames[0] == "总览"
    assert "digital-human" in book.sheetnames
    overview = book["总览"]
    listed = [row[0].value for row in overview.iter_rows(min_row=2)]
    assert set(listed) >= set(settled_library().requirements)
    assert len(listed) == len(set(listed))
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A2"].alignment.wrap_text
    asked = scorer_of(digital_human).questionnaire
    numbers = {row[8].value for row in book["digital-human"].iter_rows(min_row=2)}
    count = sum(len(each.questions) for section in asked.sections for each in section.criteria)
    assert len(numbers) == count


def test_the_spreadsheet_is_in_the_language_of_the_page(reader, digital_human):
    _, book = workbook(reader, "/en")
    overview = book["Overview"]
    heads = [cell.value for cell in overview[1]]
    assert heads[:3] == ["Requirement", "Source", "What it asks"]
    row = next(row for row in overview.iter_rows(min_row=2) if row[0].value == "BJ-DH-8.4")
    assert row[2].value == settled_library().requirements["BJ-DH-8.4"].text.en
    assert row[3].value == "Content safety"
    marked = [c.value for row in book["digital-human"].iter_rows(min_row=2) for c in row[10:11]]
    assert any("[From secondary sources]" in value for value in marked if value)


def test_a_formula_in_a_question_stays_text(reader):
    text = {"zh": '=HYPERLINK("http://x.example")', "en": "+1"}
    evil = questionnaire(criterion("c", single("q", text=text), title=words("@SUM(A1)")))
    make_version(key="evil", document=canonical(evil.model_copy(update={"id": "evil"})).decode())
    _, book = workbook(reader)
    row = next(book["evil"].iter_rows(min_row=2))
    for cell in (row[4], row[9]):
        assert cell.data_type == "s"
        assert cell.quotePrefix
    assert row[9].value == text["zh"]
