"""A section of the wizard as plain data, so that one template can show it quickly."""

import datetime
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from compliance.assessments.collaboration.threads import Beside
from compliance.assessments.companywide import counting_subjects
from compliance.assessments.conflicts import answer_conflict, claim_conflict
from compliance.assessments.draft import Draft
from compliance.assessments.evidence.demands import lacks
from compliance.assessments.evidence.pages import uses_shown
from compliance.assessments.links import contradiction_links
from compliance.assessments.models import CompanyAnswer
from compliance.assessments.revisions import content_of, seen
from compliance.assessments.section_texts import Data, section_texts, words
from compliance.assessments.upgrade_page import former_answers
from questionnaires.forms import SectionForm
from questionnaires.forms.controls import Posted
from questionnaires.parts import Language
from questionnaires.scoring import Asked


def section_page(
    draft: Draft,
    section: str,
    form: SectionForm,
    language: Language,
    beside: Mapping[str, Beside] = MappingProxyType({}),
) -> Data:
    """Return what the template of a section shows of a bound form.

    `beside` is what people in the company say about its questions.
    """
    found = draft.outline.sections[section]
    former = former_answers(draft, section, language)
    about_company = any(c.id in draft.outline.company_criteria for c in found.criteria)
    subjects = counting_subjects(draft.assessment) if about_company else {}
    blocks = []
    for texts in section_texts(draft.outline, section, language):
        asked = [
            question | {"former": former.get(question["id"]), "beside": beside.get(question["id"])}
            for each in texts["questions"]
            if (question := _question(draft, each, form, language)) is not None
        ]
        if asked:
            claim = _claim(draft, texts, form)
            counting = subjects.get(texts["criterion"], 0)
            blocks.append(texts | {"questions": asked, "claim": claim, "subjects": counting})
    return {
        "title": found.title.to(language),
        "history_of": _address_of("history", draft),
        "thread_of": _address_of("thread", draft),
        "intro": words(found.intro, language),
        "blocks": blocks,
        "errors": _errors(draft, section, form, language),
        "contradictions": contradiction_links(draft, language, section),
    }


def posted_rows(draft: Draft, section: str, language: Language) -> QueryDict:
    """Return what a page posts that shows the section as it is stored."""
    form = draft.outline.form(section, language)
    posted: Posted = {}
    for question in draft.outline.questions_in(section):
        row = draft.answers.get(question.id)
        content = content_of("answer", row)
        given = content["value"] if content["typed"] is None else content["typed"]
        token = str(seen("answer", row))
        posted |= form.posted_answer(
            question.id, given, content["comment"], token, content["trade_secret"]
        )
    for criterion in form.claimable:
        claim = draft.claims.get(criterion.id)
        posted |= form.posted_claim(
            criterion.id, **content_of("claim", claim), seen=str(seen("claim", claim))
        )
    data = QueryDict(mutable=True)
    for name, values in posted.items():
        data.setlist(name, values)
    return data


def _question(draft: Draft, texts: Data, form: SectionForm, language: Language) -> Data | None:
    """Return a question with what stands in its fields; None where scoping leaves it out.

    A question that an answer on the same page can bring up is there, hidden.
    """
    key, data = texts["id"], form.data
    asked = draft.score.asked[key]
    if asked is Asked.BY_SCOPE and key in draft.outline.criterion_of:
        return None
    name = f"answer-{key}"
    chosen = data.getlist(name)  # type: ignore[attr-defined]
    return {
        **texts,
        "given_by": _given_by(draft, key),
        "uploads": uses_shown(draft.assessment, draft.evidence.get(key, ())),
        "lacks_evidence": lacks(draft, key),
        "hidden": draft.hidden(key),
        "undetermined": asked is Asked.UNDETERMINED,
        "options": [
            ticked if option in chosen else free for option, free, ticked in texts["options"]
        ],
        "entered": chosen[-1] if chosen else "",
        "entered_numerator": data.get(f"{name}.numerator", ""),
        "entered_denominator": data.get(f"{name}.denominator", ""),
        "cannot_show_ticked": f"{name}.cannot_show" in data,
        "comment": data.get(f"comment-{key}", ""),
        "secret": texts["secret"][f"secret-{key}" in data],
        "seen": data.get(f"seen-{key}", ""),
        "error": _error(form, name),
        "comment_error": _error(form, f"comment-{key}"),
        "conflict": answer_conflict(draft, key, language),
    }


def _address_of(page: str, draft: Draft) -> str:
    """Return what the addresses of such a page of all questions begin with: one look-up, not 15."""
    return reverse(f"assessments:{page}", args=[draft.assessment.pk, "x"]).removesuffix("x/")


def _given_by(draft: Draft, key: str) -> str:
    """Return who answered a question and when, in words; nothing where nobody did."""
    row = draft.answers.get(key)
    if row is None:
        return ""
    when = _moment(row.at.replace(second=0, microsecond=0), get_language())
    said = gettext("Answered by %(name)s, %(time)s") % {"name": row.by, "time": when}
    if isinstance(row, CompanyAnswer) and row.source:
        said += gettext(", for %(subject)s") % {"subject": row.source.subject}
    return said


@lru_cache(maxsize=4096)
def _moment(at: datetime.datetime, language: str | None) -> str:
    """Return a time in the words of the page's language; a page repeats many of another."""
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def _claim(draft: Draft, texts: Data, form: SectionForm) -> Data | None:
    key = texts["criterion"]
    if not texts["claimable"]:
        return None
    return {
        "claimed": f"claimed-{key}" in form.data,
        "justification": form.data.get(f"justification-{key}", ""),
        "seen": form.data.get(f"claim-seen-{key}", ""),
        "error": _error(form, f"justification-{key}"),
        "given": key in draft.claims,
        "conflict": claim_conflict(draft, key),
    }


def _errors(draft: Draft, section: str, form: SectionForm, language: Language) -> list[Any]:
    """Return what is wrong with links to it: where to choose between two answers, then the errors
    of a form in the order of the page.
    """
    outline = draft.outline
    choose = gettext("Two answers were given at the same time. Choose which one counts.")
    criteria = outline.sections[section].criteria
    claims = {c.id: c.title.to(language) for c in criteria if c.claimable}
    questions = {q.id: outline.numbers[q.id] for q in outline.questions_in(section)}
    waiting = [(key, questions[key]) for key in questions if key in draft.conflicting_answers]
    waiting += [(key, claims[key]) for key in claims if key in draft.conflicting_claims]
    errors = [{"url": f"#conflict-{key}", "text": f"{place} {choose}"} for key, place in waiting]
    for name in form.fields:
        if text := _error(form, name):
            kind, _dash, key = name.partition("-")
            place = (claims if kind in ("claimed", "justification") else questions)[key]
            errors.append({"url": f"#{name}", "text": f"{place} {text}"})
    return errors


def _error(form: SectionForm, name: str) -> str:
    errors = form.errors.get(name)
    return str(errors[0]) if errors else ""
