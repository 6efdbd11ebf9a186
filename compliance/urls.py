"""Every address of the site: Chinese without a prefix, English under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import TemplateView

from compliance import appearance
from compliance.assessments.law_changes import LawChanges

urlpatterns = i18n_patterns(
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("theme/", appearance.choose_theme, name="theme"),
    path("accounts/", include("compliance.accounts.urls")),
    path("subjects/", include("compliance.organisations.urls")),
    path("library/law-changes/", LawChanges.as_view(), name="law_changes"),
    path("library/", include("compliance.library.urls")),
    path("assessments/", include("compliance.assessments.urls")),
    path("", include("compliance.reports.urls")),
    prefix_default_language=False,
)

if settings.DEBUG:
    from compliance import gallery

    urlpatterns += i18n_patterns(
        path("design/", gallery.gallery, name="design"), prefix_default_language=False
    )
