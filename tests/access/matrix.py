"""Who gets what from which address: the one table that says so.

Each entry names an address (its reverse name) and, for each method that it knows, the status that
each visitor receives. A visitor that an entry does not name receives what "else" says. Where it
depends on the status of the assessment, an entry is a `While`. Every other method is a 405. 302 is
the way to the sign-in page wherever SIGN_IN stands.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from compliance.lifecycle import OPEN_FOR_ANSWERS, Status

SIGN_IN = "sign in"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

INSIDE = ("contributor", "compliance_officer", "signatory", "auditor")
REGULATOR = ("reviewer", "lead_reviewer", "regulator_auditor")
NEARBY = (*INSIDE, *REGULATOR, "panellist", "foreign_officer")
"""Whom an assessment concerns, and one whom it does not: they are asked in every status."""
OUTSIDE = (
    "foreign_contributor",
    "foreign_officer",
    "foreign_signatory",
    "foreign_auditor",
    *REGULATOR,
    "distant_reviewer",
    "distant_lead",
    "distant_auditor",
    "panellist",
    "foreign_panellist",
    "former_officer",
    "revoked_officer",  # in mid-session
    "dismissed_contributor",  # in mid-session, who may no longer sign in either
    "nobody",
    "administrator",
)
VISITORS = ("anonymous", *INSIDE, *OUTSIDE)

LIKE_ANONYMOUS = "dismissed_contributor"

Statuses = dict[str, int | str]


@dataclass(frozen=True)
class While:
    """What visitors receive while the assessment is in one of some statuses, and what otherwise."""

    statuses: AbstractSet[Status]
    then: "Entry"
    otherwise: "Entry"


Entry = Statuses | While


def declared(name: str, method: str, visitor: str, status: Status) -> int | str:
    """Return what the table says that a visitor receives."""
    entry: Entry = MATRIX[name].get(method, {"else": 405})
    while isinstance(entry, While):
        entry = entry.then if status in entry.statuses else entry.otherwise
    return entry.get("anonymous" if visitor == LIKE_ANONYMOUS else visitor, entry["else"])


def entries(methods: Mapping[str, Entry]) -> Iterator[Statuses]:
    """Yield what an address declares, for each method and status."""
    open_ = list(methods.values())
    while open_:
        entry = open_.pop()
        if isinstance(entry, While):
            open_ += [entry.then, entry.otherwise]
        else:
            yield entry


NO_CONTRIBUTOR: Statuses = {"contributor": 403}
ANEW: Statuses = {"anonymous": 403}
"""Whoever has sent a form after their session ended signs in anew, and the form goes on."""


def everyone(status: int) -> Statuses:
    return {"else": status}


def signed_in(status: int) -> Statuses:
    return {"anonymous": SIGN_IN, "else": status}


def only_without_account(status: int | str) -> dict[str, Statuses]:
    """Whoever has signed in is led on, whatever the method."""
    others = {method: {"anonymous": 405, "else": 302} for method in ("PUT", "PATCH", "DELETE")}
    sent = 422 if status == 200 else status  # empty: the form again
    return {
        "GET": {"anonymous": status, "else": 302},
        "POST": {"anonymous": sent, "else": 302},
        **others,
    }


def starters(status: int) -> Statuses:
    """Compliance officers, each in their own company."""
    officers = ("compliance_officer", "foreign_officer")
    return {"anonymous": SIGN_IN, **dict.fromkeys(officers, status), "else": 403}


def administrators(status: int) -> Statuses:
    """Administrators of the site."""
    return {"anonymous": SIGN_IN, "administrator": status, "else": 403}


def only_administrators(status: int) -> Statuses:
    """Administrators of the site; for everyone else there is no such thing."""
    return {"anonymous": SIGN_IN, "administrator": status, "else": 404}


def who_oversees(status: int) -> Statuses:
    """Everyone in the company but its contributors."""
    return {**own_company(status), "contributor": 403}


def own_company(status: int) -> Statuses:
    """Everyone in the company; for everyone else there is no such thing."""
    return {"anonymous": SIGN_IN, **dict.fromkeys(INSIDE, status), "else": 404}


def who_answers(status: int) -> Statuses:
    """Contributors and officers of the company; its other roles may not."""
    answering = dict.fromkeys(("contributor", "compliance_officer"), status)
    reading = dict.fromkeys(("signatory", "auditor"), 403)
    return {"anonymous": 403, **answering, **reading, "else": 404}


def who_discusses(status: int) -> Statuses:
    """Everyone in the company but its auditors, who read."""
    saying = dict.fromkeys(("contributor", "compliance_officer", "signatory"), status)
    return {"anonymous": 403, **saying, "auditor": 403, "else": 404}


def who_decides(status: int) -> Statuses:
    """Compliance officers of the company; its other roles may not."""
    reading = dict.fromkeys(INSIDE, 403)
    return {"anonymous": SIGN_IN, **reading, "compliance_officer": status, "else": 404}


def who_signs(status: int, *others: str) -> Statuses:
    """Signatories of the company, and the others who are named; its other roles may not."""
    reading = {"anonymous": SIGN_IN, **dict.fromkeys(INSIDE, 403), "else": 404}
    return reading | dict.fromkeys(("signatory", *others), status)


def who_fills_in(status: int) -> Statuses:
    """Contributors and officers of the company, who must sign in before they send a file."""
    return {**who_answers(status), "anonymous": SIGN_IN}


def who_sent_it(status: int) -> Statuses:
    """The officer who sent the workbook; for their colleague there is no such thing."""
    return {**who_fills_in(404), "compliance_officer": status}


def to_the_officer(status: int) -> Statuses:
    """The officer to whom it was sent; for everyone else there is no such thing."""
    return {"anonymous": SIGN_IN, "compliance_officer": status, "else": 404}


def who_closes(status: int) -> Statuses:
    """The company's officer and signatory, where the action is somebody else's."""
    return {**who_decides(status), "signatory": status}


def inside(status: int) -> Statuses:
    """Everyone in the company."""
    return dict.fromkeys(INSIDE, status)


def who_works(status: int) -> Statuses:
    """The company's officer, and the contributor to whom the action was given."""
    return {**who_decides(status), "contributor": status}


