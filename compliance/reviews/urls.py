from django.urls import path

from compliance.reviews import case_views, handed_in, leading, responding, texts, views
from compliance.reviews.archiving import Archive
from compliance.reviews.checking import Checking
from compliance.reviews.letter import Letter
from compliance.reviews.queue import Queue

app_name = "reviews"
urlpatterns = [
    path("", Queue.as_view(), name="queue"),
    path("texts/", texts.TextList.as_view(), name="texts"),
    path("texts/add/", texts.TextPage.as_view(), name="text_add"),
    path("texts/<uuid:text_id>/", texts.TextPage.as_view(), name="text_edit"),
    path("texts/<uuid:text_id>/delete/", texts.DeleteText.as_view(), name="text_delete"),
    path("disputes/", case_views.CaseList.as_view(), name="cases"),
    path("disputes/<uuid:dispute_id>/", case_views.Case.as_view(), name="case"),
    path("disputes/<uuid:dispute_id>/opinion/", case_views.GiveOpinion.as_view(), name="opinion"),
    path(
        "disputes/<uuid:dispute_id>/decide/",
        case_views.DecideDispute.as_view(),
        name="decide_dispute",
    ),
    path(
        "disputes/<uuid:dispute_id>/withdraw/",
        case_views.WithdrawDispute.as_view(),
        name="withdraw_dispute",
    ),
    path(
        "<uuid:submission_id>/outcome/<slug:criterion>/contest/",
        case_views.Contest.as_view(),
        name="contest",
    ),
    path("<uuid:submission_id>/", views.ReviewPage.as_view(), name="review"),
    path("<uuid:submission_id>/take-up/", views.TakeUp.as_view(), name="take_up"),
    path("<uuid:submission_id>/criteria/<slug:criterion>/", Checking.as_view(), name="criterion"),
    path(
        "<uuid:submission_id>/evidence/<uuid:evidence_id>/",
        views.SubmittedEvidence.as_view(),
        name="evidence",
    ),
    path(
        "<uuid:submission_id>/gap-report/<str:language>/",
        handed_in.SubmittedReport.as_view(),
        name="submitted_report",
    ),
    path("<uuid:submission_id>/document/", handed_in.Document.as_view(), name="document"),
    path("<uuid:submission_id>/sealed/<uuid:scan_id>/", handed_in.Scan.as_view(), name="scan"),
    path("<uuid:submission_id>/assign/", leading.Assign.as_view(), name="assign"),
    path("<uuid:submission_id>/second-look/", leading.SecondLook.as_view(), name="second_look"),
    path("<uuid:submission_id>/decide/", leading.Decide.as_view(), name="decide"),
    path("<uuid:submission_id>/letter/<str:language>/", Letter.as_view(), name="letter"),
    path("assessments/<uuid:assessment_id>/archive/", Archive.as_view(), name="archive"),
    path("<uuid:submission_id>/outcome/", responding.Outcome.as_view(), name="outcome"),
    path(
        "<uuid:submission_id>/outcome/<slug:criterion>/reply/",
        responding.ReplyPage.as_view(),
        name="reply",
    ),
]
