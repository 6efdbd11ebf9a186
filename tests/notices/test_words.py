"""The words of a notice: kept for both languages, written in the reader's."""

import datetime as dt
import json

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from compliance.notices.words import LONGEST, pack, unpack
from tests.cast import make_company

languages = st.sampled_from(["zh-hans", "en"])
words = st.one_of(
    st.text(),
    st.integers(),
    st.dates(),
    st.datetimes(timezones=st.just(dt.UTC)).filter(lambda moment: 1 < moment.year < 9999),
    st.fixed_dictionaries({"zh": st.text(), "en": st.text()}),
)


@given(words, languages)
def test_every_word_survives_json_and_is_one_short_line(word, language):
    packed = json.loads(json.dumps(pack(word)))
    assert packed == pack(word)
    with translation.override(language):
        written = unpack(packed)
    assert written.isprintable()
    assert written == written.strip()
    assert len(written) <= max(LONGEST, len(str(word)) if isinstance(word, int) else 0)


@given(st.text(st.characters(categories=["L", "N"]), max_size=LONGEST), languages)
def test_a_short_name_stays_as_it_is(name, language):
    with translation.override(language):
        assert unpack(pack(name)) == name


@given(st.text(), st.text())
def test_each_reads_their_own_language(zh, en):
    packed = pack({"zh": zh, "en": en})
    assert unpack(packed) == unpack(pack(zh))
    with translation.override("en"):
        assert unpack(packed) == unpack(pack(en))


@pytest.mark.django_db
def test_a_company_has_its_name_in_either_language():
    packed = pack(make_company(name="某某公司", name_en="Some Company"))
    assert packed == {"zh": "某某公司", "en": "Some Company"}


def test_what_is_the_same_in_both_is_kept_once():
    assert pack(gettext_lazy("Unread")) == {"zh": "未读", "en": "Unread"}
    assert pack("报送件") == "报送件"
    assert pack({"zh": "A", "en": "A"}) == "A"
