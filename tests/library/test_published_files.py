"""Someone publishes a questionnaire, and someone later touches what was published."""

import hashlib
import re
import subprocess

import pytest
from django.core.management import CommandError, call_command

from compliance.library import checksums, sources
from compliance.library.management.commands import check_library
from questionnaires.loading import read_library
from questionnaires.publishing import load
from questionnaires.succession import Fate, carried_claims, differences, passages
from tests.samples import SAMPLE

NAME = "sample-1.json"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A library of the sample questionnaire, of which nothing is published yet."""
    published = tmp_path / "published"
    monkeypatch.setattr(sources, "PUBLISHED", published)
    monkeypatch.setattr(sources, "library", lambda: read_library([SAMPLE]))
    return published


@pytest.fixture
def published(folder):
    call_command("publish", "sample")
    return folder


def faults():
    return [str(fault) for fault in checksums.check_published()]


def test_publishing_enters_the_file_in_the_list(published, capsys):
    digest = hashlib.sha256((published / NAME).read_bytes()).hexdigest()
    assert (published / "SHA256SUMS").read_text() == f"{digest}  {NAME}\n"
    assert faults() == []
    call_command("publish", "sample")  # again changes nothing
    assert (published / "SHA256SUMS").read_text() == f"{digest}  {NAME}\n"


def test_the_list_is_what_sha256sum_reads(published):
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=published, capture_output=True, check=False).returncode == 0


def test_a_changed_file_is_named(published):
    path = published / NAME
    path.write_bytes(path.read_bytes().replace("示例问卷".encode(), "另一问卷".encode()))
    (found,) = faults()
    assert NAME in found
    assert "has changed since it was published" in found


def test_a_missing_file_is_named_and_cannot_be_published_with_other_content(
    published, monkeypatch, tmp_path
):
    (published / NAME).unlink()
    (found,) = faults()
    assert f"{NAME}:1: was published and is missing" in found
    changed = tmp_path / "changed.yaml"
    changed.write_text(SAMPLE.read_text().replace("示例问卷", "另一问卷"))
    monkeypatch.setattr(sources, "library", lambda: read_library([changed]))
    with pytest.raises(CommandError, match="published with other content"):
        call_command("publish", "sample")
    assert not (published / NAME).exists()


def test_a_file_that_nobody_published_is_named(published):
    (published / "sample-2.json").write_bytes((published / NAME).read_bytes())
    found = faults()
    assert any("does not stand in SHA256SUMS" in fault for fault in found)
    assert any("so its name is sample-1.json" in fault for fault in found)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"{}", "cannot be read"), (b"", "cannot be read"), (b"\xff\xfe{", "cannot be read")],
)
def test_a_listed_file_that_cannot_be_read_is_named(published, content, message):
    (published / NAME).write_bytes(content)
    checksums.record(published / NAME)
    assert message in faults()[0]


def test_a_file_in_another_order_is_not_canonical(published):
    path = published / NAME
    path.write_bytes(path.read_bytes() + b"\n")
    checksums.record(path)
    assert "is not canonical" in faults()[0]


@pytest.mark.parametrize("line", ["x", f"{'0' * 64} {NAME}", f"{'0' * 64}  ../{NAME}", ""])
def test_a_broken_list_is_named_with_its_line(published, line):
    with (published / "SHA256SUMS").open("a") as file:
        file.write(f"{line}\n")
    assert "SHA256SUMS, line 2" in faults()[0]
    with pytest.raises(CommandError, match="line 2"):
        call_command("publish", "sample")


def test_the_check_of_the_library_fails_with_the_file(published, monkeypatch, capsys):
    monkeypatch.setattr(check_library, "check_domains", lambda library: [])
    monkeypatch.setattr(check_library, "no_company_duty", lambda library: None)
    call_command("check_library")
    (published / NAME).unlink()
    with pytest.raises(CommandError) as error:
        call_command("check_library")
    assert error.value.returncode == 1
    assert NAME in capsys.readouterr().err


def test_what_the_repository_has_published_is_unchanged():
    assert faults() == []


@pytest.mark.parametrize("name", ["digital-human", "first-check", "generative-ai", "metaverse"])
def test_version_1_1_asks_what_1_0_asked(name):
    """Every answer and every claim carries over, and the same answers earn the same points."""
    before, after = (
        load(sources.published_file(name, version).read_bytes()) for version in ("1.0", "1.1")
    )
    ways = passages(before, after)
    assert {way.fate for way in ways} == {Fate.KEPT}
    claimable = {c.id for s in before.sections for c in s.criteria if c.claimable}
    assert set(carried_claims(before, after)) == claimable
    marks = re.compile(r"^version$|^succeeds|\.about$|evidence_required$")
    assert [d.path for d in differences(before, after) if not marks.search(d.path)] == []


@pytest.mark.parametrize("name", ["digital-human", "first-check", "generative-ai", "metaverse"])
def test_version_1_2_asks_again_only_what_is_worded_anew(name):
    """No question is gone; what 1.1 asked in the same words keeps its answer."""
    before, after = (
        load(sources.published_file(name, version).read_bytes()) for version in ("1.1", "1.2")
    )
    ways = passages(before, after)
    assert {way.fate for way in ways} <= {Fate.KEPT, Fate.REWORDED, Fate.NEW}
    anew = [way for way in ways if way.fate is Fate.REWORDED]
    assert 0 < len(anew) < len(ways) / 10
    assert all(way.before.type == way.after.type for way in anew)
    added = {way.after.id for way in ways if way.fate is Fate.NEW}
    assert all(each.startswith(("ds-processing-rules-", "ds-children-consent-")) for each in added)
