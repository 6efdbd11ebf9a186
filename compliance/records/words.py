"""What an event says, in words: the question by its text, an answer by the words of its options."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from compliance.assessments.conflicts import answer_words
from compliance.assessments.draft import Draft
from compliance.assessments.models import Answer, Assessment
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.language import page_language
from compliance.lifecycle import Status, Step
from compliance.organisations.models import Role
from compliance.records.names import Names
from compliance.records.values import field_of, value_words

LABELS = {
    "comment": gettext_lazy("Comment"),
    "trade_secret": gettext_lazy("Trade secret"),
    "justification": gettext_lazy("Justification"),
    "subject": gettext_lazy("Subject"),
    "questionnaire": gettext_lazy("Questionnaire"),
    "situation": gettext_lazy("Situation"),
    "reference_date": gettext_lazy("Reference date"),
    "email": gettext_lazy("E-mail address"),
    "roles": gettext_lazy("Roles"),
    "text": gettext_lazy("Content"),
    "reason": gettext_lazy("Reason"),
    "statement": gettext_lazy("Statement"),
    "note": gettext_lazy("Note"),
    "title": gettext_lazy("Title"),
    "address": gettext_lazy("Address"),
    "name": gettext_lazy("Name"),
    "first_day": gettext_lazy("First day"),
    "last_day": gettext_lazy("Last day"),
    "representative": gettext_lazy("Representative"),
    "number": gettext_lazy("Submission number"),
    "sha256": "SHA-256",
    "language": gettext_lazy("Language"),
    "sections": gettext_lazy("Sections"),
    "round": gettext_lazy("Round"),
    "changed": gettext_lazy("Answers changed"),
    "saved": gettext_lazy("Answers changed"),
    "erased": gettext_lazy("Events erased"),
    "before": gettext_lazy("Older than"),
    "from": gettext_lazy("From"),
    "to": gettext_lazy("To"),
    "step": gettext_lazy("Step"),
    "decision": gettext_lazy("Decision"),
    "chosen": gettext_lazy("Chosen"),
    "assigned_to": gettext_lazy("Assigned to"),
    "by": gettext_lazy("Entered by"),
    "closes": gettext_lazy("Closed"),
    "own_finding": gettext_lazy("Decided by the author of the finding"),
}
"""What is said of a thing that is no field of it, and which details are shown."""

DETAILS = frozenset(LABELS) - {"name", "title", "address", "email", "text"}

WORDS: dict[str, Any] = {
    **{str(choice.value): choice.label for choices in (Role, Status) for choice in choices},
    **{str(choice.value): choice.label for choice in Assessment.Situation},
    "stored": gettext_lazy("the stored answer"),
    "other": gettext_lazy("the other answer"),
    "zh": "中文",
    "en": "English",
    "zh-hans": "中文",
}


@dataclass(frozen=True)
class Change:
    """One thing that was otherwise before, in words; nothing before or after is an empty text."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One event as people read it."""

    number: int
    at: datetime
    who: str
    what: str
    where: str
    changes: Sequence[Change]
    details: Sequence[tuple[str, str]]
    erased: bool
    hash: str


def lines(events: Sequence[Event], draft: Draft | None) -> list[Line]:
    """Return events as people read them; `draft` knows the questions of an assessment."""
    names, drafts = Names(events), _drafts(events) if draft is None else {}
    return [
        _line(event, draft or drafts.get(event.details.get("assessment", "")), names)
        for event in events
    ]


def _drafts(events: Iterable[Event]) -> dict[str, Draft]:
    """Return the assessments in which answers for a whole company were given, by their id."""
    named = {str(event.details["assessment"]) for event in events if "assessment" in event.details}
    found = Assessment.objects.filter(pk__in=named).select_related("version")
    return {str(row.pk): Draft(row) for row in found.defer("version__document")}


def action_words(action: str) -> str:
    """Return what was done; an action that the site no longer knows stands by its key."""
    return str(Action(action).label) if action in Action.values else action


