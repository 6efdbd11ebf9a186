"""An answers file with the score that it comes to."""

from dataclasses import dataclass
from pathlib import Path

from compliance.library.sources import NoSuchVersion, find_questionnaire
from questionnaires.answers import AnswersFile, answer_sheet, read_answers_file
from questionnaires.faults import Refused
from questionnaires.scoring import Score, Scorer


@dataclass(frozen=True, slots=True)
class ScoredFile:
    """What an answers file says of its subject, and its score."""

    file: AnswersFile
    score: Score


def score_file(path: Path) -> ScoredFile:
    """Read and score an answers file; raise Refused with every fault of the files."""
    source, file = read_answers_file(path)
    try:
        questionnaire = find_questionnaire(file.questionnaire, file.version, path.parent)
    except ValueError as error:
        key = "version" if isinstance(error, NoSuchVersion) else "questionnaire"
        raise Refused([source.fault((key,), str(error))]) from None
    sheet = answer_sheet(source, file, questionnaire)
    return ScoredFile(file, Scorer(questionnaire).score(sheet))
