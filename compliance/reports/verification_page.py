"""The page where anyone can check a report, without signing in."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from compliance.assessments.submissions.numbers import is_number, normal
from compliance.limits import too_often
from compliance.reports.verification import Checked, check_file, check_numbers

MOST, SECONDS = 30, 60
"""So many checks from one network address in so many seconds."""
LARGEST = 20
"""MB of a PDF."""


class NumbersForm(forms.Form):
    """Number and hash, as they are printed."""

    number = forms.CharField(
        label=gettext_lazy("Submission number"),
        max_length=100,
        help_text=gettext_lazy("Such as ZP-2026-110105-7KQ4XN-R1-Y, on every page of the report."),
    )
    sha256 = forms.CharField(
        label=gettext_lazy("Hash (SHA-256)"),
        max_length=200,
        help_text=gettext_lazy("64 characters, at the foot of every page."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        number = normal(self.cleaned_data["number"])
        if not is_number(number):
            raise ValidationError(
                _("This is no submission number. Please compare it character by character.")
            )
        return number

    def clean_sha256(self) -> str:
        written = re.sub(r"[\s:-]", "", self.cleaned_data["sha256"]).lower()
        if not re.fullmatch("[0-9a-f]{64}", written):
            raise ValidationError(_("A SHA-256 has 64 characters: digits and the letters a to f."))
        return written


class FileForm(forms.Form):
    """The PDF itself."""

    file = forms.FileField(
        label=gettext_lazy("Report, receipt or letter (PDF)"),
        help_text=gettext_lazy("A gap report, a receipt or a letter, unchanged. It is not kept."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST * 1024**2:
            raise ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": LARGEST})
        data: bytes = file.read()
        if not data.startswith(b"%PDF-"):
            raise ValidationError(_("This is not a PDF."))
        return data


class Verify(View):
    """Check number and hash, which the code on a report brings along, or a PDF."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not {"number", "sha256"} & set(request.GET):
            return self.page()
        numbers = NumbersForm(request.GET)
        if not numbers.is_valid():
            return self.page(numbers=numbers)
        if too_often(request, "verify", MOST, SECONDS):
            return self.later()
        return self.page(numbers=numbers, checked=check_numbers(**numbers.cleaned_data))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(file=form)
        if too_often(request, "verify", MOST, SECONDS):
            return self.later()
        return self.page(checked=check_file(form.cleaned_data["file"]))

    def page(self, checked: Checked | None = None, **forms: forms.Form) -> HttpResponse:
        """Return the page, with what was found."""
        context: dict[str, Any] = {"numbers": NumbersForm(), "file": FileForm(), **forms}
        status = 422 if any(form.errors for form in forms.values()) else 200
        context["checked"] = checked
        return render(self.request, "submissions/verify.html", context, status=status)

    def later(self) -> HttpResponse:
        """Ask to wait: more checks than a person needs."""
        response = render(self.request, "submissions/verify_later.html", status=429)
        response["Retry-After"] = str(SECONDS)
        return response
