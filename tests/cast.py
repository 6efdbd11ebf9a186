"""The people and things of the tests, made by hand: say only what the test is about."""

import datetime as dt
import itertools

from django.utils import timezone
from stdnum.cn import uscc

from compliance.accounts.models import User
from compliance.assessments.models import (
    Answer,
    Assessment,
    Evidence,
    NotApplicableClaim,
    Submission,
)
from compliance.assessments.submissions.freezing import submit
from compliance.assessments.submissions.signing import approve, request_signature
from compliance.library.models import QuestionnaireVersion
from compliance.lifecycle import Status
from compliance.organisations.models import (
    Deputyship,
    Invitation,
    Jurisdiction,
    Membership,
    Organisation,
    Role,
    Subject,
)
from compliance.remediation.models import RemediationAction
from questionnaires.publishing import canonical
from tests.samples import next_sample, sample_questionnaire

PASSWORD = "correct horse battery"  # of everyone made with `make_user(password=PASSWORD)`

numbers = itertools.count(1)


def make_user(email: str = "", **fields: object) -> User:
    """A person; give a password only where the test signs in by form, for hashing is slow."""
    number = next(numbers)
    fields.setdefault("name", f"张三{number}")
    return User.objects.create_user(email or f"person{number}@example.com", **fields)


def credit_code(number: int) -> str:
    """A unified social credit code that nobody has: its check digit is right."""
    start = f"91110105MA{number:07d}"
    return start + uscc.calc_check_digit(start)


def make_company(**fields: object) -> Organisation:
    """A company in Chaoyang District, Beijing."""
    number = next(numbers)
    fields.setdefault("name", f"示例科技有限公司{number}")
    fields.setdefault("credit_code", credit_code(number))
    fields.setdefault("region", "110105")
    return Organisation.objects.create(kind=Organisation.Kind.COMPANY, **fields)


def make_regulator(*regions: str, **fields: object) -> Organisation:
    """A regulator that checks in these regions, in Beijing if none is named."""
    number = next(numbers)
    fields.setdefault("name", f"示例市网信办{number}")
    regulator = Organisation.objects.create(kind=Organisation.Kind.REGULATOR, **fields)
    for region in regions or ["110000"]:
        Jurisdiction.objects.create(organisation=regulator, region=region)
    return regulator


def make_association(**fields: object) -> Organisation:
    fields.setdefault("name", f"示例行业协会{next(numbers)}")
    return Organisation.objects.create(kind=Organisation.Kind.ASSOCIATION, **fields)


def make_member(organisation: Organisation, *roles: Role, **fields: object) -> User:
    """Someone with these roles in the organisation."""
    user = make_user(**fields)
    for role in roles:
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def make_invitation(organisation: Organisation, **fields: object) -> Invitation:
    """An invitation that waits; its link carries the attribute `token`, which is not stored."""
    fields.setdefault("email", f"invited{next(numbers)}@example.com")
    fields.setdefault("roles", [Role.CONTRIBUTOR])
    invitation = Invitation(organisation=organisation, **fields)
    invitation.token = invitation.renew()
    invitation.save()
    return invitation


def make_deputyship(absent: User, deputy: User, **fields: object) -> Deputyship:
    """Someone stands in, from today for a week unless said, where the absent one belongs."""
    own = Membership.objects.active().filter(user=absent).first()
    fields.setdefault("organisation", own and own.organisation)
    fields.setdefault("first_day", timezone.localdate())
    fields.setdefault("last_day", fields["first_day"] + dt.timedelta(days=6))
    return Deputyship.objects.create(absent=absent, deputy=deputy, created_by=absent, **fields)


def make_subject(company: Organisation | None = None, **fields: object) -> Subject:
    number = next(numbers)
    fields.setdefault("name", f"数字人客服{number}")
    fields.setdefault("company_role", Subject.CompanyRole.PROVIDER)
    return Subject.objects.create(organisation=company or make_company(), **fields)


def make_version(**fields: object) -> QuestionnaireVersion:
    """The sample questionnaire, published under a key of its own."""
    questionnaire = sample_questionnaire()
    fields.setdefault("version", "1")
    fields.setdefault("key", f"sample-{next(numbers)}")
    fields.setdefault("title_zh", questionnaire.title.zh)
    fields.setdefault("title_en", questionnaire.title.en)
    fields.setdefault("document", canonical(questionnaire).decode())
    return QuestionnaireVersion.objects.create(published_at=timezone.now(), **fields)


