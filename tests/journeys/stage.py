"""Where journeys take place: a company, its regulator, a panel, and people who have no business."""

import json
from functools import cache

from django.test import Client

from compliance.assessments.models import Assessment
from compliance.library.models import QuestionnaireVersion
from compliance.organisations.models import Organisation, Role
from questionnaires.publishing import canonical, load
from tests.cast import (
    ANSWERED,
    DETAILS,
    make_answer,
    make_assessment,
    make_association,
    make_company,
    make_member,
    make_regulator,
    make_subject,
    make_version,
    publish_next,
)
from tests.samples import sample_questionnaire

CONTRIBUTORS = ("contributor", "second contributor")
OFFICERS = ("officer", "second officer")
SIGNATORY = ("signatory",)
REVIEWERS = ("reviewer", "second reviewer")
LEADS = ("lead", "second lead")
PANEL = ("panellist", "second panellist")
ANSWERING = CONTRIBUTORS + OFFICERS
REVIEWING = REVIEWERS + LEADS
COMPANY = ANSWERING + SIGNATORY + ("company's auditor",)
STRANGERS = ("stranger", "far lead")
EVERYONE = COMPANY + REVIEWING + ("regulator's auditor",) + PANEL + STRANGERS


@cache
def questionnaire_with_a_veto() -> str:
    """The sample, where one criterion has a veto that a measure can compensate for."""
    raw = json.loads(canonical(sample_questionnaire()))
    words = {"zh": "服务已下线。", "en": "It is out of service."}
    raw["sections"][1]["criteria"][0]["veto"] = {
        "pass_mark": "1/2",
        "because": words,
        "compensating_measure": words,
    }
    return canonical(load(json.dumps(raw))).decode()


class Stage:
    """Everyone who takes part, signed in, and an assessment that nobody has finished.

    A newer version of its questionnaire is published already: it can be upgraded at any time.
    """

    def __init__(self) -> None:
        self.company = make_company(**DETAILS)
        self.regulator = make_regulator()
        self.association = make_association()
        other, far = make_company(**DETAILS), make_regulator("440000")
        places = {
            self.company: {
                "contributor": Role.CONTRIBUTOR,
                "second contributor": Role.CONTRIBUTOR,
                "officer": Role.COMPLIANCE_OFFICER,
                "second officer": Role.COMPLIANCE_OFFICER,
                "signatory": Role.SIGNATORY,
                "company's auditor": Role.AUDITOR,
            },
            self.regulator: {
                "reviewer": Role.REVIEWER,
                "second reviewer": Role.REVIEWER,
                "lead": Role.LEAD_REVIEWER,
                "second lead": Role.LEAD_REVIEWER,
                "regulator's auditor": Role.AUDITOR,
            },
            self.association: {"panellist": Role.PANELLIST, "second panellist": Role.PANELLIST},
            other: {"stranger": Role.COMPLIANCE_OFFICER},
            far: {"far lead": Role.LEAD_REVIEWER},
        }
        self.people = {
            name: make_member(organisation, role, name=name)
            for organisation, roles in places.items()
            for name, role in roles.items()
        }
        self.clients = {name: _client(user) for name, user in self.people.items()}
        version = make_version(document=questionnaire_with_a_veto())
        self.newer: QuestionnaireVersion = publish_next(version)
        self.assessment: Assessment = make_assessment(
            make_subject(self.company), version=version, created_by=self.people["officer"]
        )
        for question, value in ANSWERED.items():
            value = int(value) if question in ("users", "reviewers", "maturity") else value
            make_answer(self.assessment, question, value, by=self.people["contributor"])

    @property
    def organisations(self) -> list[Organisation]:
        """Those whose chains of events can be added to."""
        return [self.company, self.regulator, self.association]


def _client(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client
