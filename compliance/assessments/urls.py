from django.urls import include, path

from compliance.assessments.autosave import Autosave
from compliance.assessments.collaboration.assign_page import Assign, ReportDone
from compliance.assessments.collaboration.claim_history_page import ClaimHistory
from compliance.assessments.collaboration.history_page import History
from compliance.assessments.collaboration.thread_pages import ThreadPage, Threads
from compliance.assessments.finishing import Finish, Reopen
from compliance.assessments.overview import Check, Tasks
from compliance.assessments.results import (
    ExplainCriterion,
    ExplainDomain,
    ExplainScore,
    PlannedResult,
    Result,
)
from compliance.assessments.reusing import Reuse
from compliance.assessments.upgrades import Upgrade
from compliance.assessments.views import AssessmentList, Start
from compliance.assessments.wizard import SectionWizard
from compliance.assessments.workbooks.views import Cancel, Offline, Preview, Workbook

app_name = "assessments"
urlpatterns = [
    path("", AssessmentList.as_view(), name="list"),
    path("start/", Start.as_view(), name="start"),
    path("<uuid:assessment_id>/", Tasks.as_view(), name="tasks"),
    path(
        "<uuid:assessment_id>/sections/<slug:step>/",
        SectionWizard.as_view(url_name="assessments:section"),
        name="section",
    ),
    path(
        "<uuid:assessment_id>/sections/<slug:step>/done/", ReportDone.as_view(), name="report_done"
    ),
    path("<uuid:assessment_id>/assign/", Assign.as_view(), name="assign"),
    path("<uuid:assessment_id>/threads/", Threads.as_view(), name="threads"),
    path("<uuid:assessment_id>/threads/<slug:question>/", ThreadPage.as_view(), name="thread"),
    path("<uuid:assessment_id>/history/<slug:question>/", History.as_view(), name="history"),
    path(
        "<uuid:assessment_id>/history/claims/<slug:criterion>/",
        ClaimHistory.as_view(),
        name="claim_history",
    ),
    path("<uuid:assessment_id>/autosave/", Autosave.as_view(), name="autosave"),
    path("<uuid:assessment_id>/workbook/", Workbook.as_view(), name="workbook"),
    path("<uuid:assessment_id>/offline/", Offline.as_view(), name="offline"),
    path(
        "<uuid:assessment_id>/offline/<uuid:import_id>/",
        Preview.as_view(),
        name="import",
    ),
    path(
        "<uuid:assessment_id>/offline/<uuid:import_id>/cancel/",
        Cancel.as_view(),
        name="import_cancel",
    ),
    path("", include("compliance.assessments.evidence.urls")),
    path("", include("compliance.assessments.submissions.urls")),
    path("<uuid:assessment_id>/check/", Check.as_view(), name="check"),
    path("<uuid:assessment_id>/finish/", Finish.as_view(), name="finish"),
    path("<uuid:assessment_id>/reopen/", Reopen.as_view(), name="reopen"),
    path("<uuid:assessment_id>/reuse/", Reuse.as_view(), name="reuse"),
    path("<uuid:assessment_id>/upgrade/", Upgrade.as_view(), name="upgrade"),
    path("<uuid:assessment_id>/result/", Result.as_view(), name="result"),
    path("<uuid:assessment_id>/result/planned/", PlannedResult.as_view(), name="planned"),
    path("<uuid:assessment_id>/result/explain/", ExplainScore.as_view(), name="explain_score"),
    path(
        "<uuid:assessment_id>/result/explain/domains/<slug:domain>/",
        ExplainDomain.as_view(),
        name="explain_domain",
    ),
    path(
        "<uuid:assessment_id>/result/explain/<slug:criterion>/",
        ExplainCriterion.as_view(),
        name="explain_criterion",
    ),
]
