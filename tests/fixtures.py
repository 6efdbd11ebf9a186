"""What many tests begin with: the cast, an assessment, and an officer who has signed in."""

import pytest

from tests.cast import Cast, make_assessment, make_subject


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def assessment(cast):
    return make_assessment(make_subject(cast.company), created_by=cast.officer)


@pytest.fixture
def officer(client, cast):
    """A browser in which the officer has signed in."""
    client.force_login(cast.officer)
    return client
