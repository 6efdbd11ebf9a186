"""The list of a company's evidence: finding, removing, bringing back, erasing."""

import datetime as dt
import os
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from compliance.assessments.evidence.erasing import KEPT
from compliance.assessments.models import Evidence
from compliance.audit.models import Event
from compliance.organisations.models import Role
from tests.assessments.test_evidence_add import add_file, stored
from tests.cast import make_link, make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evidence_folder")]

LIBRARY = "/assessments/evidence/"


def page(client, **query):
    return client.get(LIBRARY, query).content.decode()


@pytest.fixture
def link(cast):
    return make_link(cast.company, title="公示页", added_by=cast.officer)


def test_it_lists_what_ones_company_has_and_no_more(officer, cast, link):
    foreign = make_link(cast.other_company, title="别家的合同")
    shown = page(officer)
    assert "公示页" in shown
    assert str(cast.company) in shown
    assert "别家的合同" not in shown
    assert "别家" not in page(officer, removed=str(foreign.pk), show="removed")


def test_a_search_finds_by_name(officer, cast, link):
    make_link(cast.company, title="合同")
    assert "公示页" not in page(officer, q="合同")
    assert "没有该名称" in page(officer, q="\x00无")


def test_evidence_is_removed_and_brought_back(officer, link):
    confirm = f"{LIBRARY}{link.pk}/remove/"
    assert "公示页" in officer.get(confirm).content.decode()
    response = officer.post(confirm)
    link.refresh_from_db()
    assert link.removed_at
    assert "已移除“公示页”" in officer.get(response.url).content.decode()
    assert "公示页" in page(officer, show="removed")
    assert "公示页" not in page(officer)
    officer.post(f"{LIBRARY}{link.pk}/restore/")
    link.refresh_from_db()
    assert link.removed_at is None
    actions = Event.objects.order_by("id").values_list("action", flat=True)
    assert list(actions) == ["evidence_removed", "evidence_restored"]


def test_what_stands_behind_an_answer_is_not_removed(officer, assessment, cast, link):
    link.uses.create(assessment=assessment, question="users", by=cast.officer)
    response = officer.post(f"{LIBRARY}{link.pk}/remove/", follow=True)
    assert "请先从该作答移除" in response.content.decode()
    link.refresh_from_db()
    assert link.removed_at is None


def test_a_removed_file_is_not_offered_and_can_be_sent_anew(officer, assessment):
    add_file(officer, assessment)
    evidence = Evidence.objects.get()
    officer.post(f"/assessments/{assessment.pk}/evidence/users/{evidence.pk}/remove/")
    officer.post(f"{LIBRARY}{evidence.pk}/remove/")
    address = f"/assessments/{assessment.pk}/evidence/users/"
    assert str(evidence.pk) not in officer.get(address).content.decode()
    officer.post(address, {"add": "existing", "evidence": str(evidence.pk)})
    assert not evidence.uses.exists()
    add_file(officer, assessment)
    assert Evidence.objects.count() == 2
    shown = officer.post(f"{LIBRARY}{evidence.pk}/restore/", follow=True).content.decode()
    assert "又添加了相同的文件" in shown


def test_a_file_is_fetched_from_the_list(officer, assessment):
    add_file(officer, assessment)
    evidence = Evidence.objects.get()
    response = officer.get(f"{LIBRARY}{evidence.pk}/")
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SIGNATORY])
def test_who_does_not_answer_removes_nothing(client, cast, link, role):
    client.force_login(make_member(cast.company, role))
    assert "移除" not in page(client).replace("已移除的材料", "")
    assert client.post(f"{LIBRARY}{link.pk}/remove/").status_code == 403
    link.refresh_from_db()
    assert link.removed_at is None


def test_as_many_queries_however_much_there_is(officer, cast, link, queries_for):
    before = queries_for(officer, LIBRARY)
    for _ in range(5):
        make_link(cast.company)
    assert queries_for(officer, LIBRARY) == before


def erase():
    out = StringIO()
    call_command("erase_evidence", stdout=out)
    return out.getvalue()


def test_what_was_removed_long_ago_is_erased(officer, assessment, evidence_folder):
    add_file(officer, assessment)
    evidence = Evidence.objects.get()
    evidence.uses.all().delete()
    long_ago = timezone.now() - KEPT - dt.timedelta(hours=1)
    for kept in ({"removed_at": None}, {"removed_at": timezone.now()}, {"retained": True}):
        Evidence.objects.update(**{"removed_at": long_ago, "retained": False} | kept)
        assert "0 removed" in erase()
        assert len(stored(evidence_folder)) == 1
    Evidence.objects.update(removed_at=long_ago, retained=False)
    assert "1 removed" in erase()
    assert not stored(evidence_folder)
    assert not Evidence.objects.exists()
    assert Event.objects.filter(action="evidence_erased", about_id=str(evidence.pk)).exists()


def test_a_file_that_no_row_knows_is_erased_after_a_day(officer, assessment, evidence_folder):
    assert "0 left behind" in erase()
    add_file(officer, assessment)
    name = default_storage.save("evidence/left/behind", ContentFile(b"x"))
    assert "0 left behind" in erase()
    yesterday = (timezone.now() - dt.timedelta(days=2)).timestamp()
    for path in stored(evidence_folder):
        os.utime(path, (yesterday, yesterday))
    assert "1 left behind" in erase()
    assert not default_storage.exists(name)
    assert len(stored(evidence_folder)) == 1
