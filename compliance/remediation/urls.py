from django.urls import path

from compliance.remediation import action_views, inspecting_views, views

app_name = "remediation"
urlpatterns = [
    path("", views.ActionList.as_view(), name="list"),
    path("register/", views.Register.as_view(), name="register"),
    path("assessments/<uuid:assessment_id>/", views.PlanPage.as_view(), name="plan"),
    path("assessments/<uuid:assessment_id>/report/", views.ReportAll.as_view(), name="report_all"),
    path(
        "assessments/<uuid:assessment_id>/gaps/<slug:criterion>/add/",
        action_views.AddAction.as_view(),
        name="add",
    ),
    path("demands/<uuid:submission_id>/", views.DemandPage.as_view(), name="demand"),
    path("actions/<uuid:action_id>/", action_views.ActionPage.as_view(), name="action"),
    path("actions/<uuid:action_id>/change/", action_views.Change.as_view(), name="change"),
    path("actions/<uuid:action_id>/begin/", action_views.Begin.as_view(), name="begin"),
    path("actions/<uuid:action_id>/give-up/", action_views.GiveUp.as_view(), name="give_up"),
    path("actions/<uuid:action_id>/report/", inspecting_views.ReportDone.as_view(), name="report"),
    path("actions/<uuid:action_id>/inspect/", inspecting_views.Inspect.as_view(), name="inspect"),
    path("actions/<uuid:action_id>/more-time/", inspecting_views.AskForTime.as_view(), name="ask"),
    path(
        "actions/<uuid:action_id>/more-time/<uuid:extension_id>/",
        inspecting_views.AnswerExtension.as_view(),
        name="answer",
    ),
    path(
        "actions/<uuid:action_id>/milestones/",
        action_views.AddMilestone.as_view(),
        name="milestone",
    ),
    path(
        "actions/<uuid:action_id>/milestones/<uuid:milestone_id>/",
        action_views.TickMilestone.as_view(),
        name="tick",
    ),
]
