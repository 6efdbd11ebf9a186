"""Reusable texts: what the reviewers of a regulator say again and again."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, View

from compliance.accounts.form_again import FormAgain
from compliance.accounts.models import User
from compliance.organisations.models import Organisation, Visitor
from compliance.permissions import KEEP_TEXTS
from compliance.reviews.forms import LONGEST
from compliance.reviews.models import ReusableText
from compliance.selects import say_choose


def regulators_of(user: Visitor) -> QuerySet[Organisation]:
    """Return the regulators whose texts this person keeps; PermissionDenied where there is none."""
    found = Organisation.objects.regulators_of(user, KEEP_TEXTS.roles)
    if not found:
        raise PermissionDenied
    return found


class TextForm(forms.ModelForm):
    """A reusable text, in one of the regulators in which its author reviews."""

    class Meta:
        model = ReusableText
        fields = ["organisation", "title", "text"]

    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Do not enter state or work secrets."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, regulators: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.label, field.queryset = _("Regulator"), regulators
        if len(regulators) == 1:
            field.initial, field.empty_label = regulators[0], None
        say_choose(self)


class TextList(LoginRequiredMixin, ListView):
    """The reusable texts of the visitor's regulators."""

    template_name = "reviews/texts.html"
    context_object_name = "texts"

    def get_queryset(self) -> QuerySet[ReusableText]:
        own = ReusableText.objects.filter(organisation__in=regulators_of(self.request.user))
        return own.select_related("organisation", "by")


class TextPage(FormAgain):
    """Change a reusable text; without `text_id`, add one."""

    form_class = TextForm
    template_name = "reviews/text_form.html"

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return regulators_of(user).exists()

    def get_form_kwargs(self) -> dict[str, Any]:
        regulators = regulators_of(self.request.user)
        text = ReusableText()
        if "text_id" in self.kwargs:
            own = ReusableText.objects.filter(organisation__in=regulators)
            text = get_object_or_404(own, pk=self.kwargs["text_id"])
        return super().get_form_kwargs() | {"regulators": regulators, "instance": text}

    def form_valid(self, form: TextForm) -> HttpResponse:
        form.instance.by = self.visitor
        form.save()
        messages.success(self.request, _("The text is saved."))
        return redirect("reviews:texts")


class DeleteText(LoginRequiredMixin, View):
    """Ask whether to delete a reusable text; findings that used it keep their words."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, text_id: uuid.UUID) -> HttpResponse:
        text = get_object_or_404(self.own(), pk=text_id)
        context = {
            "title": _("Delete this text?"),
            "text": text.title,
            "consequences": [_("Findings that used it keep their words.")],
            "action": _("Delete"),
            "cancel_url": reverse("reviews:texts"),
        }
        return render(request, "confirmation.html", context)

    def post(self, request: HttpRequest, text_id: uuid.UUID) -> HttpResponse:
        self.own().filter(pk=text_id).delete()
        messages.success(request, _("The text is deleted."))
        return redirect("reviews:texts")

    def own(self) -> QuerySet[ReusableText]:
        """Return the texts that the visitor keeps."""
        return ReusableText.objects.filter(organisation__in=regulators_of(self.request.user))
