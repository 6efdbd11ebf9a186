"""What is wrong with a part, in an author's words instead of the validator's."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from questionnaires.faults import hint, near, shortened
from questionnaires.parts import LOOKS, UNION_TAG
from questionnaires.questions import TYPES

_LIMITS = {
    "greater_than": "above {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "below {lt}",
    "less_than_equal": "at most {le}",
}
_KINDS = {
    "bool_type": "true or false",
    "int_type": "a whole number without quotes",
    "int_from_float": "a whole number",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
    "dict_type": "a mapping of keys to values",
    "string_type": "a text; write numbers and yes/no in quotes",
}
_BY_LANGUAGE = {
    "Bilingual": "in both languages: {zh: …, en: …}",
    "Names": "by language: {zh: …}, or {zh: …, en: …}",
}
"""Parts that authors are tempted to write as plain words."""


def key_path(detail: ErrorDetails) -> tuple[int | str, ...]:
    """Return where in the file the fault is: the keys and places of lists that lead there.

    A check of a whole part can say in its context, as `at`, where in the part the fault is.
    """
    return (*_part_path(detail), *detail.get("ctx", {}).get("at", ()))


def _part_path(detail: ErrorDetails) -> tuple[int | str, ...]:
    return tuple(
        step
        for step in detail["loc"]
        if not (isinstance(step, str) and (step.startswith(UNION_TAG) or step == "[key]"))
    )


def message_of(detail: ErrorDetails) -> str:
    """Return what is wrong and what would be right; nothing where another fault says it all."""
    kind, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    what = _named(_part_path(detail))
    if form := _BY_LANGUAGE.get(context.get("class_name", "")):
        return f"{what} must be given {form}"
    if kind in _KINDS:
        return f"{what} must be {_KINDS[kind]}"
    if kind in _LIMITS:
        return f"{what} must be {_LIMITS[kind].format(**context)}"
    if special := _SPECIAL.get(kind):
        return special(what, given, context)
    if isinstance(given, Mapping) and isinstance(given.get("id"), str):
        return f"“{shortened(given['id'])}”: {detail['msg']}"
    return f"{what}: {detail['msg']}"


def _named(path: tuple[int | str, ...]) -> str:
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, int):
        holder = next((step for step in reversed(path) if isinstance(step, str)), "")
        return f"entry {last + 1} of “{holder}”"
    return f"“{shortened(last)}”"


def _missing(what: str, given: Any, context: Mapping[str, Any]) -> str:
    if what in ("“zh”", "“en”"):
        return f"translation missing: give the words in {what} too"
    return f"{what} is missing"


def _unknown_key(what: str, given: Any, context: Mapping[str, Any]) -> str:
    key, known = context["key"], context["known"].split()
    meant = near(key, known) or f"; known keys: {', '.join(known)}"
    return f"unknown key “{shortened(key)}”{meant}"


def _no_kind_of_question(what: str, given: Any, context: Mapping[str, Any]) -> str:
    if not isinstance(given, Mapping):
        return f"{what} must be a question: a mapping of keys to values"
    if "type" not in given:
        return f"“type” is missing; it is one of {', '.join(TYPES)}"
    kind = str(given["type"])
    return f"there is no question type “{shortened(kind)}”{hint(kind, TYPES)}"


def _pattern(what: str, given: Any, context: Mapping[str, Any]) -> str:
    looks = LOOKS.get(context["pattern"], context["pattern"])
    shown = f"“{shortened(str(given))}”"
    return f"{what} must be {looks}" if shown == what else f"{what} must be {looks}; {shown} is not"


def _literal(what: str, given: Any, context: Mapping[str, Any]) -> str:
    known = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
    choice = " or ".join(known) if len(known) < 3 else f"one of {', '.join(known)}"
    return f"{what} must be {choice}{near(str(given), known)}"


def _too_short(what: str, given: Any, context: Mapping[str, Any]) -> str:
    least = context["min_length"]
    if len(given) >= least:
        return ""  # only short of the entries that are at fault themselves
    entries = "entry" if least == 1 else "entries"
    return f"{what} needs at least {least} {entries}; this has {len(given)}"


def _string_too_long(what: str, given: Any, context: Mapping[str, Any]) -> str:
    return f"{what} has {len(given):,} characters; at most {context['max_length']:,} are allowed"


_SPECIAL: dict[str, Callable[[str, Any, Mapping[str, Any]], str]] = {
    "missing": _missing,
    "unknown_key": _unknown_key,
    "question_type": _no_kind_of_question,
    "string_pattern_mismatch": _pattern,
    "literal_error": _literal,
    "too_short": _too_short,
    "string_too_long": _string_too_long,
    "string_too_short": lambda what, given, context: f"{what} is empty",
}
