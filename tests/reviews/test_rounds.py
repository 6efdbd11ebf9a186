"""Rounds: returned, replied to, submitted again; the reviewer sees what differs."""

from fractions import Fraction

import pytest
from django.urls import reverse

from compliance.assessments.models import Answer, Submission
from compliance.assessments.submissions.differences import differing
from compliance.assessments.submissions.frozen import Frozen
from compliance.lifecycle import NotAllowed
from compliance.notices.models import Notice
from compliance.reviews.deciding import decide, look
from compliance.reviews.findings import Word, store
from compliance.reviews.models import Decision, Finding, Reply
from compliance.reviews.rounds import reply
from compliance.reviews.taking_up import assign, take_up
from tests.cast import make_member, make_regulator, make_submission

Kind = Finding.Kind


def address(name, submission, *more):
    return reverse(f"reviews:{name}", args=[submission.pk, *more])


@pytest.fixture
def returned(desk):
    """A desk whose first round is returned: one criterion is asked about, one is adjusted."""
    review = desk.begin()
    assign(review, desk.second, None, desk.lead)
    store(review, Word("fraud", Kind.ASK, reason="请补充签批页"), 0, desk.reviewer)
    word = Word("labels", Kind.ADJUST, Fraction(1, 2), "抽查一半无标识")
    _outcome, finding = store(review, word, 0, desk.reviewer)
    look(finding, confirms=True, note="", by=desk.lead)
    store(review, Word("review-maturity", Kind.AGREE), 0, desk.reviewer)
    decide(review, Decision.RETURN, statement="请补正", respond_by=None, by=desk.lead)
    desk.assessment.refresh_from_db()
    desk.officer = desk.submission.submitted_by
    return desk


def again(desk):
    """Submit once more; return the new submission, taken up by another reviewer."""
    desk.assessment.refresh_from_db()
    submission = make_submission(desk.assessment)
    return submission, take_up(submission, desk.regulator, desk.reviewer)


def test_returned_answers_can_be_changed_and_submitted_again(returned, client):
    client.force_login(returned.officer)
    page = client.get(address("outcome", returned.submission)).content.decode()
    assert "请补充签批页" in page
    assert "前往作答" in page
    Answer.objects.filter(assessment=returned.assessment, question="reviewers").update(value="1")
    submission, _review = again(returned)
    assert (submission.round, Submission.objects.get(round=1).status) == (2, "replaced")
    assert submission.content["previous"]["number"] == returned.submission.number


def test_findings_on_what_has_not_changed_are_carried_over(returned):
    Answer.objects.filter(assessment=returned.assessment, question="maturity").update(value="3")
    _submission, review = again(returned)
    carried = {finding.criterion: finding for finding in review.findings.all()}
    assert set(carried) == {"labels"}, "the question asked and what changed are checked anew"
    assert (carried["labels"].achievement, carried["labels"].look) == ("1/2", "confirmed")
    assert carried["labels"].carried_from.review.submission == returned.submission
    assert review.assigned_to == returned.second


def test_comments_and_claims_make_a_difference_too(returned):
    Answer.objects.filter(assessment=returned.assessment, question="maturity").update(comment="x")
    submission, _review = again(returned)
    before, after = Frozen(returned.submission), Frozen(submission)
    assert differing(before, after) == {"maturity", "review-maturity"}


def test_the_reviewer_sees_what_it_was_before_and_the_reply(returned, client):
    finding = returned.submission.review.findings.get(criterion="fraud")
    reply(finding, "签批页已补传", returned.officer)
    Answer.objects.filter(assessment=returned.assessment, question="assessed").update(value="late")
    submission, _review = again(returned)
    client.force_login(returned.reviewer)
    page = client.get(address("criterion", submission, "fraud")).content.decode()
    for words in ("上一轮", "完成并签批", "请补充签批页", "签批页已补传"):
        assert words in page


