"""What people see when a request is refused before it reaches its page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was too old to be accepted, and what to do."""
    return render(request, "403_csrf.html", status=403)
