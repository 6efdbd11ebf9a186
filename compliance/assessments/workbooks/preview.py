"""What a workbook would change: shown beside what is stored, and stored only as it was shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal, cast

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.assessments.changes import Outcome
from compliance.assessments.collaboration.holding import Holding
from compliance.assessments.conflicts import answer_words
from compliance.assessments.draft import Draft
from compliance.assessments.links import question_label
from compliance.assessments.models import Answer, WorkbookImport
from compliance.assessments.revisions import Row, content_of, seen
from compliance.assessments.saving import store_all
from compliance.assessments.workbooks.reading import Found, Given
from compliance.audit.actions import Action
from compliance.audit.recording import record
from questionnaires.forms import Entry
from questionnaires.parts import Language

HERE = "here"
"""The choice to keep what is stored."""


class State(StrEnum):
    """How what a workbook says stands to what is stored."""

    SAME = "same"
    CHANGE = "change"
    CONFLICT = "conflict"
    BARRED = "barred"
    """In a section that is others' to answer: shown, and never taken over."""


@dataclass(frozen=True)
class Difference:
    """One thing that is said in two ways."""

    label: str
    here: str
    there: str


@dataclass(frozen=True)
class Item:
    """An answer or claim of the workbook, beside the one that is stored."""

    name: str
    """The field with which the page says what becomes of it."""
    given: Given
    state: State
    section: str
    label: str
    differences: tuple[Difference, ...]
    stored: Row | None
    token: str
    """The state of what is stored that the page shows."""
    refusal: str = ""
    """Whose section it is, where it is not this person's to answer."""
    chosen: str = ""
    """What the page says becomes of it, once it was sent."""

    @property
    def takes_file(self) -> bool:
        """Whether the page says that what the workbook says counts."""
        return self.state is not State.BARRED and self.chosen not in ("", HERE)


def items(draft: Draft, holding: Holding, found: Found, language: Language) -> list[Item]:
    """Return what the workbook says, in the order of the questionnaire."""
    told = [_item(draft, number, given, language) for number, given in enumerate(found.given)]
    return [_if_open(item, holding) for item in told]


def _if_open(item: Item, holding: Holding) -> Item:
    if item.state is State.SAME or not holding.bars(item.section):
        return item
    return replace(item, state=State.BARRED, refusal=holding.refusal(item.section))


def _item(draft: Draft, number: int, given: Given, language: Language) -> Item:
    kind, key, outline = given.kind, given.key, draft.outline
    stored = draft.answers.get(key) if kind == "answer" else draft.claims.get(key)
    here = content_of(kind, stored)
    there = here | given.content
    token = str(seen(kind, stored))
    state = State.CHANGE if token == given.seen else State.CONFLICT
    if kind == "answer":
        section, label = outline.section_of[key], question_label(draft, key, language)
        differences = tuple(_answers(draft, key, here, there, language))
    else:
        section, label = outline.section_of_criterion[key], outline.criteria[key].title.to(language)
        differences = tuple(_claims(here, there))
    if here == there:
        state = State.SAME
    return Item(f"take-{number}", given, state, section, label, differences, stored, token)


def _answers(
    draft: Draft, key: str, here: Mapping[str, Any], there: Mapping[str, Any], language: Language
) -> Iterator[Difference]:
    old, new = (
        answer_words(draft, Answer(question=key, **content), language) for content in (here, there)
    )
    if any(here[part] != there[part] for part in ("value", "typed")):
        yield Difference(_("Answer"), old, new)
    if here["comment"] != there["comment"]:
        yield Difference(_("Comment"), here["comment"], there["comment"])


def _claims(here: Mapping[str, Any], there: Mapping[str, Any]) -> Iterator[Difference]:
    if here["claimed"] != there["claimed"]:
        said = {True: _("Not applicable"), False: _("Applicable")}
        yield Difference(_("Criterion"), said[here["claimed"]], said[there["claimed"]])
    if here["justification"] != there["justification"]:
        yield Difference(_("Justification"), here["justification"], there["justification"])


def choose(shown: list[Item], posted: Mapping[str, str]) -> list[Item]:
    """Return the items with what a page says becomes of each."""
    return [replace(item, chosen=posted.get(item.name, "")) for item in shown]


def undecided(chosen: list[Item]) -> bool:
    """Whether a conflict waits for a choice."""
    return any(item.state is State.CONFLICT and not item.chosen for item in chosen)


class Outdated(Exception):
    """Something was changed since the page showed it: nothing is taken over."""


def apply(taken_from: WorkbookImport, chosen: list[Item]) -> int:
    """Take over what was chosen, all of it or nothing; return how much that was.

    Raises Outdated where what is stored is not what the page showed. What has been applied
    already is not taken over again. Raises TooLate where the assessment takes no answers now.
    """
    taken = [item for item in chosen if item.takes_file]
    with transaction.atomic():
        pending = WorkbookImport.objects.filter(
            pk=taken_from.pk, status=WorkbookImport.Status.PENDING
        )
        if not pending.update(status=WorkbookImport.Status.APPLIED):
            return 0
        entries = [_entry(item) for item in taken if item.state is not State.SAME]
        origin = {"workbook": str(taken_from.pk)}
        outcomes = store_all(taken_from.assessment, entries, taken_from.by, origin)
        if Outcome.CONFLICT in outcomes:
            raise Outdated
        record(
            Action.WORKBOOK_IMPORTED,
            by=taken_from.by,
            chain=taken_from.assessment,
            about=taken_from,
            details={"changed": outcomes.count(Outcome.SAVED)},
        )
    return len(taken)


def _entry(item: Item) -> Entry:
    if item.chosen != item.token:
        raise Outdated
    kind = cast(Literal["answer", "claim"], item.given.kind)
    return Entry(kind, item.given.key, item.token, item.given.content)
