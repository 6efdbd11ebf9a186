"""What is about the company as a whole: answered once, it counts in each of its subjects."""

import datetime as dt
import json
from threading import Barrier, Thread

import hypothesis.strategies as st
import pytest
from django.db import connection
from django.test import Client
from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from compliance.assessments.companywide import bring_evidence
from compliance.assessments.draft import Draft
from compliance.assessments.models import (
    Answer,
    AnswerContent,
    Assessment,
    CompanyAnswer,
    CompanyClaim,
    ConflictingAnswer,
    ConflictingCompanyAnswer,
    ConflictingCompanyClaim,
    Evidence,
    NotApplicableClaim,
)
from compliance.assessments.moving import take
from compliance.assessments.outline import outline_of
from compliance.assessments.reuse import offers
from compliance.assessments.revisions import seen
from compliance.assessments.saving import store
from compliance.assessments.upgrading import Succession, upgrade
from compliance.audit.models import Event
from compliance.library.models import QuestionnaireVersion
from compliance.lifecycle import Step
from questionnaires.forms import Entry
from questionnaires.publishing import canonical, load
from tests.cast import (
    make_answer,
    make_assessment,
    make_claim,
    make_company,
    make_subject,
    make_user,
    make_version,
)
from tests.page import Form, section_address, section_form
from tests.samples import company_sample
from tests.workbook import download, preview_address, taken, upload

pytestmark = pytest.mark.django_db


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def version():
    return make_version(key="firm", version="2", document=canonical(company_sample()).decode())


@pytest.fixture
def one(cast, version):
    return make_assessment(make_subject(cast.company), version=version, created_by=cast.officer)


@pytest.fixture
def other(cast, version):
    """Another subject of the same company."""
    return make_assessment(make_subject(cast.company), version=version, created_by=cast.officer)


@pytest.fixture
def abroad(cast, version):
    """A subject of another company."""
    return make_assessment(make_subject(cast.other_company), version=version)


def answer(browser, assessment, section="contents", **entered):
    page = section_form(browser, assessment, section).fill(**entered)
    return browser.post(section_address(assessment, section), page.fields)


def said(assessment, question="maturity"):
    row = Draft(Assessment.objects.get(pk=assessment.pk)).answers.get(question)
    return row.value if row else None


def autosave(browser, assessment, value, seen):
    data = {"question": "maturity", "answer-maturity": value, "seen-maturity": seen}
    return browser.post(f"/assessments/{assessment.pk}/autosave/", data)


def test_an_answer_given_once_counts_in_each_subject(officer, one, other, abroad):
    answer(officer, one, **{"answer-maturity": "4"})
    assert (said(one), said(other), said(abroad)) == (4, 4, None)
    assert not Answer.objects.exists()
    row = CompanyAnswer.objects.get()
    assert (row.organisation, row.source) == (one.subject.organisation, one)


def test_any_subject_changes_it_for_all(officer, one, other, cast):
    answer(officer, one, **{"answer-maturity": "4"})
    answer(browser_of(cast.colleague), other, **{"answer-maturity": "2"})
    assert said(one) == said(other) == 2
    row = CompanyAnswer.objects.get()
    assert (row.by, row.revision, row.source) == (cast.colleague, 2, other)


def test_what_is_about_the_subject_stays_with_it(officer, one, other):
    answer(officer, one, **{"answer-reviewers": "3"})
    assert (said(one, "reviewers"), said(other, "reviewers")) == (3, None)


def test_the_page_says_that_it_counts_for_all(officer, one, other, abroad):
    answer(officer, one, **{"answer-maturity": "4"})
    text = officer.get(section_address(other, "contents")).content.decode()
    assert "在2个评估对象中有效" in text
    assert str(one.subject) in text


def test_autosave_stores_it_for_the_company(officer, one, other):
    seen = section_form(officer, one, "contents").value("seen-maturity")
    token = autosave(officer, one, "3", seen).json()["seen"]
    assert said(other) == 3
    assert autosave(officer, one, "1", token).status_code == 200
    assert said(other) == 1


