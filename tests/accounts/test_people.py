"""A person is known by an e-mail address, whatever its case."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from compliance.accounts.models import User
from tests.cast import make_user

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case_and_found_in_any():
    user = make_user("Li.Lei@Example.COM")
    assert user.email == "li.lei@example.com"
    assert User.objects.get_by_natural_key("LI.LEI@example.com") == user


def test_two_people_cannot_have_one_address():
    make_user("li.lei@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user("LI.LEI@example.com")


def test_the_database_refuses_upper_case_too():
    make_user("li.lei@example.com")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET email = 'Li.Lei@example.com'")


def test_nobody_signs_in_without_a_password():
    assert not make_user().has_usable_password()


def test_an_administrator():
    admin = User.objects.create_superuser("root@example.com", "a long password", name="管理员")
    assert admin.is_staff
    assert admin.is_superuser
    assert admin.check_password("a long password")


def test_the_address_of_whoever_the_site_makes_counts_as_confirmed():
    address = make_user("li.lei@example.com").emailaddress_set.get()
    assert (address.email, address.verified, address.primary) == ("li.lei@example.com", True, True)


def test_everyone_who_was_there_before_can_still_sign_in():
    user = make_user()
    EmailAddress.objects.all().delete()
    migration = import_module("compliance.accounts.migrations.0002_confirmed_addresses")
    migration.confirm_addresses(apps, connection.schema_editor())
    assert user.emailaddress_set.get().verified
