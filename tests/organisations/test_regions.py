"""What a region is called, who lies within whom, and who checks where."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from compliance.organisations import regions
from compliance.organisations.models import Membership, Organisation, Role
from tests.cast import make_association, make_company, make_member, make_regulator, make_user

codes = st.sampled_from(sorted(regions.regions()))


def significant(code: str) -> str:
    """The digits of a code that say something, in pairs: 110100 is 1101."""
    pairs = [code[:2], code[2:4], code[4:]]
    while pairs and pairs[-1] == "00":
        pairs.pop()
    return "".join(pairs)


@given(codes, codes)
def test_covering_is_being_a_prefix(wide, narrow):
    expected = significant(narrow).startswith(significant(wide))
    assert regions.covers(wide, narrow) == expected
    assert regions.covers(wide, narrow) == (wide in regions.wider(narrow))


@given(codes)
def test_a_region_is_found_by_its_code_and_by_its_whole_name(code):
    assert [each.code for each in regions.regions_called(f" {code} ")] == [code]
    place = regions.region(code)
    if place.own_name not in regions.GROUPS:
        assert code in {each.code for each in regions.regions_called(place.full_name)}


@pytest.mark.parametrize(
    ("code", "chinese", "english"),
    [
        ("000000", "全国", "The whole country (000000)"),
        ("110000", "北京市", "Beijing (110000)"),
        ("110105", "北京市朝阳区", "Beijing 朝阳区 (110105)"),
        ("220104", "吉林省长春市朝阳区", "Jilin 长春市朝阳区 (220104)"),
        ("419001", "河南省济源市", "Henan 济源市 (419001)"),
        ("441900", "广东省东莞市", "Guangdong 东莞市 (441900)"),
        ("540000", "西藏自治区", "Xizang (540000)"),
    ],
)
def test_names(code, chinese, english):
    assert str(regions.region(code)) == chinese
    with translation.override("en"):
        assert str(regions.region(code)) == english


@pytest.mark.parametrize("former", ["110103", "110200", "110228", "429001", "422921", "999999", ""])
def test_only_codes_of_today_count(former):
    assert regions.region(former) is None


def test_every_province_has_an_english_name():
    provinces = {code[:2] for code in regions.regions()}
    assert set(regions.english_names()) == provinces
    assert len(provinces) == 35  # 34, and the whole country


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("朝阳区", ["110105", "220104"]),
        ("北京市 朝阳区", ["110105"]),
        ("长春市朝阳区", ["220104"]),
        ("朝阳", []),
        ("市辖区", []),
        ("市", []),
        ("", []),
        ("啊" * 10_000, []),
    ],
)
def test_finding_by_name(text, found):
    assert [each.code for each in regions.regions_called(text)] == found


@pytest.mark.parametrize(
    ("code", "exact"),
    [("110105", True), ("441900", True), ("710000", True), ("110100", False), ("000000", False)],
)
def test_an_exact_region_has_no_parts(code, exact):
    assert regions.region(code).exact is exact


class ReachTest(TestCase):
    """The database and the table of regions agree."""

    @given(wide=codes, narrow=codes)
    def test_the_database_covers_what_the_table_covers(self, wide, narrow):
        regulator = make_regulator(wide)
        reviewer = make_member(regulator, Role.REVIEWER)
        company = make_company(region=narrow)
        expected = regions.covers(wide, narrow)
        reached = Organisation.objects.in_jurisdiction_of(reviewer)
        assert (company in reached) == expected
        assert (regulator in Organisation.objects.regulators_for(narrow)) == expected
        assert regulator.jurisdictions.get().covers(narrow) == expected


@pytest.mark.django_db
def test_a_company_without_region_lies_in_no_jurisdiction():
    make_company(region="")
    reviewer = make_member(make_regulator("000000"), Role.REVIEWER)
    assert not Organisation.objects.in_jurisdiction_of(reviewer).exists()
    assert not Organisation.objects.regulators_for("").exists()


@pytest.mark.django_db
def test_only_people_of_a_regulator_have_a_jurisdiction():
    company = make_company()
    regulator = make_regulator()
    former = make_member(regulator, Role.LEAD_REVIEWER)
    Membership.objects.filter(user=former).update(active=False)
    outsiders = [
        make_user(),
        former,
        make_member(company, Role.COMPLIANCE_OFFICER),
        make_member(make_association(), Role.PANELLIST),
        make_member(regulator, Role.COMPLIANCE_OFFICER),  # a role that a regulator does not have
    ]
    for user in outsiders:
        assert not Organisation.objects.in_jurisdiction_of(user).exists()
    reviewer = make_member(regulator, Role.AUDITOR)
    assert list(Organisation.objects.in_jurisdiction_of(reviewer)) == [company]


@pytest.mark.django_db
def test_the_nearest_regulator_comes_first_and_only_once():
    country, city = make_regulator("000000"), make_regulator("110000", "110105", "310000")
    district, elsewhere = make_regulator("110105"), make_regulator("310000")
    found = list(Organisation.objects.regulators_for("110105"))
    assert set(found) == {district, city, country}
    assert found[-1] == country
    assert elsewhere not in found


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow():
    reviewer = make_member(make_regulator("110000", "310000"), Role.REVIEWER)
    make_member(make_regulator("440000"), Role.REVIEWER)
    counts = []
    for _ in range(2):
        for region in ("110105", "310101", "440103"):
            make_company(region=region)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = len(Organisation.objects.in_jurisdiction_of(reviewer))
        counts.append((len(queries), found))
    assert counts == [(1, 2), (1, 4)]
