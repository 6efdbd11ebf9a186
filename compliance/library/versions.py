"""Published versions in the database, and the engine's view of them."""

from collections import OrderedDict

from django.db import transaction
from django.utils import timezone

from compliance.library.models import PublishedVersionError, QuestionnaireVersion
from compliance.library.sources import published_files
from questionnaires.document import Questionnaire
from questionnaires.publishing import load, sha256
from questionnaires.scoring import Scorer

KEPT_READY = 32
"""How many scorers a process keeps; one takes a few megabytes."""

_ready: OrderedDict[str, Scorer] = OrderedDict()


def scorer_of(version: QuestionnaireVersion) -> Scorer:
    """Return the scorer of a version; its questionnaire is `.questionnaire`.

    A document that the query left out is read only where the scorer is not at hand yet.
    """
    scorer = _ready.get(version.sha256)
    if scorer is None:
        scorer = _ready[version.sha256] = Scorer(load(version.document))
        while len(_ready) > KEPT_READY:
            _ready.popitem(last=False)
    return scorer


def versions_between(
    before: QuestionnaireVersion, after: QuestionnaireVersion
) -> list[Questionnaire]:
    """Return the versions through which one became the other, oldest first, without these two.

    Each version names the one that it succeeds; where that is not at hand, the way ends.
    """
    known = {
        version.version: version
        for version in QuestionnaireVersion.objects.filter(key=after.key).defer("document")
        if version.version not in (before.version, after.version)
    }
    found: list[Questionnaire] = []
    step = scorer_of(after).questionnaire
    while step.succeeds and (former := known.pop(step.succeeds.version, None)):
        step = scorer_of(former).questionnaire
        found.insert(0, step)
    return found


@transaction.atomic
def load_published() -> list[QuestionnaireVersion]:
    """Bring every published file into the database; return the versions that were new.

    The newest version of each questionnaire is open for new assessments, the others are replaced.
    Raises PublishedVersionError where a file differs from what was loaded under its number.
    """
    known = {(v.key, v.version): v for v in QuestionnaireVersion.objects.defer("document")}
    newest: dict[str, QuestionnaireVersion] = {}
    added = []
    for path in published_files():
        document = path.read_bytes()
        questionnaire = load(document)
        found = known.get((questionnaire.id, questionnaire.version))
        if found is None:
            found = QuestionnaireVersion.objects.create(
                key=questionnaire.id,
                version=questionnaire.version,
                title_zh=questionnaire.title.zh,
                title_en=questionnaire.title.en,
                document=document.decode(),
                published_at=timezone.now(),
            )
            added.append(found)
        elif found.sha256 != sha256(document):
            raise PublishedVersionError(
                f"{path.name} differs from what was published as {found}: publish a new version."
            )
        newest[questionnaire.id] = found
    for version in [*known.values(), *added]:
        status = (
            QuestionnaireVersion.Status.PUBLISHED
            if newest.get(version.key) == version
            else QuestionnaireVersion.Status.REPLACED
        )
        if version.status != status:
            version.status = status
            version.save(update_fields=["status"])
    return added