def publish_next(version: QuestionnaireVersion) -> QuestionnaireVersion:
    """The version after the sample, which replaces it."""
    version.status = QuestionnaireVersion.Status.REPLACED
    version.save(update_fields=["status"])
    document = canonical(next_sample()).decode()
    return make_version(key=version.key, version="2", document=document)


def make_claim(
    assessment: Assessment, criterion: str, justification: str, **fields: object
) -> NotApplicableClaim:
    fields["by"] = fields.get("by") or assessment.created_by
    return NotApplicableClaim.objects.create(
        assessment=assessment,
        criterion=criterion,
        claimed=True,
        justification=justification,
        at=timezone.now(),
        **fields,
    )


def make_assessment(subject: Subject | None = None, **fields: object) -> Assessment:
    fields.setdefault("situation", Assessment.Situation.LAUNCH)
    fields.setdefault("reference_date", dt.date(2026, 11, 21))
    fields["version"] = fields.get("version") or make_version()
    fields["created_by"] = fields.get("created_by") or make_user()
    return Assessment.objects.create(subject=subject or make_subject(), **fields)


def make_answer(assessment: Assessment, question: str, value: object, **fields: object) -> Answer:
    fields["by"] = fields.get("by") or assessment.created_by
    return Answer.objects.create(
        assessment=assessment, question=question, value=value, at=timezone.now(), **fields
    )


DETAILS = {
    "industry": "I",
    "address": "示例市示例路 1 号",
    "contact_name": "李四",
    "contact_phone": "010-00000000",
}
"""What a company has to say about itself before it can submit."""

ANSWERED = {
    "functions": ["live"],
    "minors": "no",
    "users": "1000",
    "assessed": "closed",
    "assessed-on": "2026-09-01",
    "label-places": ["start"],
    "reviewers": "5",
    "maturity": "2",
}
"""Answers to the sample questionnaire: some full, some in part, one question left open."""


def make_submission(
    assessment: Assessment | None = None, answers: dict[str, object] | None = None
) -> Submission:
    """What a company has handed in: signed for by its people, who are made where it has none."""
    assessment = assessment or make_assessment()
    if not assessment.answers.exists():
        for question, value in (ANSWERED if answers is None else answers).items():
            make_answer(assessment, question, value)
    company = assessment.subject.organisation
    Organisation.objects.filter(pk=company.pk).update(**DETAILS)
    people = {}
    for role in (Role.CONTRIBUTOR, Role.COMPLIANCE_OFFICER, Role.SIGNATORY):
        held = Membership.objects.active().filter(organisation=company, role=role)
        membership = held.select_related("user").first()
        people[role] = membership.user if membership else make_member(company, role)
    if assessment.status == Status.DRAFT:
        Assessment.objects.filter(pk=assessment.pk).update(status=Status.FINISHED)
    sign_off = request_signature(
        assessment, people[Role.COMPLIANCE_OFFICER], people[Role.CONTRIBUTOR]
    )
    approve(sign_off, people[Role.SIGNATORY], "王五", "legal")
    return submit(sign_off, people[Role.COMPLIANCE_OFFICER])


def make_link(company: Organisation, **fields: object) -> Evidence:
    """A piece of evidence that is no file."""
    number = next(numbers)
    fields.setdefault("title", f"备案公示页{number}")
    fields.setdefault("address", f"https://example.com/filing/{number}")
    fields["added_by"] = fields.get("added_by") or make_user()
    return Evidence.objects.create(organisation=company, kind=Evidence.Kind.LINK, **fields)


def make_action(assessment: Assessment, **fields: object) -> RemediationAction:
    """What a company does against a gap of its own accord."""
    fields.setdefault("criterion", "labels")
    fields.setdefault("title", "补齐标识")
    fields.setdefault("department", "内容部")
    fields.setdefault("means", RemediationAction.Means.CODE)
    fields.setdefault("due_on", timezone.localdate() + dt.timedelta(days=30))
    return RemediationAction.objects.create(assessment=assessment, **fields)


class Cast:
    """An officer, their colleague, a stranger in another company, and a regulator's reviewer."""

    def __init__(self) -> None:
        self.company = make_company()
        self.officer = make_member(self.company, Role.COMPLIANCE_OFFICER)
        self.colleague = make_member(self.company, Role.CONTRIBUTOR)
        self.signatory = make_member(self.company, Role.SIGNATORY)
        self.auditor = make_member(self.company, Role.AUDITOR)
        self.other_company = make_company()
        self.stranger = make_member(self.other_company, Role.COMPLIANCE_OFFICER)
        self.reviewer = make_member(make_regulator(), Role.REVIEWER)
