"""What the record can say that someone did."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Action(TextChoices):
    """One thing that someone does. A value is never renamed: it stands in chains for ever."""

    # signing in
    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_REFUSED = "sign_in_refused", _("Failed to sign in")
    SIGNED_OUT = "signed_out", _("Signed out")
    PASSWORD_CHANGED = "password_changed", _("Changed the password")
    PASSWORD_RESET = "password_reset", _("Chose a new password by e-mail")
    ADDRESS_CONFIRMED = "address_confirmed", _("Confirmed an e-mail address")
    SECOND_FACTOR_ADDED = "second_factor_added", _("Added a second factor")
    SECOND_FACTOR_REMOVED = "second_factor_removed", _("Removed a second factor")
    RECOVERY_CODES_MADE = "recovery_codes_made", _("Made new recovery codes")
    SESSIONS_ENDED = "sessions_ended", _("Signed out elsewhere")

    # an assessment
    ASSESSMENT_STARTED = "assessment_started", _("Started the assessment")
    ASSESSMENT_MOVED = "assessment_moved", _("Changed the status")
    ASSESSMENT_UPGRADED = "assessment_upgraded", _("Moved to a newer version of the questionnaire")

    # answers
    ANSWER_CHANGED = "answer_changed", _("Changed an answer")
    CLAIM_CHANGED = "claim_changed", _("Changed a not-applicable claim")
    CONFLICT_KEPT = "conflict_kept", _("Entered something else at the same time")
    CONFLICT_SETTLED = "conflict_settled", _("Settled a conflict")
    WORKBOOK_IMPORTED = "workbook_imported", _("Took answers over from a workbook")
    ANSWERS_REUSED = "answers_reused", _("Took answers over from another assessment")

    # evidence
    EVIDENCE_ADDED = "evidence_added", _("Added evidence")
    EVIDENCE_CHANGED = "evidence_changed", _("Changed what is said of evidence")
    EVIDENCE_ATTACHED = "evidence_attached", _("Put evidence behind an answer")
    EVIDENCE_DETACHED = "evidence_detached", _("Took evidence from an answer")
    EVIDENCE_REMOVED = "evidence_removed", _("Removed evidence")
    EVIDENCE_RESTORED = "evidence_restored", _("Brought evidence back")
    EVIDENCE_ERASED = "evidence_erased", _("Erased removed evidence by retention rules")
    EVIDENCE_DOWNLOADED = "evidence_downloaded", _("Downloaded evidence")

    # working together
    SECTION_ASSIGNED = "section_assigned", _("Assigned a section")
    SECTION_UNASSIGNED = "section_unassigned", _("Took a section from someone")
    SECTION_PASSED_ON = "section_passed_on", _("Passed a section on")
    SECTION_REPORTED = "section_reported", _("Reported a section as done")
    SECTION_TAKEN_UP = "section_taken_up", _("Took a section up again")
    MESSAGE_WRITTEN = "message_written", _("Wrote a message")
    MESSAGE_WITHDRAWN = "message_withdrawn", _("Withdrew a message")
    THREAD_RESOLVED = "thread_resolved", _("Resolved a discussion")
    THREAD_REOPENED = "thread_reopened", _("Opened a discussion again")

    # downloads
    REPORT_DOWNLOADED = "report_downloaded", _("Downloaded a report")
    WORKBOOK_DOWNLOADED = "workbook_downloaded", _("Downloaded a workbook")
    RECORD_DOWNLOADED = "record_downloaded", _("Downloaded the record")

    # an organisation
    COMPANY_REGISTERED = "company_registered", _("Registered the company")
    ORGANISATION_ADDED = "organisation_added", _("Added the organisation")
    ORGANISATION_CHANGED = "organisation_changed", _("Changed the organisation's details")
    JURISDICTION_CHANGED = "jurisdiction_changed", _("Changed the jurisdiction")
    SUBJECT_ADDED = "subject_added", _("Added a subject")
    SUBJECT_CHANGED = "subject_changed", _("Changed a subject")
    SUBJECT_ARCHIVED = "subject_archived", _("Archived a subject")
    SUBJECT_RESTORED = "subject_restored", _("Took a subject out of the archive")

    # the people of an organisation
    PERSON_INVITED = "person_invited", _("Invited someone")
    INVITATION_RENEWED = "invitation_renewed", _("Sent an invitation again")
    INVITATION_REVOKED = "invitation_revoked", _("Revoked an invitation")
    INVITATION_ACCEPTED = "invitation_accepted", _("Accepted an invitation")
    ROLE_GIVEN = "role_given", _("Gave a role")
    ROLE_TAKEN = "role_taken", _("Took a role away")
    PERSON_LEFT = "person_left", _("Ended a membership")
    DEPUTY_NAMED = "deputy_named", _("Named a deputy")
    DEPUTY_ENDED = "deputy_ended", _("Ended a deputyship")

    # the site
    ROW_ADDED = "row_added", _("Added an entry in the administration")
    ROW_CHANGED = "row_changed", _("Changed an entry in the administration")
    ROW_DELETED = "row_deleted", _("Deleted an entry in the administration")
    OLD_VALUES_ERASED = "old_values_erased", _("Erased old values by retention rules")

    # signing and submitting
    SIGNATURE_REQUESTED = "signature_requested", _("Asked for signature")
    SIGNATURE_RECALLED = "signature_recalled", _("Recalled from signature")
    SIGNATURE_GIVEN = "signature_given", _("Approved for submission")
    SIGNATURE_DECLINED = "signature_declined", _("Declined to approve")
    SUBMITTED = "submitted", _("Submitted")
    SUBMISSION_WITHDRAWN = "submission_withdrawn", _("Withdrew the submission")
    SEALED_PAGE_ADDED = "sealed_page_added", _("Added the scan of the sealed page")
    LETTER_DOWNLOADED = "letter_downloaded", _("Downloaded a letter")
    RECEIPT_DOWNLOADED = "receipt_downloaded", _("Downloaded a receipt")

    # a review
    REVIEW_TAKEN_UP = "review_taken_up", _("Took up the review")
    REVIEW_ASSIGNED = "review_assigned", _("Assigned the review")
    FINDING_CHANGED = "finding_changed", _("Changed a finding")
    FINDING_KEPT_BESIDE = "finding_kept_beside", _("Entered another finding at the same time")
    FINDING_SETTLED = "finding_settled", _("Chose between two findings")
    FINDING_LOOKED_AT = "finding_looked_at", _("Gave a finding the second look")
    REVIEW_DECIDED = "review_decided", _("Decided the review")
    REPLIED = "replied", _("Replied to a finding")
    DEADLINE_RECOUNTED = (
        "deadline_recounted",
        _("Counted a deadline anew with holidays that are known now"),
    )

    # a dispute
    DISPUTE_OPENED = "dispute_opened", _("Contested a finding")
    OPINION_GIVEN = "opinion_given", _("Gave an opinion")
    DISPUTE_DECIDED = "dispute_decided", _("Decided the dispute")
    DISPUTE_WITHDRAWN = "dispute_withdrawn", _("Withdrew the dispute")

    # remediation
    ACTION_PLANNED = "action_planned", _("Planned a remediation action")
    ACTION_CHANGED = "action_changed", _("Changed a remediation action")
    ACTION_REPORTED = "action_reported", _("Reported a remediation action as done")
    ACTION_INSPECTED = "action_inspected", _("Re-inspected a remediation action")
    EXTENSION_ASKED = "extension_asked", _("Asked for more time")
    EXTENSION_ANSWERED = "extension_answered", _("Answered a request for more time")
    REMEDIATION_REPORTED = "remediation_reported", _("Reported the remediation")
    REMEDIATION_ENDED = "remediation_ended", _("Ended the re-inspection")

    # a campaign
    CAMPAIGN_BEGUN = "campaign_begun", _("Began a campaign")
    COMPANIES_INVITED = "companies_invited", _("Invited companies to a campaign")
    CAMPAIGN_ENDED = "campaign_ended", _("Ended a campaign")
    REGISTER_DOWNLOADED = "register_downloaded", _("Downloaded a register")
