"""The library's pages are read by someone signed in, with the real questionnaires published."""

import pytest

from compliance.library.models import QuestionnaireVersion
from compliance.library.versions import load_published
from tests.cast import make_user


@pytest.fixture
def reader(client):
    """A client signed in as someone without any role."""
    client.force_login(make_user())
    return client


@pytest.fixture
def digital_human(db) -> QuestionnaireVersion:
    load_published()
    return QuestionnaireVersion.objects.get(key="digital-human", status="published")