def who_reinspects(status: int) -> Statuses:
    """Reviewers of the regulator that demands the action; the company may not."""
    return {**who_reviews(status), **inside(403)}


def who_grants_time(status: int) -> Statuses:
    """The lead of the regulator that demands the action; the company may not."""
    return {**who_leads(status), **inside(403)}


def parties(status: int) -> Statuses:
    """Everyone in the company, its regulator, and the association before which they dispute."""
    return {**jurisdiction(status), **inside(status), "panellist": status}


def jurisdiction(status: int) -> Statuses:
    """Everyone in the regulator of the region; elsewhere there is no such submission."""
    return {"anonymous": SIGN_IN, **dict.fromkeys(REGULATOR, status), "else": 404}


def who_reviews(status: int) -> Statuses:
    """Reviewers and the lead of the regulator of the region; its auditor only reads."""
    return {**jurisdiction(status), "regulator_auditor": 403}


def who_leads(status: int) -> Statuses:
    """The lead of the regulator of the region; its other people may not."""
    return {**jurisdiction(403), "lead_reviewer": status}


def regulators(status: int) -> Statuses:
    """Everyone in a regulator, wherever it is; what they see there is their own."""
    distant = ("distant_reviewer", "distant_lead", "distant_auditor")
    return {"anonymous": SIGN_IN, **dict.fromkeys((*REGULATOR, *distant), status), "else": 403}


def leads(status: int) -> Statuses:
    """Leads of any regulator."""
    return {"anonymous": SIGN_IN, "lead_reviewer": status, "distant_lead": status, "else": 403}


def reviewers(status: int) -> Statuses:
    """Reviewers and leads of any regulator."""
    return {**regulators(status), "regulator_auditor": 403, "distant_auditor": 403}


DECIDED = frozenset(
    {
        Status.RETURNED,
        Status.REMEDIATION_DEMANDED,
        Status.REPORTED,
        Status.CLOSED,
        Status.PASSED,
        Status.ARCHIVED,
    }
)
DISPUTED = DECIDED - {Status.PASSED, Status.ARCHIVED}
DEMANDED = frozenset({Status.REMEDIATION_DEMANDED, Status.REPORTED, Status.CLOSED})
NOT_TAKEN_UP = frozenset({Status.SUBMITTED, Status.WITHDRAWN})
REVIEWED = frozenset({Status.CLOSED, Status.PASSED})
SET_DOWN = frozenset({Status.FINISHED, Status.WITHDRAWN})


