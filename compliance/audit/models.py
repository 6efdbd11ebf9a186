"""Chains of events. Triggers in the database keep them from being changed (see guards.py)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.audit import digests


class Chain(models.Model):
    """The chain of one thing: an assessment, an organisation, a person, or the site itself.

    `sequence` and `head` are the number and the hash of the last event: without them the last
    ones could be cut off unseen.
    """

    id = models.UUIDField(_("Thing"), primary_key=True)
    kind = models.CharField(_("Kind"), max_length=60)
    sequence = models.PositiveBigIntegerField(_("Events"), default=0)
    head = models.CharField(_("Head"), max_length=64, blank=True, default=digests.START)

    class Meta:
        verbose_name = _("chain of events")
        verbose_name_plural = _("chains of events")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Event(models.Model):
    """That someone did something: identifiers and digests only, for ever.

    `actor` and `about_id` are kept when the row that they name is gone: hence no foreign keys.
    """

    chain = models.ForeignKey(
        Chain, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    sequence = models.PositiveBigIntegerField(_("Number"))
    at = models.DateTimeField(_("Time"))
    actor = models.UUIDField(_("Who"), null=True)
    action = models.CharField(_("What"), max_length=40)
    about = models.CharField(_("About"), max_length=60, blank=True)
    about_id = models.CharField(_("Which"), max_length=40, blank=True)
    key = models.CharField(_("Key"), max_length=200, blank=True)
    details = models.JSONField(_("Details"), default=dict, blank=True)
    value_digest = models.CharField(_("Digest of the values"), max_length=64)
    previous = models.CharField(_("Hash of the event before"), max_length=64, blank=True)
    hash = models.CharField(_("Hash"), max_length=64)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["chain", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="event_sequence_unique")
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} #{self.sequence}"

    def chained(self, kind: str) -> dict[str, Any]:
        """Return what the event's hash covers; `kind` is that of its chain."""
        return {
            "chain": str(self.chain_id),
            "kind": kind,
            "sequence": self.sequence,
            "at": digests.written(self.at),
            "actor": str(self.actor) if self.actor else None,
            "action": self.action,
            "about": self.about,
            "about_id": self.about_id,
            "key": self.key,
            "details": self.details,
            "value_digest": self.value_digest,
            "previous": self.previous,
        }


class EventValue(models.Model):
    """What an event says about people and answers. Rules of retention may erase it.

    The event holds a salted digest of it: the chain can be verified with it and without it.
    """

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="value"
    )
    salt = models.CharField(max_length=32)
    actor_name = models.CharField(_("Name at the time"), max_length=300, blank=True)
    old = models.JSONField(_("Old value"), null=True)
    new = models.JSONField(_("New value"), null=True)

    class Meta:
        verbose_name = _("values of an event")
        verbose_name_plural = _("values of events")

    def __str__(self) -> str:
        return str(self.event_id)

    def digest(self) -> str:
        """Return the digest of the values as they stand."""
        return digests.digest_of_values(self.salt, self.actor_name, self.old, self.new)
