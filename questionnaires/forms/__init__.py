"""Django forms for sections of a questionnaire: what people enter, read as answers.

A form has four fields a question, `answer-KEY`, `comment-KEY`, `secret-KEY` (the answer is a trade
secret) and `seen-KEY`, and three for each criterion that may be claimed not to apply,
`claimed-KEY`, `justification-KEY` and `claim-seen-KEY`. The `seen` fields say which state of the
stored answer or claim the page showed; the form hands them on unread, and their presence says that
the page asked at all.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, cast

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import gettext_lazy as _

from questionnaires.answers import LONGEST_COMMENT, read_answer
from questionnaires.document import Criterion
from questionnaires.forms.controls import Control, OneOf, Parts, Posted, clean_text, control, tidy
from questionnaires.forms.wording import explained, unreadable
from questionnaires.parts import Language
from questionnaires.questions import AnswerError, BaseQuestion

LONGEST_LINE = 100
"""The most characters of a figure or a date, read or not."""
LONGEST_LIST = 10_000
"""The most characters of a list of documents, read or not."""

TAMPERED = {"unknown_option", "not_a_choice", "not_choices", "not_a_level", "no_such_choice"}
"""Errors that no page of ours can lead to: whoever makes them has changed the page."""
REFUSED = {"too_long"}
"""Errors of what is not stored, not even as typed."""

PREFIXES = ("answer-", "comment-", "secret-", "seen-", "claimed-", "justification-", "claim-seen-")


@dataclass(frozen=True)
class Entry:
    """What a page says on one question or claim, as far as it may be stored."""

    kind: Literal["answer", "claim"]
    key: str
    seen: str
    content: dict[str, Any]
    """For an answer `value` and `typed` (at most one is not None), `comment` and `trade_secret`;
    for a claim `claimed` and `justification`. A part that is refused is missing."""


class CommentField(forms.CharField):
    """Free words beside an answer, at most LONGEST_COMMENT characters."""

    def __init__(self, label: Any) -> None:
        super().__init__(required=False, label=label, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self, value: Any) -> str:
        text = clean_text(value)
        if len(text) > LONGEST_COMMENT:
            raise unreadable("too_long", {"limit": LONGEST_COMMENT, "length": len(text)})
        return text


class AnswerField(forms.Field):
    """The answer to a question: cleans to the JSON that the engine keeps, None for no answer."""

    reference_date: datetime.date

    def __init__(self, question: BaseQuestion, language: Language) -> None:
        self.question = question
        self.options = {
            option.id: option.text.to(language) for option in getattr(question, "options", ())
        }
        super().__init__(
            required=False,
            label=question.text.to(language),
            help_text=question.help.to(language) if question.help else "",
            widget=control(question, language),
        )

    def clean(self, given: Any) -> Any:
        if given is None:
            return None
        self._refuse_long(given)
        if isinstance(self.widget, Parts):
            given = _tidied(given)
        try:
            value = read_answer(self.question, given, self.reference_date)  # type: ignore[arg-type]
        except AnswerError as error:
            raise explained(error, self.options) from error
        return self.question.write(value)

    def _refuse_long(self, given: Any) -> None:
        if isinstance(self.widget, Parts):
            limit, length = LONGEST_LINE, max(map(len, _texts(given)))
        elif isinstance(given, list):
            limit, length = LONGEST_LIST, sum(map(len, given))
        elif isinstance(self.widget, OneOf) and len(given) > LONGEST_LINE:
            raise unreadable("unknown_option")
        else:
            return
        if length > limit:
            raise unreadable("too_long", {"limit": limit, "length": length})


class SectionForm(forms.Form):
    """What people enter on the questions of one section; made by `form_class`."""

    questions: ClassVar[tuple[BaseQuestion, ...]]
    claimable: ClassVar[tuple[Criterion, ...]]
    names: ClassVar[frozenset[str]]
    """Every name that a page of this form can post."""

    def __init__(self, *args: Any, reference_date: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in self.questions:
            field = self.fields[f"answer-{question.id}"]
            assert isinstance(field, AnswerField)
            field.reference_date = reference_date

    def clean(self) -> dict[str, Any]:
        for criterion in self.claimable:
            name = f"justification-{criterion.id}"
            if self.cleaned_data[f"claimed-{criterion.id}"] and self.cleaned_data.get(name) == "":
                self.add_error(name, unreadable("unjustified"))
        return self.cleaned_data

    @property
    def tampered(self) -> list[str]:
        """Names of posted fields that no page of this form can post, or not with such a value."""
        unknown = [
            name for name in self.data if name.startswith(PREFIXES) and name not in self.names
        ]
        return unknown + [name for name in self.errors if self.codes(name) & TAMPERED]

    @property
    def refused(self) -> list[str]:
        """Names of fields whose content is not stored, not even as typed."""
        return [name for name in self.errors if self.codes(name) & REFUSED]

    def codes(self, name: str) -> set[str | None]:
        """Return the codes of a field's errors."""
        if name not in self.errors:
            return set()
        return {error.code for error in self.errors[name].as_data()}

    def entries(self) -> Iterator[Entry]:
        """Yield what may be stored, for each question and claim that the page asked."""
        self.full_clean()
        for question in self.questions:
            if (seen := self.data.get(f"seen-{question.id}")) is not None:
                secret = {"trade_secret": self.cleaned_data[f"secret-{question.id}"]}
                text = self._text("comment", question.id)
                content = self._answer(question.id) | text | secret
                yield Entry("answer", question.id, seen, content)
        for criterion in self.claimable:
            if (seen := self.data.get(f"claim-seen-{criterion.id}")) is not None:
                claimed = {"claimed": self.cleaned_data[f"claimed-{criterion.id}"]}
                content = claimed | self._text("justification", criterion.id)
                yield Entry("claim", criterion.id, seen, content)

    def _answer(self, key: str) -> dict[str, Any]:
        name = f"answer-{key}"
        codes = self.codes(name)
        if not codes:
            return {"value": self.cleaned_data[name], "typed": None}
        return {} if codes & REFUSED else {"value": None, "typed": self[name].data}

    def _text(self, kind: str, key: str) -> dict[str, Any]:
        name = f"{kind}-{key}"
        if self.codes(name) & REFUSED:
            return {}
        return {kind: clean_text(self.data.get(name))}

    @classmethod
    def posted_answer(
        cls, key: str, given: Any, comment: str, seen: str, trade_secret: bool = False
    ) -> Posted:
        """Return what a page posts that shows this: a kept value, or what was typed."""
        answer: Control = cls.base_fields[f"answer-{key}"].widget
        ticked = {f"secret-{key}": ["on"]} if trade_secret else {}
        return (
            answer.posted(f"answer-{key}", given)
            | ticked
            | {
                f"comment-{key}": [comment],
                f"seen-{key}": [seen],
            }
        )

    @classmethod
    def posted_claim(cls, key: str, claimed: bool, justification: str, seen: str) -> Posted:
        """Return what a page posts that shows this claim on a criterion."""
        ticked = {f"claimed-{key}": ["on"]} if claimed else {}
        return ticked | {f"justification-{key}": [justification], f"claim-seen-{key}": [seen]}


