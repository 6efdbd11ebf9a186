"""Erasing values that rules of retention no longer allow to keep. The chains stay and hold."""

from datetime import datetime

from django.db import transaction

from compliance.audit import digests
from compliance.audit.actions import Action
from compliance.audit.models import EventValue
from compliance.audit.recording import SITE, record

LEAST_YEARS = 3


def years_before(now: datetime, years: int) -> datetime:
    """Return the same moment so many years earlier; 29 February becomes the 28th."""
    try:
        return now.replace(year=now.year - years)
    except ValueError:
        return now.replace(year=now.year - years, day=28)


def erase_values(now: datetime, years: int) -> int:
    """Erase the values of events that are older than so many years; return how many.

    The erasure is itself an event, in the chain of the site. Raises ValueError for fewer years
    than must be kept.
    """
    if years < LEAST_YEARS:
        raise ValueError(f"Values are kept for {LEAST_YEARS} years at least.")
    before = years_before(now, years)
    with transaction.atomic():
        erased, _ = EventValue.objects.filter(event__at__lt=before).delete()
        if erased:
            details = {"before": digests.written(before), "erased": erased, "years": years}
            record(Action.OLD_VALUES_ERASED, by=None, chain=SITE, details=details)
    return erased
