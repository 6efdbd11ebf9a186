"""Whatever is sent along with a form: what is stored is what the form asks for, and no more."""

import datetime as dt
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django import forms
from django.db import models, transaction
from django.test import RequestFactory
from django.utils import timezone

import compliance
from compliance.administration.rows import site
from compliance.lifecycle import Status
from tests.access.matrix import LIKE_ANONYMOUS, MATRIX, SIGN_IN, VISITORS, declared
from tests.access.stored import ADMINISTERED, FORMS, MODELS, STORES, snapshot
from tests.access.world import World
from tests.page import Form

pytestmark = pytest.mark.django_db

NOT_MODULES = {"migrations", "asgi", "wsgi", "celery", "gallery"}
STAGES = (
    Status.DRAFT,
    Status.FINISHED,
    Status.AWAITING_SIGNATURE,
    Status.SUBMITTED,
    Status.UNDER_REVIEW,
    Status.RETURNED,
    Status.REMEDIATION_DEMANDED,
    Status.REPORTED,
    Status.PASSED,
)
"""In each of them something can be sent that cannot be sent before."""
SENT = sorted(
    name
    for name, methods in MATRIX.items()
    if "POST" in methods and not name.startswith(("account_", "admin:", "mfa_", "usersessions"))
)
IN_A_MONTH = str(timezone.localdate() + dt.timedelta(days=31))


def every_form(form: type = forms.ModelForm) -> Iterator[type[forms.ModelForm]]:
    for child in form.__subclasses__():
        if child.__module__.startswith("compliance."):
            yield child
        yield from every_form(child)


def test_a_form_of_a_model_takes_what_is_listed():
    for module in pkgutil.walk_packages(compliance.__path__, "compliance."):
        if not NOT_MODULES & set(module.name.split(".")):
            importlib.import_module(module.name)
    found = {form.__name__: " ".join(form._meta.fields or ()) for form in every_form()}
    assert found == FORMS
    assert not any(form._meta.fields == forms.ALL_FIELDS for form in every_form())


def test_administrators_change_what_is_listed(world):
    request = RequestFactory().get("/")
    request.user = world.people["administrator"]
    found = {
        model.__name__: " ".join(admin.get_form(request, model(), change=True).base_fields)
        for model, admin in site._registry.items()
        if admin.has_change_permission(request)
    }
    assert found == ADMINISTERED


def hostile(world: World) -> dict[str, Any]:
    """Every field of every model, with a value that would do harm."""
    posted = {}
    for model in MODELS:
        for field in model._meta.concrete_fields:
            for name in {field.name, field.attname}:
                posted[name] = _harmful(world, field)
    return posted


def _harmful(world: World, field: models.Field) -> str:
    if field.is_relation:
        return str(world.foreign.get(field.related_model.__name__, world.other.pk))
    if field.choices:
        return str(list(field.choices)[-1][0])
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateField):
        return IN_A_MONTH
    if isinstance(field, models.IntegerField):
        return "7"
    return str(world.other.pk) if isinstance(field, models.UUIDField) else "敌意"


def proper(world: World, name: str, page: Any) -> dict[str, Any]:
    """What the form properly says, so that it is stored: its own fields, and what they lack."""
    people = {who: user.pk for who, user in world.people.items() if user}
    plan = {
        "title": "整改",
        "department": "法务部",
        "owner": people["contributor"],
        "means": "law",
        "cost": "low",
        "percent": "100",
        "due_on": IN_A_MONTH,
    }
    known = {
        "assessments:approve": {"representative": "王五", "capacity": "legal", "declared": "on"},
        "assessments:autosave": {
            "question": "users",
            "answer-users": "5",
            "seen-users": "1.0",
        },
        "assessments:request_signature": {"prepared_by": people["contributor"]}
        | dict.fromkeys(("third_party", "third_party_code", "third_party_scope"), ""),
        "assessments:start": {
            "version": world.administered["questionnaireversion"],
            "subject": world.administered["subject"],
            "situation": "launch",
            "reference_date": str(timezone.localdate()),
        },
        "remediation:add": plan,
        "remediation:answer": {"answer": "grant", "note": "可"},
        "remediation:change": plan,
        "remediation:demand": {"closes": "yes"},
        "remediation:inspect": {"closes": "yes", "note": "可"},
        "reviews:assign": {"reviewer": people["reviewer"], "days": "", "due": ""},
        "reviews:criterion": {
            "kind": "agree",
            "achievement": "",
            "reason": "",
            "revision": "0",
        },
        "reviews:decide": {"decision": "return", "statement": "补正"},
        "reviews:opinion": {"side": "partly", "reasons": "不明"},
        "reviews:decide_dispute": {
            "outcome": "declined",
            "effect": "stands",
            "achievement": "",
            "reasons": "不足",
        },
        "reviews:reply": {"text": "答复"},
        "reviews:text_add": {"organisation": world.regulator.pk, "title": "甲", "text": "乙"},
        "reviews:text_edit": {"organisation": world.regulator.pk, "title": "甲", "text": "乙"},
    }.get(name, {})
    is_page = page.status_code == 200 and page.get("Content-Type", "").startswith("text/html")
    fields = Form(page).fields if is_page else {}
    return {key: values for key, values in fields.items() if any(values)} | known


def entitled(name: str, status: Status) -> str | None:
    """The first visitor whom the table lets send the form, if there is one."""
    refused = (403, 404, 405, SIGN_IN)
    signed_in = (who for who in VISITORS if who not in ("anonymous", LIKE_ANONYMOUS))
    may = (who for who in signed_in if declared(name, "POST", who, status) not in refused)
    return next(may, None)


def changed(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> tuple[set[str], set[str]]:
    """Return the columns that differ or the models with new rows, and the values that are new."""
    rows = {(model, pk) for model, pk, _field in before}
    cells = {key: value for key, value in after.items() if before.get(key, ...) != value}
    columns = {
        f"{model}.{field}" if (model, pk) in rows else f"new {model}" for model, pk, field in cells
    }
    return columns, {str(value) for value in cells.values()}


@pytest.fixture(scope="module")
def before(world):
    return snapshot()


def store(world: World, name: str, before: Mapping[Any, Any]) -> tuple[set[str], set[str]]:
    """Send everything to an address, in each stage; return what was stored, and taken back."""
    columns, values = set(), set()
    for address, status in world.addresses(name):
        who = entitled(name, status)
        if status not in STAGES or who is None:
            continue
        browser = world.visitors[who]
        sent = hostile(world) | proper(world, name, browser.ask("GET", address))
        with transaction.atomic():
            response = browser.ask("POST", address, sent, keep=True)
            found = changed(before, snapshot())
            transaction.set_rollback(True)
        assert response.status_code < 500, (name, status)
        columns |= found[0]
        values |= found[1]
    return columns, values


@pytest.mark.parametrize("name", SENT)
def test_what_is_sent_along_changes_nothing(name, world, before):
    """Every field of every model, to every address: only what belongs there is stored."""
    columns, values = store(world, name, before)
    assert columns == {one for one in STORES.get(name, "").split(", ") if one}
    assert not values & set(map(str, world.foreign.values()))
