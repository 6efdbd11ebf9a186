import pytest

from tests.submissions.world import World, submitted


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def submission(world):
    """It is handed in."""
    return submitted(world)
