"""The gap reports of the example answers: printed once a language, read by many tests."""

import datetime
import io
import re
from dataclasses import dataclass, replace
from functools import cached_property

import pypdf
import pytest
from django.conf import settings

from compliance.library.scored_file import ScoredFile, score_file
from compliance.reports.cover import Cover, cover_of_file
from compliance.reports.gap_report import gap_report
from questionnaires.answers import AnswerSheet
from questionnaires.scoring import Score, Scorer

DAY = datetime.date(2026, 11, 21)
LANGUAGES = ("zh", "en")


def squeezed(text: str) -> str:
    """Without any blank: where lines end is the typesetter's business."""
    return re.sub(r"\s+", "", text)


@dataclass(frozen=True)
class Printed:
    """A report as it was printed, and as it reads."""

    score: Score
    cover: Cover
    content: bytes
    pages: list[str]

    @cached_property
    def text(self) -> str:
        return "".join(map(squeezed, self.pages))

    def has(self, words: str) -> bool:
        return squeezed(words) in self.text

    @cached_property
    def file(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(self.content))


def printed(score: Score, cover: Cover) -> Printed:
    content = gap_report(score, cover)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    return Printed(score, cover, content, pages)


@pytest.fixture(scope="session")
def example() -> ScoredFile:
    """The example answers, with a comment on every third question and two claims."""
    scored = score_file(settings.BASE_DIR / "examples" / "digital_human_answers.yaml")
    score = scored.score
    claimable = [
        name
        for name, standing in score.standings.items()
        if standing.criterion.claimable and standing.achievement is not None
    ][:2]
    assert len(claimable) == 2
    sheet = AnswerSheet(
        score.sheet.reference_date,
        score.sheet.values,
        {
            name: f"备注之{place}：档案可查"
            for place, name in enumerate(score.asked)
            if not place % 3
        },
        dict.fromkeys(claimable, "本单位不开展此项业务"),
    )
    return replace(scored, score=Scorer(score.questionnaire).score(sheet))


@pytest.fixture(scope="session")
def _once() -> dict[str, Printed]:
    return {}


@pytest.fixture(params=LANGUAGES)
def report(request, example, _once) -> Printed:
    """The report of the example, in each language."""
    language = request.param
    if language not in _once:
        cover = cover_of_file(example.file, example.score, language, DAY)
        _once[language] = printed(example.score, cover)
    return _once[language]
