"""The page of instruments that change their status, with the visitor's assessments they touch."""

from collections import defaultdict
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils import timezone
from django.views.generic import TemplateView

from compliance.assessments.models import Assessment
from compliance.library.law_changes import LawChange, law_changes
from compliance.library.models import QuestionnaireVersion
from compliance.library.sources import settled_library
from compliance.library.versions import scorer_of

Named = tuple[str, str]
"""A questionnaire's id and version."""


class LawChanges(LoginRequiredMixin, TemplateView):
    """What changes ahead, and what changed in the past twelve months."""

    template_name = "library/law_changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        touched: dict[Named, list[Assessment]] = defaultdict(list)
        for assessment in Assessment.objects.visible_to(self.request.user).for_list():
            version = assessment.version
            touched[version.key, version.version].append(assessment)
        versions = [
            each
            for each in QuestionnaireVersion.objects.defer("document")
            if each.is_current or (each.key, each.version) in touched
        ]
        today = timezone.localdate()
        found = law_changes(
            settled_library().instruments,
            [scorer_of(each).questionnaire for each in versions],
            today,
        )
        return super().get_context_data(
            today=today,
            ahead=[_entry(each, touched) for each in found if each.ahead],
            past=[_entry(each, touched) for each in reversed(found) if not each.ahead],
            bereft=[
                (change.turn, each.questionnaire, criterion)
                for change in found
                for each in change.questionnaires
                for criterion in each.bereft
            ],
            **kwargs,
        )


def _entry(change: LawChange, touched: dict[Named, list[Assessment]]) -> dict[str, Any]:
    return {
        "turn": change.turn,
        "questionnaires": [
            {
                "questionnaire": each.questionnaire,
                "criteria": each.criteria,
                "assessments": touched.get((each.questionnaire.id, each.questionnaire.version), []),
            }
            for each in change.questionnaires
        ],
    }
