from django.urls import path

from compliance.library.views import (
    QuestionnaireView,
    Traceability,
    TraceabilityWorkbook,
    VersionList,
)

app_name = "library"
urlpatterns = [
    path("", VersionList.as_view(), name="list"),
    path("traceability/", Traceability.as_view(), name="traceability"),
    path("traceability/xlsx/", TraceabilityWorkbook.as_view(), name="traceability_workbook"),
    path("<slug:key>/<str:version>/", QuestionnaireView.as_view(), name="questionnaire"),
]
