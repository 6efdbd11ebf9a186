"""/library/law-changes/ and `manage.py law_changes`: which assessments a change of law touches."""

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from compliance.assessments.management.commands import law_changes as command
from compliance.assessments.models import Assessment
from compliance.library import sources
from compliance.library.models import QuestionnaireVersion
from questionnaires.document import Change
from questionnaires.parts import Bilingual
from tests.cast import make_assessment, make_subject, make_version
from tests.published import publish_digital_humans

pytestmark = pytest.mark.django_db

ADDRESS = "/library/law-changes/"
NOTE = Bilingual(zh="由新法替代。", en="Replaced by a new law.")


@pytest.fixture
def repealed(monkeypatch):
    """The Personal Information Protection Law is repealed ten days from now."""
    day = timezone.localdate() + dt.timedelta(days=10)
    gone = Change(on=day.isoformat(), status="repealed", note=NOTE)
    settled = sources.settled_library()
    pipl = settled.instruments["pipl"].model_copy(update={"changes": (gone,)})
    library = replace(settled, instruments=settled.instruments | {"pipl": pipl})
    monkeypatch.setattr("compliance.assessments.law_changes.settled_library", lambda: library)
    monkeypatch.setattr(sources, "library", lambda: library)
    return publish_digital_humans()


def test_a_change_ahead_is_shown_with_note_criteria_and_own_assessments(client, cast, repealed):
    mine = make_assessment(make_subject(cast.company, name="我们的数字人"), version=repealed)
    theirs = make_assessment(
        make_subject(cast.other_company, name="别家的数字人"), version=repealed
    )
    client.force_login(cast.auditor)
    page = client.get(ADDRESS).content.decode()
    ahead = page.partition('id="past"')[0]
    assert "由新法替代。" in ahead
    assert "已废止" in ahead
    assert "#c-ds-separate-consent" in ahead
    assert f"/assessments/{mine.pk}/" in ahead
    assert "我们的数字人" in ahead
    assert str(theirs.pk) not in page
    assert "别家的数字人" not in page


def test_a_veto_without_ground_is_named_on_top(client, cast, repealed):
    client.force_login(cast.officer)
    page = client.get(f"/en{ADDRESS}").content.decode()
    notices = re.findall(r"“([^”]+)” in Compliance self-assessment[^.]*, version", page)
    assert "A veto or cap loses its ground" in page
    assert notices


def test_an_instrument_that_came_into_force_within_a_year_is_listed(client, cast, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: dt.date(2026, 11, 21))
    publish_digital_humans()
    client.force_login(cast.officer)
    page = client.get(ADDRESS).content.decode()
    library = sources.settled_library()
    assert library.instruments["live_ecom"].in_force == "2026-02-01"
    assert library.instruments["live_ecom"].cited_as.zh in page
    assert library.instruments["minors_net"].cited_as.zh not in page
    assert "截至2026年11月21日，库内依据文件没有已知的后续变动。" in page


def test_an_assessment_on_a_replaced_version_is_touched_too(client, cast, repealed):
    document = QuestionnaireVersion.objects.get(pk=repealed.pk).document
    document = document.replace(f'"version":"{repealed.version}"', '"version":"0.9"')
    old = make_version(key="digital-human", document=document)
    QuestionnaireVersion.objects.filter(pk=old.pk).update(version="0.9", status="replaced")
    old.refresh_from_db()
    client.force_login(cast.officer)
    assert "/library/digital-human/0.9/" not in client.get(ADDRESS).content.decode()
    mine = make_assessment(make_subject(cast.company), version=old)
    page = client.get(ADDRESS).content.decode()
    assert "/library/digital-human/0.9/" in page
    assert str(mine.pk) in page


def test_its_queries_do_not_grow_with_the_assessments(
    client, cast, repealed, django_assert_num_queries
):
    client.force_login(cast.officer)
    make_assessment(make_subject(cast.company), version=repealed)
    client.get(ADDRESS)
    with django_assert_num_queries(6):  # session, person, assessments, versions; the frame
        client.get(ADDRESS)
    for _ in range(3):
        make_assessment(make_subject(cast.company), version=repealed)
    with django_assert_num_queries(6):
        client.get(ADDRESS)


def printed(capsys, *options: str) -> str:
    call_command("law_changes", *options)
    return capsys.readouterr().out


def test_the_command_lists_every_assessment(cast, repealed, capsys):
    mine = make_assessment(make_subject(cast.company), version=repealed)
    theirs = make_assessment(make_subject(cast.other_company), version=repealed)
    data = json.loads(printed(capsys, "--json"))
    (found,) = [each for each in data if each["instrument"] == "pipl"]
    assert (found["before"], found["after"], found["ahead"]) == ("in_force", "repealed", True)
    (touched,) = [each for each in found["questionnaires"] if each["id"] == "digital-human"]
    assert touched["assessments"] == sorted([str(mine.pk), str(theirs.pk)])
    assert "ds-separate-consent" in touched["criteria"]
    text = printed(capsys)
    assert str(mine.pk) in text
    assert "pipl: in_force → repealed  (ahead)" in text
    for name in touched["limits_bereft"]:
        assert f"of {name} has nothing left to rest on" in text


def test_the_command_can_be_asked_for_another_day(repealed, capsys):
    assert "pipl" not in printed(capsys, "--no-assessments", "--on", "2031-01-01")
    assert "As of 2021-11-01: " in printed(capsys, "--no-assessments", "--on", "2021-11-01")


def test_without_a_database_the_command_says_what_to_do(monkeypatch):
    def fail() -> None:
        raise OperationalError("no such table: assessments_assessment")

    monkeypatch.setattr(Assessment.objects, "all", fail)
    with pytest.raises(CommandError, match="migrate") as error:
        call_command("law_changes")
    assert error.value.returncode == 1


@pytest.mark.parametrize("written", ["2026-02-31", "soon", "20260231"])
def test_a_day_that_is_none_is_a_wrong_call(written):
    with pytest.raises(command.ArgumentTypeError, match="is not a date"):
        command._day(written)
