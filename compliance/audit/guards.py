"""Triggers by which the database itself refuses to change the record.

What is appended stays: an event can be neither updated nor deleted, its values can only be erased
whole, and a chain can only move on to an event that exists.
"""

from compliance.triggers import Guards

ADVANCES = """
    NEW.id = OLD.id AND NEW.kind = OLD.kind AND NEW.sequence > OLD.sequence
    AND EXISTS (SELECT 1 FROM audit_event WHERE audit_event.chain_id = NEW.id
                AND audit_event.sequence = NEW.sequence AND audit_event.hash = NEW.head)
"""
TABLES = ("audit_chain", "audit_event", "audit_eventvalue")

SQLITE = {
    "audit_event_stays": "BEFORE UPDATE ON audit_event",
    "audit_event_remains": "BEFORE DELETE ON audit_event",
    "audit_eventvalue_stays": "BEFORE UPDATE ON audit_eventvalue",
    "audit_chain_remains": "BEFORE DELETE ON audit_chain",
    "audit_chain_advances": f"BEFORE UPDATE ON audit_chain WHEN NOT ({ADVANCES})",
    # INSERT OR REPLACE deletes the row that is in its way without asking the triggers above.
    "audit_event_is_new": """BEFORE INSERT ON audit_event WHEN EXISTS (
        SELECT 1 FROM audit_event WHERE id = NEW.id
        OR (chain_id = NEW.chain_id AND sequence = NEW.sequence))""",
    "audit_eventvalue_is_new": """BEFORE INSERT ON audit_eventvalue WHEN EXISTS (
        SELECT 1 FROM audit_eventvalue WHERE event_id = NEW.event_id)""",
    "audit_chain_is_new": """BEFORE INSERT ON audit_chain WHEN EXISTS (
        SELECT 1 FROM audit_chain WHERE id = NEW.id)""",
}
"""The triggers on SQLite: by name, when each refuses."""

POSTGRESQL = {
    "audit_event_stays": "BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW",
    "audit_event_remains": "BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT",
    "audit_eventvalue_stays": "BEFORE UPDATE ON audit_eventvalue FOR EACH ROW",
    "audit_eventvalue_remains": "BEFORE TRUNCATE ON audit_eventvalue FOR EACH STATEMENT",
    "audit_chain_stays": "BEFORE DELETE ON audit_chain FOR EACH ROW",
    "audit_chain_remains": "BEFORE TRUNCATE ON audit_chain FOR EACH STATEMENT",
}
"""The triggers on PostgreSQL, but for the one that looks at the row."""

GUARDS = Guards(
    name="audit",
    refusal="the record of what was done is only ever added to",
    sqlite=SQLITE,
    postgresql=POSTGRESQL,
    postgresql_unless={
        "audit_chain_advances": ("BEFORE UPDATE ON audit_chain FOR EACH ROW", ADVANCES)
    },
)
put_up, take_down, lifted = GUARDS.put_up, GUARDS.take_down, GUARDS.lifted
