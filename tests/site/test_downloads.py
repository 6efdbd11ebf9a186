"""A link to a file shows the page that comes instead of it: to sign in, or what is wrong."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def test_no_link_makes_browsers_save_whatever_answers():
    """Files say themselves that they are to be saved; with `download`, a page would be, too."""
    links = re.compile(r"<a\b[^>]*\sdownload\b")
    found = [path.name for path in TEMPLATES.rglob("*.html") if links.search(path.read_text())]
    assert found == []
