"""Everyone who might come to the site, signed in, and everything that they might ask for."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from compliance.accounts.models import User
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.lifecycle import Status
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.inviting import PAUSE
from compliance.organisations.models import Invitation, Membership, Role
from compliance.oversight.campaigns import begin_campaign
from compliance.reviews.models import ReusableText
from tests.access.lives import BIRD, CAGED, Lives, People
from tests.cast import (
    make_association,
    make_company,
    make_deputyship,
    make_invitation,
    make_member,
    make_regulator,
    make_subject,
    make_user,
    make_version,
)

ROLES = {
    "contributor": Role.CONTRIBUTOR,
    "compliance_officer": Role.COMPLIANCE_OFFICER,
    "signatory": Role.SIGNATORY,
    "auditor": Role.AUDITOR,
}


def addresses() -> dict[str, set[str]]:
    """Return the full reverse name of every address of the site, with its parameters."""
    return dict(_addresses(get_resolver(), ""))


def _addresses(resolver: URLResolver, namespace: str) -> list[tuple[str, set[str]]]:
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += _addresses(pattern, inner)
        else:
            assert isinstance(pattern, URLPattern)
            assert pattern.name, f"{pattern} has no name"
            found.append((f"{namespace}{pattern.name}", set(pattern.pattern.converters)))
    return found


ADDRESSES = addresses()


@cache
def handler() -> ClientHandler:
    """The site, with all its middleware."""
    return ClientHandler(enforce_csrf_checks=False)


class Browser(RequestFactory):
    """Asks the site as someone. What a request changes is taken back at once."""

    def __init__(self, user: User | None) -> None:
        super().__init__()
        if user is not None:
            client = Client()
            client.force_login(user)
            self.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[
                settings.SESSION_COOKIE_NAME
            ].value

    def request(self, **environ: Any) -> Any:
        return WSGIRequest(self._base_environ(**environ)).environ

    def ask(
        self, method: str, address: str, data: Mapping[str, Any] | None = None, keep: bool = False
    ) -> HttpResponse:
        """Return what the site answers to a form with this data; `keep` what it has changed."""
        with transaction.atomic():
            sent = self.generic(method, address) if data is None else self.post(address, data)
            response = handler()(sent)
            if response.streaming:
                response = HttpResponse(b"".join(response), headers=response.headers)
            if not keep:
                transaction.set_rollback(True)
        return response


class World:
    """A company with an assessment in every status, its regulator, and everyone outside."""

    def __init__(self) -> None:
        self.company = make_company(
            name=f"{BIRD}公司",
            name_en=BIRD,
            address=f"{BIRD}路",
            industry="I",
            contact_name=f"{BIRD}人",
            contact_phone="010-00000000",
        )
        self.other = other = make_company()
        self.regulator, distant = make_regulator(), make_regulator("310000")
        association, elsewhere = make_association(), make_association()
        inside = {
            name: make_member(self.company, role, name=f"{BIRD}{name}")
            for name, role in ROLES.items()
        }
        officer = inside["compliance_officer"]
        former = make_member(self.company, Role.COMPLIANCE_OFFICER)
        Membership.objects.filter(user=former).update(active=False)
        revoked = make_member(self.company, Role.COMPLIANCE_OFFICER)
        dismissed = make_member(self.company, Role.CONTRIBUTOR)
        self.people: dict[str, User | None] = {
            "anonymous": None,
            **inside,
            "foreign_contributor": make_member(other, Role.CONTRIBUTOR),
            "foreign_officer": make_member(other, Role.COMPLIANCE_OFFICER),
            "foreign_signatory": make_member(other, Role.SIGNATORY),
            "foreign_auditor": make_member(other, Role.AUDITOR),
            "reviewer": make_member(self.regulator, Role.REVIEWER),
            "lead_reviewer": make_member(self.regulator, Role.LEAD_REVIEWER),
            "regulator_auditor": make_member(self.regulator, Role.AUDITOR),
            "distant_reviewer": make_member(distant, Role.REVIEWER),
            "distant_lead": make_member(distant, Role.LEAD_REVIEWER),
            "distant_auditor": make_member(distant, Role.AUDITOR),
            "panellist": make_member(association, Role.PANELLIST),
            "foreign_panellist": make_member(elsewhere, Role.PANELLIST),
            "former_officer": former,
            "revoked_officer": revoked,
            "dismissed_contributor": dismissed,
            "nobody": make_user(),
            "administrator": make_user(is_staff=True, is_superuser=True),
        }
        self.visitors = {name: Browser(user) for name, user in self.people.items()}
        # They have signed in; now they lose their role, or may no longer sign in at all.
        Membership.objects.filter(user=revoked).update(active=False)
        User.objects.filter(pk=dismissed.pk).update(is_active=False)
        Membership.objects.filter(user=dismissed).update(active=False)

        people = People(
            self.company,
            inside["contributor"],
            officer,
            inside["signatory"],
            self.regulator,
            self._person("reviewer"),
            self._person("lead_reviewer"),
            association,
            self._person("panellist"),
        )
        version = make_version()
        self.lives = Lives(people, version).every()
        self.parameters = self._parameters(officer) | {
            "key": version.key,
            "version": version.version,
        }
        draft = self.lives[Status.DRAFT].assessment
        with transaction.atomic():
            event = record(Action.SIGNED_IN, by=officer, chain=officer)
        self.administered = {
            "user": officer.pk,
            "organisation": self.company.pk,
            "subject": draft.subject_id,
            "membership": Membership.objects.get(user=inside["contributor"]).pk,
            "questionnaireversion": version.pk,
            "chain": event.chain_id,
            "event": event.pk,
        }
        self.foreign = {
            "Organisation": other.pk,
            "User": self._person("nobody").pk,
            "Subject": make_subject(other).pk,
        }

    def _person(self, name: str) -> User:
        found = self.people[name]
        assert found is not None
        return found

    def _parameters(self, officer: User) -> dict[str, Any]:
        lead = self._person("lead_reviewer")
        invitation = make_invitation(self.company, email="canary@example.com", invited_by=officer)
        # So long ago that it may be sent again.
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now() - PAUSE)
        deputyship = make_deputyship(
            make_member(self.company, Role.AUDITOR, name=f"{CAGED}甲"),
            make_member(self.company, Role.AUDITOR, name=f"{CAGED}乙"),
            organisation=self.company,
            first_day=timezone.localdate() + dt.timedelta(days=1),
        )
        (notice,) = notify(Event.CAMPAIGN_OVERDUE, [officer], about=CAGED, url="/")
        told = {"title": "专项", "questionnaire": "x", "amount": 5, "unit": "days"}
        text = ReusableText.objects.create(
            organisation=self.regulator, title="缺签批", text="请补充签批页", by=lead
        )
        return {
            "organisation_id": self.company.pk,
            "person_id": officer.pk,
            "invitation_id": invitation.pk,
            "token": invitation.token,
            "deputyship_id": deputyship.pk,
            "notice_id": notice.pk,
            "campaign_id": begin_campaign(self.regulator, told, [self.company], lead).pk,
            "text_id": text.pk,
            "kind": "subjects",
            "step": "risks",
            "domain": "risk",
            "criterion": "fraud",
            "question": "assessed",
            "language": "zh-hans",
            "credential": "AAAA",
            "uidb36": officer.pk.hex,
        }

    def addresses(self, name: str) -> Iterator[tuple[str, Status]]:
        """Yield the address of each life that has it, and the life's status; each one once."""
        seen = set()
        for status in Status:
            address = self.address(name, status)
            if address and address not in seen:
                seen.add(address)
                yield address, status

    def address(self, name: str, status: Status) -> str | None:
        """Return the address, of the life that has this status; None where it has none such."""
        needed = ADDRESSES[name]
        parameters = self.parameters | {"app_label": "accounts"} | self.lives[status].parameters
        if "object_id" in needed:
            parameters["object_id"] = self.administered[name.split("_")[1]]
        if name == "account_confirm_email":
            parameters["key"] = "unknown"
        if not needed <= set(parameters):
            return None
        return reverse(name, kwargs={key: parameters[key] for key in needed})
