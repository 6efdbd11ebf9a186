from django.urls import path

from compliance.assessments.evidence.editing import Edit
from compliance.assessments.evidence.library import Library, LibraryFile, Remove, Restore
from compliance.assessments.evidence.views import AnswerEvidencePage, Detach, EvidenceFile

urlpatterns = [
    path("evidence/", Library.as_view(), name="library"),
    path("evidence/<uuid:evidence_id>/", LibraryFile.as_view(), name="library_file"),
    path("evidence/<uuid:evidence_id>/edit/", Edit.as_view(), name="library_edit"),
    path("evidence/<uuid:evidence_id>/remove/", Remove.as_view(), name="library_remove"),
    path("evidence/<uuid:evidence_id>/restore/", Restore.as_view(), name="library_restore"),
    path(
        "<uuid:assessment_id>/evidence/<slug:question>/",
        AnswerEvidencePage.as_view(),
        name="evidence",
    ),
    path(
        "<uuid:assessment_id>/evidence/<slug:question>/<uuid:evidence_id>/remove/",
        Detach.as_view(),
        name="evidence_detach",
    ),
    path(
        "<uuid:assessment_id>/files/<uuid:evidence_id>/",
        EvidenceFile.as_view(),
        name="evidence_file",
    ),
]
