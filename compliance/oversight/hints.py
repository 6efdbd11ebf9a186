"""Hints for reviewers: what is worth a closer look. Each says why, and none is a verdict."""

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from compliance.assessments.models import Submission
from compliance.assessments.submissions.frozen import Frozen
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.organisations.models import Visitor
from compliance.oversight.models import TextFingerprint
from questionnaires.exact import rounded
from questionnaires.scoring import Status

SHORTEST_TEXT = 30
"""A text of fewer signs may be the same by chance."""
HIGH = Fraction(4, 5)
"""An achievement from here on is high."""
HALF = Fraction(1, 2)
FEWEST_ANSWERS = 20
A_SECOND_EACH = dt.timedelta(seconds=10)
"""Less time than this for each answer is too little to read the questions."""
JUMP = 20
"""So many points more than the time before are a jump."""
MOST_ITEMS = 20
"""So many places are named, and no more."""


@dataclass(frozen=True)
class Hint:
    """What was noticed, and how it was found."""

    title: str
    explanation: str
    items: tuple[str, ...] = ()


def hints(submission: Submission, user: Visitor) -> list[Hint]:
    """Return what is worth a closer look in a submission, for someone who may review it."""
    frozen = Frozen(submission)
    found = (
        all_perfect(frozen),
        no_evidence(frozen),
        copied(frozen, user),
        in_minutes(frozen),
        jump(frozen),
    )
    return [hint for hint in found if hint is not None]


def all_perfect(frozen: Frozen) -> Hint | None:
    """Every applicable criterion is met in full."""
    standings = frozen.score.standings.values()
    statuses = {s.status for s in standings if s.achievement is not None}
    if statuses != {Status.FULL}:
        return None
    return Hint(
        _("Every answer is perfect"),
        _("Every applicable criterion is assessed as met in full. A sample is worth checking."),
    )


def no_evidence(frozen: Frozen) -> Hint | None:
    """More than half of the highly assessed criteria have nothing to show."""
    high, bare = 0, []
    for name, standing in frozen.score.standings.items():
        if standing.achievement is not None and standing.achievement >= HIGH:
            high += 1
            questions = frozen.outline.criteria[name].questions
            if not any(frozen.evidence.get(question.id) for question in questions):
                bare.append(name)
    if not high or Fraction(len(bare), high) <= HALF:
        return None
    return Hint(
        _("No evidence behind high scores"),
        _(
            "%(bare)d of %(high)d criteria that are assessed high have no evidence attached."
            " The company may have it without having attached it. (High: an achievement of 0.8"
            " and more.)"
        )
        % {"bare": len(bare), "high": high},
    )


def copied(frozen: Frozen, user: Visitor) -> Hint | None:
    """Longer comments stand word for word in another company's submission."""
    fingerprint_missing()
    texts = TextFingerprint.objects.filter(submission=frozen.submission).exclude(question="")
    own = dict(texts.values_list("digest", "question"))
    seen = Submission.objects.in_jurisdiction_of(user).exclude(
        organisation=frozen.submission.organisation_id
    )
    others = TextFingerprint.objects.filter(digest__in=own, submission__in=seen)
    items = tuple(
        _("Question %(question)s: as in %(number)s")
        % {"question": frozen.outline.numbers[own[digest]], "number": number}
        for digest, number in others.values_list("digest", "submission__number").order_by(
            "submission__number", "question"
        )[:MOST_ITEMS]
    )
    if not items:
        return None
    return Hint(
        _("Text as in another submission"),
        _(
            "Longer comments stand word for word in submissions of other companies. A common"
            " adviser or template may be the reason."
        ),
        items,
    )


def in_minutes(frozen: Frozen) -> Hint | None:
    """The answers were given faster than the questions can be read.

    What the company has changed since it handed in is no part of it.
    """
    end = frozen.submission.submitted_at + dt.timedelta(seconds=1)  # it is kept to the second
    handed_in = frozen.assessment.answers.filter(at__lt=end)
    span = handed_in.aggregate(first=Min("at"), last=Max("at"))
    count = len(frozen.answers)
    if count < FEWEST_ANSWERS or span["first"] is None:
        return None
    taken: dt.timedelta = span["last"] - span["first"]
    if taken > count * A_SECOND_EACH:
        return None
    minutes = max(1, round(taken.total_seconds() / 60))
    taken_over = Event.objects.filter(
        chain_id=frozen.assessment.pk,
        action__in=[Action.WORKBOOK_IMPORTED, Action.ANSWERS_REUSED],
    ).exists()
    text = ngettext(
        "%(count)d answers were given within %(minutes)d minute.",
        "%(count)d answers were given within %(minutes)d minutes.",
        minutes,
    ) % {"count": count, "minutes": minutes}
    why = (
        _("Answers were taken over from a workbook or an earlier assessment, which is fast.")
        if taken_over
        else _("They were not taken over from a workbook or an earlier assessment.")
    )
    both = pgettext("two sentences", "%(first)s %(second)s") % {"first": text, "second": why}
    return Hint(_("Answered within minutes"), both)


def jump(frozen: Frozen) -> Hint | None:
    """The score is much higher than the time before."""
    submission = frozen.submission
    before = (
        Submission.objects.filter(
            assessment__subject=submission.assessment.subject_id,
            questionnaire=submission.questionnaire,
            submitted_at__lte=submission.submitted_at,
        )
        .exclude(assessment=submission.assessment_id)
        .exclude(status=Submission.Status.WITHDRAWN)
        .order_by("-submitted_at")
        .defer("document")
        .first()
    )
    now, then = submission.exact_score, before.exact_score if before else None
    if before is None or now is None or then is None or now - then < JUMP:
        return None
    return Hint(
        _("A jump since last time"),
        _(
            "The self-assessed score is %(now)s; in %(number)s it was %(then)s. What was remedied"
            " in between should explain it."
        )
        % {"now": rounded(now), "then": rounded(then), "number": before.number},
    )


def fingerprint_missing() -> None:
    """Note by what the texts of new submissions are recognised; each is read once."""
    fresh = Submission.objects.filter(fingerprints=None).only("document", "pk")
    for submission in fresh.iterator(chunk_size=20):
        TextFingerprint.objects.bulk_create(
            [
                TextFingerprint(submission=submission, question=question, digest=digest)
                for question, digest in _texts(submission)
            ]
            or [TextFingerprint(submission=submission, question="", digest="")],
            ignore_conflicts=True,
        )


def _texts(submission: Submission) -> Iterator[tuple[str, str]]:
    """Yield the questions with longer comments, and their digests."""
    for question, answer in submission.content["content"]["answers"].items():
        text = normal(answer["comment"])
        if len(text) >= SHORTEST_TEXT:
            yield question, hashlib.sha256(text.encode()).hexdigest()


def normal(text: str) -> str:
    """Return a text without what copying changes: case, width, spaces, punctuation."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text).casefold())
