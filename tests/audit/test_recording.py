"""An event joins the chain of its thing, in the transaction of the change, and stays as it is."""

import itertools
import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, connections, transaction

from compliance.audit import digests, guards
from compliance.audit.actions import Action
from compliance.audit.models import Chain, Event, EventValue
from compliance.audit.recording import SITE, Entry, record, record_all
from tests.cast import make_company, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return make_company()


@pytest.fixture
def person():
    return make_user(name="李四")


def test_an_event_says_who_did_what(company, person):
    event = record(
        Action.SUBJECT_ADDED,
        by=person,
        chain=company,
        about=person,
        key="users",
        old={"name": "旧"},
        new="新",
        details={"number": 2},
    )
    event = Event.objects.select_related("chain", "value").get(pk=event.pk)
    assert (event.chain_id, event.chain.kind) == (company.pk, "organisations.organisation")
    assert (event.sequence, event.actor, event.action) == (1, person.pk, "subject_added")
    assert (event.about, event.about_id) == ("accounts.user", str(person.pk))
    assert (event.key, event.details) == ("users", {"number": 2})
    assert (event.value.actor_name, event.value.old, event.value.new) == (
        "李四",
        {"name": "旧"},
        "新",
    )
    assert event.previous == ""


def test_each_event_holds_the_one_before_it(company, person):
    first, second = (record(Action.SIGNED_IN, by=person, chain=company) for _ in range(2))
    assert (second.sequence, second.previous) == (2, first.hash)
    chain = Chain.objects.get(pk=company.pk)
    assert (chain.sequence, chain.head) == (2, second.hash)
    for event in Event.objects.select_related("chain", "value"):
        assert event.hash == digests.hash_of(event.chained(event.chain.kind))
        assert event.value_digest == event.value.digest()


def test_the_site_has_a_chain_and_a_stranger_may_do_something():
    event = record(Action.SIGN_IN_REFUSED, by=AnonymousUser(), chain=SITE, new="who@example.com")
    assert (event.chain.kind, event.actor, event.value.actor_name) == ("site", None, "")
    assert record(Action.OLD_VALUES_ERASED, by=None, chain=SITE).sequence == 2


def test_many_events_cost_what_one_costs(company, person, django_assert_num_queries):
    record(Action.SIGNED_IN, by=person, chain=company)
    with django_assert_num_queries(4):
        record(Action.SIGNED_IN, by=person, chain=company)
    entries = [Entry(Action.ANSWER_CHANGED, key=f"q{number}", new=number) for number in range(20)]
    with django_assert_num_queries(4):
        events = record_all(entries, by=person, chain=company)
    assert [event.sequence for event in events] == list(range(3, 23))
    assert [event.value.new for event in events] == list(range(20))
    assert all(b.previous == a.hash for a, b in itertools.pairwise(events))
    with django_assert_num_queries(0):
        assert record_all([], by=person, chain=company) == []


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_an_error(company, person):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record(Action.SIGNED_IN, by=person, chain=company)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_falls_with_its_change(company, person):
    with transaction.atomic():
        record(Action.SIGNED_IN, by=person, chain=company)
        transaction.set_rollback(True)
    assert not Chain.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_people_who_act_at_once_make_one_chain(company, person):
    failures = []

    def act():
        try:
            for _ in range(5):
                with transaction.atomic():
                    record(Action.SIGNED_IN, by=person, chain=company)
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    events = list(Event.objects.order_by("sequence"))
    assert [event.sequence for event in events] == list(range(1, 21))
    assert all(b.previous == a.hash for a, b in itertools.pairwise(events))


def refused(statement, *values):
    """The database itself refuses the statement."""
    connection.check_constraints()  # PostgreSQL empties no table with checks pending
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
    ):
        cursor.execute(statement, values)
    return True


FIELDS = [
    *(("audit_event", field.column) for field in Event._meta.fields),
    *(("audit_eventvalue", field.column) for field in EventValue._meta.fields),
    *(("audit_chain", field.column) for field in Chain._meta.fields),
]


@pytest.mark.parametrize(("table", "column"), FIELDS)
def test_the_database_refuses_to_change_a_field(company, person, table, column):
    record(Action.SIGNED_IN, by=person, chain=company)
    assert refused(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("table", ["audit_event", "audit_chain"])
def test_the_database_refuses_to_delete(company, person, table):
    record(Action.SIGNED_IN, by=person, chain=company)
    assert refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", guards.TABLES)
def test_the_database_refuses_to_empty_or_replace(company, person, table):
    record(Action.SIGNED_IN, by=person, chain=company)
    if connection.vendor == "postgresql":
        assert refused(f"TRUNCATE {table} CASCADE")
    else:
        assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_a_chain_moves_on_only_to_an_event_that_there_is(company, person):
    record(Action.SIGNED_IN, by=person, chain=company)
    assert refused("UPDATE audit_chain SET sequence = 2, head = %s", "0" * 64)
    assert refused("UPDATE audit_chain SET sequence = 0, head = ''")


def test_values_can_be_erased(company, person):
    event = record(Action.SIGNED_IN, by=person, chain=company)
    EventValue.objects.filter(event=event).delete()
    assert Event.objects.filter(pk=event.pk).exists()
