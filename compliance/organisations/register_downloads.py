"""Recording that someone takes a register away, with each organisation that this concerns."""

from django.db import transaction
from django.http import HttpRequest

from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.organisations.models import Membership, Organisation


def record_register(request: HttpRequest, register: str, rows: int) -> None:
    """Record it with each organisation whose people may see the rows. HEAD takes nothing."""
    if request.method != "GET":
        return
    details = {"register": register, "rows": rows}
    held = Membership.objects.held_by(request.user)
    with transaction.atomic():
        for organisation in Organisation.objects.filter(pk__in=held.values("organisation")):
            record(Action.REGISTER_DOWNLOADED, by=request.user, chain=organisation, details=details)