# --- two people, in two subjects


def test_answers_from_two_subjects_meet_and_someone_chooses(officer, one, other, cast):
    colleague = browser_of(cast.colleague)
    theirs = section_form(colleague, other, "contents").fill(**{"answer-maturity": "5"})
    answer(officer, one, **{"answer-maturity": "1"})
    response = colleague.post(section_address(other, "contents"), theirs.fields)
    assert said(one) == said(other) == 1
    assert ConflictingCompanyAnswer.objects.get().value == 5
    # It is seen, and can be settled, in either.
    page = Form(officer.get(section_address(one, "contents")), "section")
    choice = next(v for name, v in page.buttons if name == "choose" and ".other." in v)
    text = response.content.decode()
    assert choice in text
    for words in (cast.officer, cast.colleague, one.subject, other.subject):
        assert str(words) in text
    officer.post(section_address(one, "contents"), page.fields | {"choose": choice})
    assert said(one) == said(other) == 5
    assert not ConflictingCompanyAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_one_answer_counts_and_the_others_wait(cast, version):
    subjects = [make_subject(cast.company) for _ in range(4)]
    assessments = [
        make_assessment(one, version=version, created_by=cast.officer) for one in subjects
    ]
    together, found = Barrier(4), []

    def run(number):
        try:
            content = {"value": number, "typed": None}
            entry = Entry("answer", "maturity", str(seen("answer", None)), content)
            one = Assessment.objects.get(pk=assessments[number].pk)
            together.wait()
            found.append(store(one, entry, cast.officer)[0])
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["conflict", "conflict", "conflict", "saved"]
    kept = [row.value for row in ConflictingCompanyAnswer.objects.all()]
    assert sorted([*kept, CompanyAnswer.objects.get().value]) == [0, 1, 2, 3]


def test_a_conflict_of_another_company_cannot_be_settled(officer, one, abroad, cast):
    waiting = ConflictingCompanyAnswer.objects.create(
        organisation=cast.other_company,
        question="maturity",
        meaning=outline_of(one.version).company_questions["maturity"],
        value=5,
        by=cast.stranger,
        at=one.created_at,
        source=abroad,
    )
    page = section_form(officer, one, "contents")
    choice = f"company-answer.{waiting.pk}.other.{page.value('seen-maturity')}"
    officer.post(section_address(one, "contents"), page.fields | {"choose": choice})
    assert ConflictingCompanyAnswer.objects.get() == waiting
    assert said(one) is None


def test_claims_are_shared_and_meet_in_the_same_way(officer, one, other, cast):
    theirs = section_form(officer, other, "risks")
    claim = {"claimed-consent": "on", "justification-consent": "无真人"}
    answer(officer, one, "risks", **claim)
    assert CompanyClaim.objects.get().justification == "无真人"
    assert not NotApplicableClaim.objects.exists()
    assert Draft(other).sheet.not_applicable == {"consent": "无真人"}
    theirs.fill(**claim | {"justification-consent": "全部虚构"})
    browser_of(cast.colleague).post(section_address(other, "risks"), theirs.fields)
    assert ConflictingCompanyClaim.objects.get().justification == "全部虚构"


# --- frozen, and taken up again


def test_a_finished_assessment_keeps_what_counted(officer, one, other, cast):
    answer(officer, one, **{"answer-maturity": "4"})
    take(one, Step.FINISH, cast.officer)
    answer(officer, other, **{"answer-maturity": "1"})
    assert (said(one), said(other)) == (4, 1)
    row = one.answers.get()
    assert (row.question, row.value, row.by) == ("maturity", 4, cast.officer)


def test_taken_up_again_it_reads_what_the_company_answers_now(officer, one, other, cast):
    answer(officer, one, **{"answer-maturity": "4"})
    take(one, Step.FINISH, cast.officer)
    answer(officer, other, **{"answer-maturity": "1"})
    take(one, Step.REOPEN, cast.officer)
    assert said(one) == 1
    take(one, Step.FINISH, cast.officer)
    assert said(one) == 1


