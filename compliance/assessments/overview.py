"""Pages about a whole assessment: its sections and how far they are, and all answers at once."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from compliance.assessments.access import assessment_access
from compliance.assessments.collaboration.holding import holding_for, until
from compliance.assessments.collaboration.threads import threads_beside
from compliance.assessments.conflicts import answer_words
from compliance.assessments.draft import Draft
from compliance.assessments.evidence.demands import expired_evidence, lacks, missing_evidence
from compliance.assessments.evidence.pages import uses_shown
from compliance.assessments.links import (
    contradiction_links,
    question_label,
    question_url,
    section_url,
)
from compliance.assessments.models import Assessment
from compliance.assessments.progress import Progress, State, progress
from compliance.assessments.reuse import takeable
from compliance.assessments.submissions.page import step_of_life
from compliance.assessments.upgrade_page import way_between_versions
from compliance.assessments.upgrading import successor
from compliance.language import page_language
from compliance.permissions import ANSWER, ASSIGN, FINISH, READ, READ_RECORD, REOPEN
from questionnaires.questions import Question


class DraftPage(LoginRequiredMixin, TemplateView):
    """A page that shows a draft to everyone who may read it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.access = access = assessment_access(self.request.user, self.kwargs["assessment_id"])
        assessment = access.require(READ)
        self.draft = Draft(assessment)
        return super().get_context_data(
            assessment=assessment,
            may_answer=access.may(ANSWER),
            may_finish=access.may(FINISH),
            may_reopen=access.may(REOPEN),
            life=step_of_life(access),
            superseded_by=successor(assessment),
            contradictions=contradiction_links(self.draft, page_language()),
            **kwargs,
        )


class Tasks(DraftPage):
    """What an assessment is about, and its sections with what is left to do in each."""

    template_name = "assessments/tasks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        found = progress(self.draft)
        self.holding = holding = holding_for(self.access, self.request.user)
        self.talk = self._talk()
        open_states = {State.NOT_STARTED, State.IN_PROGRESS, State.NEEDS_ATTENTION}
        answerable = [one for one in found if not holding.bars(one.section.id)]
        mine = [one for one in found if holding.of_visitor(one.section.id)]
        others = [one for one in found if one not in mine]
        first_open = next((one for one in mine + answerable if one.state in open_states), None)
        if first_open is not None and context["may_answer"]:
            begun = any(one.answered for one in found)
            context["next_url"] = section_url(self.draft.assessment.pk, first_open.section.id)
            context["next_label"] = _("Go on answering") if begun else _("Begin")
        return context | {
            "mine": [self._task(one) for one in mine],
            "tasks": [self._task(one) for one in others],
            "may_assign": self.access.may(ASSIGN),
            "may_read_record": self.access.may(READ_RECORD),
            "talk": self.talk.total(),
            "unread": self.unread.total(),
            "answered": sum(one.answered for one in found),
            "total": sum(one.total for one in found),
            "facts": _facts(self.draft.assessment),
            **way_between_versions(self.access),
            **self._earlier_answers(context["may_answer"]),
        }

    def _talk(self) -> Counter[str]:
        """Return how many open threads each section has; note how many messages are unread."""
        open_, self.unread = Counter[str](), Counter[str]()
        section_of = self.draft.outline.section_of
        beside = threads_beside(self.draft.assessment, self.request.user)
        for question, said in beside.items():
            if (section := section_of.get(question)) is not None:
                open_[section] += said.open
                self.unread[section] += said.unread
        return open_

    def _earlier_answers(self, may_answer: bool) -> dict[str, Any]:
        found = takeable(self.draft, self.holding) if may_answer else []
        return {"offered": len(found), "reusable": sum(not offer.differs for offer in found)}

    def _task(self, one: Progress) -> dict[str, Any]:
        applies = one.state is not State.NOT_APPLICABLE
        return {
            "title": one.section.title.to(page_language()),
            "url": section_url(self.draft.assessment.pk, one.section.id) if applies else "",
            "state": one.state.value,
            "answered": one.answered,
            "total": one.total,
            "hint": "" if applies else _("Does not apply, according to the answers on the scope."),
            "talk": self.talk[one.section.id],
            "unread": self.unread[one.section.id],
            **self._people(one),
        }

    def _people(self, one: Progress) -> dict[str, Any]:
        """Return who has the section until when, and what the visitor can say of their own."""
        section, holding = one.section.id, self.holding
        mine = holding.of_visitor(section)
        open_ = one.state not in (State.COMPLETE, State.NOT_APPLICABLE)
        held = holding.by_section.get(section, ())
        return {
            "people": [until(row) for row in held],
            "overdue": open_ and any(row.overdue for row in held),
            "reported": bool(held) and all(row.done_at for row in held),
            "report_url": reverse(
                "assessments:report_done", args=[self.draft.assessment.pk, section]
            )
            if mine
            else "",
            "report": "0" if mine and all(row.done_at for row in mine) else "1",
        }


