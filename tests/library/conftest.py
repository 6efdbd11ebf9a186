"""The library's pages are read by someone signed in, with a real questionnaire published."""

import pytest

from compliance.library.models import QuestionnaireVersion
from tests.cast import make_user
from tests.published import publish_digital_humans


@pytest.fixture
def reader(client):
    """A client signed in as someone without any role."""
    client.force_login(make_user())
    return client


@pytest.fixture
def digital_human(db) -> QuestionnaireVersion:
    return publish_digital_humans()
