"""Someone prints a report without a browser."""

import os
import threading
from pathlib import Path

import pypdf
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from compliance.reports.management.commands.gap_report import write_whole

ANSWERS = settings.BASE_DIR / "tests" / "sample_answers.yaml"


def test_it_works(tmp_path, capsys):
    path = tmp_path / "report.pdf"
    call_command("gap_report", ANSWERS, language="en", output=path)
    assert f"{path}: " in capsys.readouterr().out
    first = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "Example Company" in first
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.pdf"]


def test_a_refused_file_leaves_no_report(tmp_path):
    answers = tmp_path / "answers.yaml"
    answers.write_text(ANSWERS.read_text().replace("assessed: late", "assessed: laet"))
    sample = ANSWERS.parent / "sample_questionnaire.yaml"
    (tmp_path / sample.name).write_bytes(sample.read_bytes())
    path = tmp_path / "report.pdf"
    with pytest.raises(CommandError, match="did you mean “late”"):
        call_command("gap_report", answers, language="en", output=path)
    assert not path.exists()


def test_a_folder_that_does_not_exist_is_said(tmp_path):
    path = tmp_path / "missing" / "report.pdf"
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("gap_report", ANSWERS, language="zh-hans", output=path)


def test_an_old_report_stays_whole_until_the_new_one_is(tmp_path, monkeypatch):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"the old one")

    def full_disk(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(CommandError, match="No space left"):
        call_command("gap_report", ANSWERS, language="en", output=path)
    assert path.read_bytes() == b"the old one"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.pdf"]


def test_a_pipe_is_written_into_and_stays_one(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"a report")
    reader.join()
    assert read == [b"a report"]
    assert pipe.is_fifo()


def test_a_link_still_points_to_the_report(tmp_path):
    report, link = tmp_path / "2026.pdf", tmp_path / "newest.pdf"
    link.symlink_to(report.name)
    write_whole(link, b"a report")
    assert link.is_symlink()
    assert report.read_bytes() == b"a report"


def test_a_report_is_for_those_whom_the_umask_lets_read(tmp_path):
    before = os.umask(0o077)
    try:
        write_whole(tmp_path / "report.pdf", b"a report")
    finally:
        os.umask(before)
    assert (tmp_path / "report.pdf").stat().st_mode & 0o777 == 0o600
