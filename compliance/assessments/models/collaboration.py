"""Who answers which section until when, and what is discussed about a question."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.assessments.models.answers import KEY_LENGTH
from compliance.assessments.models.assessment import Assessment
from compliance.lifecycle import OPEN_FOR_ANSWERS
from compliance.organisations.models import Membership, MembershipQuerySet, Visitor
from compliance.permissions import ANSWER

LONGEST_MESSAGE = 5000
WITHDRAWABLE = dt.timedelta(days=1)
"""How long the author of a message can withdraw it."""


class SectionAssignmentQuerySet(models.QuerySet["SectionAssignment"]):
    """Named selections of assignments."""

    def in_force(self) -> "SectionAssignmentQuerySet":
        """Those of people who may still answer in the company: nobody else keeps a section."""
        return self.filter(_held_in(Membership.objects.active()), person__is_active=True)

    def seen_by(self, visitor: Visitor) -> "SectionAssignmentQuerySet":
        """With `mine`: whether it is this visitor's, or a colleague's for whom they stand in."""
        return self.annotate(mine=_held_in(Membership.objects.held_by(visitor)))

    def open_for(self, visitor: Visitor) -> "SectionAssignmentQuerySet":
        """What this visitor has to answer in all their companies, the first due first."""
        return (
            self.in_force()
            .filter(_held_in(Membership.objects.held_by(visitor)))
            .filter(done_at=None, assessment__status__in=OPEN_FOR_ANSWERS)
            .select_related("person", "assessment__subject__organisation", "assessment__version")
            .defer("assessment__version__document")
            .order_by(F("due_on").asc(nulls_last=True), "assessment__created_at", "at", "id")
        )


def _held_in(memberships: MembershipQuerySet) -> Exists:
    """Whether the assignment's person may answer in its company by one of these memberships."""
    return Exists(
        memberships.filter(
            user=OuterRef("person"),
            organisation=OuterRef("assessment__subject__organisation"),
            role__in=ANSWER.roles,
        )
    )


class SectionAssignment(models.Model):
    """A section that someone is to answer. Where a section has any, others may not answer it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="section_assignments"
    )
    section = models.CharField(_("Section"), max_length=KEY_LENGTH)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Person"),
        on_delete=models.PROTECT,
        related_name="section_assignments",
    )
    due_on = models.DateField(_("Due date"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Assigned"), default=timezone.now)
    done_at = models.DateTimeField(_("Reported as done"), null=True, blank=True)

    mine: bool
    """Whether it is the visitor's: only where it was read with `seen_by`."""

    objects = SectionAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("section assignment")
        verbose_name_plural = _("section assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "section", "person"], name="section_assignment_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} · {self.person}"

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and its person has not reported it as done."""
        return bool(self.due_on and self.done_at is None and self.due_on < timezone.localdate())


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Named selections of threads."""

    def counted_for(self, visitor: Visitor) -> "ThreadQuerySet":
        """With `said`, the number of messages that stand, and `unread`, those new to a visitor."""
        mine = ThreadReading.objects.filter(thread=OuterRef("pk"), person=visitor.pk)
        new = Q(until=None) | Q(messages__at__gt=F("until"))
        stands = Q(messages__withdrawn_at=None)
        return self.annotate(
            until=Subquery(mine.values("until")[:1]),
            said=Count("messages", filter=stands),
            unread=Count("messages", filter=stands & new & ~Q(messages__by=visitor.pk)),
        )


class Thread(models.Model):
    """What is said in the company about one question of an assessment; nobody else reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="threads")
    question = models.CharField(_("Question"), max_length=KEY_LENGTH)
    resolved_at = models.DateTimeField(_("Resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    said: int
    unread: int
    """Only where it was read with `counted_for`."""

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="thread_unique")
        ]

    def __str__(self) -> str:
        return self.question


class Message(models.Model):
    """What someone said in a thread. It stays as it was said; withdrawn, it says only that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Time"), default=timezone.now)
    text = models.TextField(_("Message"), max_length=LONGEST_MESSAGE, blank=True)
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.thread} · {self.by}"

    def withdrawable_by(self, person: Visitor) -> bool:
        """Whether this person may withdraw it now: the author, within a day."""
        recent = timezone.now() - self.at < WITHDRAWABLE
        return self.by_id == person.pk and self.withdrawn_at is None and recent


class ThreadReading(models.Model):
    """Until when someone has read a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "person"], name="thread_reading_unique")
        ]

    def __str__(self) -> str:
        return f"{self.thread} · {self.person}"
