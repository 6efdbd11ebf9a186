"""What people are told about: each event with its subject and its text.

A notice keeps the event and the words that fill its texts, never the finished text; so everyone
reads it in their own language. A text names its words as %(word)s. Always there are `about` (what
it is about: the name of the subject, action, campaign …), `organisation` where one is given to
`notify` and `by`, the person who did it. Texts carry names, numbers and dates only: what companies
answer and what people write to each other stays on the pages, behind the sign-in.
"""

from typing import TypeAlias

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text: TypeAlias = str | Promise


class Event(TextChoices):
    """Why someone is told; the label is the subject of the notice."""

    # answering an assessment: to the company's people
    SECTION_ASSIGNED = "section_assigned", _("To answer: %(section)s")
    SECTION_DUE_SOON = "section_due_soon", _("Due soon: %(section)s")
    SECTION_OVERDUE = "section_overdue", _("Overdue: %(section)s")
    SECTION_DONE = "section_done", _("Reported as done: %(section)s")
    MESSAGE = "message", _("New message: %(about)s")
    MENTIONED = "mentioned", _("%(by)s has mentioned you: %(about)s")
    EVIDENCE_EXPIRES = "evidence_expires", _("Evidence expires soon: %(about)s")

    # signing and submitting
    SIGNATURE_REQUESTED = "signature_requested", _("Your signature is requested: %(about)s")
    SIGNATURE_GIVEN = "signature_given", _("Signed: %(about)s")
    SIGNATURE_DECLINED = "signature_declined", _("Not signed: %(about)s")
    SUBMITTED = "submitted", _("Submitted: %(about)s")
    SUBMISSION_RECEIVED = "submission_received", _("New submission: %(about)s")
    WITHDRAWN = "withdrawn", _("Submission withdrawn: %(about)s")

    # review
    REVIEW_ASSIGNED = "review_assigned", _("To review: %(about)s")
    SECOND_LOOK_NEEDED = "second_look_needed", _("Adjustments to confirm: %(about)s")
    TAKEN_UP = "taken_up", _("Under review: %(about)s")
    RETURNED = "returned", _("Returned for materials: %(about)s")
    REMEDIATION_DEMANDED = "remediation_demanded", _("Remediation demanded: %(about)s")
    REPLY_RECEIVED = "reply_received", _("Reply received: %(about)s")
    RESUBMITTED = "resubmitted", _("Submitted again: %(about)s")
    PASSED = "passed", _("Review passed: %(about)s")
    RESPONSE_DUE_SOON = "response_due_soon", _("Time to respond ends soon: %(about)s")
    RESPONSE_OVERDUE = "response_overdue", _("Time to respond has passed: %(about)s")
    DEADLINE_RECOUNTED = "deadline_recounted", _("More time to respond: %(about)s")

    # disputes
    DISPUTE_OPENED = "dispute_opened", _("Finding contested: %(about)s")
    OPINION_ASKED = "opinion_asked", _("Your opinion is requested: %(about)s")
    OPINION_GIVEN = "opinion_given", _("Opinion given: %(about)s")
    OPINION_LACKING = "opinion_lacking", _("No opinion in time: %(about)s")
    DISPUTE_DECIDED = "dispute_decided", _("Dispute decided: %(about)s")

    # remediation: `about` is the action
    ACTION_ASSIGNED = "action_assigned", _("To remedy: %(about)s")
    ACTION_DUE_SOON = "action_due_soon", _("Remediation due soon: %(about)s")
    ACTION_OVERDUE = "action_overdue", _("Remediation overdue: %(about)s")
    ACTION_REPORTED = "action_reported", _("To re-inspect: %(about)s")
    ACTION_CLOSED = "action_closed", _("Closed after re-inspection: %(about)s")
    ACTION_SENT_BACK = "action_sent_back", _("Sent back after re-inspection: %(about)s")
    EXTENSION_ASKED = "extension_asked", _("More time asked for: %(about)s")
    EXTENSION_GRANTED = "extension_granted", _("More time granted: %(about)s")
    EXTENSION_REFUSED = "extension_refused", _("More time refused: %(about)s")

    # campaigns: `about` is the campaign
    CAMPAIGN_INVITED = "campaign_invited", _("Invitation to a campaign: %(about)s")
    CAMPAIGN_REMINDER = "campaign_reminder", _("Reminder of a campaign: %(about)s")
    CAMPAIGN_OVERDUE = "campaign_overdue", _("Campaign overdue: %(about)s")

    @property
    def text(self) -> Text:
        """What has happened, in a sentence or two."""
        return TEXTS[self]


