"""`verify_audit_log` finds what was changed, removed or put elsewhere, and names the place."""

import contextlib
import json
import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.audit import guards
from compliance.audit.actions import Action
from compliance.audit.models import Chain, Event, EventValue
from compliance.audit.recording import SITE, Entry, record, record_all
from compliance.audit.verifying import Verification
from tests.cast import make_company, make_user

pytestmark = pytest.mark.django_db

OTHER = uuid.UUID(int=1)


@pytest.fixture
def company():
    """A company whose chain has five events; another one has two, and the site one."""
    company, other, person = make_company(), make_company(), make_user()
    entries = [
        Entry(Action.ANSWER_CHANGED, person, f"q{number}", number - 1, number, {"revision": number})
        for number in range(1, 6)
    ]
    record_all(entries, by=person, chain=company)
    record_all(entries[:2], by=person, chain=other)
    record(Action.ROW_ADDED, by=person, chain=SITE, new="某问卷")
    return company


@contextlib.contextmanager
def tampering():
    """Change the tables behind the site's back; afterwards they are as before."""
    connection.check_constraints()
    with transaction.atomic():
        guards.take_down(connection)
        with connection.cursor() as cursor:
            yield cursor
        transaction.set_rollback(True)


def faults(chain=None):
    return [str(fault) for fault in Verification(chain).faults()]


def adapted(value):
    """A UUID as this database keeps it."""
    if isinstance(value, uuid.UUID) and connection.vendor == "sqlite":
        return value.hex
    return value


def only(company, number):
    """The clause that finds one event."""
    return "WHERE chain_id = %s AND sequence = %s", [adapted(company.pk), number]


def test_what_nobody_touched_holds(company):
    walk = Verification()
    assert list(walk.faults()) == []
    assert (walk.chains, walk.events, walk.erased) == (3, 8, 0)
    assert faults(company.pk) == []


CONTENT = "its content was changed: when, who, what, about what, the key or the details"

FIELDS = {
    "at": ("2026-01-01 00:00:00+00:00", CONTENT),
    "actor": (OTHER, CONTENT),
    "action": ("signed_in", CONTENT),
    "about": ("accounts.other", CONTENT),
    "about_id": ("0", CONTENT),
    "key": ("q9", CONTENT),
    "details": ('{"revision": 9}', CONTENT),
    "value_digest": ("0" * 64, "its value_digest was changed"),
    "previous": ("0" * 64, "its previous was changed"),
    "hash": ("0" * 64, "its hash was changed"),
    "sequence": (99, "its number was changed: it was 3"),
}


@pytest.mark.parametrize("column", FIELDS)
def test_a_changed_field_of_an_event(company, column):
    value, said = FIELDS[column]
    where, place = only(company, 3)
    with tampering() as cursor:
        cursor.execute(f"UPDATE audit_event SET {column} = %s {where}", [adapted(value), *place])
        found = faults()
    number = 99 if column == "sequence" else 3
    assert f"organisations.organisation {company.pk} #{number}: {said}" in found
    assert all(str(company.pk) in fault for fault in found)


def test_an_event_put_into_another_chain(company):
    where, place = only(company, 3)
    with tampering() as cursor:
        cursor.execute(f"UPDATE audit_event SET chain_id = %s {where}", [adapted(SITE.pk), *place])
        found = faults()
    assert f"organisations.organisation {company.pk}: event #3 is missing" in found
    assert any(fault.startswith(f"site {SITE.pk} #3: its content") for fault in found)


def test_every_field_of_an_event_is_tampered_with():
    assert {field.column for field in Event._meta.fields} == {*FIELDS, "id", "chain_id"}


def test_the_number_of_the_row_is_changed(company):
    event = Event.objects.get(chain=company.pk, sequence=3)
    with tampering() as cursor:
        cursor.execute("UPDATE audit_event SET id = 999999 WHERE id = %s", [event.pk])
        found = faults()
    assert any("#3: its values were removed" in fault for fault in found)
    assert f"values of event row {event.pk}: there is no such event" in found


@pytest.mark.parametrize(
    ("column", "value"),
    [("salt", "0"), ("actor_name", "王五"), ("old", "9"), ("new", "9"), ("new", None)],
)
def test_a_changed_value(company, column, value):
    event = Event.objects.get(chain=company.pk, sequence=2)
    with tampering() as cursor:
        cursor.execute(
            f"UPDATE audit_eventvalue SET {column} = %s WHERE event_id = %s", [value, event.pk]
        )
        found = faults()
    assert found == [
        (
            f"organisations.organisation {company.pk} #2: its values are not those of its digest: "
            "name, old, new or salt was changed"
        )
    ]


