"""Every address of the site: Chinese without a prefix, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import TemplateView

urlpatterns = i18n_patterns(
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("accounts/", include("compliance.accounts.urls")),
    path("subjects/", include("compliance.organisations.urls")),
    path("assessments/", include("compliance.assessments.urls")),
    prefix_default_language=False,
)