TEXTS: dict[Event, Text] = {
    Event.SECTION_ASSIGNED: _(
        "%(by)s has assigned you the section “%(section)s” of the assessment of %(about)s."
    ),
    Event.SECTION_DUE_SOON: _(
        "The section “%(section)s” of the assessment of %(about)s is due soon."
    ),
    Event.SECTION_OVERDUE: _(
        "The section “%(section)s” of the assessment of %(about)s is overdue."
    ),
    Event.SECTION_DONE: _(
        "%(by)s reports the section “%(section)s” of the assessment of %(about)s as done."
    ),
    Event.MESSAGE: _("%(by)s has written in a discussion that you take part in, about %(about)s."),
    Event.MENTIONED: _("%(by)s has mentioned you in a discussion about %(about)s."),
    Event.EVIDENCE_EXPIRES: _("The evidence “%(about)s” expires soon. Please renew it."),
    Event.SIGNATURE_REQUESTED: _("%(by)s asks you to sign the assessment of %(about)s."),
    Event.SIGNATURE_GIVEN: _("%(by)s has signed the assessment of %(about)s."),
    Event.SIGNATURE_DECLINED: _(
        "%(by)s has declined to sign the assessment of %(about)s. The page says why."
    ),
    Event.SUBMITTED: _(
        "The assessment of %(about)s has been submitted. Its submission number is %(number)s."
    ),
    Event.SUBMISSION_RECEIVED: _(
        "%(company)s has submitted the assessment of %(about)s (%(number)s). It awaits review."
    ),
    Event.WITHDRAWN: _("%(company)s has withdrawn its submission %(number)s about %(about)s."),
    Event.REVIEW_ASSIGNED: _(
        "%(by)s has assigned you the review of submission %(number)s about %(about)s."
    ),
    Event.SECOND_LOOK_NEEDED: _(
        "%(by)s has adjusted findings on submission %(number)s about %(about)s. "
        "The company sees them once you have confirmed them."
    ),
    Event.TAKEN_UP: _("The review of submission %(number)s about %(about)s has begun."),
    Event.RETURNED: _(
        "Submission %(number)s about %(about)s has been returned: materials are to be completed. "
        "The page lists which."
    ),
    Event.REMEDIATION_DEMANDED: _(
        "The review of submission %(number)s about %(about)s demands remediation. "
        "The page lists the findings."
    ),
    Event.REPLY_RECEIVED: _(
        "%(company)s has replied to findings on submission %(number)s about %(about)s."
    ),
    Event.RESUBMITTED: _(
        "%(company)s has submitted the assessment of %(about)s again (%(number)s). "
        "It awaits review."
    ),
    Event.PASSED: _(
        "Submission %(number)s about %(about)s has passed the review. The letter is ready."
    ),
    Event.RESPONSE_DUE_SOON: _(
        "The time to respond to the review of submission %(number)s about %(about)s ends soon."
    ),
    Event.RESPONSE_OVERDUE: _(
        "The time to respond to the review of submission %(number)s about %(about)s has passed, "
        "and the company has still to hand something in."
    ),
    Event.DEADLINE_RECOUNTED: _(
        "The holidays that the time to respond to the review of submission %(number)s about "
        "%(about)s depends on are known now. It ends later than the letter says."
    ),
    Event.DISPUTE_OPENED: _(
        "%(company)s contests a finding on submission %(number)s about %(about)s."
    ),
    Event.OPINION_ASKED: _(
        "The panel is asked for its opinion on a contested finding: submission %(number)s "
        "about %(about)s."
    ),
    Event.OPINION_GIVEN: _(
        "The panel has given its opinion on a contested finding: submission %(number)s "
        "about %(about)s."
    ),
    Event.OPINION_LACKING: _(
        "The panel has given no opinion in its time on a contested finding: submission %(number)s "
        "about %(about)s. The lead may decide without one."
    ),
    Event.DISPUTE_DECIDED: _(
        "The dispute over a finding on submission %(number)s about %(about)s is decided. "
        "The page gives the reasons."
    ),
    Event.ACTION_ASSIGNED: _(
        "%(by)s has made you responsible for the remediation action “%(about)s”."
    ),
    Event.ACTION_DUE_SOON: _("The remediation action “%(about)s” is due soon."),
    Event.ACTION_OVERDUE: _("The remediation action “%(about)s” is overdue."),
    Event.ACTION_REPORTED: _(
        "%(company)s reports the remediation action “%(about)s” as done. It awaits re-inspection."
    ),
    Event.ACTION_CLOSED: _("The remediation action “%(about)s” has been re-inspected and closed."),
    Event.ACTION_SENT_BACK: _(
        "The re-inspection has not closed the remediation action “%(about)s”. "
        "The page says what is still to be done."
    ),
    Event.EXTENSION_ASKED: _(
        "%(company)s asks for more time for the remediation action “%(about)s”."
    ),
    Event.EXTENSION_GRANTED: _(
        "More time for the remediation action “%(about)s” has been granted."
    ),
    Event.EXTENSION_REFUSED: _(
        "More time for the remediation action “%(about)s” has been refused. The page says why."
    ),
    Event.CAMPAIGN_INVITED: _("%(regulator)s invites your company to the campaign “%(about)s”."),
    Event.CAMPAIGN_REMINDER: _(
        "Your company has not yet submitted its assessment for the campaign “%(about)s”."
    ),
    Event.CAMPAIGN_OVERDUE: _(
        "The date for the campaign “%(about)s” has passed, and your company has not submitted."
    ),
}
