from django.urls import path

from compliance.assessments.submissions.receipts import Document, Receipt, Scan, Withdraw
from compliance.assessments.submissions.views import (
    Approve,
    Decline,
    Recall,
    RequestSignature,
    SigningPage,
    Submit,
)

urlpatterns = [
    path("<uuid:assessment_id>/signing/", SigningPage.as_view(), name="signing"),
    path(
        "<uuid:assessment_id>/signing/request/",
        RequestSignature.as_view(),
        name="request_signature",
    ),
    path("sign-offs/<uuid:sign_off_id>/approve/", Approve.as_view(), name="approve"),
    path("sign-offs/<uuid:sign_off_id>/decline/", Decline.as_view(), name="decline"),
    path("sign-offs/<uuid:sign_off_id>/recall/", Recall.as_view(), name="recall"),
    path("sign-offs/<uuid:sign_off_id>/submit/", Submit.as_view(), name="submit"),
    path("submissions/<uuid:submission_id>/", Receipt.as_view(), name="receipt"),
    path("submissions/<uuid:submission_id>/document/", Document.as_view(), name="document"),
    path("submissions/<uuid:submission_id>/sealed/<uuid:scan_id>/", Scan.as_view(), name="scan"),
    path("submissions/<uuid:submission_id>/withdraw/", Withdraw.as_view(), name="withdraw"),
]
