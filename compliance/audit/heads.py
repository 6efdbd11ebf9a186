"""The head of a chain, to be kept where whoever can change the record cannot reach it."""

from dataclasses import dataclass

from django.db import models

from compliance.audit.actions import Action
from compliance.audit.models import Chain, Event


@dataclass(frozen=True, slots=True)
class Head:
    """The hash of an event, which stands for it and all before it, and how many that are."""

    hash: str
    events: int


def head_of(thing: models.Model) -> Head | None:
    """Return the head of a thing's chain as it is now; None where nothing was recorded."""
    chain = Chain.objects.filter(pk=thing.pk).first()
    return Head(chain.head, chain.sequence) if chain else None


def head_at(action: Action, about: models.Model, thing: models.Model) -> Head | None:
    """Return the head of a thing's chain as it was when this was done to the row; it stays so."""
    told = {"action": action, "about": about._meta.label_lower, "about_id": str(about.pk)}
    event = Event.objects.filter(chain=thing.pk, **told).order_by("sequence").first()
    return Head(event.hash, event.sequence) if event else None