def test_claims_are_kept_too(officer, one, other, cast):
    answer(officer, one, "risks", **{"claimed-consent": "on", "justification-consent": "无真人"})
    take(one, Step.FINISH, cast.officer)
    answer(officer, other, "risks", **{"claimed-consent": None, "justification-consent": ""})
    finished = Assessment.objects.get(pk=one.pk)
    assert Draft(finished).sheet.not_applicable == {"consent": "无真人"}
    assert Draft(other).sheet.not_applicable == {}


def test_an_assessment_started_later_begins_with_it(officer, one, cast, version):
    answer(officer, one, **{"answer-maturity": "4"})
    take(one, Step.FINISH, cast.officer)
    later = make_assessment(make_subject(cast.company), version=version, created_by=cast.officer)
    assert said(later) == 4
    assert not [offer for offer in offers(Draft(later)) if offer.question.id == "maturity"]


def test_what_nobody_has_answered_for_the_company_is_offered_from_before(officer, one, cast):
    former = make_assessment(make_subject(cast.company), created_by=cast.officer)
    make_answer(former, "maturity", 2)
    [offer] = [offer for offer in offers(Draft(one)) if offer.question.id == "maturity"]
    assert offer.earlier.value == 2


# --- wording and reading


def test_another_wording_is_answered_anew(officer, one, cast):
    document = canonical(company_sample()).decode().replace("审核处于哪个等级", "内容审核处于哪级")
    reworded = make_version(key="firm", version="3", document=document)
    later = make_assessment(make_subject(cast.company), version=reworded, created_by=cast.officer)
    answer(officer, one, **{"answer-maturity": "4"})
    assert said(later) is None
    answer(officer, later, **{"answer-maturity": "1"})
    assert (said(one), said(later)) == (4, 1)


def test_it_is_read_as_of_each_reference_date(cast):
    """A question about a day: known in one assessment, in the future of the other."""
    raw = json.loads(canonical(company_sample()))
    raw["sections"][1]["criteria"][0]["about"] = "company"
    document = canonical(load(json.dumps(raw))).decode()
    version = make_version(key="dated", version="2", document=document)
    early = make_assessment(
        make_subject(cast.company), version=version, reference_date=dt.date(2026, 1, 1)
    )
    late = make_assessment(make_subject(cast.company), version=version)
    officer = browser_of(cast.officer)
    answer(
        officer, late, "risks", **{"answer-assessed": "late", "answer-assessed-on": "2026-06-01"}
    )
    assert "assessed-on" in Draft(late).sheet.values
    assert "assessed-on" not in Draft(early).sheet.values
    assert Draft(early).unreadable("assessed-on")


# --- from a version that asked each subject


def former(cast, value, **fields):
    version = QuestionnaireVersion.objects.filter(key="firm", version="1").first() or make_version(
        key="firm", version="1", status=QuestionnaireVersion.Status.REPLACED
    )
    made = make_assessment(
        make_subject(cast.company), version=version, created_by=cast.officer, **fields
    )
    make_answer(made, "maturity", value)
    make_answer(made, "reviewers", 3)
    make_claim(made, "consent", "无真人")
    return made


def test_upgrading_gives_the_company_what_the_subject_answered(cast, version):
    old = former(cast, 4)
    new, _made = upgrade(Succession(Draft(old), version), old.reference_date, cast.officer)
    assert (said(new), said(new, "reviewers")) == (4, 3)
    assert CompanyAnswer.objects.get().by == cast.officer
    assert Draft(new).sheet.not_applicable == {"consent": "无真人"}
    assert said(old) == 4
    assert Event.objects.filter(chain=cast.company.pk, key="maturity").count() == 1