def test_values_of_two_events_are_swapped(company):
    first, second = Event.objects.filter(chain=company.pk)[:2]
    with tampering() as cursor:
        for before, after in ((first.pk, 0), (second.pk, first.pk), (0, second.pk)):
            cursor.execute(
                "UPDATE audit_eventvalue SET event_id = %s WHERE event_id = %s", [after, before]
            )
        found = faults()
    assert [fault.split(": ")[0][-2:] for fault in found] == ["#1", "#2"]


def test_every_field_of_a_value_is_tampered_with():
    columns = {field.column for field in EventValue._meta.fields}
    assert columns == {"event_id", "salt", "actor_name", "old", "new"}


def test_values_that_are_gone_without_an_erasure(company):
    event = Event.objects.get(chain=company.pk, sequence=2)
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_eventvalue WHERE event_id = %s", [event.pk])
        found = faults()
    assert found == [
        (
            f"organisations.organisation {company.pk} #2: its values were removed, "
            "and no erasure is recorded"
        )
    ]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("kind", "assessments.assessment", "it was organisations.organisation"),
        ("sequence", 3, "its row says that it ends at #3, but there are events up to #5"),
        ("sequence", 9, "events #6 to #9 missing"),
        ("head", "0" * 64, "#5: the head of the chain is not the hash of this event"),
        ("id", OTHER, "the row of the chain is missing; its events are there"),
    ],
)
def test_a_changed_field_of_a_chain(company, column, value, said):
    with tampering() as cursor:
        cursor.execute(
            f"UPDATE audit_chain SET {column} = %s WHERE id = %s",
            [adapted(value), adapted(company.pk)],
        )
        found = faults()
    assert any(said in fault for fault in found), found


def test_every_field_of_a_chain_is_tampered_with():
    assert {field.column for field in Chain._meta.fields} == {"id", "kind", "sequence", "head"}


@pytest.mark.parametrize(
    ("removed", "said"),
    [
        ([1], "event #1 is missing"),
        ([3], "event #3 is missing"),
        ([2, 3], "events #2 to #3 missing"),
        ([5], "event #5 is missing"),
        ([4, 5], "events #4 to #5 missing"),
        ([1, 2, 3, 4, 5], "events #1 to #5 missing"),
    ],
)
def test_removed_events(company, removed, said):
    with tampering() as cursor:
        for number in removed:
            where, place = only(company, number)
            cursor.execute(
                "DELETE FROM audit_eventvalue WHERE event_id IN "
                f"(SELECT id FROM audit_event {where})",
                place,
            )
            cursor.execute(f"DELETE FROM audit_event {where}", place)
        found = faults()
    assert found == [f"organisations.organisation {company.pk}: {said}"]


def test_an_event_is_removed_and_the_others_renumbered(company):
    with tampering() as cursor:
        where, place = only(company, 2)
        cursor.execute(f"DELETE FROM audit_event {where}", place)
        for number in (3, 4, 5):
            where, place = only(company, number)
            cursor.execute(f"UPDATE audit_event SET sequence = {number - 1} {where}", place)
        found = faults()
    assert any("#2: " in fault for fault in found)


def test_two_events_change_places(company):
    with tampering() as cursor:
        for before, after in ((2, 99), (3, 2), (99, 3)):
            where, place = only(company, before)
            cursor.execute(f"UPDATE audit_event SET sequence = {after} {where}", place)
        found = faults()
    assert f"organisations.organisation {company.pk} #2: its number was changed: it was 3" in found
    assert f"organisations.organisation {company.pk} #3: its number was changed: it was 2" in found


def test_an_event_is_written_anew_with_a_hash_that_fits(company):
    event = Event.objects.select_related("chain").get(chain=company.pk, sequence=3)
    event.key = "q9"
    where, place = only(company, 3)
    from compliance.audit.digests import hash_of

    with tampering() as cursor:
        cursor.execute(
            f"UPDATE audit_event SET key = 'q9', hash = %s {where}",
            [hash_of(event.chained(event.chain.kind)), *place],
        )
        found = faults()
    assert found == [
        (
            f"organisations.organisation {company.pk} #4: it does not follow the event before it: "
            "that one was changed or replaced"
        )
    ]


