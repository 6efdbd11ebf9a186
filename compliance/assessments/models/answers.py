"""What was answered in an assessment. Answer rows are the only store of answers."""

from django.conf import settings
from django.db import models

from compliance.assessments.models.assessment import Assessment

KEY_LENGTH = 100


class Entry(models.Model):
    """What one person said on one point of an assessment, and when."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class AnswerContent(Entry):
    """A value in the questionnaire's terms, or what was typed where it cannot be read as one."""

    question = models.CharField(max_length=KEY_LENGTH)
    value = models.JSONField(null=True)
    typed = models.JSONField(null=True)  # not null: cannot be read, so it never counts
    comment = models.TextField(blank=True)
    trade_secret = models.BooleanField(default=False)  # hides it from the association

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.question

    @property
    def invalid(self) -> bool:
        """Whether what was typed cannot be read as an answer."""
        return self.typed is not None


class ClaimContent(Entry):
    """Someone's word that a criterion does not apply, or no longer; the reason stays either way."""

    criterion = models.CharField(max_length=KEY_LENGTH)
    claimed = models.BooleanField()
    justification = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.criterion


class Answer(AnswerContent):
    """The answer that counts. Its revision grows with each change, which shows outdated pages."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="answer_unique")
        ]


class NotApplicableClaim(ClaimContent):
    """The claim that counts, with a revision as an answer has."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="claims")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="claim_unique")
        ]


class ConflictingAnswer(AnswerContent):
    """An answer that met a newer one: kept beside it until someone chooses."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="conflicting_answers"
    )


class ConflictingClaim(ClaimContent):
    """A claim that met a newer one: kept beside it until someone chooses."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="conflicting_claims"
    )
