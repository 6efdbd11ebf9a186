"""What cannot be read in a workbook is told by cell; the rest can be taken over."""

import datetime as dt

import pytest
from openpyxl.styles.numbers import FORMAT_GENERAL, FORMAT_PERCENTAGE

from compliance.assessments.workbooks.layout import ANSWER, COMMENT, KEY, TEXT
from tests.cast import make_answer
from tests.workbook import download, preview_address, taken, upload

pytestmark = pytest.mark.django_db

YES = "是"
LATER = dt.date(2026, 11, 22)  # the day after the reference date

# What is entered, the row that is blamed, and what is said, in Chinese and in English.
WRONG = {
    "an unknown option": (
        {"answer-assessed": "差不多"},
        "answer-assessed",
        "“差不多”不在列表中",
        "“差不多” is not in the list",
    ),
    "neither yes nor no": (
        {"answer-functions.option.live": "也许"},
        "answer-functions.option.live",
        "“也许”既不是“是”也不是“否”",
        "“也许” is neither yes nor no",
    ),
    "not a number": (
        {"answer-users": "很多"},
        "answer-users",
        "“很多”不是数字",
        "“很多” is not a number",
    ),
    "a percentage": ({"answer-users": 0.5}, "answer-users", "“50%”不是数字", "“50%” is not"),
    "not a whole number": ({"answer-users": 12.5}, "answer-users", "整数", "whole number"),
    "a negative number": ({"answer-users": -1}, "answer-users", "0", "at least 0"),
    "a figure that is far too large": (
        {"answer-reviewers": 1e300},
        "answer-reviewers",
        "最多100字",
        "At most 100",
    ),
    "a date where a number is asked": (
        {"answer-users": dt.date(2026, 2, 3)},
        "answer-users",
        "“2026-02-03”不是数字",
        "“2026-02-03” is not a number",
    ),
    "an exclusive option beside another": (
        {"answer-functions.option.live": YES, "answer-functions.option.none": YES},
        "answer-functions.option.live",
        "“以上均无”",
        "“None of these” cannot be chosen",
    ),
    "a part that is larger than the whole": (
        {"answer-consent-share.numerator": 5, "answer-consent-share.denominator": 4},
        "answer-consent-share.numerator",
        "分子不能大于分母",
        "The part cannot be larger than the whole.",
    ),
    "half a ratio": (
        {"answer-consent-share.numerator": 5},
        "answer-consent-share.numerator",
        "分子、分母都要填写",
        "Enter both figures.",
    ),
    "a figure and that it cannot be shown": (
        {"answer-reviewers": 5, "answer-reviewers.cannot_show": YES},
        "answer-reviewers",
        "只能二者选一",
        "not both",
    ),
    "not a date": ({"answer-assessed-on": "去年"}, "answer-assessed-on", "“去年”", "“去年” is not"),
    "a number for a date": ({"answer-assessed-on": 46000}, "answer-assessed-on", "46000", "46000"),
    "a date to come": (
        {"answer-assessed-on": LATER},
        "answer-assessed-on",
        "2026-11-21",
        "after the reference date 2026-11-21",
    ),
    "a text that is too long": (
        {"answer-clone-source": "长" * 201},
        "answer-clone-source",
        "200",
        "At most 200 characters",
    ),
    "too many documents": (
        {"answer-consent-files": "一\n二\n三\n四"},
        "answer-consent-files",
        "3",
        "3",
    ),
    "a claim without a reason": (
        {"claimed-consent": YES},
        "justification-consent",
        "请说明不适用的理由",
        "Say why it does not apply.",
    ),
    "a formula": ({"answer-users": "=1+1"}, "answer-users", "公式", "This is a formula."),
    "an error": ({"answer-users": "#REF!"}, "answer-users", "#REF!", "error of the spreadsheet"),
}

FORMATS = {"a percentage": FORMAT_PERCENTAGE, "a number for a date": FORMAT_GENERAL}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_each_error_is_told_by_cell_and_stores_nothing(wrong, prefix, officer, assessment):
    cells, row, *words = WRONG[wrong]
    book = download(officer, assessment).fill(**cells)
    book.cell(row).number_format = FORMATS.get(wrong, book.cell(row).number_format)
    page = upload(officer, assessment, book, prefix=prefix)
    text = page.content.decode()
    assert page.status_code == 200
    assert f">{book.address(book.cell(row))}<" in text
    assert words[bool(prefix)] in text
    assert taken(page) == {}
    assert officer.post(preview_address(page)).status_code == 302
    assert not assessment.answers.exists()
    assert not assessment.claims.exists()


