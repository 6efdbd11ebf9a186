"""The pages of a record: who did what when, to filter, to turn over, and to take along."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, View

from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.audit.recording import record_download
from compliance.records.forms import FilterForm
from compliance.records.reading import Reach, readable_by
from compliance.records.words import lines
from compliance.records.workbook import MOST, record_workbook
from compliance.spreadsheets import MEDIA_TYPE


class Records(LoginRequiredMixin, TemplateView):
    """Which records the visitor may read."""

    http_method_names = ["get", "head", "options"]
    template_name = "records/records.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(records=readable_by(self.request.user), **kwargs)


class Record(LoginRequiredMixin, ListView):
    """One record, the newest first; the address says by which form it is filtered.

    `reach` returns the record that the address names if the visitor may read it. 422 where the
    filter makes no sense: nothing is shown then but what is wrong with it.
    """

    http_method_names = ["get", "head", "options"]
    template_name = "records/record.html"
    paginate_by = 50
    reach: Reach | None = None
    download = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert self.reach is not None
        self.readable = self.reach(request.user, **kwargs)
        self.form = FilterForm(request.GET, self.readable)
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Event]:
        return self.form.chosen()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        events: Sequence[Event] = list(context["page_obj"])
        return context | {
            "record": self.readable,
            "form": self.form,
            "lines": lines(events, self.readable.draft),
            "filtered": any(self.form.data.get(name) for name in self.form.fields),
            "download_url": reverse(self.download, kwargs=self.kwargs),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        status = 422 if self.form.errors else 200
        return super().render_to_response(context, status=status, **kwargs)


class Download(LoginRequiredMixin, View):
    """What the page shows, with all its pages, as a workbook."""

    http_method_names = ["get", "head", "options"]
    reach: Reach | None = None
    page = ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        assert self.reach is not None
        readable = self.reach(request.user, **kwargs)
        form = FilterForm(request.GET, readable)
        events = form.chosen()
        address = f"{reverse(self.page, kwargs=kwargs)}?{request.GET.urlencode()}"
        if form.errors:
            return redirect(address)
        if events.count() > MOST:
            text = _("One workbook holds %(number)d events: choose fewer days, or one action.")
            messages.error(request, text % {"number": MOST})
            return redirect(address)
        file = record_workbook(readable, events)
        record_download(Action.RECORD_DOWNLOADED, request, chain=readable.thing)
        name = f"{readable.title} {timezone.localdate().isoformat()}.xlsx"
        return HttpResponse(
            file,
            content_type=MEDIA_TYPE,
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )
