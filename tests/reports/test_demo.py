"""Someone loads the demonstration, and loads it again."""

import pytest
from django.core.management import call_command

from compliance.assessments.draft import Draft
from compliance.assessments.models import Assessment
from compliance.reports.management.commands.demo import PASSWORD, PEOPLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path, capsys):
    settings.DATA_DIR = tmp_path

    def load():
        call_command("demo")
        return capsys.readouterr().out

    return load


def test_it_works_and_again_leaves_everything_as_it_is(demo, client, tmp_path):
    printed = demo()
    assert str(tmp_path / "demo") in printed
    assert all(email in printed for email in PEOPLE)
    assert client.login(email="officer@demo.example", password=PASSWORD)
    half, whole = Assessment.objects.order_by("created_at")
    assert (half.status, whole.status) == ("draft", "finished")
    assert Draft(half).score.missing
    assert not Draft(whole).score.missing
    reports = sorted((tmp_path / "demo").iterdir())
    assert [path.read_bytes()[:5] for path in reports] == [b"%PDF-"] * 2
    written = [path.stat().st_mtime_ns for path in reports]

    half.answers.all().delete()
    assert demo() == printed
    assert Assessment.objects.count() == 2
    assert not half.answers.exists()
    assert [path.stat().st_mtime_ns for path in reports] == written