def test_the_row_of_a_chain_is_removed(company):
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_chain WHERE id = %s", [adapted(company.pk)])
        found = faults()
    assert len(found) == 1
    assert "#5: the row of the chain is missing" in found[0]


FLOATS = st.floats(allow_nan=False, allow_infinity=False)
COLUMNS = [
    ("audit_event", "at", st.datetimes().map(lambda at: at.isoformat(" ") + "+00:00")),
    ("audit_event", "actor", st.uuids()),
    *(
        ("audit_event", column, st.text("abcdef0123456789_", max_size=12))
        for column in ("action", "about", "about_id", "key", "value_digest", "previous", "hash")
    ),
    ("audit_event", "sequence", st.integers(0, 10_000)),
    (
        "audit_event",
        "details",
        st.dictionaries(st.text("abc"), FLOATS),
    ),
    ("audit_eventvalue", "salt", st.text("abcdef0123456789", max_size=32)),
    ("audit_eventvalue", "actor_name", st.text("张三李四", max_size=8)),
    ("audit_eventvalue", "old", st.integers() | st.lists(st.booleans())),
    ("audit_eventvalue", "new", st.integers() | st.dictionaries(st.text("abc"), st.none())),
    ("audit_chain", "kind", st.text("abcdef.", max_size=12)),
    ("audit_chain", "sequence", st.integers(0, 10_000)),
    ("audit_chain", "head", st.text("abcdef0123456789", max_size=64)),
]
JSON = {"details", "old", "new"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_change_of_any_field_goes_unseen(company, data):
    table, column, values = data.draw(st.sampled_from(COLUMNS))
    key = {"audit_event": "id", "audit_eventvalue": "event_id", "audit_chain": "id"}[table]
    model = {"audit_event": Event, "audit_eventvalue": EventValue, "audit_chain": Chain}[table]
    row = data.draw(st.sampled_from(list(model.objects.order_by("pk"))))
    value = data.draw(values)
    if column in JSON:
        value = json.dumps(value)
    before = getattr(row, column)
    with tampering() as cursor:
        with contextlib.suppress(Exception), transaction.atomic():
            # A number that another event has is refused by the database itself.
            cursor.execute(
                f"UPDATE {table} SET {column} = %s WHERE {key} = %s",
                [adapted(value), adapted(row.pk)],
            )
        row.refresh_from_db()
        changed = getattr(row, column) != before
        found = faults()
    assert bool(found) == changed


def run(*arguments):
    out = StringIO()
    try:
        call_command("verify_audit_log", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


def test_the_command_says_that_all_holds(company):
    assert run() == (0, "8 events in 3 chains hold.\n")
    assert run("--assessment", str(company.pk)) == (0, "5 events in 1 chains hold.\n")


def test_the_command_names_the_place_and_fails(company):
    where, place = only(company, 3)
    with tampering() as cursor:
        cursor.execute(f"UPDATE audit_event SET key = 'q9' {where}", place)
        code, said = run()
    assert code == 1
    assert f"{company.pk} #3: its content was changed" in said
    assert "8 events in 3 chains read: 1 faults" in said


def test_the_command_finds_a_printed_head(company):
    third = Event.objects.get(chain=company.pk, sequence=3)
    code, said = run("--head", third.hash.upper(), "--chain", str(company.pk))
    assert code == 0
    assert f"{third.hash}: event #3 of organisations.organisation {company.pk}, " in said
    assert "2 came after it" in said
    code, said = run("--head", third.hash, "--chain", str(SITE.pk))
    assert (code, "no event has this hash" in said) == (1, True)
    assert run("--head", "f" * 64)[0] == 1


@pytest.mark.parametrize("arguments", [["--assessment", "x"], ["--head", "x"], ["--nonsense"]])
def test_a_wrong_call_is_no_verdict(arguments):
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit_log", *arguments)
    assert (
        "not a UUID" in str(refused.value)
        or "64 hex" in str(refused.value)
        or ("unrecognized" in str(refused.value))
    )


def test_a_chain_that_there_is_not(company):
    assert run("--assessment", str(uuid.uuid4()))[0] == 1


def test_the_walk_asks_no_more_for_more_events(company, django_assert_max_num_queries):
    record_all([Entry(Action.ANSWER_CHANGED)] * 3000, by=None, chain=company)
    with django_assert_max_num_queries(3):
        assert faults(company.pk) == []