def key_words(key: str, draft: Draft | None) -> str:
    """Return what a key stands for: a question, criterion, section or role, in words."""
    if draft is not None:
        outline, language = draft.outline, page_language()
        if key in outline.questions:
            return f"{outline.numbers[key]} {outline.questions[key].text.to(language)}"
        for titled in (outline.criteria, outline.sections):
            if key in titled:
                return titled[key].title.to(language)
    return str(Role(key).label) if key in Role.values else key


def _line(event: Event, draft: Draft | None, names: Names) -> Line:
    value = getattr(event, "value", None)
    changes = list(_changes(event, value.old, value.new, draft, names)) if value else []
    said = {(change.label, change.new) for change in changes}
    where = [names.about(event), key_words(event.key, draft) if event.key else ""]
    return Line(
        number=event.sequence,
        at=event.at,
        who=names.actor(event),
        what=action_words(event.action),
        where=" · ".join(filter(None, where)),
        changes=changes,
        details=[detail for detail in _details(event, names) if detail not in said],
        erased=value is None,
        hash=event.hash,
    )


def _changes(
    event: Event, old: Any, new: Any, draft: Draft | None, names: Names
) -> Iterator[Change]:
    """Yield what differs. A value that is no mapping is one thing without a label."""
    before, after = (said if isinstance(said, dict) else {"": said} for said in (old, new))
    if old is None:
        before = {}
    if new is None:
        after = {}
    if draft is not None and event.key in draft.outline.questions:
        before, after = _answers(event.key, before, draft), _answers(event.key, after, draft)
    for name in dict.fromkeys([*before, *after]):
        if name == "trade_secret" and not (before.get(name) or after.get(name)):
            continue  # that it is none goes without saying
        change = Change(
            _label(event, name),
            _text(event, name, before.get(name), names),
            _text(event, name, after.get(name), names),
        )
        if change.old or change.new:
            yield change


def _answers(question: str, said: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """Return the values of an answer in words; "" stands for the answer itself."""
    if not {"value", "typed"} & said.keys():
        return said
    row = Answer(question=question, value=said.get("value"), typed=said.get("typed"))
    rest = {name: text for name, text in said.items() if name not in ("value", "typed")}
    return {"": answer_words(draft, row, page_language())} | rest


def _label(event: Event, name: str) -> str:
    if name == "claimed":
        return _("Not applicable")
    field = field_of(event, name) if name else None
    if field is not None and isinstance(field.verbose_name, Promise):  # it has words of its own
        return str(field.verbose_name)
    return str(LABELS.get(name, name))


def _text(event: Event, name: str, value: Any, names: Names) -> str:
    """Return one value in words."""
    if value in (None, "", [], {}):
        return ""
    if name == "questionnaire":
        return names.questionnaire(str(value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        pairs = (
            f"{_label(event, key)}: {_text(event, key, item, names)}" for key, item in value.items()
        )
        return pgettext("between items", "; ").join(pairs)
    if isinstance(value, list):
        return pgettext("between items", "; ").join(
            _text(event, name, item, names) for item in value
        )
    words = value_words(field_of(event, name), name, str(value))
    return str(WORDS.get(words, words))


def _details(event: Event, names: Names) -> Iterator[tuple[str, str]]:
    for name, value in event.details.items():
        if name not in DETAILS:
            continue
        field = field_of(event, name)
        if name == "step" and value in Step.values:
            text = str(Step(value).label)
        elif field is not None and field.flatchoices:
            text = value_words(field, name, str(value))
        else:
            text = names.person(value) or _detail(value)
        if text:
            yield str(LABELS[name]), text


def _detail(value: Any) -> str:
    """Return a detail in words; identifiers of rows say nothing to people."""
    items: Iterable[Any] = value if isinstance(value, list) else [value]
    texts = [str(WORDS.get(str(item), item)) for item in items]
    return pgettext("between items", "; ").join(text for text in texts if not _is_id(text))


def _is_id(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4
