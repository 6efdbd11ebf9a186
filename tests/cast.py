"""The people and things of the tests, made by hand: say only what the test is about."""

import datetime as dt
import itertools

from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.models import Answer, Assessment, NotApplicableClaim
from compliance.library.models import QuestionnaireVersion
from compliance.organisations.models import Membership, Organisation, Role, Subject
from questionnaires.publishing import canonical
from tests.samples import next_sample, sample_questionnaire

PASSWORD = "correct horse battery"  # of everyone made with `make_user(password=PASSWORD)`

numbers = itertools.count(1)


def make_user(email: str = "", **fields: object) -> User:
    """A person; give a password only where the test signs in by form, for hashing is slow."""
    number = next(numbers)
    fields.setdefault("name", f"张三{number}")
    return User.objects.create_user(email or f"person{number}@example.com", **fields)


def make_company(**fields: object) -> Organisation:
    number = next(numbers)
    fields.setdefault("name", f"示例科技有限公司{number}")
    return Organisation.objects.create(kind=Organisation.Kind.COMPANY, **fields)


def make_regulator(**fields: object) -> Organisation:
    number = next(numbers)
    fields.setdefault("name", f"示例市网信办{number}")
    return Organisation.objects.create(kind=Organisation.Kind.REGULATOR, **fields)


def make_member(organisation: Organisation, *roles: Role, **fields: object) -> User:
    """Someone with these roles in the organisation."""
    user = make_user(**fields)
    for role in roles:
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


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
