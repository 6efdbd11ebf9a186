"""Whether an assessment can be handed in, and what stands in the way."""

from django.utils.translation import gettext as _

from compliance.assessments import finishing
from compliance.assessments.draft import Draft
from compliance.assessments.evidence import demands
from compliance.assessments.models import SignOff
from compliance.lifecycle import NotAllowed, Status, Step


class NotOpen(NotAllowed):
    """Someone has dealt with the sign-off already, or nobody has approved it yet: a 409."""

    def __init__(self, sign_off: SignOff) -> None:
        super().__init__(Step.SUBMIT, Status(sign_off.assessment.status))
        self.sign_off = sign_off

    def __str__(self) -> str:
        return _("This is not possible: the sign-off is in state “%(state)s”.") % {
            "state": self.sign_off.get_state_display()
        }


def obstacles(draft: Draft) -> list[str]:
    """Return what has to be put right before anyone can sign or submit, in words."""
    return [*finishing.obstacles(draft), *demands.obstacles(draft), *organisation_obstacles(draft)]


def organisation_obstacles(draft: Draft) -> list[str]:
    """Return which details of the company are missing, in one sentence."""
    organisation = draft.assessment.subject.organisation
    needed = organisation.missing_for_submission()
    names = {field.name: str(field.verbose_name) for field in organisation._meta.fields}
    missing = [names[name] for name in needed]
    if not missing:
        return []
    return [
        _("These details of the company are missing: %(names)s.") % {"names": _(", ").join(missing)}
    ]


def outdated() -> str:
    """Return what is said where the assessment is no longer what was approved."""
    return _(
        "Something has changed since this was approved: an answer, evidence, or details of the"
        " company or the subject. Recall it and ask for signature again."
    )
