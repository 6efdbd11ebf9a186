"""docs/permissions.md says what compliance/permissions.py says, and every rule is asked."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from compliance import permissions
from compliance.lifecycle import Status
from compliance.organisations.models import Role
from compliance.permissions import ANY_STATUS, Rule

ROOT = Path(__file__).parents[2]
RULES = {name: rule for name, rule in vars(permissions).items() if isinstance(rule, Rule)}
PYTHON = {
    path: path.read_text()
    for path in (ROOT / "compliance").rglob("*.py")
    if "migrations" not in path.parts
}


def row(rule: Rule) -> str:
    """The line of the page that states a rule."""
    roles = [str(role.label) for role in Role if role in rule.roles]
    if rule.administrators:
        roles.append("Site administrator")
    if rule.statuses == ANY_STATUS:
        statuses = "any"
    elif len(rule.statuses) > len(Status) / 2:
        left_out = [str(status.label) for status in Status if status not in rule.statuses]
        statuses = f"any but {'; '.join(left_out)}"
    else:
        statuses = "; ".join(str(status.label) for status in Status if status in rule.statuses)
    return f"| {rule.name} | {', '.join(roles)} | {statuses} |"


def test_the_page_states_every_rule_and_no_other():
    with translation.override("en"):
        rows = [row(rule) for rule in RULES.values()]
    page = (ROOT / "docs" / "permissions.md").read_text()
    stated = [line for line in page.splitlines() if line.startswith("| ")]
    assert stated[2:] == rows


def test_no_two_rules_have_the_same_name():
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_asked_somewhere(name):
    used = re.compile(rf"\b{name}\b(?!.*import)")
    asking = [
        path
        for path, text in PYTHON.items()
        if path.name != "permissions.py"
        and any(
            used.search(line) and "import" not in line and line.strip() != f"{name},"
            for line in text.splitlines()
        )
    ]
    assert asking


def test_no_page_asks_for_a_role_past_the_rules():
    stray = {
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path, text in PYTHON.items()
        for line in text.splitlines()
        if re.search(r"\brole(__in)?\s*(==|=|!=)\s*(Role\.|[\"'\[({])", line)
        or re.search(r"\brole__in=[A-Z]+\b(?![.\[])|\b[A-Z]+\.isdisjoint\(", line)
    }
    assert not stray
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        for role in Role:
            assert f'"{role}"' not in text, path
            assert f"'{role}'" not in text, path
