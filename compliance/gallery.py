"""The design system's components side by side, for developers: served only where DEBUG is on."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SampleForm(forms.Form):
    """Fields of each kind, filled so that two of them are refused."""

    name = forms.CharField(label=_("Service name"), help_text=_("As on the filing certificate."))
    address = forms.URLField(label=_("Address or app"), required=False, assume_scheme="https")
    launched_on = forms.DateField(
        label=_("Launch date"), widget=forms.DateInput(attrs={"type": "date"})
    )
    note = forms.CharField(label=_("Comment"), required=False, widget=forms.Textarea)
    company_role = forms.ChoiceField(
        label=_("The company's role"),
        choices=[("provider", _("Provider")), ("user", _("User of the service"))],
        widget=forms.RadioSelect,
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component with made-up content."""
    return render(request, "design/gallery.html", _samples())


def _samples() -> dict[str, Any]:
    citations = {
        "articles": [
            {
                "citation": _(
                    "Measures for Labelling AI-Generated and Synthetic Content, Article 4"
                ),
                "text": _("Text, audio, images, video and virtual scenes carry a visible label."),
                "grade": "A",
                "url": "#citations",
            },
            {
                "citation": _("An article known from secondary sources only"),
                "text": _("What it says, in our words."),
                "grade": "B",
            },
        ],
        "policy": [
            {
                "citation": _("An item of a policy plan"),
                "text": _("What it says, in our words."),
            }
        ],
    }
    return {
        "form": SampleForm({"name": "", "launched_on": "2026-13-01", "company_role": "provider"}),
        "trail": [{"label": _("Assessments"), "url": "#main"}],
        "tasks": [
            {
                "title": _("About the service"),
                "hint": _("Decides which questions are asked."),
                "url": "#tasks",
                "state": "complete",
                "answered": 12,
                "total": 12,
            },
            {
                "title": _("Risk prevention"),
                "url": "#tasks",
                "state": "needs_attention",
                "answered": 24,
                "total": 24,
            },
            {
                "title": _("Data security"),
                "url": "#tasks",
                "state": "in_progress",
                "answered": 9,
                "total": 31,
            },
            {
                "title": _("Content safety"),
                "url": "#tasks",
                "state": "not_started",
                "answered": 0,
                "total": 27,
            },
        ],
        "statuses": ["full", "partial", "none", "not_applicable", "unanswered"],
        "risks": ["very_high", "high", "medium", "low", "open"],
        "definitions": [
            {"term": _("Subject"), "description": _("Virtual anchor service “Xiaoheng”, 3.2")},
            {"term": _("The company's role"), "description": _("Provider")},
            {"term": _("Reference date"), "description": "2026-11-21"},
        ],
        "columns": [
            {"label": _("Criterion")},
            {"label": pgettext_lazy("criterion", "Status")},
            {"label": _("Points lost"), "number": True},
        ],
        "rows": [
            [
                _("AI-generated content carries a visible label"),
                {"label": pgettext_lazy("criterion", "Status"), "text": _("Partly met")},
                {"label": _("Points lost"), "text": "1.20", "number": True},
            ],
            [
                _("Separate consent for likeness and voice"),
                {"label": pgettext_lazy("criterion", "Status"), "text": _("Not met")},
                {"label": _("Points lost"), "text": "2.85", "number": True},
            ],
        ],
        "bars": [
            {
                "label": _("Risk prevention"),
                "score": "82.5",
                "note": _("14 met · 3 partly · 1 not met"),
            },
            {
                "label": _("Data security"),
                "score": "64.1",
                "note": _("11 met · 6 partly · 4 not met"),
            },
            {"label": _("Content safety"), "score": "91", "url": "#chart"},
            {"label": _("Ethics"), "score": None},
        ],
        "marks": [60, 85],
        "items": [_("Section 2 holds 3 unanswered questions."), _("Two answers contradict.")],
        "citations": citations,
        "saved_at": datetime(2026, 11, 21, 6, 30, 12, tzinfo=UTC),
        "page": Paginator(range(120), 50).page(2),
    }
