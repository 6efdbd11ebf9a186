"""A page of the wizard: 15 questions with comments, side by side with Django's own rendering."""

from collections.abc import Iterator
from typing import Any

from bench._figure import Figure
from bench._site import site
from bench.scoring import interleaved
from questionnaires.document import Questionnaire, WeighedCriterion

QUESTIONS = 15
SECTION = "measured"
COMMENT = "底稿由内审于11月12日完成，编号见附件目录。"
QUARTER = 0.25
FEW, MANY = 1, 500
"""Assessments in the database, for the number of queries."""


def measure() -> Iterator[Figure]:
    """Yield what the page costs in processor time, and its queries."""
    with site():
        yield from _measure()


def _measure() -> Iterator[Figure]:
    from django.template.loader import render_to_string
    from django.test import Client
    from django.utils import translation

    from compliance.assessments.draft import Draft
    from compliance.assessments.pages import posted_rows, section_page
    from tests.cast import make_assessment

    assessment = _filled_assessment()
    client = Client(HTTP_HOST="localhost")
    client.force_login(assessment.created_by)
    address = f"/assessments/{assessment.pk}/sections/{SECTION}/"
    assert client.get(address).status_code == 200
    translation.activate("zh-hans")
    draft = Draft(assessment)
    data = posted_rows(draft, SECTION, "zh")
    form_class = draft.outline.form(SECTION, "zh")

    def form() -> Any:
        return form_class(data, reference_date=assessment.reference_date)

    def ours() -> str:
        page = section_page(draft, SECTION, form(), "zh")
        context = {"page": page, "assessment": assessment, "may_answer": True}
        return render_to_string("assessments/_blocks.html", context)

    assert ours().count("<textarea") >= QUESTIONS
    page, default, whole = interleaved(ours, lambda: form().as_div(), lambda: client.get(address))
    yield Figure("Django's default rendering of the form", f"{default / 1000:.2f} ms")
    yield Figure("the page's rendering of the same form", f"{page / 1000:.2f} ms")
    yield Figure("… to the default", f"{page / default:.2f}", "0.25", page / default / QUARTER)
    yield Figure("the whole request: access, answers, score, frame, form", f"{whole / 1000:.2f} ms")
    yield Figure("… to the default rendering of the form alone", f"{whole / default:.2f}")
    before = _queries(client, address)
    for _ in range(MANY - FEW):
        make_assessment(
            assessment.subject, version=assessment.version, created_by=assessment.created_by
        )
    after = _queries(client, address)
    writes = [sql for sql in after if not sql.lstrip().startswith("SELECT")]
    yield Figure(f"queries with {FEW} assessment", str(len(before)))
    yield Figure(
        f"queries with {MANY} assessments",
        str(len(after)),
        str(len(before)),
        len(after) / len(before),
    )
    yield Figure("queries that write, of these", str(len(writes)), "0")


def _queries(client: Any, address: str) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


def _filled_assessment() -> Any:
    """Return an assessment with every question of the section answered and commented."""
    from compliance.assessments.demonstration import ANSWERS
    from compliance.library.sources import published_file
    from compliance.organisations.models import Role
    from questionnaires.answers import read_answers_file
    from questionnaires.publishing import canonical, load
    from tests.cast import make_answer, make_assessment, make_member, make_subject, make_version

    _, file = read_answers_file(ANSWERS)
    questionnaire = load(published_file(file.questionnaire, "1.0").read_bytes())
    measured = with_one_more_section(questionnaire, set(file.answers))
    subject = make_subject()
    assessment = make_assessment(
        subject,
        version=make_version(document=canonical(measured).decode()),
        created_by=make_member(subject.organisation, Role.COMPLIANCE_OFFICER),
    )
    for name, given in file.answers.items():
        make_answer(assessment, name, given, comment=COMMENT)
    return assessment


def with_one_more_section(questionnaire: Questionnaire, asked: set[str]) -> Questionnaire:
    """Return the questionnaire with a last section of 15 questions, all of them asked."""
    chosen: list[WeighedCriterion] = []
    left = QUESTIONS
    for criterion in (c for section in questionnaire.sections for c in section.criteria):
        names = {question.id for question in criterion.questions}
        if names <= asked and len(names) <= left:
            chosen.append(criterion)
            left -= len(names)
    assert left == 0
    others = [
        section.model_copy(
            update={"criteria": tuple(c for c in section.criteria if c not in chosen)}
        )
        for section in questionnaire.sections
    ]
    last = others[-1].model_copy(update={"id": SECTION, "criteria": tuple(chosen)})
    kept = [section for section in others if section.questions or section.criteria]
    return questionnaire.model_copy(update={"sections": (*kept, last)})
