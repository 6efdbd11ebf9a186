"""Triggers by which the database itself keeps what was handed in as it was.

A submission can be neither deleted nor changed, but for its status: a current one is replaced or
withdrawn, once. A migration that alters the table on SQLite remakes it without its triggers: it
must put them up again.
"""

from compliance.triggers import Guards

TABLE = "assessments_submission"
FROZEN = (
    "id",
    "assessment_id",
    "round",
    "number",
    "document",
    "sha256",
    "sm3",
    "submitted_at",
    "submitted_by_id",
    "organisation_id",
    "region",
    "questionnaire",
    "tier",
    "rating",
    "score",
)

_SAME = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in FROZEN)
_ENDS = f"{_SAME} AND OLD.status = 'current' AND NEW.status IN ('replaced', 'withdrawn')"
SQLITE = {
    "submission_stays": f"BEFORE UPDATE ON {TABLE} WHEN NOT ({_ENDS})",
    "submission_remains": f"BEFORE DELETE ON {TABLE}",
    # INSERT OR REPLACE deletes the row that is in its way without asking the triggers above.
    "submission_is_new": """BEFORE INSERT ON assessments_submission WHEN EXISTS (
        SELECT 1 FROM assessments_submission WHERE id = NEW.id OR number = NEW.number
        OR (assessment_id = NEW.assessment_id AND round = NEW.round))""",
}
POSTGRESQL = {
    "submission_stays": f"BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN (NOT ({_ENDS}))",
    "submission_remains": f"BEFORE DELETE ON {TABLE} FOR EACH ROW",
    "submission_is_kept": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT",
}

GUARDS = Guards(
    name="submission",
    refusal="what was submitted never changes",
    sqlite=SQLITE,
    postgresql=POSTGRESQL,
)
put_up, take_down, lifted = GUARDS.put_up, GUARDS.take_down, GUARDS.lifted
