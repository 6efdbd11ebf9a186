"""What is pasted into a field is never cut without a word."""

from pathlib import Path

import pytest
from django import forms

from compliance.field_tags import uncut
from tests.cast import Cast, make_subject

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class Note(forms.Form):
    """One line, at most ten characters."""

    note = forms.CharField(max_length=10, help_text="…", widget=forms.TextInput({"class": "x"}))


def test_only_the_greatest_length_is_left_out():
    field = Note({"note": "字" * 11})["note"]
    assert 'maxlength="10"' in str(field)
    assert uncut(field) == str(field).replace(' maxlength="10"', "")
    assert 'aria-invalid="true"' in uncut(field)


def test_no_template_writes_it_but_for_searches():
    found = {path.name for path in TEMPLATES.rglob("*.html") if "maxlength" in path.read_text()}
    assert found == {"answer.html", "library.html"}


@pytest.mark.django_db
def test_what_is_too_long_is_refused_and_stays_whole(client):
    cast = Cast()
    subject = make_subject(cast.company)
    client.force_login(cast.officer)
    address = f"/subjects/{subject.pk}/"
    assert "maxlength" not in client.get(address).content.decode()
    shown = client.post(address, {"name": "字" * 300})
    assert shown.context["form"].errors["name"]
    assert "字" * 300 in shown.content.decode()