def while_answers_change(
    who: Callable[[int], Statuses], status: int = 200, otherwise: int = 409
) -> While:
    """These people, as long as answers can be changed."""
    return While(OPEN_FOR_ANSWERS, who(status), who(otherwise))


def of_action(statuses: Statuses, once_reported: Statuses | None = None) -> While:
    """These people of the company; a regulator that demands the action sees it, and may not."""
    seen = dict.fromkeys(REGULATOR, 403)
    demanded = While(
        {Status.REMEDIATION_DEMANDED}, statuses | seen, (once_reported or statuses) | seen
    )
    return While(DEMANDED, demanded, statuses)


CHANGED = ("accounts_user", "organisations_organisation", "organisations_subject")
SHOWN = ("library_questionnaireversion", "audit_chain", "audit_event")


def administration() -> dict[str, dict[str, Statuses]]:
    """The pages of the administration, for administrators of the site alone."""
    shown = {"GET": administrators(200)}
    form = {"GET": administrators(200), "POST": administrators(422)}  # empty: the form again
    found = {f"admin:{name}": shown for name in ("index", "jsi18n", "app_list")}
    for model in (*CHANGED, *SHOWN, "organisations_membership"):
        found[f"admin:{model}_changelist"] = shown
        found[f"admin:{model}_history"] = {"GET": administrators(302)}
        found[f"admin:{model}_change"] = form
    for model in SHOWN:
        found[f"admin:{model}_change"] = shown | {"POST": administrators(403)}
    # Empty: the role of someone else is ended.
    found["admin:organisations_membership_change"] = shown | {"POST": administrators(302)}
    found["admin:organisations_membership_add"] = form
    return found


