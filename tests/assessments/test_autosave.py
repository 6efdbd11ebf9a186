"""One answer is saved while its page is still open."""

import pytest
from django.contrib.sessions.models import Session

from compliance.assessments.models import Answer, Assessment, ConflictingAnswer, NotApplicableClaim
from tests.cast import make_answer, make_assessment, make_subject
from tests.page import section_form

pytestmark = pytest.mark.django_db


def save(client, assessment, prefix="", **fields):
    return client.post(f"{prefix}/assessments/{assessment.pk}/autosave/", fields)


@pytest.fixture
def seen(officer, assessment):
    """The tokens of an empty page."""
    form = section_form(officer, assessment, "scope")
    return {key: form.value(f"seen-{key}") for key in ("users", "minors", "functions")}


def users(value, token, **more):
    return {"question": "users", "answer-users": value, "seen-users": token, **more}


def test_it_works(officer, cast, assessment, seen):
    response = save(officer, assessment, **users("7", seen["users"], **{"comment-users": "约"}))
    assert response.status_code == 200
    row = Answer.objects.get()
    assert (row.value, row.comment, row.by) == (7, "约", cast.officer)
    answer = response.json()
    assert answer["errors"] == {}
    assert answer["saved_at"].endswith("+08:00")
    assert answer["saved_at"][11:19] in answer["saved"]


def test_the_token_it_returns_serves_the_next_save(officer, assessment, seen):
    token = save(officer, assessment, **users("7", seen["users"])).json()["seen"]
    assert save(officer, assessment, **users("8", token)).status_code == 200
    assert Answer.objects.get().revision == 2


def test_the_page_can_be_sent_after_it(officer, assessment, seen):
    form = section_form(officer, assessment, "scope")
    token = save(officer, assessment, **users("7", seen["users"])).json()["seen"]
    form.fill(**{"answer-users": "7", "seen-users": token})
    officer.post(f"/assessments/{assessment.pk}/sections/scope/", form.fields)
    assert Answer.objects.get().revision == 1


def test_what_cannot_be_read_is_kept_and_its_error_returned(officer, assessment, seen):
    response = save(officer, assessment, prefix="/en", **users("many", seen["users"]))
    assert response.status_code == 200
    assert "is not a number" in response.json()["errors"]["answer-users"]
    assert Answer.objects.get().typed == "many"


def test_a_comment_too_long_is_refused_and_the_answer_kept(officer, assessment, seen):
    long = {"comment-users": "x" * 1_000_000}
    response = save(officer, assessment, **users("7", seen["users"], **long))
    assert response.status_code == 422
    assert "4000" in response.json()["errors"]["comment-users"]
    assert (Answer.objects.get().value, Answer.objects.get().comment) == (7, "")
    token = response.json()["seen"]
    assert save(officer, assessment, **users("8", token)).status_code == 200


def test_someone_elses_change_meanwhile_is_a_conflict_with_both(officer, cast, assessment, seen):
    make_answer(assessment, "users", 5, comment="旧", by=cast.colleague)
    response = save(officer, assessment, **users("7", seen["users"]))
    assert response.status_code == 409
    answer = response.json()
    assert str(cast.colleague) in answer["error"]
    assert answer["stored"] == {"words": "5 人", "comment": "旧"}
    assert answer["sent"] == {"words": "7 人", "comment": ""}
    assert Answer.objects.get().value == 5
    assert ConflictingAnswer.objects.get().value == 7


def test_a_claim(officer, assessment):
    form = section_form(officer, assessment, "risks")
    fields = {"criterion": "consent", "claimed-consent": "on", "justification-consent": "无真人"}
    token = {"claim-seen-consent": form.value("claim-seen-consent")}
    assert save(officer, assessment, **fields, **token).status_code == 200
    assert NotApplicableClaim.objects.get().justification == "无真人"
    fields["justification-consent"] = "另有理由"
    assert save(officer, assessment, **fields, **token).status_code == 409


def test_an_answer_that_decides_says_what_is_asked_now(officer, assessment, seen):
    form = section_form(officer, assessment, "risks")
    fields = {"question": "assessed", "seen-assessed": form.value("seen-assessed")}
    answer = save(officer, assessment, **fields, **{"answer-assessed": "none"}).json()
    assert answer["asked"]["assessed-on"] == "no"
    fields["seen-assessed"] = answer["seen"]
    answer = save(officer, assessment, **fields, **{"answer-assessed": "late"}).json()
    assert answer["asked"]["assessed-on"] == "yes"
    assert "asked" not in save(officer, assessment, **users("7", seen["users"])).json()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"question": "unheard-of", "seen-unheard-of": "0.0123456789abcdef"},
        {"question": "users"},
        {"question": "users", "seen-users": "x", "answer-users": "7"},
        {"question": "minors", "seen-minors": "0.0123456789abcdef", "answer-minors": "perhaps"},
        {"question": "users", "seen-users": "0.0123456789abcdef", "answer-minors": "no"},
        {"criterion": "fraud", "claim-seen-fraud": "0.0123456789abcdef", "claimed-fraud": "on"},
    ],
    ids=range(7),
)
def test_what_no_page_can_send_is_refused(officer, assessment, fields):
    assert save(officer, assessment, **fields).status_code == 400
    assert not Answer.objects.exists()
    assert not NotApplicableClaim.objects.exists()


def test_signed_out(officer, assessment, seen):
    Session.objects.all().delete()
    response = save(officer, assessment, **users("7", seen["users"]))
    assert response.status_code == 403
    assert response.json()["error"]
    assert not Answer.objects.exists()


def test_closed_meanwhile(officer, assessment, seen):
    Assessment.objects.update(status=Assessment.Status.FINISHED)
    response = save(officer, assessment, **users("7", seen["users"]))
    assert response.status_code == 403
    assert response.json()["error"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [("signatory", 403), ("auditor", 403), ("stranger", 404), ("reviewer", 404)]
)
def test_who_may_not(client, cast, assessment, role, status):
    client.force_login(getattr(cast, role))
    response = save(client, assessment, **users("7", "0.0123456789abcdef"))
    assert response.status_code == status
    assert not Answer.objects.exists()


def test_few_queries_and_no_more_with_more_in_the_database(
    officer, cast, assessment, seen, django_assert_num_queries
):
    token = save(officer, assessment, **users("1", seen["users"])).json()["seen"]
    # Session, user, assessment with roles; then what storing with its event takes.
    with django_assert_num_queries(3 + 9):
        token = save(officer, assessment, **users("2", token)).json()["seen"]
    for _ in range(10):
        other = make_assessment(make_subject(cast.company), version=assessment.version)
        make_answer(other, "users", 3)
    with django_assert_num_queries(3 + 9):
        save(officer, assessment, **users("3", token))
