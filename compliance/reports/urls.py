from django.urls import path

from compliance.reports.library_views import QuestionnairePdf

app_name = "reports"
urlpatterns = [
    path(
        "library/<slug:key>/<str:version>/pdf/<str:language>/",
        QuestionnairePdf.as_view(),
        name="questionnaire",
    ),
]
