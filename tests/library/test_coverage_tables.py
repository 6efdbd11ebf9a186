"""The two tables beside the library: the domains, and what asks nothing of a company."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from compliance.library import domains, no_company_duty, sources
from questionnaires.faults import Refused

REASON = "reason: {zh: 由政府部门组织实施。, en: The authorities do it.}"


@pytest.fixture(scope="module")
def library():
    return sources.library()


def written(folder: Path, *lines: str) -> Path:
    path = folder / "no_company_duty.yaml"
    path.write_text("\n".join(("no_company_duty:", *lines, "")), encoding="utf-8")
    return path


def test_every_requirement_belongs_to_one_of_the_four_domains(library):
    table = domains.domain_table()
    assert [d.id for d in table.domains] == [
        "risk_prevention",
        "data_security",
        "content_safety",
        "ethics",
    ]
    assert domains.check_domains(library) == []
    for questionnaire in library.questionnaires.values():
        for domain in questionnaire.domains:
            found = next(each for each in table.domains if each.id == domain.id)
            assert found.title == domain.title, questionnaire.id


def test_a_word_that_no_domain_takes_in_is_named_with_its_line(library):
    name = "BJ-DH-2.1"
    requirement = library.requirements[name]
    changed = requirement.model_copy(update={"domain": "testing"})
    library.requirements[name] = changed
    try:
        (fault,) = domains.check_domains(library)
    finally:
        library.requirements[name] = requirement
    lines = Path(fault.file).read_text(encoding="utf-8").splitlines()
    assert lines[fault.line - 1].strip() == f"domain: {requirement.domain}"
    assert fault.message.startswith("domains.yaml has no “testing”")


def test_a_word_mapped_twice_is_refused(tmp_path, monkeypatch):
    twice = domains.FOLDER.joinpath("domains.yaml").read_text(encoding="utf-8")
    twice += "  - {id: governance, title: {zh: 治理, en: Governance}}\n"
    (tmp_path / "domains.yaml").write_text(twice, encoding="utf-8")
    monkeypatch.setattr(domains, "FOLDER", tmp_path)
    monkeypatch.setattr(domains, "ROOT", tmp_path)
    last = len(twice.splitlines())
    with pytest.raises(Refused, match=f"domains.yaml:{last}: “governance” is mapped twice"):
        domains.domain_table.__wrapped__()


def test_the_librarys_own_list_holds(library):
    reasons = no_company_duty.no_company_duty(library)
    assert len(reasons) <= no_company_duty.MOST


def test_reasons_are_read_in_both_languages(library, tmp_path, monkeypatch):
    monkeypatch.setattr(library, "criteria", {})
    reasons = no_company_duty.no_company_duty(
        library, written(tmp_path, "- requirement: BJ-DH-2.1", f"  {REASON}")
    )
    assert reasons["BJ-DH-2.1"].zh == "由政府部门组织实施。"


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["- requirement: BJ-DH-99", f"  {REASON}"], 2, "the library has no requirement “BJ-DH-99"),
        (["- requirement: BJ-DH-8.4", f"  {REASON}"], 2, "is tested by the criterion “"),
        (["- requirement: BJ-DH-8.4"], 2, "“reason” is missing"),
        (["- requirement: BJ-DH-8.4", "  reason: {zh: 无。}"], 3, "translation missing"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line(library, tmp_path, lines, line, message):
    path = written(tmp_path, *lines)
    with pytest.raises(Refused) as refused:
        no_company_duty.no_company_duty(library, path)
    (fault,) = refused.value.faults
    assert (fault.file, fault.line) == (str(path), line)
    assert message in fault.message


def test_more_than_ten_and_doubles_are_refused(library, tmp_path, monkeypatch):
    monkeypatch.setattr(library, "criteria", {})
    names = list(library.requirements)[:11]
    lines = [line for name in names for line in (f"- requirement: {name}", f"  {REASON}")]
    with pytest.raises(Refused, match=":22: at most 10 requirements"):
        no_company_duty.no_company_duty(library, written(tmp_path, *lines))
    with pytest.raises(Refused, match=f":4: requirement “{names[0]}” is named twice"):
        no_company_duty.no_company_duty(library, written(tmp_path, *lines[:2], *lines[:2]))


def test_check_library_looks_at_both(tmp_path, monkeypatch):
    path = written(tmp_path, "- requirement: BJ-DH-99", f"  {REASON}")
    check = "compliance.library.management.commands.check_library.no_company_duty"
    monkeypatch.setattr(check, lambda library: no_company_duty.no_company_duty(library, path))
    with pytest.raises(CommandError, match="Faults: 1"):
        call_command("check_library")