def form_class(
    questions: Iterable[BaseQuestion], claimable: Iterable[Criterion], language: Language
) -> type[SectionForm]:
    """Return the form that asks these questions, and offers to claim these criteria away."""
    questions, claimable = tuple(questions), tuple(claimable)
    fields: dict[str, forms.Field] = {}
    for question in questions:
        fields[f"answer-{question.id}"] = AnswerField(question, language)
        fields[f"comment-{question.id}"] = CommentField(_("Comment"))
        fields[f"secret-{question.id}"] = forms.BooleanField(
            required=False, label=_("Trade secret")
        )
        fields[f"seen-{question.id}"] = forms.CharField(required=False, widget=forms.HiddenInput)
    for criterion in claimable:
        fields[f"claimed-{criterion.id}"] = forms.BooleanField(
            required=False, label=_("Not applicable")
        )
        fields[f"justification-{criterion.id}"] = CommentField(_("Justification"))
        fields[f"claim-seen-{criterion.id}"] = forms.CharField(
            required=False, widget=forms.HiddenInput
        )
    attributes: dict[str, Any] = {
        **fields,
        "questions": questions,
        "claimable": claimable,
        "names": frozenset(_names(fields)),
    }
    made = DeclarativeFieldsMetaclass("SectionForm", (SectionForm,), attributes)
    return cast(type[SectionForm], made)


def _tidied(given: Any) -> Any:
    """Return figures and dates as the engine writes them; refuse a pair that lacks one half."""
    if not isinstance(given, dict):
        return tidy(given)
    if "cannot_show" in given:
        raise unreadable("both")
    if not all(given.values()):
        raise unreadable("not_a_ratio")
    return {part: tidy(line) for part, line in given.items()}


def _names(fields: Mapping[str, forms.Field]) -> Iterator[str]:
    for name, field in fields.items():
        parts = field.widget.widgets_names if isinstance(field.widget, Parts) else [""]
        yield from (f"{name}{part}" for part in parts)


def _texts(given: Any) -> list[str]:
    return [str(text) for text in given.values()] if isinstance(given, dict) else [str(given)]
