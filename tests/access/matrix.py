"""Who gets what from which address: the one table that says so.

Each entry names an address (its reverse name) and, for each method that it knows, the status that
each visitor receives. A visitor that an entry does not name receives what "else" says. Every other
method is a 405. 302 is the way to the sign-in page wherever SIGN_IN stands.
"""

SIGN_IN = "sign in"

INSIDE = ("contributor", "compliance_officer", "signatory", "auditor")
OUTSIDE = (
    "foreign_contributor",
    "foreign_officer",
    "foreign_signatory",
    "foreign_auditor",
    "reviewer",
    "lead_reviewer",
    "panellist",
    "former_officer",
    "nobody",
    "administrator",
)
VISITORS = ("anonymous", *INSIDE, *OUTSIDE)

Statuses = dict[str, int | str]


def everyone(status: int) -> Statuses:
    return {"else": status}


def signed_in(status: int) -> Statuses:
    return {"anonymous": SIGN_IN, "else": status}


def starters(status: int) -> Statuses:
    """Compliance officers, each in their own company."""
    officers = ("compliance_officer", "foreign_officer")
    return {"anonymous": SIGN_IN, **dict.fromkeys(officers, status), "else": 403}


def own_company(status: int) -> Statuses:
    """Everyone in the company; for everyone else there is no such thing."""
    return {"anonymous": SIGN_IN, **dict.fromkeys(INSIDE, status), "else": 404}


def who_answers(status: int) -> Statuses:
    """Contributors and officers of the company; its other roles may not."""
    answering = dict.fromkeys(("contributor", "compliance_officer"), status)
    reading = dict.fromkeys(("signatory", "auditor"), 403)
    return {"anonymous": 403, **answering, **reading, "else": 404}


def who_decides(status: int) -> Statuses:
    """Compliance officers of the company; its other roles may not."""
    reading = dict.fromkeys(INSIDE, 403)
    return {"anonymous": SIGN_IN, **reading, "compliance_officer": status, "else": 404}


def who_fills_in(status: int) -> Statuses:
    """Contributors and officers of the company, who must sign in before they send a file."""
    return {**who_answers(status), "anonymous": SIGN_IN}


def who_sent_it(status: int) -> Statuses:
    """The officer who sent the workbook; for their colleague there is no such thing."""
    return {**who_fills_in(404), "compliance_officer": status}


MATRIX: dict[str, dict[str, Statuses]] = {
    "home": {"GET": everyone(200)},
    "theme": {"POST": everyone(400)},  # empty: neither light nor dark
    "accounts:sign_in": {
        "GET": {"anonymous": 200, "else": 302},
        "POST": {"anonymous": 200, "else": 302},  # empty: the form again
        # Whoever has signed in is led on, whatever the method.
        **{other: {"anonymous": 405, "else": 302} for other in ("PUT", "PATCH", "DELETE")},
    },
    "accounts:sign_out": {"POST": everyone(302)},
    "accounts:password_change": {"GET": signed_in(200), "POST": signed_in(200)},
    "accounts:password_changed": {"GET": signed_in(200)},
    "organisations:subject_add": {"GET": starters(200), "POST": starters(200)},
    "assessments:list": {"GET": signed_in(200)},
    "assessments:start": {"GET": starters(200), "POST": starters(200)},
    "assessments:tasks": {"GET": own_company(200)},
    # Empty pages: whoever may answer is told that no page of ours is empty.
    "assessments:section": {
        "GET": own_company(200),
        "POST": who_answers(400),
        **{other: own_company(405) for other in ("PUT", "PATCH", "DELETE")},
    },
    "assessments:autosave": {"POST": who_answers(400)},
    "assessments:workbook": {"GET": who_fills_in(200)},
    "assessments:offline": {"GET": who_fills_in(200), "POST": who_fills_in(400)},  # no file
    "assessments:import": {"GET": who_sent_it(200), "POST": {**who_sent_it(302), "anonymous": 403}},
    "assessments:import_cancel": {"POST": who_sent_it(302)},
    "assessments:check": {"GET": own_company(200)},
    # A draft without its scope cannot be finished: back to the answers. Reopening it is needless:
    # back to the task list.
    "assessments:finish": {"GET": who_decides(302), "POST": who_decides(302)},
    "assessments:reopen": {"GET": own_company(302), "POST": who_decides(302)},
    "assessments:reuse": {
        "GET": who_answers(200) | {"anonymous": SIGN_IN},
        "POST": who_answers(200) | {"anonymous": SIGN_IN},
    },
    # Its version is the current one: back to the task list.
    "assessments:upgrade": {"GET": who_decides(302), "POST": who_decides(302)},
    "assessments:result": {"GET": own_company(200)},
    "assessments:planned": {"GET": own_company(200)},
    "assessments:explain_score": {"GET": own_company(200)},
    "assessments:explain_domain": {"GET": own_company(200)},
    "assessments:explain_criterion": {"GET": own_company(200)},
    # A questionnaire is no secret: signing in is enough.
    "library:list": {"GET": signed_in(200)},
    "library:questionnaire": {"GET": signed_in(200)},
    "library:traceability": {"GET": signed_in(200)},
    "library:traceability_workbook": {"GET": signed_in(200)},
    "law_changes": {"GET": signed_in(200)},
    "reports:gap_report": {"GET": own_company(200)},
    "reports:questionnaire": {"GET": signed_in(200)},
}
