from django.urls import URLPattern, path

from compliance.records.reading import (
    Reach,
    of_assessment,
    of_oneself,
    of_organisation,
    of_site,
    of_submission,
)
from compliance.records.views import Download, Record, Records

app_name = "records"


def _both(route: str, name: str, reach: Reach) -> list[URLPattern]:
    """Return the page of a record and its workbook."""
    page = Record.as_view(reach=reach, download=f"records:{name}_download")
    download = Download.as_view(reach=reach, page=f"records:{name}")
    return [path(route, page, name=name), path(f"{route}xlsx/", download, name=f"{name}_download")]


urlpatterns = [
    path("", Records.as_view(), name="list"),
    *_both("mine/", "mine", of_oneself),
    *_both("site/", "site", of_site),
    *_both("assessments/<uuid:assessment_id>/", "assessment", of_assessment),
    *_both("submissions/<uuid:submission_id>/", "submission", of_submission),
    *_both("organisations/<uuid:organisation_id>/", "organisation", of_organisation),
]
