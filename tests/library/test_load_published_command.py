"""An installation brings the published questionnaires into its database at every start."""

import pytest
from django.core.management import CommandError, call_command

from compliance.library import sources
from compliance.library.models import QuestionnaireVersion
from questionnaires.publishing import canonical
from tests.samples import sample_questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path, monkeypatch):
    """The one published file: the sample questionnaire."""
    monkeypatch.setattr(sources, "PUBLISHED", tmp_path)
    path = tmp_path / "sample-1.json"
    path.write_bytes(canonical(sample_questionnaire()))
    return path


def test_it_says_what_is_new_and_nothing_the_second_time(file, capsys):
    call_command("load_published")
    assert capsys.readouterr().out == "sample 1: 示例问卷 / Sample questionnaire\n"
    assert QuestionnaireVersion.objects.open_for_new().get().key == "sample"
    call_command("load_published")
    assert capsys.readouterr().out == ""
    assert QuestionnaireVersion.objects.count() == 1


def test_a_file_that_has_changed_is_refused(file):
    call_command("load_published")
    file.write_bytes(file.read_bytes().replace("示例问卷".encode(), "改过的问卷".encode()))
    with pytest.raises(CommandError, match=r"sample-1\.json differs"):
        call_command("load_published")
    assert QuestionnaireVersion.objects.get().title_zh == "示例问卷"
