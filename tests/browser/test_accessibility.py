"""axe-core finds nothing on the pages of an assessment, in either language and scheme."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from compliance.assessments.models import ConflictingAnswer, NotApplicableClaim
from tests.cast import Cast, make_answer, make_assessment, make_subject
from tests.page import section_address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def assessment(cast):
    """One in which everything goes wrong that can."""
    assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
    make_answer(assessment, "functions", ["live"])
    make_answer(assessment, "users", None, typed="很多", comment="备注")
    make_answer(assessment, "reviewers", 0)
    make_answer(assessment, "assessed", "late")
    entry = {"assessment": assessment, "by": cast.colleague, "at": assessment.created_at}
    ConflictingAnswer.objects.create(question="assessed", value="closed", **entry)
    NotApplicableClaim.objects.create(criterion="consent", claimed=True, **entry)
    return assessment


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_axe_finds_nothing(open_browser, cast, assessment, prefix, scheme):
    page = open_browser(cast.officer)
    page.emulate_media(color_scheme=scheme)
    own = f"{prefix}/assessments/{assessment.pk}/"
    sections = [
        section_address(assessment, name, prefix) for name in ("scope", "risks", "contents")
    ]
    start = [f"{prefix}/assessments/", f"{prefix}/assessments/start/", f"{prefix}/subjects/add/"]
    found = {}
    for address in [*start, own, f"{own}check/", *sections]:
        page.goto(address)
        results = Axe().run(page)
        if results.violations_count:
            found[address] = results.generate_report()
    assert not found, "\n".join(f"{address}\n{report}" for address, report in found.items())


def test_nothing_is_wider_than_a_small_phone(open_browser, cast, assessment):
    page = open_browser(cast.officer)
    page.set_viewport_size({"width": 360, "height": 740})
    own = f"/assessments/{assessment.pk}/"
    for address in ["/assessments/", own, f"{own}check/", section_address(assessment, "risks")]:
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width == 360, address
