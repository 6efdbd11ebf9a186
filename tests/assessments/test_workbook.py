"""A workbook is downloaded, filled in, brought back, looked at and taken over."""

import datetime as dt

import pytest

from compliance.assessments.models import WorkbookImport
from compliance.assessments.workbooks.layout import ANSWER, COMMENT, KEY
from tests.cast import make_answer
from tests.workbook import Workbook, download, preview_address, taken, upload

pytestmark = pytest.mark.django_db

YES, NO = "是", "否"
# Of every kind of question: the rows to fill in, what is stored then, and how the preview says it.
KINDS = {
    "multiple choice": (
        {"answer-functions.option.live": YES, "answer-functions.option.clone": YES},
        ("functions", ["live", "clone"]),
        "直播；声音克隆",
    ),
    "yes or no": ({"answer-minors": NO}, ("minors", "no"), "否"),
    "number": ({"answer-users": 12.0}, ("users", 12), "12 人"),
    "text": ({"answer-clone-source": "  自行录制 "}, ("clone-source", "自行录制"), "自行录制"),
    "single choice": ({"answer-assessed": "上线后补做"}, ("assessed", "late"), "上线后补做"),
    "date": (
        {"answer-assessed-on": dt.datetime(2026, 3, 5)},  # noqa: DTZ001
        ("assessed-on", "2026-03-05"),
        "2026年3月5日",
    ),
    "ratio": (
        {"answer-consent-share.numerator": 3, "answer-consent-share.denominator": 4.0},
        ("consent-share", {"numerator": 3, "denominator": 4}),
        "3 / 4（75%）",
    ),
    "cannot show it": (
        {"answer-consent-share.cannot_show": YES},
        ("consent-share", "cannot_show"),
        "无法统计",
    ),
    "documents": (
        {"answer-consent-files": "授权书\n\n档案 12"},
        ("consent-files", ["授权书", "档案 12"]),
        "授权书；档案 12",
    ),
    "decimal number": ({"answer-reviewers": 12.5}, ("reviewers", "25/2"), "12.5 名"),
    "scale": ({"answer-maturity": "3 充分定义"}, ("maturity", 3), "3 充分定义"),
}


def stored(assessment):
    return {row.question: row.value for row in assessment.answers.all()}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_question_comes_back(kind, officer, assessment):
    cells, (question, value), words = KINDS[kind]
    page = upload(officer, assessment, download(officer, assessment).fill(**cells))
    assert page.status_code == 200
    assert words in page.content.decode()
    assert stored(assessment) == {}  # nothing is taken over before it is confirmed
    done = officer.post(preview_address(page), taken(page))
    assert done["Location"] == f"/assessments/{assessment.pk}/"
    assert stored(assessment) == {question: value}
    again = upload(officer, assessment, download(officer, assessment))
    assert taken(again) == {}
    assert "没有需要变更的内容" in again.content.decode()


WAYS = {
    "digits as text": ({"answer-users": "12"}, ("users", 12)),
    "full-width digits with a separator": ({"answer-users": "１，２００"}, ("users", 1200)),
    "a date as text": ({"answer-assessed-on": "2026年3月5日"}, ("assessed-on", "2026-03-05")),
    "a date with slashes": ({"answer-assessed-on": "2026/3/5"}, ("assessed-on", "2026-03-05")),
    "a plain date": ({"answer-assessed-on": dt.date(2026, 3, 5)}, ("assessed-on", "2026-03-05")),
    "a level by its number": ({"answer-maturity": 3}, ("maturity", 3)),
    "a level as a float": ({"answer-maturity": 3.0}, ("maturity", 3)),
    "no level": ({"answer-maturity": "0"}, ("maturity", 0)),
    "yes in English": ({"answer-minors": "Yes"}, ("minors", "yes")),
    "a tick mark": ({"answer-functions.option.live": "√"}, ("functions", ["live"])),
    "a truth value": ({"answer-functions.option.live": True}, ("functions", ["live"])),
    "a number in a text": ({"answer-clone-source": 2026}, ("clone-source", "2026")),
    "blanks around an option": ({"answer-assessed": " 上线后补做  "}, ("assessed", "late")),
    "a small decimal": ({"answer-reviewers": 0.1}, ("reviewers", "1/10")),
    "a large figure": ({"answer-users": 1e15}, ("users", 10**15)),
    "text like a formula": ({"answer-clone-source": "'=1+1"}, ("clone-source", "'=1+1")),
}


@pytest.mark.parametrize("way", WAYS)
def test_spreadsheets_write_the_same_in_many_ways(way, officer, assessment):
    cells, (question, value) = WAYS[way]
    page = upload(officer, assessment, download(officer, assessment).fill(**cells))
    officer.post(preview_address(page), taken(page))
    assert stored(assessment) == {question: value}


def test_a_workbook_in_english_comes_back_in_either_language(officer, assessment):
    book = download(officer, assessment, prefix="/en")
    assert book.book.sheetnames[:2] == ["How to fill in", "1 Scope"]
    book.fill(**{"answer-assessed": "Done after launch", "answer-functions.option.clone": "Yes"})
    page = upload(officer, assessment, book)
    assert "上线后补做" in page.content.decode()
    officer.post(preview_address(page), taken(page))
    assert stored(assessment) == {"assessed": "late", "functions": ["clone"]}


def test_a_section_alone(officer, assessment):
    book = download(officer, assessment, "risks")
    assert book.book.sheetnames[1] == "2 风险防控"
    keys = {key for key, _sheet, _row in book.places()}
    assert "answer-assessed" in keys
    assert "answer-users" not in keys
    page = upload(officer, assessment, book.fill(**{"answer-assessed": "上线后补做"}))
    assert officer.post(preview_address(page), taken(page)).status_code == 302
    assert stored(assessment) == {"assessed": "late"}


def test_a_section_that_is_not_there(officer, assessment):
    assert officer.get(f"/assessments/{assessment.pk}/workbook/?section=x").status_code == 404


def test_comments_come_back_alone_and_beside_an_answer(officer, assessment):
    make_answer(assessment, "users", 7)
    book = download(officer, assessment)
    book.comment("users").value = "见台账"
    book.comment("minors").value = "=待确认"
    book.comment("minors").data_type = "s"
    page = upload(officer, assessment, book)
    officer.post(preview_address(page), taken(page))
    rows = {row.question: (row.value, row.comment) for row in assessment.answers.all()}
    assert rows == {"users": (7, "见台账"), "minors": (None, "=待确认")}


def test_a_claim_comes_back(officer, assessment):
    book = download(officer, assessment)
    book.fill(**{"claimed-consent": YES, "justification-consent": "全部为虚构形象"})
    page = upload(officer, assessment, book)
    assert "全部为虚构形象" in page.content.decode()
    officer.post(preview_address(page), taken(page))
    claim = assessment.claims.get()
    assert (claim.criterion, claim.claimed, claim.justification) == (
        "consent",
        True,
        "全部为虚构形象",
    )
    back = download(officer, assessment)
    assert back.cell("claimed-consent").value == YES
    assert back.cell("justification-consent").value == "全部为虚构形象"


def test_an_emptied_cell_takes_the_answer_back_once_it_is_confirmed(officer, assessment):
    make_answer(assessment, "users", 7)
    page = upload(officer, assessment, download(officer, assessment).fill(**{"answer-users": None}))
    assert "7 人" in page.content.decode()
    assert stored(assessment) == {"users": 7}
    officer.post(preview_address(page), taken(page))
    assert stored(assessment) == {"users": None}


def test_a_change_can_be_left_out(officer, assessment):
    book = download(officer, assessment).fill(**{"answer-users": 12, "answer-minors": NO})
    page = upload(officer, assessment, book)
    boxes = taken(page)
    assert len(boxes) == 2
    boxes.pop("take-0")
    officer.post(preview_address(page), boxes)
    assert stored(assessment) == {"users": 12}


def test_cancelling_takes_nothing_over_and_forgets_the_workbook(officer, assessment):
    page = upload(officer, assessment, download(officer, assessment).fill(**{"answer-users": 12}))
    assert officer.post(preview_address(page) + "cancel/").status_code == 302
    assert stored(assessment) == {}
    assert not WorkbookImport.objects.exists()


def test_confirming_twice_takes_over_once(officer, assessment):
    page = upload(officer, assessment, download(officer, assessment).fill(**{"answer-users": 12}))
    for _ in range(2):
        assert officer.post(preview_address(page), taken(page)).status_code == 302
    assert assessment.answers.get().revision == 1
    assert WorkbookImport.objects.get().status == WorkbookImport.Status.APPLIED


def test_a_later_workbook_replaces_one_that_waits(officer, assessment):
    for number in (12, 13):
        book = download(officer, assessment).fill(**{"answer-users": number})
        page = upload(officer, assessment, book)
    officer.post(preview_address(page), taken(page))
    assert WorkbookImport.objects.count() == 1
    assert stored(assessment) == {"users": 13}


