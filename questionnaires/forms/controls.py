"""How each kind of question stands on a page: Django widgets that speak the engine's JSON.

`value_from_datadict` makes out of what was posted what the engine can read: a string, a list or a
mapping of strings, or None where nothing was entered. `posted` is the way back: the names and
strings that a page would post for it.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from questionnaires.parts import Language
from questionnaires.questions import (
    BaseQuestion,
    DateQuestion,
    Files,
    MultipleChoice,
    Number,
    Ratio,
    Scale,
    Showable,
    SingleChoice,
    TextQuestion,
    YesNo,
)
from questionnaires.questions.base import Special

Posted = dict[str, list[str]]

CANNOT_SHOW = Special.CANNOT_SHOW.value
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class Control(Protocol):
    """A widget that can also say what a page would post for a value."""

    def posted(self, name: str, given: Any) -> Posted:
        """Return what a page posts where this was given; nothing for None."""
        ...


def clean_text(text: str | None) -> str:
    """Return text with unix line ends, without control characters and outer blanks."""
    return _UNSEEN.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n")).strip()


def tidy(line: str) -> str:
    """Return a figure or date as the engine writes it, as far as the meaning is plain.

    Full-width characters become plain ones, thousands separators go, and 2026年3月5日 or 2026/3/5
    becomes 2026-03-05.
    """
    line = unicodedata.normalize("NFKC", line).replace(" ", "")
    if _THOUSANDS.fullmatch(line):
        return line.replace(",", "")
    if found := _DATE.fullmatch(line):
        year, month, day = found.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    return line


def plain_figure(kept: int | str) -> str:
    """Return a kept figure as people write it: "25/2" as 12.5, "2/3" as it is."""
    if not isinstance(kept, str) or "/" not in kept:
        return str(kept)
    try:
        number = Fraction(kept)
    except (ValueError, ZeroDivisionError):
        return kept
    for places in range(1, 13):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    return kept


class OneOf(forms.RadioSelect):
    """One option out of several."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        return data.get(name) or None

    def posted(self, name: str, given: Any) -> Posted:
        return {} if given is None else {name: [str(given)]}


class AnyOf(forms.CheckboxSelectMultiple):
    """Any number of options."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str] | None:
        return data.getlist(name) or None

    def posted(self, name: str, given: Any) -> Posted:
        return {name: [str(option) for option in given]} if given else {}


class Parts(forms.MultiWidget):
    """One or more lines, and a box for "cannot show it" where the question offers that."""

    def __init__(self, lines: Mapping[str, forms.Widget], cannot_show: bool) -> None:
        self.lines = tuple(lines)
        widgets: dict[str, forms.Widget | type[forms.Widget]] = dict(lines)
        if cannot_show:
            widgets["cannot_show"] = forms.CheckboxInput()
        super().__init__(widgets=widgets)
        # No key contains a full stop, so no other question's field can have such a name.
        self.widgets_names = [f".{part}" if part else "" for part in widgets]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        lines: dict[str, Any] = {
            line: clean_text(data.get(f"{name}.{line}" if line else name)) for line in self.lines
        }
        entered = any(lines.values())
        if f"{name}.cannot_show" in data:
            return {**lines, "cannot_show": "on"} if entered else CANNOT_SHOW
        if not entered:
            return None
        return lines.get("", lines)

    def posted(self, name: str, given: Any) -> Posted:
        return {
            f"{name}.{part}" if part else name: [text]
            for part, text in self._texts(given).items()
            if text
        }

    def decompress(self, value: Any) -> list[Any]:
        texts = self._texts(value)
        return [texts.get(suffix.removeprefix(".")) for suffix in self.widgets_names]

    @staticmethod
    def _texts(given: Any) -> dict[str, str]:
        if given is None:
            return {}
        if given == CANNOT_SHOW:
            return {"cannot_show": "on"}
        if isinstance(given, Mapping):
            return {part: plain_figure(text) for part, text in given.items()}
        return {"": plain_figure(given)}


class Words(forms.Textarea):
    """Free words."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        return clean_text(data.get(name)) or None

    def posted(self, name: str, given: Any) -> Posted:
        return {name: [given]} if given else {}


class Lines(forms.Textarea):
    """One name a line."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str] | None:
        lines = (line.strip() for line in clean_text(data.get(name)).split("\n"))
        return [line for line in lines if line] or None

    def posted(self, name: str, given: Any) -> Posted:
        return {name: ["\n".join(given)]} if given else {}

    def format_value(self, value: Any) -> str | None:
        return "\n".join(value) if isinstance(value, list) else value


def _figure() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


def _date() -> forms.TextInput:
    return forms.TextInput(attrs={"placeholder": _("2026-11-21"), "autocomplete": "off"})


def _options(question: Any, language: Language) -> list[tuple[str, str]]:
    return [(option.id, option.text.to(language)) for option in question.options]


def _offers_cannot_show(question: Showable) -> bool:
    return question.cannot_show is not None


_CONTROLS: dict[type[BaseQuestion], Callable[[Any, Language], forms.Widget]] = {
    SingleChoice: lambda question, language: OneOf(choices=_options(question, language)),
    YesNo: lambda question, language: OneOf(
        choices=[(key, labels[language]) for key, labels in question.LABELS.items()]
    ),
    Scale: lambda question, language: OneOf(
        choices=[(str(level), words[language]) for level, words in enumerate(question.LEVELS)]
    ),
    MultipleChoice: lambda question, language: AnyOf(choices=_options(question, language)),
    Number: lambda question, language: Parts({"": _figure()}, _offers_cannot_show(question)),
    Ratio: lambda question, language: Parts(
        {"numerator": _figure(), "denominator": _figure()}, _offers_cannot_show(question)
    ),
    DateQuestion: lambda question, language: Parts({"": _date()}, _offers_cannot_show(question)),
    TextQuestion: lambda question, language: Words(attrs={"rows": 4}),
    Files: lambda question, language: Lines(attrs={"rows": 4}),
}


def control(question: BaseQuestion, language: Language) -> Any:
    """Return the control of a question: a Django widget that is a Control as well."""
    return _CONTROLS[type(question)](question, language)
