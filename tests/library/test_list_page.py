"""/library/: the questionnaires that can be answered."""

import pytest

from compliance.library.models import QuestionnaireVersion
from tests.cast import make_version

pytestmark = pytest.mark.django_db


def test_it_says_what_each_questionnaire_is_for_and_how_long_it_is(reader):
    make_version(key="sample")
    page = reader.get("/library/").content.decode()
    for words in ("示例问卷", "供测试使用。", "4个章节", "5个评估项", "12道题目"):
        assert words in page, words
    page = reader.get("/en/library/").content.decode()
    for words in ("Sample questionnaire", "For tests.", "5 criteria", "12 questions"):
        assert words in page, words


def test_an_earlier_version_is_offered_beside_the_current_one(reader):
    make_version(key="sample")
    earlier = make_version(key="another")
    QuestionnaireVersion.objects.filter(pk=earlier.pk).update(
        key="sample", version="0.9", status="replaced"
    )
    page = reader.get("/library/").content.decode()
    assert page.count("供测试使用。") == 1
    assert 'href="/library/sample/0.9/"' in page


def test_where_nothing_is_published_it_says_so(reader):
    assert "尚未发布问卷" in reader.get("/library/").content.decode()
    assert "尚未纳入问卷" in reader.get("/library/traceability/").content.decode()


def test_more_versions_need_no_more_queries(reader, django_assert_num_queries):
    make_version()
    reader.get("/library/")  # documents are read once
    make_version()
    make_version()
    reader.get("/library/")
    with django_assert_num_queries(5):  # session, person, versions; memberships, notices
        reader.get("/library/")
