from django.urls import path

from compliance.reports.library_views import QuestionnairePdf
from compliance.reports.views import GapReport

app_name = "reports"
urlpatterns = [
    path(
        "assessments/<uuid:assessment_id>/gap-report/<str:language>/",
        GapReport.as_view(),
        name="gap_report",
    ),
    path(
        "library/<slug:key>/<str:version>/pdf/<str:language>/",
        QuestionnairePdf.as_view(),
        name="questionnaire",
    ),
]
