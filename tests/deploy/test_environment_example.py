"""deploy/ziping.env.example names the variables that the site reads, all of them and no others."""

import re
from pathlib import Path

from compliance import settings

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def variables_read() -> set[str]:
    """Return what the settings and the gunicorn file document and read."""
    table = [line for line in (settings.__doc__ or "").splitlines() if re.match(r"\| [A-Z]", line)]
    documented = {
        name for line in table for name in re.findall(r"\b[A-Z_]{4,}\b", line.split("|")[1])
    }
    gunicorn = (DEPLOY / "gunicorn.conf.py").read_text(encoding="utf-8")
    return documented | set(re.findall(r'environ\.get\("(\w+)"', gunicorn))


def test_the_example_is_complete_and_true() -> None:
    example = (DEPLOY / "ziping.env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == variables_read()


def test_the_settings_document_what_they_read() -> None:
    source = Path(settings.__file__).read_text(encoding="utf-8")
    kinds = "text|flag|items|whole_number|address"
    read = set(re.findall(rf'environment\.(?:{kinds})\(\s*"(\w+)"', source))
    assert read | {"SECRET_KEY"} <= variables_read()
