"""The main job in a real browser: from signing in to a gap report in two languages."""

import re
from decimal import Decimal
from fractions import Fraction

import pypdf
import pytest
from playwright.sync_api import Page, expect

from compliance.assessments.demonstration import ANSWERS
from compliance.assessments.draft import Draft
from compliance.assessments.models import Assessment
from compliance.assessments.outline import Outline, outline_of
from compliance.library.models import QuestionnaireVersion
from compliance.library.versions import load_published
from compliance.organisations.models import Role
from questionnaires.answers import answer_sheet, read_answers_file
from questionnaires.summary import summarise
from tests.browser import filling
from tests.browser.going import follow
from tests.cast import PASSWORD, make_company, make_member

pytestmark = pytest.mark.django_db(transaction=True)

SOURCE, FILE = read_answers_file(ANSWERS)
HALF_WAY = 7
"""How many sections are done when the language is switched."""
UNSAVED = "写到一半，还没有保存"
WRONG = {"ds-impact-assessment-content": ["none"]}
"""What is answered at first: it contradicts ds-impact-assessment-share."""


@pytest.fixture
def officer(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    names = FILE.subject.organisation
    company = make_company(name=names.zh, name_en=names.en)
    person = {"email": "officer@example.com", "name": "陈合规", "password": PASSWORD}
    return make_member(company, Role.COMPLIANCE_OFFICER, **person)


@pytest.fixture
def outline():
    load_published()
    version = QuestionnaireVersion.objects.get(key=FILE.questionnaire, version=FILE.version)
    return outline_of(version)


def test_from_signing_in_to_the_gap_report_in_two_languages(open_browser, officer, outline):
    job = MainJob(open_browser(), outline)
    job.sign_in(officer)
    job.add_the_subject()
    job.start_the_assessment()
    job.answer_every_section()
    job.fix_the_contradiction()
    job.check_the_answers()
    job.finish()
    job.see_the_result()
    job.plan_to_close_two_gaps()
    job.open_an_explanation()
    job.download_the_report("中文", "zh", "差距分析报告")
    job.download_the_report("English", "en", "Gap report")


class MainJob:
    """An officer's way through the site, and what the answers should come to."""

    def __init__(self, page: Page, outline: Outline) -> None:
        self.page = page
        page.set_default_timeout(60_000)
        self.outline = outline
        self.sheet = answer_sheet(SOURCE, FILE, outline.scorer.questionnaire)
        self.score = outline.scorer.score(self.sheet)
        self.summary = summarise(self.score)

    def sign_in(self, officer) -> None:
        page = self.page
        page.goto("/")
        follow(page.get_by_role("banner").get_by_role("link", name="登录"))
        page.get_by_label("电子邮箱").fill(officer.email)
        page.get_by_label("密码").fill(PASSWORD)
        follow(page.get_by_role("button", name="登录", exact=True))
        expect(page.locator(".account__name")).to_have_text(officer.name)

    def add_the_subject(self) -> None:
        page, subject = self.page, FILE.subject
        follow(page.get_by_role("navigation").get_by_role("link", name="自评估"))
        follow(page.get_by_role("link", name="开始自评估"))
        follow(page.get_by_role("link", name="登记评估对象"))
        page.fill("[name=name]", subject.name.zh)
        page.fill("[name=version]", subject.version)
        page.fill("[name=address]", subject.address)
        page.fill("[name=launched_on]", subject.launched)
        page.fill("[name=filing_number]", subject.filing_number)
        page.select_option("[name=company_role]", label="提供者")
        follow(page.get_by_role("button", name="保存并继续"))

    def start_the_assessment(self) -> None:
        page = self.page
        expect(page.locator("[name=subject] option:checked")).to_contain_text(FILE.subject.name.zh)
        page.select_option("[name=version]", index=1)
        page.select_option("[name=situation]", value="yearly")
        page.fill("[name=reference_date]", FILE.reference_date)
        follow(page.get_by_role("button", name="开始"))
        expect(page.locator("h1")).to_have_text(FILE.subject.name.zh)

    def answer_every_section(self) -> None:
        page = self.page
        follow(page.get_by_role("link", name="开始作答"))
        done = []
        while "/sections/" in page.url:
            section = self.section
            self._answer(section, switching=len(done) == HALF_WAY)
            done.append(section)
            follow(page.locator(".wizard-foot .button--primary"))
            assert f"/sections/{section}/" not in page.url
        assert page.url.endswith("/check/")
        assert len(done) > HALF_WAY
        assert {self.outline.section_of[key] for key in FILE.answers} == set(done)

    def _answer(self, section: str, switching: bool) -> None:
        page = self.page
        expect(page.locator("h1")).to_have_text(self.outline.sections[section].title.zh)
        questions = [q for q in self.outline.questions_in(section) if q.id in FILE.answers]
        for question in questions:
            filling.answer(page, question, WRONG.get(question.id, FILE.answers[question.id]))
            if question.id in FILE.comments:
                filling.comment(page, question.id, FILE.comments[question.id])
        if switching:
            self._switch_to_english_and_back(section, questions[-1].id)

    def _switch_to_english_and_back(self, section: str, question: str) -> None:
        """Switch with a comment that is typed and that nothing else has saved."""
        page = self.page
        page.route("**/autosave/", lambda route: route.abort())
        filling.comment(page, question, UNSAVED)
        follow(page.locator("button.language"))
        assert "/en/" in page.url
        page.unroute("**/autosave/")
        expect(page.locator("h1")).to_have_text(self.outline.sections[section].title.en)
        expect(page.locator(f"#comment-{question}")).to_have_value(UNSAVED)
        draft = Draft(Assessment.objects.select_related("subject").get())
        assert draft.answers[question].comment == UNSAVED
        filling.comment(page, question, FILE.comments.get(question, ""))
        follow(page.locator("button.language"))
        assert "/en/" not in page.url
        expect(page.locator("h1")).to_have_text(self.outline.sections[section].title.zh)

    def fix_the_contradiction(self) -> None:
        page, (question, *_) = self.page, WRONG
        links = page.locator(".notice--warning").first.locator("a")
        expect(links).to_have_count(2)
        follow(page.locator(f'.notice--warning a[href$="#question-{question}"]').first)
        expect(page.locator(f"#question-{question}")).to_be_in_viewport()
        filling.answer(page, self.outline.questions[question], FILE.answers[question])
        follow(page.get_by_role("button", name="保存并查看全部章节"))
        assert "/sections/" not in page.url
        expect(page.locator(".notice--warning")).to_have_count(0)

    def check_the_answers(self) -> None:
        page = self.page
        follow(page.get_by_role("link", name="核对作答"))
        expect(page.locator(".answers__row")).to_have_count(len(FILE.answers))
        # All that is left is that some answers cannot be signed for without evidence.
        expect(page.locator(".notice")).to_have_count(1)
        expect(page.locator(".notice")).to_contain_text("佐证材料")
        for key, comment in FILE.comments.items():
            row = page.locator(f"#row-{key}")
            expect(row).to_contain_text(comment)
            expect(row).to_contain_text(
                self.outline.questions[key].words(self.sheet.values[key], "zh")
            )

    def finish(self) -> None:
        page = self.page
        follow(page.get_by_role("link", name="完成自评估"))
        follow(page.get_by_role("button", name="完成自评估"))
        assert page.url.endswith("/result/")
        assert Assessment.objects.get().status == Assessment.Status.FINISHED

    def see_the_result(self) -> None:
        page, summary = self.page, self.summary
        expect(page.locator(".result-head .rating")).to_contain_text(self._rating.zh)
        figures = page.locator(".result-head .figure dd")
        expect(figures.nth(0)).to_contain_text(str(summary.shown))
        expect(figures.nth(1)).to_have_text(str(summary.lost_shown))
        bars = page.locator(".bar__value").all_text_contents()
        assert bars == [str(domain.shown) for domain in summary.domains]
        losses = [self._loss(text) for text in page.locator(".gap__lost").all_text_contents()]
        assert losses == [gap.lost_shown for gap in summary.gaps]
        assert sum(losses) == 100 - summary.shown

    @staticmethod
    def _loss(text: str) -> Decimal:
        found = re.search(r"[\d.]+", text)
        assert found, text
        return Decimal(found[0])

    def plan_to_close_two_gaps(self) -> None:
        page = self.page
        closed = {gap.criterion.id: Fraction(1) for gap in self.summary.gaps[:2]}
        for name in closed:
            with page.expect_response("**/planned/**"):
                page.click(f"label[for=close-{name}]")
        planned = summarise(self.outline.scorer.score(self.sheet, closed)).shown
        assert planned > self.summary.shown
        expect(page.locator(".planned__score")).to_have_text(str(planned))

    def open_an_explanation(self) -> None:
        gap = self.summary.gaps[0]
        with self.page.expect_response("**/explain/**"):
            self.page.click(f"#gap-{gap.criterion.id} a[data-explain]")
        panel = self.page.locator(f"#gap-{gap.criterion.id} .explained")
        expect(panel).to_contain_text(gap.criterion.title.zh)
        expect(panel).to_contain_text(str(gap.lost_shown))

    def download_the_report(self, link: str, language: str, title: str) -> None:
        with self.page.expect_download(timeout=60_000) as download:
            self.page.locator(".result-actions").get_by_role("link", name=link).click()
        assert download.value.suggested_filename.endswith(".pdf")
        pages = pypdf.PdfReader(download.value.path()).pages
        text = squeezed("".join(page.extract_text() for page in pages))
        names = FILE.subject.organisation
        comment = FILE.comments["cs-live-notice-form"]
        company = names.en if language == "en" else names.zh
        rating = self._rating.to(language)
        for wanted in (title, company, rating, str(self.summary.shown), comment):
            assert squeezed(wanted) in text, wanted

    @property
    def section(self) -> str:
        """The section whose page is open."""
        found = re.search(r"/sections/([^/]+)/", self.page.url)
        assert found, self.page.url
        return found[1]

    @property
    def _rating(self):
        return self.outline.scorer.questionnaire.ratings[self.score.rating].title


def squeezed(text: str) -> str:
    """Return a text without the spaces and line breaks that setting it brings."""
    return re.sub(r"\s+", "", text)