class Check(DraftPage):
    """All answers on one page, with what is unanswered or needs another look."""

    template_name = "assessments/check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        draft, language = self.draft, page_language()
        rows = {key: self._row(question) for key, question in draft.outline.questions.items()}
        asked = [key for key in rows if draft.counts(key)]
        return context | {
            "sections": [
                {
                    "id": section.id,
                    "title": section.title.to(language),
                    "applies": draft.applies(section.id),
                    "rows": [
                        rows[question.id]
                        for question in draft.outline.questions_in(section.id)
                        if draft.counts(question.id) or rows[question.id]["state"] == "claimed"
                    ],
                }
                for section in draft.outline.sections.values()
            ],
            "missing_evidence": self._linked(missing_evidence(draft)),
            "expired_evidence": self._linked(
                dict.fromkeys(use.question for use in expired_evidence(draft))
            ),
            "unanswered": sum(rows[key]["state"] == "unanswered" for key in asked),
            "troubles": self._troubles(asked),
        }

    def _row(self, question: Question) -> dict[str, Any]:
        draft, language, key = self.draft, page_language(), question.id
        answer = draft.answers.get(key)
        criterion = draft.outline.criterion_of.get(key)
        if criterion is not None and criterion.id in draft.sheet.not_applicable:
            state, words = "claimed", draft.sheet.not_applicable[criterion.id]
        elif draft.unreadable(key):
            state, words = "unreadable", answer_words(draft, draft.answers[key], language)
        elif answer is not None and draft.answered(key):
            state, words = "answered", answer_words(draft, answer, language)
        else:
            state, words = "unanswered", ""
        return {
            "id": key,
            "number": draft.outline.numbers[key],
            "text": question.text.to(language),
            "state": state,
            "words": words,
            "comment": answer.comment if answer else "",
            "trade_secret": answer is not None and answer.trade_secret,
            "uploads": uses_shown(draft.assessment, draft.evidence.get(key, ())),
            "lacks_evidence": state == "answered" and lacks(draft, key),
            "url": question_url(draft, key),
        }

    def _linked(self, questions: Iterable[str]) -> list[dict[str, str]]:
        draft, language = self.draft, page_language()
        return [
            {"url": question_url(draft, key), "label": question_label(draft, key, language)}
            for key in questions
        ]

    def _troubles(self, asked: list[str]) -> list[dict[str, str]]:
        """Return what someone has to look at again, with links."""
        draft, language = self.draft, page_language()
        questions = [key for key in asked if draft.unreadable(key)]
        questions += [key for key in draft.conflicting_answers if key not in questions]
        troubles = [
            {"url": question_url(draft, key), "text": question_label(draft, key, language)}
            for key in questions
        ]
        unjustified = [k for k, c in draft.claims.items() if c.claimed and not c.justification]
        for key in dict.fromkeys([*unjustified, *draft.conflicting_claims]):
            section = draft.outline.section_of_criterion[key]
            url = f"{section_url(draft.assessment.pk, section)}#claimed-{key}"
            troubles.append({"url": url, "text": draft.outline.criteria[key].title.to(language)})
        return troubles


def _facts(assessment: Assessment) -> list[dict[str, str]]:
    return [
        {"term": _("Company"), "description": str(assessment.subject.organisation)},
        {"term": _("Situation"), "description": assessment.get_situation_display()},
        {"term": _("Reference date"), "description": date_format(assessment.reference_date)},
        {"term": _("Status"), "description": assessment.get_status_display()},
    ]
