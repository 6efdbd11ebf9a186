"""The sample questionnaire of the tests, read once."""

from functools import cache
from pathlib import Path

from questionnaires.document import Questionnaire
from questionnaires.library import resolve
from questionnaires.loading import read_library

SAMPLE = Path(__file__).parent / "sample_questionnaire.yaml"


@cache
def sample_questionnaire() -> Questionnaire:
    return resolve(read_library([SAMPLE]), "sample")
