from django.urls import path

from compliance.reports.library_views import QuestionnairePdf
from compliance.reports.submission_views import ReceiptPdf, SubmittedReport
from compliance.reports.views import GapReport

app_name = "reports"
urlpatterns = [
    path(
        "assessments/<uuid:assessment_id>/gap-report/<str:language>/",
        GapReport.as_view(),
        name="gap_report",
    ),
    path(
        "assessments/submissions/<uuid:submission_id>/gap-report/<str:language>/",
        SubmittedReport.as_view(),
        name="submitted_report",
    ),
    path(
        "assessments/submissions/<uuid:submission_id>/receipt/<str:language>/",
        ReceiptPdf.as_view(),
        name="receipt",
    ),
    path(
        "library/<slug:key>/<str:version>/pdf/<str:language>/",
        QuestionnairePdf.as_view(),
        name="questionnaire",
    ),
]