def test_a_reply_is_kept_beside_earlier_ones_and_the_reviewer_is_told(returned, client):
    client.force_login(returned.officer)
    here = address("reply", returned.submission, "fraud")
    assert "请补充签批页" in client.get(here).content.decode()
    for text in ("第一次答复", "第二次答复"):
        assert client.post(here, {"text": text}).status_code == 302
    assert [one.text for one in Reply.objects.all()] == ["第一次答复", "第二次答复"]
    assert Notice.objects.filter(recipient=returned.second, event="reply_received").exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_reply_that_says_nothing_or_too_much_is_refused(returned, client, text):
    client.force_login(returned.officer)
    page = client.post(address("reply", returned.submission, "fraud"), {"text": text})
    assert page.status_code == 422
    assert not Reply.objects.exists()


def test_what_was_agreed_to_needs_no_reply(returned, client):
    client.force_login(returned.officer)
    here = address("reply", returned.submission, "review-maturity")
    assert client.get(here).status_code == 404


def test_only_an_officer_replies_and_nobody_from_elsewhere(returned, client):
    here = address("reply", returned.submission, "fraud")
    client.force_login(make_member(returned.company, "contributor"))
    assert client.post(here, {"text": "x"}).status_code == 403
    for stranger in (returned.reviewer, make_member(make_submission().organisation, "auditor")):
        client.force_login(stranger)
        assert client.post(here, {"text": "x"}).status_code == 404


def test_after_resubmission_nobody_replies_to_the_old_round(returned, client):
    finding = returned.submission.review.findings.get(criterion="fraud")
    again(returned)
    with pytest.raises(NotAllowed):
        reply(finding, "太晚了", returned.officer)
    client.force_login(returned.officer)
    late = client.post(address("reply", returned.submission, "fraud"), {"text": "太晚了"})
    assert late.status_code == 409
    assert "本轮核查已经结束" in late.content.decode()


def test_the_page_of_an_earlier_round_offers_nothing(returned, client):
    again(returned)
    client.force_login(returned.lead)
    page = client.get(address("review", returned.submission))
    assert "已被后续报送取代" in page.content.decode()
    assert not any(page.context["may"][name] for name in ("take_up", "assign", "review", "decide"))
    page = client.get(address("criterion", returned.submission, "fraud"))
    assert not page.context["may_review"]


def test_a_decided_round_stays_as_it_is_while_the_next_is_under_review(returned):
    """Pages of an old round must not change it, nor decide in the place of the new one."""
    finding = returned.submission.review.findings.get(criterion="fraud")
    again(returned)
    old = returned.submission.review
    with pytest.raises(NotAllowed):
        store(old, Word("fraud", Kind.AGREE), finding.revision, returned.reviewer)
    with pytest.raises(NotAllowed):
        look(finding, confirms=True, note="", by=returned.lead)
    with pytest.raises(NotAllowed):
        assign(old, returned.reviewer, None, returned.lead)
    with pytest.raises(NotAllowed):
        decide(old, Decision.DEMAND, statement="x", respond_by=None, by=returned.lead)
    old.refresh_from_db()
    finding.refresh_from_db()
    assert (old.decision, old.assigned_to, finding.kind) == ("return", returned.second, Kind.ASK)


def test_whoever_has_left_is_not_told_of_a_reply(returned):
    returned.second.memberships.all().delete()
    finding = returned.submission.review.findings.get(criterion="fraud")
    reply(finding, "签批页已补传", returned.officer)
    told = Notice.objects.filter(event="reply_received").values_list("recipient", flat=True)
    assert set(told) == {returned.lead.pk}


def test_the_next_round_stays_with_the_regulator_that_returned_it(returned, client):
    province = make_regulator("110000")
    lead = make_member(province, "lead_reviewer")
    submission = make_submission(returned.assessment)
    client.force_login(lead)
    assert client.post(address("take_up", submission)).status_code == 403
    returned.regulator.jurisdictions.all().delete()  # the region is another's now
    assert client.post(address("take_up", submission)).status_code == 302
    submission.refresh_from_db()
    assert submission.review.regulator == province
