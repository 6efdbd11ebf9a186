from django.urls import path

from compliance.organisations import views

app_name = "organisations"
urlpatterns = [path("add/", views.SubjectAdd.as_view(), name="subject_add")]
