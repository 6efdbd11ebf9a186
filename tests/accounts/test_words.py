"""Every word that packages put on our pages and into our letters is in both languages."""

import ast
import importlib.util
from pathlib import Path

import allauth
import pytest
from django.contrib.auth import password_validation
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

from compliance import settings

ROOT = Path(settings.BASE_DIR)
ALLAUTH = Path(allauth.__file__).parent
APPS = ("account", "mfa", "usersessions")
CALLS = {"_": gettext, "gettext": gettext, "gettext_lazy": gettext, "pgettext": pgettext}


def calls_in(path):
    """Yield how each translated text of a Python file is looked up."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        given = [part.value for part in node.args if isinstance(part, ast.Constant)]
        if node.func.id in CALLS and given:
            yield CALLS[node.func.id], given
        elif node.func.id in ("ngettext", "ngettext_lazy"):
            yield ngettext, [*given[:2], 12]


def words():
    files = [path for app in APPS for path in sorted((ALLAUTH / app).rglob("*.py"))]
    files.append(Path(password_validation.__file__))
    return [call for path in files if "migrations" not in path.parts for call in calls_in(path)]


def test_words_are_found():
    texts = {given[0] for _, given in words()}
    assert len(texts) > 60
    assert {"Incorrect code.", "This password is too common.", "Master key"} <= texts


@pytest.mark.parametrize(("look_up", "given"), words())
def test_a_word_of_a_package_is_translated(look_up, given):
    source = given[1] if look_up is pgettext else given[0]
    with translation.override("zh-hans"):
        found = look_up(*given)
    assert found != source or source == "WebAuthn", source
    assert "你" not in found


def test_no_page_or_letter_is_a_packages_own():
    """Templates that a view or a letter of allauth names are ours, so that their words are too."""
    names = {
        str(path.relative_to(ALLAUTH / "templates"))
        for app in APPS
        for path in (ALLAUTH / "templates" / app).rglob("*")
        if path.is_file()
    }
    ours = {str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*")}
    needless = ("phone", "code", "passkey", "password_set", "base", "trust", "snippets")
    # Pages of what we have switched off, and the layers between allauth's own pages.
    left = {name for name in names - ours if not any(part in name for part in needless)}
    assert left == {
        "account/email.html",
        "account/email/email_confirm_message.txt",
        "account/email/email_confirm_subject.txt",
        "account/logout.html",
        "account/verified_email_required.html",
        "mfa/webauthn/authenticator_list.html",
        "mfa/webauthn/edit_form.html",
        "mfa/webauthn/signup_form.html",
        "usersessions/messages/sessions_logged_out.txt",
    }
    for name in sorted(names & ours):
        assert Path(get_template(name).origin.name).is_relative_to(ROOT)


def test_allauths_own_templates_cannot_be_reached():
    """The package `allauth` itself, whose templates they are, is not an installed app."""
    assert "allauth" not in settings.INSTALLED_APPS
    assert importlib.util.find_spec("allauth")