def test_upgrading_a_second_subject_asks_to_choose_where_it_differs(cast, version):
    first, second, third = former(cast, 4), former(cast, 2), former(cast, 4)
    for old in (first, second, third):
        upgrade(Succession(Draft(old), version), old.reference_date, cast.officer)
    assert CompanyAnswer.objects.get().value == 4
    assert [row.value for row in ConflictingCompanyAnswer.objects.all()] == [2]


def test_what_waits_for_a_choice_still_waits(cast, version):
    old = former(cast, 4)
    ConflictingAnswer.objects.create(
        assessment=old, question="maturity", value=1, by=cast.colleague, at=old.created_at
    )
    upgrade(Succession(Draft(old), version), old.reference_date, cast.officer)
    waiting = ConflictingCompanyAnswer.objects.get()
    assert (waiting.value, waiting.by) == (1, cast.colleague)
    assert not ConflictingAnswer.objects.exclude(assessment=old).exists()


def test_upgrading_from_one_that_shares_changes_nothing(officer, one, cast, version):
    answer(officer, one, **{"answer-maturity": "4", "answer-reviewers": "2"})
    version.status = QuestionnaireVersion.Status.REPLACED
    version.save(update_fields=["status"])
    document = canonical(company_sample()).decode()
    later = make_version(key="firm", version="3", document=document)
    new, _made = upgrade(Succession(Draft(one), later), one.reference_date, cast.officer)
    assert (said(new), said(new, "reviewers")) == (4, 2)
    assert CompanyAnswer.objects.get().revision == 1
    answer(officer, new, **{"answer-maturity": "1"})
    assert (said(one), said(new)) == (4, 1)


# --- evidence


def evidence_of(assessment):
    return [use.evidence.address for use in assessment.answer_evidence.filter(question="maturity")]


def put(browser, assessment, link, question="maturity"):
    fields = {"add": "link", "link-address": link}
    return browser.post(f"/assessments/{assessment.pk}/evidence/{question}/", fields)


def test_evidence_stands_behind_it_in_each_subject(officer, one, other, abroad, cast, version):
    put(officer, one, "https://firm.example/policy")
    assert evidence_of(one) == evidence_of(other) == ["https://firm.example/policy"]
    assert evidence_of(abroad) == []
    put(officer, one, "https://firm.example/own", "reviewers")
    assert not other.answer_evidence.filter(question="reviewers").exists()
    later = make_assessment(make_subject(cast.company), version=version, created_by=cast.officer)
    bring_evidence(later)
    assert evidence_of(later) == ["https://firm.example/policy"]
    evidence = Evidence.objects.get(address="https://firm.example/policy")
    officer.post(f"/assessments/{other.pk}/evidence/maturity/{evidence.pk}/remove/")
    assert evidence_of(one) == evidence_of(other) == evidence_of(later) == []


def test_a_finished_assessment_keeps_its_evidence(officer, one, other, cast):
    put(officer, one, "https://firm.example/policy")
    take(one, Step.FINISH, cast.officer)
    evidence = Evidence.objects.get()
    officer.post(f"/assessments/{other.pk}/evidence/maturity/{evidence.pk}/remove/")
    assert evidence_of(one) == ["https://firm.example/policy"]
    assert evidence_of(other) == []


def test_evidence_goes_along_into_a_newer_version(cast, version, officer):
    old = former(cast, 4)
    put(officer, old, "https://firm.example/policy")
    put(officer, old, "https://firm.example/reviewers", "reviewers")
    new, _made = upgrade(Succession(Draft(old), version), old.reference_date, cast.officer)
    assert evidence_of(new) == ["https://firm.example/policy"]
    assert new.answer_evidence.count() == 2


# --- the record


def test_it_stands_in_the_chains_of_the_assessment_and_of_the_company(officer, one, cast):
    answer(officer, one, **{"answer-maturity": "4"})
    events = Event.objects.filter(key="maturity", action="answer_changed")
    assert {event.chain_id for event in events} == {one.pk, cast.company.pk}
    assert all(event.about == "assessments.companyanswer" for event in events)


