"""Who claimed that a criterion does not apply, and when: of one subject, and of the company."""

import pytest

from compliance.assessments.models import ConflictingAnswer
from compliance.assessments.moving import take
from compliance.audit.actions import Action
from compliance.audit.models import EventValue
from compliance.audit.recording import record
from compliance.lifecycle import Step
from questionnaires.publishing import canonical
from tests.assessments.test_companywide import answer, browser_of
from tests.cast import make_assessment, make_subject, make_version
from tests.page import section_address, section_form
from tests.samples import company_sample

pytestmark = pytest.mark.django_db


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


def address(assessment, criterion="consent", prefix=""):
    return f"{prefix}/assessments/{assessment.pk}/history/claims/{criterion}/"


def claim(browser, assessment, why, criterion="consent"):
    claimed = "on" if why else None
    entered = {f"claimed-{criterion}": claimed, f"justification-{criterion}": why}
    return answer(browser, assessment, "risks", **entered)


def steps(browser, assessment):
    return browser.get(address(assessment)).context["steps"]


def test_each_change_is_told_with_person_and_reason(officer, one, cast):
    claim(officer, one, "无真人")
    claim(browser_of(cast.colleague), one, "全部虚构")
    claim(officer, one, "")
    found = [(step["step"].by, step["after"]) for step in steps(officer, one)]
    assert found == [
        (cast.officer.name, {"words": "适用", "justification": ""}),
        (cast.colleague.name, {"words": "不适用", "justification": "全部虚构"}),
        (cast.officer.name, {"words": "不适用", "justification": "无真人"}),
    ]
    assert steps(officer, one)[-1]["before"] == {"words": "适用", "justification": ""}


def test_of_the_company_it_is_that_of_all_subjects(officer, one, other, cast):
    claim(officer, one, "无真人")
    claim(browser_of(cast.colleague), other, "全部虚构")
    for assessment in (one, other):
        text = officer.get(address(assessment)).content.decode()
        for words in ("无真人", "全部虚构", str(one.subject), str(other.subject)):
            assert words in text
    english = officer.get(address(one, prefix="/en")).content.decode()
    assert "Not applicable" in english


def test_of_a_finished_one_it_ends_where_it_was_finished(officer, one, other, cast):
    claim(officer, one, "无真人")
    take(one, Step.FINISH, cast.officer)
    claim(browser_of(cast.colleague), other, "全部虚构")
    text = officer.get(address(one)).content.decode()
    assert "无真人" in text
    assert "全部虚构" not in text


def test_what_was_kept_beside_is_told_too(officer, one, cast):
    theirs = section_form(officer, one, "risks")
    claim(officer, one, "无真人")
    late = {"claimed-consent": "on", "justification-consent": "全部虚构"}
    browser_of(cast.colleague).post(section_address(one, "risks"), theirs.fill(**late).fields)
    kept, counted = steps(officer, one)
    assert not kept["step"].counted
    assert kept["after"]["justification"] == "全部虚构"
    assert counted["step"].counted


def test_an_answer_to_a_question_of_the_same_key_is_another_matter(officer, one, cast):
    claim(officer, one, "无真人")
    beside = ConflictingAnswer(assessment=one, question="consent", by=cast.officer)
    for chain in (one, cast.company):
        record(Action.CONFLICT_KEPT, by=cast.officer, chain=chain, about=beside, key="consent")
    assert len(steps(officer, one)) == 1


def test_the_section_leads_there_once_something_was_claimed(officer, one):
    assert address(one) not in officer.get(section_address(one, "risks")).content.decode()
    claim(officer, one, "无真人")
    assert address(one) in officer.get(section_address(one, "risks")).content.decode()


def test_erased_values_are_told_as_such(officer, one, cast):
    claim(officer, one, "无真人")
    claim(officer, one, "全部虚构")
    EventValue.objects.all().delete()
    text = officer.get(address(one)).content.decode()
    assert "内容已不再保存：保存期限已届满。" in text
    assert "无真人" not in text


def test_it_is_the_companys_own(client, one, cast):
    for person, status in [(cast.auditor, 200), (cast.stranger, 404), (cast.reviewer, 404)]:
        client.force_login(person)
        assert client.get(address(one)).status_code == status
        assert client.get(address(one, "nothing")).status_code == 404
