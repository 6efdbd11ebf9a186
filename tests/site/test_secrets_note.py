"""Every form in which people write something says that secrets must not be entered."""

import importlib
import pkgutil

import pytest
from django import forms
from django.utils import translation

import compliance
from tests.cast import Cast, make_subject

ONE_LINE = "Do not enter state or work secrets."
NOT_MODULES = {"migrations", "asgi", "wsgi", "celery", "gallery"}
GALLERY = "compliance.gallery"  # samples, for those who work on the pages
NO_FREE_TEXT = {
    "AddApp",  # a code
    "AddPasskey",  # what someone calls their own key
    "ApproveForm",  # a name
    "Code",
    "ConfirmByCode",
    "InviteForm",  # codes and regions
    "NewPersonForm",  # a name
    "NumbersForm",  # what stands on a report
    "Profile",  # a name
    "SignUp",  # a name
}


def every_form(form: type = forms.BaseForm):
    for child in form.__subclasses__():
        shown = child.__module__.startswith("compliance.") and child.__module__ != GALLERY
        if shown and hasattr(child, "base_fields"):
            yield child
        yield from every_form(child)


def is_written(field: forms.Field) -> bool:
    """Whether people write what they like in it, at length or on a line."""
    if not isinstance(field, forms.CharField) or isinstance(field, forms.EmailField):
        return False
    other = forms.PasswordInput | forms.EmailInput | forms.NumberInput
    written = isinstance(field.widget, forms.TextInput | forms.Textarea)
    return written and not isinstance(field.widget, other)


def test_each_form_says_so_once_at_least():
    for module in pkgutil.walk_packages(compliance.__path__, "compliance."):
        if not NOT_MODULES & set(module.name.split(".")):
            importlib.import_module(module.name)
    with translation.override("en"):
        silent = {
            form.__name__
            for form in every_form()
            if any(map(is_written, form.base_fields.values()))
            and not getattr(form, "free_text", False)
            and not any("secrets" in str(field.help_text) for field in form.base_fields.values())
        }
    assert silent == NO_FREE_TEXT


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["organisations/register/", "organisations/{}/edit/", "subjects/add/", "subjects/{}/"]
)
def test_a_form_of_short_fields_says_it_on_one_line(client, page):
    cast = Cast()
    about = make_subject(cast.company) if page.startswith("subjects") else cast.company
    client.force_login(cast.officer)
    shown = client.get(f"/en/{page.format(about.pk)}").content.decode()
    assert shown.count(ONE_LINE) == 1


@pytest.mark.django_db
def test_a_form_in_which_nothing_is_written_does_not(client):
    cast = Cast()
    client.force_login(cast.officer)
    shown = client.get(f"/en/organisations/{cast.company.pk}/deputies/add/").content.decode()
    assert ONE_LINE not in shown
