"""The gap report, read back from the PDF in both languages."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pypdf
import pytest

from compliance.reports.answers import sections
from compliance.reports.cover import cover_of_file
from compliance.reports.gap_report import TOP, gap_report, gap_report_html
from compliance.reports.register import gap_entries, printed_worth
from questionnaires.answers import LONGEST_COMMENT, AnswerSheet, questions_of
from questionnaires.explanation import explain_all
from questionnaires.figures import figures
from questionnaires.scoring import Asked, Scorer, Status
from questionnaires.summary import summarise
from tests.reports.conftest import DAY, LANGUAGES, Printed, printed, squeezed
from tests.samples import sample_questionnaire

ENOUGH = 700 * 1024


@pytest.fixture
def words(report):
    """Words in the language of the report."""
    return lambda bilingual: bilingual.to(report.cover.language)


def test_every_gap_stands_in_it_with_its_points_lost_and_advice(report, words):
    gaps = summarise(report.score).gaps
    assert len(gaps) > 20
    label = {"zh": "扣分", "en": "Points lost"}[report.cover.language]
    for number, gap in enumerate(gaps, start=1):
        heading = squeezed(f"{number} {words(gap.criterion.title)}")
        lost = squeezed(f"{label} {gap.lost_shown}")
        assert re.search(f"{re.escape(heading)}.{{1,90}}?{re.escape(lost)}", report.text), heading
        for question in gap.criterion.questions:
            if question.advice and _below_full(report, question):
                assert report.has(words(question.advice)), question.id


def _below_full(report, question):
    value = report.score.sheet.values.get(question.id)
    points = value is not None and question.points(value, DAY)
    return report.score.asked[question.id] is Asked.YES and points is not None and points < 100


def test_every_question_stands_in_it_with_its_answer_and_comment(report, words):
    sheet, asked = report.score.sheet, report.score.asked
    shown = {Asked.YES, Asked.UNDETERMINED, Asked.BY_CLAIM}
    commented = 0
    for question in questions_of(report.score.questionnaire):
        assert report.has(words(question.text)), question.id
        if asked[question.id] not in shown:
            continue
        if question.id in sheet.values:
            answer = question.words(sheet.values[question.id], report.cover.language)
            assert report.has(answer), question.id
        if comment := sheet.comments.get(question.id):
            commented += 1
            assert report.text.count(comment) >= 1, question.id
    assert commented > 20


def test_printed_points_lost_add_up_to_100_minus_the_printed_score(report):
    first, last = {
        "zh": ("五、扣分明细", "六、差距项清单"),
        "en": ("5 Where the", "6 Register of"),
    }[report.cover.language]
    pages = "\n".join(report.pages[3:]).partition(f"\n{first}")[2].partition(last)[0]
    lost = [Decimal(found) for found in re.findall(r"% ?\n?(\d+\.\d\d)(?!\d|%)", pages)]
    summary = summarise(report.score)
    domains = [domain for domain in summary.domains if domain.score is not None]
    rows = lost[:]
    for figure in (*(domain.lost_shown for domain in domains), summary.lost_shown):
        rows.remove(figure)
    assert len(rows) == len(summary.gaps) + sum(bool(d.counts[Status.FULL]) for d in domains)
    assert sum(rows) == sum(domain.lost_shown for domain in domains) == summary.lost_shown
    assert summary.lost_shown == 100 - summary.shown
    assert report.has(f"100 − {summary.shown}")


def test_the_result_stands_on_one_page_led_by_the_rating(report, words):
    titles = {"zh": ("一、评估结论", "二、评估方法"), "en": ("1 Result at", "2 How it was")}
    first, second = titles[report.cover.language]
    (page,) = [text for text in report.pages[2:] if first in text]
    assert report.pages.index(page) == 2
    assert second in report.pages[3]
    summary, score = summarise(report.score), report.score
    rating = words(score.questionnaire.ratings[score.rating].title)
    for printed_on_it in (
        rating,
        str(summary.shown),
        str(summary.lost_shown),
        *(words(limit.criterion.title) for limit in score.triggered[:3]),
        *(words(gap.criterion.title) for gap in summary.gaps[:TOP]),
        *(str(domain.shown) for domain in summary.domains),
        *(words(tier.rule) for tier in score.questionnaire.tiers if tier.id == score.tier),
    ):
        assert "".join(printed_on_it.split()) in "".join(page.split())
    assert page.index(rating) < page.index(str(summary.shown))


def test_major_risks_claims_instruments_and_statements_stand_in_it(report, words):
    score, language = report.score, report.cover.language
    major = summarise(score).major_risks
    assert major
    for gap in major:
        if gap.veto:
            assert report.has(words(gap.criterion.veto.because))
    for name, justification in score.sheet.not_applicable.items():
        assert score.standings[name].status is Status.NOT_APPLICABLE
        claimed = {"zh": "本单位主张不适用：", "en": "Claimed by the organisation:"}[language]
        title = words(score.standings[name].criterion.title)
        assert report.has(f"{title} {claimed} {justification}")
    for standing in score.standings.values():
        reason = standing.criterion.not_applicable
        if standing.status is Status.NOT_APPLICABLE and reason and standing.absence == "by_rule":
            assert report.has(words(reason))
    for found in explain_all(score).values():
        for cited in found.articles:
            assert report.has(words(cited.instrument.cited_as))
            assert report.has(words(cited.article.label))
        for requirement, plan in found.requirements:
            assert report.has(words(plan.cited_as))
            assert gap_is_full(found) or report.has(words(requirement.item))
    assert report.text.count({"zh": "依据二手资料核对", "en": "checkedagainst"}[language]) > 1
    for statement in {
        "zh": ("不能替代算法备案、安全评估", "所依据的行动计划实施期已满"),
        "en": ("does not replace algorithm filing", "have run out in time and bind nobody"),
    }[language]:
        assert report.has(statement)


def gap_is_full(found):
    return found.standing.achievement in (None, 1)


def test_contradictions_are_shown_with_their_questions(sample_report, report):
    assert not report.has(
        {"zh": "相互矛盾的作答", "en": "Contradictory answers"}[report.cover.language]
    )
    values = {"functions": ("live",), "reviewers": Fraction(0)}
    contradictory = sample_report(report.cover.language, values=values)
    message = {
        "zh": "既有直播，又没有审核人员。",
        "en": "It streams live, yet there are no reviewers.",
    }
    assert contradictory.has(message[report.cover.language])
    between = {"zh": "、", "en": ","}[report.cover.language]
    assert contradictory.has(f"1.1{between}3.2")


def test_every_page_but_the_cover_carries_its_number(report):
    total = len(report.pages)
    words = {"zh": f"第{{}}页共{total}页", "en": f"Page{{}}of{total}"}[report.cover.language]
    for number, page in enumerate(report.pages, start=1):
        assert (words.format(number) in "".join(page.split())) == (number > 1)


def test_the_contents_name_the_page_of_each_chapter(report):
    listed = re.findall(r"^(.+?)\s*(\d+)$", report.pages[1], re.MULTILINE)
    chapters = [
        (title, int(page))
        for title, page in listed
        if re.match(r"[一二三四五六七八九十]+、|\d", title)
    ]
    assert len(chapters) >= 10
    for title, page in chapters:
        assert "".join(title.split()) in "".join(report.pages[page - 1].split()), title


def test_the_fonts_are_the_simplified_chinese_ones_and_no_sign_is_missing(report):
    names = set()
    for page in report.file.pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(str(font["/BaseFont"]).partition("+")[2])
    latin = {"Lato", "Lato-Bold", "Lato-Italic"} if report.cover.language == "en" else set()
    assert "Noto-Sans-CJK-SC" in names
    assert names <= {"Noto-Sans-CJK-SC", "Noto-Sans-CJK-SC-Bold"} | latin
    assert "\ufffd" not in report.text


def test_it_is_tagged_titled_and_small(report):
    file = report.file
    language = {"zh": "zh-Hans", "en": "en"}[report.cover.language]
    root = file.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert report.cover.subject in file.metadata.title
    assert file.metadata.creation_date.date() == DAY
    described = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in described
    assert 'pdfuaid:part="1"' in described
    assert len(report.content) < ENOUGH


def test_neither_table_nor_heading_nor_paragraph_is_tagged_inside_its_own_kind(report):
    def walk(element, parent):
        element = element.get_object()
        if not isinstance(element, pypdf.generic.DictionaryObject):
            return
        kind = element.get("/S")
        assert kind != parent or kind not in {"/Table", "/H1", "/H2", "/P", "/Caption"}
        for child in element["/K"] if isinstance(element.get("/K"), list) else ():
            walk(child, kind)

    walk(report.file.trailer["/Root"]["/StructTreeRoot"], None)


def test_no_page_inside_it_is_left_half_empty(report):
    for number, page in enumerate(report.file.pages[4:-2], start=5):
        heights = []
        page.extract_text(
            visitor_text=lambda text, ctm, tm, *font, into=heights: into.append(
                (tm[5] * ctm[3] + ctm[5]) if text.strip() else 842
            )
        )
        body = [height for height in heights if height > 60]
        assert min(body) < 842 / 2, number


def test_an_item_is_cited_once_and_articles_in_their_order(report):
    entries = gap_entries_of(report)
    served = [found.item for entry in entries for found, _ in entry.explanation.requirements]
    assert any(len(set(map(str, served[n : n + 2]))) == 1 for n in range(len(served)))
    for entry in entries:
        for _, items in entry.requirements:
            assert len(items) == len(set(map(str, items)))
        for instrument, cited in entry.law:
            places = [instrument.articles.index(one.article) for one in cited]
            assert places == sorted(set(places))


def gap_entries_of(report):
    explanations = explain_all(report.score)
    parts = sections(report.score, explanations, report.cover.language)
    return gap_entries(summarise(report.score), explanations, parts, printed_worth(explanations))


def test_every_figure_is_attached(report):
    (content,) = report.file.attachments["figures.json"]
    assert json.loads(content) == json.loads(json.dumps(figures(report.score)))


def test_nothing_is_marked_as_secret(example):
    score = Scorer(sample_questionnaire()).score(AnswerSheet(DAY, {}))
    html = gap_report_html(score, cover_of_file(example.file, score, "zh", DAY))
    assert not re.search("秘密|机密", html)


@pytest.fixture
def sample_report(example):
    """Print the answers to the small sample questionnaire."""

    def made(language: str = "zh", provisional: bool = False, **sheet: object) -> Printed:
        score = Scorer(sample_questionnaire()).score(AnswerSheet(DAY, **sheet))
        cover = cover_of_file(example.file, score, language, DAY)
        return printed(score, replace(cover, provisional=provisional))

    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_is_provisional_and_carries_no_rating(sample_report, language):
    report = sample_report(language, provisional=True, values={"minors": "no"})
    mark = {"zh": "暂定", "en": "rovisional"}[language]
    for number, page in enumerate(report.pages):
        assert mark in page, number
    ratings = [rating.title.to(language) for rating in report.score.questionnaire.ratings]
    assert not any(rating in report.pages[2] for rating in ratings[:1])
    assert {"zh": "未作答", "en": "unanswered"}[language] in report.pages[2]


def test_chinese_sentences_follow_one_another_without_a_blank(example):
    score = Scorer(sample_questionnaire()).score(AnswerSheet(DAY, {"minors": "no"}))
    cover = cover_of_file(example.file, score, "zh", DAY)
    for provisional in (True, False):
        html = gap_report_html(score, replace(cover, provisional=provisional))
        words = re.sub(r"<[^>]+>", "", html.partition("<body>")[2])
        assert not re.findall(r".{5}[。：；，、] [\u4e00-\u9fff].{5}", words)


def test_reasons_begin_with_vetoes_and_the_lowest_band_begins_nowhere(example):
    questionnaire = example.score.questionnaire
    no_answers = Scorer(questionnaire).score(AnswerSheet(DAY, {}))
    cover = replace(cover_of_file(example.file, no_answers, "zh", DAY), provisional=False)
    html = gap_report_html(no_answers, cover)
    assert {limit.veto for limit in no_answers.triggered} == {True, False}
    reasons = re.findall(r"<li><b>(否决项|限级项)</b>", html)
    assert reasons == ["否决项"] * 3
    assert "按分数段属于“不符合”。" in html
    assert "0及以上" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_names_leave_the_cover_on_one_page(example, language):
    score = Scorer(sample_questionnaire()).score(AnswerSheet(DAY, {"minors": "no"}))
    cover = cover_of_file(example.file, score, language, DAY)
    long = replace(
        cover, subject="超长名称的评估对象评" * 20, organisation="示例数字科技有限公司" * 16
    )
    contents = {"zh": "目录", "en": "Contents"}[language]
    assert contents in printed(score, long).pages[1]


def test_the_same_assessment_gives_the_same_bytes(sample_report):
    values = {"minors": "yes", "assessed": "late"}
    first = sample_report(values=values)
    assert first.content == sample_report(values=values).content
    assert first.content != sample_report(values=values | {"minors": "no"}).content


def test_a_subject_to_which_nothing_applies_has_no_score(example):
    raw = sample_questionnaire()
    only = raw.sections[-1].model_copy(
        update={"criteria": tuple(c for c in raw.sections[-1].criteria if c.id == "minors-mode")}
    )
    bare = raw.model_copy(update={"sections": (raw.sections[0], only), "contradictions": ()})
    if not only.criteria:
        pytest.fail("the sample questionnaire has lost its criterion that may not apply")
    score = Scorer(bare).score(AnswerSheet(DAY, {"minors": "no"}))
    assert score.score is None
    text = printed(score, cover_of_file(example.file, score, "zh", DAY)).text
    assert "没有评估项适用于本评估对象" in text


HOSTILE = {
    "functions": "<script>alert(1)</script><img src='file:///etc/passwd'>{{ cover }}{% x %}&lt;",
    "minors": "</td></tr></table></body></html>",
    "users": "Ж" * LONGEST_COMMENT,
    "assessed": "驫" * LONGEST_COMMENT,
    "assessed-on": "Ы\n" * (LONGEST_COMMENT // 2),
}


def test_what_was_typed_is_printed_as_it_was_typed_and_breaks_nothing(sample_report):
    report = sample_report(values={"assessed": "late"}, comments=HOSTILE)
    assert report.has(HOSTILE["functions"])
    assert report.has(HOSTILE["minors"])
    for sign in "Ж驫Ы":
        assert report.text.count(sign) == sum(typed.count(sign) for typed in HOSTILE.values())
    assert all(len(line) < 130 for page in report.pages for line in page.splitlines())
    assert len(report.pages) < 25
    assert "声明" in report.pages[-1]


def test_signs_that_no_font_has_and_turns_of_direction_are_written_as_codes(sample_report):
    comment = "笑 \U0001fae8 转\u202egnp.exe 响\x07 半\ud83d 空\x00"
    report = sample_report(values={"assessed": "late"}, comments={"assessed": comment})
    for code in ("[U+1FAE8]", "[U+202E]gnp.exe", "[U+0007]", "[U+D83D]", "[U+0000]"):
        assert code in report.text
    assert gap_report(report.score, report.cover) == report.content
