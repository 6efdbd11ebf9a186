from django.urls import path

from compliance.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.NoticeList.as_view(), name="list"),
    path("read/", views.MarkAllRead.as_view(), name="mark_all_read"),
    path("preferences/", views.Preferences.as_view(), name="preferences"),
    path("<uuid:notice_id>/open/", views.open_notice, name="open"),
    path("<uuid:notice_id>/read/", views.MarkRead.as_view(), name="mark_read"),
]
