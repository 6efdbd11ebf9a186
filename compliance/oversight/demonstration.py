"""What the regulator and the association of the demonstration have done, and the company since."""

import datetime as dt
from fractions import Fraction

from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.models import Submission
from compliance.deadlines import Unit, due
from compliance.organisations.demonstration import (
    ASSOCIATION_PEOPLE,
    COMPANY_PEOPLE,
    REGULATOR_PEOPLE,
    Person,
)
from compliance.organisations.models import Organisation
from compliance.oversight.campaigns import begin_campaign
from compliance.oversight.models import Campaign
from compliance.remediation.acting import plan_action
from compliance.remediation.inspecting import ask_for_time, report
from compliance.remediation.models import RemediationAction
from compliance.reviews.deciding import decide, look
from compliance.reviews.disputing import contest, give_opinion
from compliance.reviews.findings import Word, store
from compliance.reviews.models import Decision, Dispute, Finding, Opinion, ReusableText, Review
from compliance.reviews.rounds import reply
from compliance.reviews.taking_up import assign, take_up

Kind = Finding.Kind
CAMPAIGN = "2026年生成式人工智能服务专项自评估"
QUESTIONNAIRE = "generative-ai"  # which the company has not begun
NOTICE = "请有关企业对照问卷开展自评估，如实作答，备齐佐证材料，并按期报送。"
MISSING = "请补充最近一次{}的记录，注明日期和签批人。"


def review_half(submission: Submission, regulator: Organisation) -> None:
    """Leave a review half done: findings of several kinds, one waiting for the second look."""
    lead, reviewer = _people(REGULATOR_PEOPLE)
    ReusableText.objects.get_or_create(
        organisation=regulator,
        title="补充记录",
        defaults={"text": MISSING.format("核验"), "by": reviewer},
    )
    review = take_up(submission, regulator, reviewer)
    assign(review, reviewer, 10, lead)
    for criterion in ("rp-risk-register", "rp-network-logs", "ds-separate-consent"):
        store(review, Word(criterion, Kind.AGREE), 0, reviewer)
    _differ(review, "rp-launch-assessment", Fraction(2, 5), "评估报告未覆盖新增的语音功能。")
    store(
        review,
        Word("ds-impact-assessment", Kind.ASK, reason=MISSING.format("个人信息保护影响评估")),
        0,
        reviewer,
    )
    # Nobody of the regulator but the lead can look at it: it waits on the lead's page.
    claim = "应用首页设有直播入口，抽查时正在直播带货，理由不成立。"
    store(review, Word("cs-live-selling", Kind.REJECT_CLAIM, reason=claim), 0, reviewer)


def review_whole(
    submission: Submission, regulator: Organisation, association: Organisation
) -> None:
    """Demand remediation; the company replies, contests a finding and begins to remedy others."""
    lead, reviewer = _people(REGULATOR_PEOPLE)
    officer, contributor, *_others = _people(COMPANY_PEOPLE)
    review = take_up(submission, regulator, reviewer)
    assign(review, reviewer, None, lead)
    for criterion in ("rp-risk-register", "rp-algorithm-review", "cs-implicit-label"):
        store(review, Word(criterion, Kind.AGREE), 0, reviewer)
    testing = _differ(
        review, "rp-security-testing", Fraction(2, 5), "漏洞处置记录缺两次，未见复测结论。"
    )
    deletion = _differ(
        review, "ds-withdrawal-deletion", Fraction(1, 5), "抽查三个账号，注销后形象模型仍可调用。"
    )
    approval = _differ(
        review, "cs-publication-review", Fraction(1, 10), "夜间发布的视频没有审核记录。"
    )
    decide(
        review,
        Decision.DEMAND,
        statement="请按核查意见逐项整改，并在期限内报告整改情况。",
        respond_by=due(timezone.now(), 15, Unit.WORKING_DAYS),
        by=lead,
    )
    reply(approval, "夜间审核由外包团队承担，记录已调取，整改时一并补齐。", officer)
    grounds = "形象模型已在注销后七日内删除，抽查时尚未到期。"
    _dispute(contest(deletion, association, grounds, officer))
    done = _plan(testing, "补做漏洞复测并留存记录", "安全部", contributor, officer, 10)
    report(done, "两次漏洞均已复测，复测报告已归档。", contributor)
    later = _plan(approval, "夜间发布改为先审后发", "内容部", contributor, officer, 15)
    until = later.due_on + dt.timedelta(days=25)
    ask_for_time(later, until, "审核外包合同需重新签订，预计还需三周。", contributor)


def begin_the_campaign(regulator: Organisation, company: Organisation) -> None:
    """Begin a campaign that invites the company, unless there is one."""
    if not Campaign.objects.filter(regulator=regulator).exists():
        told = {
            "title": CAMPAIGN,
            "notice": NOTICE,
            "questionnaire": QUESTIONNAIRE,
            "amount": 30,
            "unit": Unit.WORKING_DAYS,
        }
        begin_campaign(regulator, told, [company], _people(REGULATOR_PEOPLE)[0])


def _differ(review: Review, criterion: str, achievement: Fraction, reason: str) -> Finding:
    """Adjust an achievement, as reviewer, and confirm it, as lead."""
    lead, reviewer = _people(REGULATOR_PEOPLE)
    word = Word(criterion, Kind.ADJUST, achievement, reason)
    _outcome, finding = store(review, word, 0, reviewer)
    look(finding, confirms=True, note="", by=lead)
    return finding


def _dispute(dispute: Dispute) -> None:
    """Let the panel give its opinion."""
    (panellist,) = _people(ASSOCIATION_PEOPLE)
    reasons = "七日的期限合理，但注销页面没有说明，用户无从知晓。"
    give_opinion(dispute, Opinion.Side.PARTLY, reasons, panellist)


def _plan(
    finding: Finding, title: str, department: str, owner: User, by: User, days: int
) -> RemediationAction:
    planned = {
        "title": title,
        "department": department,
        "owner": owner,
        "means": RemediationAction.Means.CODE,
        "due_on": timezone.localdate() + dt.timedelta(days=days),
    }
    assessment = finding.review.submission.assessment
    return plan_action(assessment, finding.criterion, finding, planned, by)


def _people(people: tuple[Person, ...]) -> list[User]:
    return [User.objects.get(email=person.email) for person in people]
