"""What was answered once for a company, and counts in each of its open assessments.

These rows stand beside those of the assessments, which hold what is answered for one subject, and
what an assessment that no longer takes answers froze of these. `meaning` is a digest of what was
asked: where a later version words a question anew, it is answered anew.
"""

from django.db import models

from compliance.assessments.models.answers import AnswerContent, ClaimContent
from compliance.assessments.models.assessment import Assessment
from compliance.organisations.models import Organisation


class OfCompany(models.Model):
    """Whose answer it is, to which words, and in which assessment it was given."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    meaning = models.CharField(max_length=64)
    source = models.ForeignKey(Assessment, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.organisation)


class CompanyAnswer(AnswerContent, OfCompany):
    """The answer that counts for the company, with a revision as an answer has."""

    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "question", "meaning"], name="company_answer_unique"
            )
        ]


class CompanyClaim(ClaimContent, OfCompany):
    """The claim that counts for the company, with a revision as an answer has."""

    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "criterion", "meaning"], name="company_claim_unique"
            )
        ]


class ConflictingCompanyAnswer(AnswerContent, OfCompany):
    """An answer for the company that met a newer one: kept beside it until someone chooses."""


class ConflictingCompanyClaim(ClaimContent, OfCompany):
    """A claim for the company that met a newer one: kept beside it until someone chooses."""
