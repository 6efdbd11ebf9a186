"""/library/<key>/<version>/: a whole questionnaire as people read it."""

from html import escape

import pytest

from compliance.library.models import QuestionnaireVersion
from compliance.library.questionnaire_page import questionnaire_page
from compliance.library.versions import scorer_of
from questionnaires.answers import questions_of
from questionnaires.publishing import canonical
from tests.cast import make_version
from tests.questionnaires.build import criterion, questionnaire, single, words, yes_no

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("prefix", "language"), [("", "zh"), ("/en", "en")])
def test_everything_that_is_asked_stands_on_it(reader, digital_human, prefix, language):
    address = f"{prefix}/library/{digital_human.key}/{digital_human.version}/"
    page = reader.get(address).content.decode()
    asked = scorer_of(digital_human).questionnaire
    expected = [asked.title, asked.purpose, *(domain.title for domain in asked.domains)]
    expected += [tier.rule for tier in asked.tiers]
    expected += [found.message for found in asked.contradictions]
    expected += [instrument.cited_as for instrument in asked.instruments]
    expected += [requirement.text for requirement in asked.requirements]
    for section in asked.sections:
        for each in section.criteria:
            expected += [each.title]
            for limit in filter(None, (each.veto, each.cap)):
                expected += [limit.because]
    for question in questions_of(asked):
        expected += [question.text, *filter(None, (question.help, question.why, question.advice))]
        expected += [option.text for option in getattr(question, "options", ())]
    missing = [each.to(language) for each in expected if escape(each.to(language)) not in page]
    assert missing == []
    numbers = questionnaire_page(scorer_of(digital_human), language)
    for section in numbers.sections:
        for entry in section.questions:
            assert f'id="q-{entry.question.id}"' in page
            assert f">{entry.number}</span>" in page


def test_grade_b_is_marked_and_grade_a_is_not(reader, digital_human):
    page = reader.get(f"/en/library/{digital_human.key}/{digital_human.version}/").content.decode()
    marked = page.count('<li class="citation citation--b">')
    reading = questionnaire_page(scorer_of(digital_human), "en")
    grades = [
        article["grade"]
        for section in reading.sections
        for each in section.criteria
        for article in each.citations["articles"]
    ]
    assert marked == grades.count("B") > 0
    assert grades.count("A") > 0


def published(*criteria: object, **more: object) -> QuestionnaireVersion:
    raw = questionnaire(*criteria, **more)
    return make_version(key="small", document=canonical(raw).decode())


def page_of(reader, version: QuestionnaireVersion) -> str:
    return reader.get(f"/en/library/{version.key}/{version.version}/").content.decode()


def test_a_veto_says_what_it_does_for_each_tier(reader):
    tiers = [
        {
            "id": "key",
            "title": words("Key"),
            "rule": words("r"),
            "if": {"question": "y", "is": "yes"},
        },
        {"id": "general", "title": words("General"), "rule": words("r")},
    ]
    veto = {
        "pass_mark": "0.6",
        "pass_mark_by_tier": {"key": 1},
        "because": words("It is missing."),
        "compensating_measure": words("It is out of service."),
    }
    version = published(
        criterion("c", single("q"), veto=veto), scoping=[yes_no("y", full_for=None)], tiers=tiers
    )
    page = page_of(reader, version)
    assert "Below an achievement of 60% the rating is “" in page
    assert "For the tier “Key” the mark is 100%." in page
    assert "It is missing." in page
    assert "It is out of service." in page


def test_conditions_are_said_in_words(reader):
    version = published(
        criterion(
            "c",
            single("q"),
            single("more", ask_if={"question": "q", "is": "full"}, if_hidden="leave_out"),
            applies_if={"question": "y", "is": "yes"},
            not_applicable=words("no"),
        ),
        scoping=[yes_no("y", full_for=None)],
    )
    page = page_of(reader, version)
    assert "Applies only if: question 1.1 is answered “Yes”." in page
    assert "Asked only if: question 2.1 is answered “full”." in page
    assert "Where another scored answer hides it, it does not count." in page


def test_weights_are_shown_with_what_they_are_worth(reader):
    version = published(
        criterion("a", single("q"), weight=3), criterion("b", single("r"), weight=1)
    )
    page = page_of(reader, version)
    assert "75.00 of 100 points where everything applies" in page
    assert "25.00 of 100 points where everything applies" in page


def test_what_a_questionnaire_says_is_escaped(reader):
    version = published(criterion("a", single("q", text=words("<script>alert(1)</script>"))))
    assert "<script>alert(1)" not in page_of(reader, version)


@pytest.mark.parametrize("address", ["digital-human/99/", "no-such/1/", "digital-human/../1/"])
def test_what_is_not_published_is_not_found(reader, digital_human, address):
    assert reader.get(f"/library/{address}").status_code == 404


def test_a_replaced_version_says_so(reader):
    version = make_version()
    QuestionnaireVersion.objects.filter(pk=version.pk).update(status="replaced")
    assert "A newer version has replaced this one." in page_of(reader, version)


def test_it_leads_to_the_questionnaires_to_answer_next(reader):
    make_version(key="sample")
    lead = {"if": {"question": "q", "is": "full"}, "because": words("You do this.")}
    leads = [lead | {"questionnaire": "sample"}, lead | {"questionnaire": "not-published"}]
    page = page_of(reader, published(criterion("c", single("q")), leads_to=leads))
    assert '<a href="/en/library/sample/1/">Sample questionnaire</a>: You do this.' in page
    assert "<p>not-published: You do this.</p>" in page
    assert "Applies if: question 1.1 is answered “full”." in page


def test_the_status_of_an_instrument_is_that_of_the_day_of_publication(reader):
    law = {
        "id": "law",
        "title": words("Law"),
        "cited_as": words("Law"),
        "kind": "law",
        "binding": True,
        "grade": "A",
        "changes": [
            {"on": "2020-01-01", "status": "amended", "note": words("then")},
            {"on": "2090-01-01", "status": "repealed", "note": words("later")},
        ],
    }
    page = page_of(reader, published(criterion("c", single("q")), instruments=[law]))
    assert "Amended" in page
    assert "Repealed" not in page
