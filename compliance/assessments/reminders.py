"""What people are reminded of each day: sections that come due, and expiring evidence."""

import datetime as dt
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.collaboration.assigning import titles
from compliance.assessments.models import Evidence, SectionAssignment
from compliance.lifecycle import OPEN_FOR_ANSWERS
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.people import colleagues
from compliance.permissions import OFFICER

SECTION_SOON = dt.timedelta(days=3)
EVIDENCE_SOON = dt.timedelta(days=30)
ONCE = dt.timedelta(days=365)
EACH_WEEK = dt.timedelta(days=7)


def remind(at: dt.datetime) -> None:
    """Remind everyone of what is theirs, by the day that `at` is in."""
    today = timezone.localdate(at)
    remind_of_sections(today)
    remind_of_evidence(today)


def remind_of_sections(today: dt.date) -> None:
    """Remind who has sections to answer: once before the day, and each week after it.

    Who assigned a section is told as well when it is overdue.
    """
    waiting = (
        SectionAssignment.objects.in_force()
        .filter(done_at=None, assessment__status__in=OPEN_FOR_ANSWERS)
        .filter(due_on__lte=today + SECTION_SOON)
        .select_related("person", "by", "assessment__subject__organisation", "assessment__version")
        .order_by("assessment", "due_on", "person", "at", "id")
    )
    for _, together in groupby(waiting, lambda row: (row.assessment_id, row.due_on, row.person_id)):
        rows = list(together)
        first, assessment = rows[0], rows[0].assessment
        assert first.due_on is not None
        overdue = first.due_on < today
        notify(
            Event.SECTION_OVERDUE if overdue else Event.SECTION_DUE_SOON,
            to=[first.person, *(row.by for row in rows if overdue)],
            organisation=assessment.subject.organisation,
            about=str(assessment.subject),
            section=titles(assessment, [row.section for row in rows]),
            due=first.due_on,
            url=reverse("assessments:tasks", args=[assessment.pk]),
            again_after=EACH_WEEK if overdue else ONCE,
        )


def remind_of_evidence(today: dt.date) -> None:
    """Remind officers, and who added it, once of evidence behind answers that soon expires."""
    soon = Evidence.objects.expiring(today, today + EVIDENCE_SOON).exclude(uses=None).distinct()
    for evidence in soon.select_related("organisation", "added_by"):
        use = evidence.uses.latest("at")
        concerned: list[User] = [*colleagues(evidence.organisation, OFFICER), evidence.added_by]
        notify(
            Event.EVIDENCE_EXPIRES,
            to=concerned,
            organisation=evidence.organisation,
            about=str(evidence),
            due=evidence.expires_on,
            url=reverse("assessments:evidence", args=[use.assessment_id, use.question]),
            again_after=ONCE,
        )
