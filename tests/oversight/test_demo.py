"""Someone loads the demonstration, and loads it again."""

from pathlib import Path

import pytest
from django.core.management import call_command

from compliance.accounts.models import User
from compliance.assessments.draft import Draft
from compliance.assessments.models import Assessment
from compliance.audit.models import Event
from compliance.library.versions import load_published
from compliance.organisations.demonstration import PASSWORD, PEOPLE
from compliance.organisations.models import Organisation, Role
from compliance.oversight.management.commands import demo as command
from compliance.oversight.management.commands.demo import load_demonstration, write_report
from compliance.oversight.models import Invited
from compliance.remediation.models import RemediationAction
from compliance.reports.pdf_signature import signer
from compliance.reviews.models import Dispute, Finding
from tests.cast import make_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path, capsys):
    settings.DATA_DIR = tmp_path

    def load():
        call_command("demo")
        return capsys.readouterr().out

    return load


def the_regulator_has_work_of_every_kind():
    findings = Finding.objects.filter(review__decision="")
    (waiting,) = findings.awaiting_second_look()
    assert waiting.kind == Finding.Kind.REJECT_CLAIM
    assert findings.filter(kind=Finding.Kind.ASK).exists()
    assert Dispute.objects.get().status == Dispute.Status.OPINION_GIVEN
    actions = RemediationAction.objects.order_by("due_on")
    assert [action.status for action in actions] == ["reported", "planned"]
    (invited,) = Invited.objects.lacking()
    assert invited.campaign.ended_at is None
    assert invited.company == Assessment.objects.first().subject.organisation


def test_it_works_and_again_leaves_everything_as_it_is(demo, client, tmp_path):
    printed = demo()
    assert str(tmp_path / "demo") in printed
    assert all(person.email in printed for person in PEOPLE)
    assert client.login(email="officer@demo.example", password=PASSWORD)
    half, whole, reviewed, wanting = Assessment.objects.order_by("created_at")
    stand = (half.status, whole.status, reviewed.status, wanting.status)
    assert stand == ("draft", "submitted", "under_review", "remediation_demanded")
    company = half.subject.organisation
    company.full_clean()
    assert company.missing_for_submission() == []
    reviewer = User.objects.get(email="reviewer@demo.example")
    assert list(Organisation.objects.in_jurisdiction_of(reviewer)) == [company]
    assert Draft(half).score.missing
    assert not Draft(whole).score.missing
    the_regulator_has_work_of_every_kind()
    reports = sorted((tmp_path / "demo").iterdir())
    assert [path.read_bytes()[:5] for path in reports] == [b"%PDF-"] * 2
    key = tmp_path / "signing.p12"
    assert signer(str(key), PASSWORD).signing_cert
    reports.append(key)
    written = [path.stat().st_mtime_ns for path in reports]

    half.answers.all().delete()
    assert demo() == printed
    assert Assessment.objects.count() == 4
    assert not half.answers.exists()
    assert [path.stat().st_mtime_ns for path in reports] == written


def test_a_company_from_before_is_completed_and_not_changed():
    load_published()
    load_demonstration()
    company = Organisation.objects.get(kind=Organisation.Kind.COMPANY)
    events = Event.objects.count()
    company.region, company.address = "", "上海市某路2号"
    company.save()
    company.memberships.filter(role=Role.AUDITOR).update(active=False)
    load_demonstration()
    company.refresh_from_db()
    assert (company.region, company.address) == ("110105", "上海市某路2号")
    assert not company.memberships.get(role=Role.AUDITOR).active
    assert Event.objects.count() == events


def test_a_report_that_could_not_be_written_is_written_by_the_next_run(
    assessment, tmp_path, monkeypatch
):
    make_answer(assessment, "users", 3)
    path = tmp_path / "gap-report.pdf"
    monkeypatch.setattr(command, "gap_report", lambda *_: b"%PDF- whole")
    write_bytes = Path.write_bytes

    def until_the_disk_is_full(path, content):
        write_bytes(path, content[:5])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", until_the_disk_is_full)
    with pytest.raises(OSError, match="No space"):
        write_report(assessment, "en", path)
    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    assert write_report(assessment, "en", path).read_bytes() == b"%PDF- whole"
    assert list(tmp_path.iterdir()) == [path]
