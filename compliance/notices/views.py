"""One's own notices: to read, to follow, to mark as read; and how one wants to be told."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from compliance.accounts.form_again import FormAgain
from compliance.accounts.press_again import PressAgain
from compliance.notices.forms import PreferenceForm
from compliance.notices.models import Mail, Notice, Preference


class NoticeList(LoginRequiredMixin, ListView):
    """All notices of the visitor, or `?show=unread` only; the unread first, then the newest."""

    template_name = "notices/list.html"
    context_object_name = "notices"
    paginate_by = 30

    @property
    def only_unread(self) -> bool:
        return self.request.GET.get("show") == "unread"

    def get_queryset(self) -> QuerySet[Notice]:
        own = Notice.objects.of(self.request.user).select_related("organisation")
        notices = own.unread_first()
        return notices.unread() if self.only_unread else notices

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen_at = timezone.now().isoformat()
        return super().get_context_data(only_unread=self.only_unread, seen_at=seen_at, **kwargs)


@login_required
@require_safe
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Lead to the page that the notice is about, and mark it as read.

    This GET writes, so that the link in an e-mail is enough. All that a foreign site could do with
    it is mark a notice whose id it cannot know.
    """
    notice = get_object_or_404(Notice.objects.of(request.user), pk=notice_id)
    if request.method == "GET":
        Notice.objects.filter(pk=notice.pk).mark_read()
    return redirect(notice.local_address)


class MarkRead(PressAgain):
    """Mark one notice as read, and go back to the list."""

    def post(self, request: HttpRequest, notice_id: UUID) -> HttpResponse:
        notice = get_object_or_404(Notice.objects.of(request.user), pk=notice_id)
        Notice.objects.filter(pk=notice.pk).mark_read()
        return _back_to_list(request)


class MarkAllRead(PressAgain):
    """Mark as read what the visitor had when the page was made, and not what came since."""

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            until = dt.datetime.fromisoformat(request.POST.get("until", ""))
        except ValueError:
            return HttpResponseBadRequest("until", content_type="text/plain")
        if timezone.is_naive(until):
            return HttpResponseBadRequest("until", content_type="text/plain")
        Notice.objects.of(request.user).filter(at__lte=until).mark_read()
        return _back_to_list(request)


class Preferences(FormAgain):
    """How the visitor wants to be told."""

    form_class = PreferenceForm
    template_name = "notices/preferences.html"
    success_url = reverse_lazy("notices:preferences")

    def get_form_kwargs(self) -> dict[str, Any]:
        own = Preference.objects.filter(pk=self.visitor.pk).first()
        return super().get_form_kwargs() | {"instance": own or Preference(pk=self.visitor.pk)}

    def form_valid(self, form: ModelForm) -> HttpResponse:
        form.instance.change(Mail(form.cleaned_data["mail"]))
        messages.success(self.request, _("Your choice is saved."))
        return super().form_valid(form)


def _back_to_list(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if own else "notices:list")