def test_a_comment_that_is_too_long(officer, assessment):
    book = download(officer, assessment).fill(**{"answer-users": 3})
    book.comment("users").value = "长" * 4001
    page = upload(officer, assessment, book, prefix="/en")
    text = page.content.decode()
    assert f">{book.address(book.comment('users'))}<" in text
    assert "At most 4000 characters are kept here; this has 4001." in text
    officer.post(preview_address(page), taken(page))  # the answer beside it is sound
    row = assessment.answers.get()
    assert (row.value, row.comment) == (3, "")


def test_an_error_leaves_the_comment_beside_it_and_other_answers_alone(officer, assessment):
    make_answer(assessment, "users", 7, comment="旧")
    book = download(officer, assessment).fill(**{"answer-users": "很多", "answer-minors": "否"})
    book.comment("users").value = "新"
    page = upload(officer, assessment, book)
    officer.post(preview_address(page), taken(page))
    rows = {row.question: (row.value, row.comment) for row in assessment.answers.all()}
    assert rows == {"users": (7, "新"), "minors": ("no", "")}


def test_a_row_that_is_there_twice(officer, assessment):
    book = download(officer, assessment)
    cell = book.cell("answer-users")
    sheet, last = cell.parent, cell.parent.max_row + 1
    sheet.cell(last, KEY).value = "answer-users"
    sheet.cell(last, ANSWER).value = 5
    page = upload(officer, assessment, book, prefix="/en")
    assert f">{sheet.title}!E{last}<" in page.content.decode()
    assert "This row is in the file twice." in page.content.decode()
    assert taken(page) == {}


def test_what_stands_beside_the_answers_is_not_passed_over_in_silence(officer, assessment):
    book = download(officer, assessment)
    sheet = book.cell("answer-users").parent
    last = sheet.max_row + 1
    sheet.cell(last, TEXT).value = "自己加的题目"
    sheet.cell(last, ANSWER).value = "自己加的作答"
    book.cell("answer-functions").value = "直播"  # its options have the cells
    book.cell("answer-functions.option.live", COMMENT).value = "选项旁的话"
    text = upload(officer, assessment, book).content.decode()
    for words in ("自己加的作答", "直播", "选项旁的话"):
        assert f"此处不是作答单元格，其内容不会导入：“{words}”" in text


def test_errors_are_told_in_the_language_of_the_page(officer, assessment):
    page = upload(officer, assessment, download(officer, assessment).fill(**{"answer-users": "x"}))
    address = preview_address(page)
    assert "不是数字" in officer.get(address).content.decode()
    assert "is not a number" in officer.get(f"/en{address}").content.decode()


@pytest.mark.parametrize("change", ["column", "first column", "row", "swapped"])
def test_columns_that_have_moved(change, officer, assessment):
    book = download(officer, assessment).fill(**{"answer-users": 5})
    sheet = book.cell("answer-users").parent
    if change == "column":
        sheet.insert_cols(ANSWER)
    elif change == "first column":
        sheet.insert_cols(1)
    elif change == "row":
        sheet.insert_rows(1)
    else:
        for row in sheet.iter_rows(max_col=COMMENT):
            row[ANSWER - 1].value, row[COMMENT - 1].value = (
                row[COMMENT - 1].value,
                row[ANSWER - 1].value,
            )
    page = upload(officer, assessment, book, prefix="/en")
    assert page.status_code == 422
    assert f"In sheet “{sheet.title}” rows or columns were inserted or moved" in (
        page.content.decode()
    )
    assert not assessment.workbook_imports.exists()


def test_an_english_workbook_sent_to_a_chinese_page_is_told_in_chinese(officer, assessment):
    book = download(officer, assessment, prefix="/en").fill(**{"answer-assessed": "Done, sort of"})
    assert "“Done, sort of”不在列表中" in upload(officer, assessment, book).content.decode()