def test_rows_may_be_sorted_and_deleted(officer, assessment):
    make_answer(assessment, "users", 7)
    book = download(officer, assessment, "scope")
    sheet = book.book.worksheets[1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_col=COMMENT)]
    kept = [row for row in rows if row[KEY - 1] != "answer-users"]
    sheet.delete_rows(2, len(rows))
    for row in reversed(kept):
        if row[KEY - 1] == "answer-minors":
            row[ANSWER - 1] = NO
        sheet.append(row)
    page = upload(officer, assessment, book)
    assert "工作簿中已没有这些内容" in page.content.decode()
    officer.post(preview_address(page), taken(page))
    assert stored(assessment) == {"users": 7, "minors": "no"}


def test_a_question_with_half_its_rows_stays_as_it_is(officer, assessment):
    make_answer(assessment, "functions", ["live"])
    book = download(officer, assessment)
    gone = book.cell("answer-functions.option.live")
    gone.parent.delete_rows(gone.row)
    page = upload(officer, assessment, book)
    assert taken(page) == {}
    assert "工作簿中已没有这些内容" in page.content.decode()


def test_what_cannot_be_read_comes_out_and_back_as_it_was(officer, assessment):
    make_answer(assessment, "users", None, typed="大约一百")
    book = download(officer, assessment)
    assert book.cell("answer-users").value == "大约一百"
    page = upload(officer, assessment, book)
    assert taken(page) == {}
    assert assessment.answers.get().typed == "大约一百"


AWKWARD = ["=1+1", "+86", "-", "@x", "_x000D_", "两行\n文字", "🐉", "a" * 4000, "1-2", "007"]


@pytest.mark.parametrize("text", AWKWARD)
def test_no_text_is_changed_on_the_way(text, officer, assessment):
    make_answer(assessment, "clone-source", text[:200], comment=text)
    book = download(officer, assessment)
    for cell in (book.cell("answer-clone-source"), book.comment("clone-source")):
        assert cell.data_type == "s"
    page = upload(officer, assessment, book)
    assert taken(page) == {}
    assert "没有需要变更的内容" in page.content.decode()
    cell = download(officer, assessment).fill(**{"answer-users": 1})
    page = upload(officer, assessment, cell)
    officer.post(preview_address(page), taken(page))
    assert assessment.answers.get(question="clone-source").comment == text


def test_the_sheets_are_locked_but_for_their_answers(officer, assessment):
    book = download(officer, assessment)
    for sheet in book.book.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
    assert [sheet.sheet_state for sheet in book.book.worksheets[-2:]] == ["hidden", "hidden"]
    assert not book.cell("answer-users").protection.locked
    assert not book.comment("users").protection.locked
    assert book.cell("answer-users", ANSWER - 1).protection.locked
    sheet = book.book["1 评估范围"]
    assert sheet.freeze_panes == "C2"
    assert sheet.column_dimensions["A"].hidden
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_cells_offer_what_can_be_chosen(officer, assessment):
    book = download(officer, assessment)
    cell = book.cell("answer-assessed")
    found = next(v for v in cell.parent.data_validations.dataValidation if cell.coordinate in v)
    sheet, _, area = found.formula1.partition("!")
    offered = [one.value for (one,) in book.book[sheet][area.replace("$", "")]]
    assert offered == ["完成并签批", "上线后补做", "未做或拿不出记录"]


def test_conditions_and_help_stand_beside_the_questions(officer, assessment):
    book = download(officer, assessment)
    assert book.cell("answer-clone-source", ANSWER - 1).value.startswith(
        "仅在第1.1题勾选“声音克隆”时填写。"
    )
    assert "看最近一次。" in book.cell("answer-assessed", ANSWER - 1).value
    assert book.cell("criterion-minors-mode", ANSWER - 1).value == "仅在第1.2题选择“是”时填写。"


def test_reading_takes_as_many_queries_however_much_is_answered(
    officer, assessment, django_assert_num_queries
):
    address = f"/assessments/{assessment.pk}/workbook/"
    officer.get(address)  # begins the chain of events
    for question in (None, "users", "minors"):
        if question:
            make_answer(assessment, question, 1 if question == "users" else "no")
        with django_assert_num_queries(5 + 6):  # of them for the event: two savepoints and four
            Workbook(officer.get(address))