def test_its_history_is_that_of_all_subjects(officer, one, other, cast):
    answer(officer, one, **{"answer-maturity": "4"})
    answer(browser_of(cast.colleague), other, **{"answer-maturity": "2"})
    address = f"/assessments/{one.pk}/history/maturity/"
    page = officer.get(address)
    text = page.content.decode()
    assert str(cast.colleague) in text
    assert str(other.subject) in text
    button = next(button for button in Form(page).buttons if button[0] == "take")
    officer.post(address, Form(page).fields | dict([button]))
    assert said(one) == said(other) == 4


def test_the_history_of_a_finished_one_ends_where_it_was_finished(officer, one, other, cast):
    answer(officer, one, **{"answer-maturity": "4"})
    take(one, Step.FINISH, cast.officer)
    answer(browser_of(cast.colleague), other, **{"answer-maturity": "2"})
    text = officer.get(f"/assessments/{one.pk}/history/maturity/").content.decode()
    assert str(cast.officer) in text
    assert str(cast.colleague) not in text


def test_no_more_queries_for_a_questionnaire_without_such_criteria(
    officer, one, assessment, queries_for
):
    plain = queries_for(officer, section_address(assessment, "contents"))
    assert queries_for(officer, section_address(one, "contents")) <= plain + 4


def test_the_rows_hold_all_that_an_answer_holds():
    content = {field.name for field in AnswerContent._meta.get_fields()}
    for model in (Answer, CompanyAnswer, ConflictingAnswer, ConflictingCompanyAnswer):
        assert content <= {field.name for field in model._meta.get_fields()}


def test_a_workbook_meets_what_another_subject_says(officer, one, other, cast):
    book = download(officer, one)
    book.fill(**{"answer-maturity": 3})
    answer(browser_of(cast.colleague), other, **{"answer-maturity": "1"})
    page = upload(officer, one, book)
    for words in ("两处均有改动", str(cast.colleague)):
        assert words in page.content.decode()
    assert officer.post(preview_address(page), taken(page)).status_code == 422
    assert said(one) == said(other) == 1


def test_a_workbook_answers_for_the_company(officer, one, other):
    book = download(officer, one)
    book.fill(**{"answer-maturity": 3})
    page = upload(officer, one, book)
    officer.post(preview_address(page), taken(page))
    assert said(one) == said(other) == 3
    assert CompanyAnswer.objects.get().value == 3


VALUES = st.integers(0, 5)
WHICH = st.integers(0, 1)
STEPS = st.one_of(
    st.tuples(st.just("answer"), WHICH, VALUES),
    st.tuples(st.just("finish"), WHICH),
    st.tuples(st.just("reopen"), WHICH),
)


class Histories(TestCase):
    """Whatever is answered, finished and taken up again, each reads what it should."""

    @given(st.lists(STEPS, max_size=15))
    @settings(max_examples=60)
    def test_open_ones_read_the_same_and_finished_ones_what_counted_then(self, steps):
        version = make_version(version="2", document=canonical(company_sample()).decode())
        company, by = make_company(), make_user()
        both = [make_assessment(make_subject(company), version=version) for _ in range(2)]
        of_company, kept = None, {}
        for action, which, *value in steps:
            one = both[which]
            if action == "answer" and which not in kept:
                row = Draft(one).answers.get("maturity")
                content = {"value": value[0], "typed": None, "comment": "", "trade_secret": False}
                store(one, Entry("answer", "maturity", str(seen("answer", row)), content), by)
                of_company = value[0]
            elif action == "finish" and which not in kept:
                take(one, Step.FINISH, by)
                kept[which] = of_company
            elif action == "reopen" and which in kept:
                take(one, Step.REOPEN, by)
                del kept[which]
            for number, assessment in enumerate(both):
                assert said(assessment) == kept.get(number, of_company)
                assert assessment.answers.exists() == (kept.get(number) is not None)
