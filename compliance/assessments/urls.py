from django.urls import path

from compliance.assessments import views

app_name = "assessments"
urlpatterns = [
    path("", views.AssessmentList.as_view(), name="list"),
    path("start/", views.Start.as_view(), name="start"),
    path("<uuid:assessment_id>/", views.Tasks.as_view(), name="tasks"),
]
