"""When each session was last used, for the list in which people see where they have signed in."""

import datetime as dt
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

EVERY = dt.timedelta(minutes=10)
"""How exactly it is known: most requests write nothing."""
NOTED = "last_seen"


def note(request: HttpRequest) -> None:
    """Keep in the session that it is used now."""
    request.session[NOTED] = timezone.now().timestamp()


class LastSeenMiddleware:
    """Notes that a session is used, where that was noted some time ago. Costs no query else."""

    def __init__(self, next_handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_handler = next_handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        noted = request.session.get(NOTED)  # nothing before signing in
        now = timezone.now()
        if noted is not None and now.timestamp() - noted >= EVERY.total_seconds():
            rows = UserSession.objects.filter(session_key=request.session.session_key)
            if rows.update(last_seen_at=now):
                note(request)
        return self.next_handler(request)