MATRIX: dict[str, Mapping[str, Entry]] = {
    **administration(),
    "home": {"GET": everyone(200)},
    "theme": {"POST": everyone(400)},  # empty: neither light nor dark
    "account_login": only_without_account(200),
    "account_signup": only_without_account(200),
    "mfa_login_webauthn": only_without_account(200) | {"POST": {"anonymous": SIGN_IN, "else": 302}},
    # Nobody has given a password: there is no second step.
    "mfa_authenticate": only_without_account(SIGN_IN),
    "account_inactive": {"GET": everyone(200)},
    "account_logout": {"POST": everyone(302)},
    "account_email_verification_sent": {"GET": everyone(200)},
    # Links that nobody was sent: a page that says so, or nothing to confirm.
    "account_confirm_email": {"GET": everyone(200), "POST": everyone(404)},
    "account_reset_password": {"GET": everyone(200), "POST": everyone(422)},
    "account_reset_password_done": {"GET": everyone(200)},
    "account_reset_password_from_key": {"GET": everyone(200), "POST": everyone(422)},
    "account_reset_password_from_key_done": {"GET": everyone(200)},
    "account": {"GET": signed_in(200), "POST": signed_in(422) | ANEW},
    "account_email": {"GET": signed_in(200), "POST": signed_in(302)},  # nothing was pressed
    # Our visitors have no password: on to where one is chosen, and no way to confirm who they are.
    "account_change_password": dict.fromkeys(METHODS, signed_in(302)),
    "account_reauthenticate": dict.fromkeys(METHODS, signed_in(403)),
    "mfa_reauthenticate": dict.fromkeys(METHODS, signed_in(403)),
    "mfa_reauthenticate_webauthn": dict.fromkeys(METHODS, signed_in(403)),
    # Nor do they have a second factor yet: nothing to see or to remove.
    "mfa_index": {"GET": signed_in(200)},
    "mfa_activate_totp": {"GET": signed_in(200), "POST": signed_in(422)},
    "mfa_deactivate_totp": dict.fromkeys(METHODS, signed_in(404)),
    "mfa_add_webauthn": {"GET": signed_in(200), "POST": signed_in(422)},
    "mfa_remove_webauthn": {"GET": signed_in(404), "POST": signed_in(404)},
    "mfa_view_recovery_codes": {"GET": signed_in(404)},
    "mfa_generate_recovery_codes": {"GET": signed_in(200), "POST": signed_in(422)},
    "mfa_download_recovery_codes": dict.fromkeys(METHODS, signed_in(404)),
    "usersessions_list": {"GET": signed_in(200), "POST": signed_in(302)},
    "organisations:list": {"GET": signed_in(200)},
    "organisations:register": {"GET": signed_in(200), "POST": signed_in(422) | ANEW},
    "organisations:add": {"GET": administrators(200), "POST": administrators(422) | ANEW},
    "organisations:overview": {"GET": own_company(200)},
    "organisations:edit": {"GET": who_decides(200), "POST": who_decides(422) | ANEW},
    "organisations:people": {"GET": own_company(200)},
    "organisations:roles": {"GET": who_decides(200), "POST": who_decides(422) | ANEW},
    # The only officer, who cannot leave: the form again.
    "leave": {"GET": who_decides(200), "POST": who_decides(422) | ANEW},
    "organisations:invite": {"GET": who_decides(200), "POST": who_decides(422) | ANEW},
    "organisations:invite_again": {"POST": who_decides(302) | ANEW},
    "organisations:revoke": {"POST": who_decides(302) | ANEW},
    # For someone new: everyone who has signed in has another address.
    "organisations:invitation": {
        "GET": {"anonymous": 200, "else": 403},
        "POST": {"anonymous": 422, "else": 403},
    },
    "organisations:name_deputy": {"GET": own_company(200), "POST": own_company(422) | ANEW},
    "organisations:end_deputy": {"POST": who_decides(302) | ANEW},
    "organisations:subjects": {"GET": own_company(200)},
    "organisations:subject_add": {"GET": starters(200), "POST": starters(422) | ANEW},
    "organisations:subject_edit": {"GET": who_decides(200), "POST": who_decides(422) | ANEW},
    "organisations:subject_archive": {"GET": who_decides(200), "POST": who_decides(302)},
    "organisations:subject_restore": {"POST": who_decides(302) | ANEW},
    "assessments:list": {"GET": signed_in(200)},
    "assessments:start": {"GET": starters(200), "POST": starters(422) | ANEW},
    "assessments:tasks": {"GET": own_company(200)},
    # Empty pages: whoever may answer is told that no page of ours is empty.
    "assessments:section": {
        "GET": own_company(200),
        "POST": who_answers(400),
        **{other: own_company(405) for other in ("PUT", "PATCH", "DELETE")},
    },
    # Nobody has the section: there is nothing to report.
    "assessments:report_done": {"POST": while_answers_change(who_answers, 403)},
    "assessments:assign": {
        "GET": while_answers_change(who_decides),
        # Empty: it shows no state.
        "POST": While(OPEN_FOR_ANSWERS, who_decides(409) | ANEW, who_decides(302) | ANEW),
    },
    "assessments:threads": {"GET": own_company(200)},
    # Empty: nothing is said.
    "assessments:thread": {"GET": own_company(200), "POST": who_discusses(422)},
    # Empty: no answer is chosen.
    "assessments:claim_history": {"GET": own_company(200)},
    "assessments:history": {
        "GET": own_company(200),
        "POST": while_answers_change(who_answers, 400),
    },
    "assessments:autosave": {"POST": While(OPEN_FOR_ANSWERS, who_answers(400), who_answers(403))},
    "assessments:workbook": {"GET": while_answers_change(who_fills_in)},
    "assessments:offline": {
        "GET": while_answers_change(who_fills_in),
        "POST": while_answers_change(who_fills_in, 422),  # no file
    },
    "assessments:import": {
        "GET": who_sent_it(200),
        "POST": While(OPEN_FOR_ANSWERS, who_sent_it(302) | ANEW, who_sent_it(409) | ANEW),
    },
    "assessments:import_cancel": {"POST": who_sent_it(302) | ANEW},
    # Nothing is added by an empty page; what is taken away leads back, be it gone already.
    "assessments:library": {"GET": signed_in(200)},
    "assessments:library_file": {"GET": own_company(200)},
    # A file without a title is as good as one with.
    # It was added by the officer.
    "assessments:library_edit": {
        "GET": who_fills_in(200) | NO_CONTRIBUTOR,
        "POST": who_answers(302) | NO_CONTRIBUTOR,
    },
    # It stands behind an answer: back to the list, with the reason.
    "assessments:library_remove": {
        "GET": who_fills_in(302) | NO_CONTRIBUTOR,
        "POST": who_fills_in(302) | NO_CONTRIBUTOR,
    },
    "assessments:library_restore": {"POST": who_answers(302) | NO_CONTRIBUTOR},
    "assessments:evidence": {
        "GET": own_company(200),
        "POST": while_answers_change(who_answers, 400),
    },
    "assessments:evidence_detach": {
        "GET": while_answers_change(who_fills_in, otherwise=302),
        "POST": who_answers(302),
    },
    "assessments:evidence_file": {"GET": own_company(200)},
    "assessments:signing": {"GET": own_company(200)},
    # Empty: the form again, unless the step is over.
    "assessments:request_signature": {
        "POST": While(
            {Status.FINISHED, Status.RETURNED}, who_decides(422) | ANEW, who_decides(409) | ANEW
        )
    },
    "assessments:approve": {
        "POST": While({Status.AWAITING_SIGNATURE}, who_signs(422) | ANEW, who_signs(409) | ANEW)
    },
    "assessments:decline": {
        "POST": While({Status.AWAITING_SIGNATURE}, who_signs(422) | ANEW, who_signs(409) | ANEW)
    },
    "assessments:recall": {
        "POST": While(
            {Status.AWAITING_SIGNATURE},
            who_signs(302, "compliance_officer") | ANEW,
            who_signs(409, "compliance_officer") | ANEW,
        )
    },
    # Nobody has approved it yet; once submitted, again: to the same receipt.
    "assessments:submit": {
        "POST": While({Status.AWAITING_SIGNATURE}, who_decides(409) | ANEW, who_decides(302) | ANEW)
    },
    "assessments:receipt": {"GET": own_company(200), "POST": who_decides(422) | ANEW},  # no scan
    "assessments:document": {"GET": own_company(200)},
    "assessments:scan": {"GET": own_company(200)},
    # Once under review: the way to the receipt. No reason: the form again.
    "assessments:withdraw": {
        "GET": While({Status.SUBMITTED}, who_decides(200), who_decides(302)),
        "POST": While({Status.SUBMITTED}, who_decides(422) | ANEW, who_decides(409) | ANEW),
    },
    "assessments:check": {"GET": own_company(200)},
    # Whatever is so already leads back to where it can be seen.
    "assessments:finish": {
        "GET": While({Status.DRAFT}, who_decides(200), own_company(302)),
        "POST": who_decides(302),
    },
    "assessments:reopen": {
        "GET": While(
            {Status.DRAFT}, own_company(302), While(SET_DOWN, who_decides(200), who_decides(409))
        ),
        "POST": While(SET_DOWN | {Status.DRAFT}, who_decides(302), who_decides(409)),
    },
    # Nothing is ticked.
    "assessments:reuse": {
        "GET": while_answers_change(who_fills_in),
        "POST": while_answers_change(who_fills_in, 422),
    },
    # Its version is the current one, or it is superseded already: back to where it can be seen.
    "assessments:upgrade": dict.fromkeys(
        ("GET", "POST"),
        While(SET_DOWN | {Status.DRAFT, Status.SUPERSEDED}, who_decides(302), who_decides(409)),
    ),
    "assessments:result": {"GET": own_company(200)},
    "assessments:planned": {"GET": own_company(200)},
    "assessments:explain_score": {"GET": own_company(200)},
    "assessments:explain_domain": {"GET": own_company(200)},
    "assessments:explain_criterion": {"GET": own_company(200)},
    # The notice is the officer's; for everyone else there is no such thing.
    "notices:list": {"GET": signed_in(200)},
    "notices:preferences": {"GET": signed_in(200), "POST": signed_in(422) | ANEW},  # empty
    "notices:mark_all_read": {"POST": signed_in(400) | ANEW},  # empty: until when?
    "notices:open": {"GET": to_the_officer(302)},
    "notices:mark_read": {"POST": to_the_officer(302) | ANEW},
    # A questionnaire is no secret: signing in is enough.
    "library:list": {"GET": signed_in(200)},
    "library:questionnaire": {"GET": signed_in(200)},
    "library:traceability": {"GET": signed_in(200)},
    "library:traceability_workbook": {"GET": signed_in(200)},
    "law_changes": {"GET": signed_in(200)},
    "reports:gap_report": {"GET": own_company(200)},
    "reports:submitted_report": {"GET": own_company(200)},
    "reports:receipt": {"GET": own_company(200)},
    # Whoever holds a report may check it.
    "verify": {"GET": everyone(200), "POST": everyone(422)},
    "reports:questionnaire": {"GET": signed_in(200)},
    "records:list": {"GET": signed_in(200)},
    "records:mine": {"GET": signed_in(200)},
    "records:mine_download": {"GET": signed_in(200)},
    "records:site": {"GET": only_administrators(200)},
    "records:site_download": {"GET": only_administrators(200)},
    "records:assessment": {"GET": who_oversees(200)},
    "records:assessment_download": {"GET": who_oversees(200)},
    "records:organisation": {"GET": who_oversees(200)},
    "records:organisation_download": {"GET": who_oversees(200)},
    "records:submission": {"GET": jurisdiction(200) | {"reviewer": 403}},
    "records:submission_download": {"GET": jurisdiction(200) | {"reviewer": 403}},
    # It has not ended: back to the result; archived it cannot be.
    "reviews:archive": {
        "GET": While(REVIEWED, own_company(302) | {"compliance_officer": 200}, own_company(302)),
        "POST": While(REVIEWED, who_decides(302), who_decides(409)),
    },
    "reviews:review": {"GET": jurisdiction(200)},
    "reviews:take_up": {
        "POST": While({Status.WITHDRAWN}, who_reviews(409) | ANEW, who_reviews(302) | ANEW)
    },
    "reviews:queue": {"GET": regulators(200)},
    "reviews:texts": {"GET": reviewers(200)},
    "reviews:text_add": {"GET": reviewers(200), "POST": reviewers(422) | {"anonymous": 403}},
    # Every regulator has its own.
    "reviews:text_edit": {
        "GET": reviewers(404) | {"reviewer": 200, "lead_reviewer": 200},
        "POST": reviewers(404) | {"reviewer": 422, "lead_reviewer": 422, "anonymous": 403},
    },
    "reviews:text_delete": {
        "GET": reviewers(404) | {"reviewer": 200, "lead_reviewer": 200},
        "POST": reviewers(302),
    },
    "reviews:criterion": {
        "GET": jurisdiction(200),
        "POST": While(NOT_TAKEN_UP, who_reviews(409) | ANEW, who_reviews(422) | ANEW),
    },
    "reviews:evidence": {"GET": jurisdiction(200)},
    "reviews:submitted_report": {"GET": jurisdiction(200)},
    "reviews:document": {"GET": jurisdiction(200)},
    "reviews:scan": {"GET": jurisdiction(200)},
    "reviews:assign": {
        "GET": While(NOT_TAKEN_UP, who_leads(409), who_leads(200)),
        "POST": While(NOT_TAKEN_UP, who_leads(409) | ANEW, who_leads(422) | ANEW),
    },
    "reviews:second_look": {
        "GET": While(NOT_TAKEN_UP, who_leads(409), who_leads(200)),
        "POST": While(NOT_TAKEN_UP, who_leads(409) | ANEW, who_leads(422) | ANEW),
    },
    "reviews:decide": {
        "GET": While(NOT_TAKEN_UP, who_leads(409), who_leads(200)),
        "POST": While(NOT_TAKEN_UP, who_leads(409) | ANEW, who_leads(422) | ANEW),
    },
    "reviews:cases": {"GET": signed_in(200)},
    "reviews:case": {"GET": parties(200)},
    "reviews:opinion": {
        "GET": parties(403) | {"panellist": 200},
        "POST": parties(403) | {"panellist": 422} | ANEW,
    },
    "reviews:decide_dispute": {
        "GET": parties(403) | {"lead_reviewer": 200},
        "POST": parties(403) | {"lead_reviewer": 422} | ANEW,
    },
    "reviews:withdraw_dispute": {
        "GET": parties(403) | {"compliance_officer": 200},
        "POST": While(
            {Status.CLOSED},
            parties(403) | {"compliance_officer": 409} | ANEW,
            parties(403) | {"compliance_officer": 302} | ANEW,
        ),
    },
    # Agreed with where it passed; else contested already: on to the case.
    "reviews:contest": {
        "GET": While(
            DISPUTED, who_decides(302), While(DECIDED, who_decides(404), own_company(404))
        ),
        "POST": While(
            DISPUTED,
            who_decides(422) | ANEW,
            While(DECIDED, who_decides(404) | ANEW, own_company(404) | ANEW),
        ),
    },
    "reviews:letter": {
        "GET": While(DECIDED, jurisdiction(200) | inside(200), signed_in(404)),
    },
    "reviews:reply": {
        "GET": While(
            DISPUTED, who_decides(200), While(DECIDED, who_decides(404), own_company(404))
        ),
        "POST": While(
            DISPUTED,
            who_decides(422) | ANEW,
            While(DECIDED, who_decides(404) | ANEW, own_company(404) | ANEW),
        ),
    },
    "reviews:outcome": {"GET": While(DECIDED, own_company(200), own_company(404))},
    "remediation:list": {"GET": signed_in(200)},
    "remediation:register": {"GET": signed_in(200)},
    "remediation:plan": {"GET": own_company(200)},
    # It demands nothing, or what it demands is not reported or reported already.
    "remediation:report_all": {
        "POST": While(DECIDED, who_decides(409) | ANEW, who_decides(404) | ANEW)
    },
    "remediation:add": {
        "GET": who_decides(200),
        "POST": who_decides(422) | {"anonymous": 403},
    },
    "remediation:demand": {
        "GET": While(DEMANDED, jurisdiction(200), jurisdiction(404)),
        "POST": who_leads(400),
    },
    # Of the company's own accord, and its signatory may close it; later a regulator demands it.
    "remediation:action": {
        "GET": While(DEMANDED, jurisdiction(200) | inside(200), own_company(200))
    },
    "remediation:change": {
        "GET": of_action(who_decides(200)),
        "POST": of_action(who_decides(422) | ANEW),
    },
    "remediation:begin": {
        "POST": of_action(who_works(302) | ANEW, once_reported=who_works(409) | ANEW)
    },
    "remediation:give_up": {
        "POST": of_action(who_decides(302) | ANEW, once_reported=who_decides(409) | ANEW)
    },
    "remediation:report": {
        "GET": of_action(who_works(200)),
        "POST": of_action(who_works(422) | ANEW),
    },
    "remediation:inspect": {
        "GET": While(DEMANDED, who_reinspects(200), who_closes(200)),
        "POST": While(DEMANDED, who_reinspects(422) | ANEW, who_closes(422) | ANEW),
    },
    "remediation:ask": {
        "GET": of_action(who_works(200)),
        "POST": of_action(who_works(422) | ANEW),
    },
    "remediation:answer": {
        "GET": While(DEMANDED, who_grants_time(200), who_closes(200)),
        "POST": While(DEMANDED, who_grants_time(422) | ANEW, who_closes(422) | ANEW),
    },
    "remediation:milestone": {
        "GET": of_action(who_works(200)),
        "POST": of_action(who_works(422) | ANEW),
    },
    "remediation:tick": {
        "POST": of_action(who_works(302) | ANEW, once_reported=who_works(409) | ANEW)
    },
    "oversight:campaigns": {"GET": regulators(200)},
    "oversight:begin": {"GET": leads(200), "POST": leads(422) | {"anonymous": 403}},
    "oversight:campaign": {"GET": jurisdiction(200)},
    "oversight:invite": {
        "GET": leads(200) | {"distant_lead": 404},
        "POST": leads(422) | {"anonymous": 403, "distant_lead": 404},
    },
    "oversight:remind": {"POST": who_leads(302) | ANEW},
    "oversight:end": {"GET": who_leads(200), "POST": who_leads(302) | ANEW},
    "oversight:invitation": {"GET": own_company(200)},
    "oversight:registers": {"GET": signed_in(200)},
    "oversight:register": {"GET": signed_in(200)},
}
