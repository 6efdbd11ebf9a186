"""docs/architecture.md leads to modules, folders and pages that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text()
NAMED = sorted(set(re.findall(r"`([\w/]+(?:/|\.\w+))`", PAGE)))


@pytest.mark.parametrize("name", NAMED)
def test_what_the_page_names_is_there(name):
    assert (
        (ROOT / name).exists()
        or [*ROOT.glob(f"compliance/**/{name}")]
        or [*ROOT.glob(f"questionnaires/**/{name}")]
    )


def test_its_links_lead_somewhere():
    links = re.findall(r"\]\(([^)]+)\)", PAGE)
    assert links
    assert not [link for link in links if not (ROOT / "docs" / link).exists()]


def test_it_names_the_apps_in_the_order_that_is_held():
    contract = (ROOT / "pyproject.toml").read_text()
    held = re.findall(r'"\((\w+)\)",', contract)
    there = [name for name in held if (ROOT / "compliance" / name).is_dir()]
    assert " ← ".join(reversed(there)) in PAGE
