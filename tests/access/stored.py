"""Everything that is stored, cell by cell; and what each form of the site may store."""

from typing import Any

from django.apps import apps

MODELS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("compliance.")
    for model in config.get_models()
]
OWN_LOG = {"Chain", "Event", "EventValue", "Notice"}
"""What is written about every step."""


def snapshot() -> dict[tuple[str, str, str], Any]:
    """Return every stored value by model, row and column, but what is written about each step."""
    return {
        (model.__name__, str(row[model._meta.pk.attname]), name): value
        for model in MODELS
        if model.__name__ not in OWN_LOG
        for row in model._default_manager.values()
        for name, value in row.items()
    }


STORES: dict[str, str] = {
    "assessments:approve": (
        "SignOff.approved_at, SignOff.approved_by_id, SignOff.capacity, "
        "SignOff.representative, SignOff.state"
    ),
    "assessments:decline": (
        "Assessment.status, SignOff.ended_at, SignOff.ended_by_id, SignOff.reason, SignOff.state"
    ),
    "assessments:finish": "Assessment.status",
    "assessments:import": "WorkbookImport.status",
    "assessments:library_edit": "Evidence.expires_on, Evidence.issued_on",
    "assessments:recall": "Assessment.status, SignOff.ended_at, SignOff.ended_by_id, SignOff.state",
    "assessments:reopen": "Assessment.status",
    "assessments:start": "new Assessment",
    "assessments:thread": "ThreadReading.until, new Message",
    "assessments:withdraw": (
        "Assessment.status, Submission.status, Submission.withdrawal_reason, "
        "Submission.withdrawn_at, Submission.withdrawn_by_id"
    ),
    "notices:preferences": "new Preference",
    "organisations:edit": "Organisation.industry",
    "organisations:end_deputy": "Deputyship.last_day",
    "organisations:invite_again": (
        "Invitation.expires_at, Invitation.sent_at, Invitation.token_digest"
    ),
    "organisations:revoke": "Invitation.revoked_at",
    "organisations:subject_archive": "Subject.archived_at",
    "oversight:end": "Campaign.ended_at",
    "oversight:remind": "Invited.reminded_at",
    "remediation:add": "new RemediationAction",
    "remediation:answer": (
        "Extension.answer, Extension.answered_at, Extension.answered_by_id, Extension.note, "
        "RemediationAction.due_on"
    ),
    "remediation:begin": "RemediationAction.status",
    "remediation:change": (
        "RemediationAction.department, RemediationAction.due_on, RemediationAction.means, "
        "RemediationAction.title"
    ),
    "remediation:give_up": "RemediationAction.status",
    "remediation:inspect": (
        "RemediationAction.status, Report.closes, Report.inspected_at, "
        "Report.inspected_by_id, Report.note"
    ),
    "remediation:milestone": "new Milestone",
    "remediation:report": "RemediationAction.status, new Report",
    "remediation:tick": "Milestone.done_on",
    "reviews:archive": "Assessment.status",
    "reviews:criterion": "new Finding",
    "reviews:decide_dispute": (
        "Dispute.decided_at, Dispute.decided_by_id, Dispute.effect, Dispute.outcome, "
        "Dispute.reasons, Dispute.status"
    ),
    "reviews:opinion": "Dispute.status, Opinion.at, Opinion.reasons, Opinion.side, new Opinion",
    "reviews:reply": "new Reply",
    "reviews:take_up": "Assessment.status, new Review",
    "reviews:text_add": "new ReusableText",
    "reviews:text_edit": (
        "ReusableText.at, ReusableText.by_id, ReusableText.text, ReusableText.title"
    ),
    "reviews:withdraw_dispute": "Dispute.status",
}
"""What each address stores: columns of rows that there are, and new rows. Others store nothing."""

FORMS: dict[str, str] = {
    "MembershipForm": "",
    "DeputyForm": "absent deputy first_day last_day",
    "Profile": "name language",
    "OrganisationForm": (
        "name name_en credit_code region industry address contact_name contact_phone"
    ),
    "JurisdictionForm": (
        "name name_en credit_code region industry address contact_name contact_phone"
    ),
    "NewOrganisationForm": "kind name name_en credit_code region address",
    "SubjectForm": "name kind company_role version address launched_on filing_number",
    "NewSubjectForm": (
        "organisation name kind company_role version address launched_on filing_number"
    ),
    "PreferenceForm": "mail",
    "UpgradeForm": "reference_date",
    "StartForm": "version subject situation reference_date",
    "EvidenceForm": "title issued_on expires_on",
    "FileForm": "title issued_on expires_on",
    "LinkForm": "address title issued_on expires_on",
    "RequestForm": "prepared_by third_party third_party_code third_party_scope",
    "ApproveForm": "representative capacity",
    "TextForm": "organisation title text",
    "ActionForm": "title detail department owner means cost due_on",
    "MilestoneForm": "title due_on",
}
"""What each form of a model takes from a person."""

ADMINISTERED: dict[str, str] = {
    "User": "name language is_active is_staff",
    "Organisation": "name name_en credit_code industry address contact_name contact_phone",
    "Membership": "active successor",
    "Subject": "name kind version address launched_on filing_number company_role",
}
"""What site administrators can change, by model."""
