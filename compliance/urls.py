"""Every address of the site: Chinese without a prefix, English under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import TemplateView

from compliance import appearance
from compliance.administration.rows import site as administration
from compliance.assessments.law_changes import LawChanges
from compliance.handover import hand_over
from compliance.organisations.views.people import Leave
from compliance.reports.verification_page import Verify

urlpatterns = i18n_patterns(
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("theme/", appearance.choose_theme, name="theme"),
    path("accounts/", include("compliance.accounts.urls")),
    path("", include("compliance.organisations.urls")),
    path(
        "organisations/<uuid:organisation_id>/people/<uuid:person_id>/leave/",
        Leave.as_view(hand_over=hand_over),
        name="leave",
    ),
    path("notices/", include("compliance.notices.urls")),
    path("library/law-changes/", LawChanges.as_view(), name="law_changes"),
    path("library/", include("compliance.library.urls")),
    path("assessments/", include("compliance.assessments.urls")),
    path("", include("compliance.reports.urls")),
    path("verify/", Verify.as_view(), name="verify"),
    path("reviews/", include("compliance.reviews.urls")),
    path("remediation/", include("compliance.remediation.urls")),
    path("oversight/", include("compliance.oversight.urls")),
    path("record/", include("compliance.records.urls")),
    path("admin/", administration.urls),
    prefix_default_language=False,
)

if settings.DEBUG:
    from compliance import gallery

    urlpatterns += i18n_patterns(
        path("design/", gallery.gallery, name="design"), prefix_default_language=False
    )
