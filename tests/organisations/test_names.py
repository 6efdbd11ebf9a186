"""What a company is called on a page."""

import pytest
from django.utils import translation

from compliance.organisations.models import Organisation


@pytest.mark.parametrize(
    ("language", "name_en", "shown"),
    [
        ("zh-hans", "Example Ltd", "示例公司"),
        ("en", "Example Ltd", "Example Ltd"),
        ("en", "", "示例公司"),
    ],
)
def test_a_company_goes_by_its_name_in_the_language_of_the_page(language, name_en, shown):
    with translation.override(language):
        assert str(Organisation(name="示例公司", name_en=name_en)) == shown
