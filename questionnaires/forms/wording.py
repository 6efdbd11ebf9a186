"""What people are told when something cannot be taken as an answer."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from questionnaires.questions import AnswerError

WORDINGS = {
    "unknown_option": _("Choose one of the options."),
    "exclusive": _("“%(option)s” cannot be chosen together with others."),
    "not_a_choice": _("Choose one of the options."),
    "not_choices": _("Choose one or more of the options."),
    "not_a_level": _("Choose a level from 0 to 5."),
    "not_a_number": _("“%(given)s” is not a number. Use digits, such as 12 or 12.5."),
    "not_whole": _("Enter a whole number."),
    "too_small": _("Enter a number that is at least %(limit)s."),
    "too_large": _("Enter at most %(limit)s."),
    "not_a_ratio": _("Enter both figures."),
    "numerator_above": _("The part cannot be larger than the whole."),
    "not_a_date": _("“%(given)s” is not a date. Write it as 2026-11-21."),
    "future_date": _("The date lies after the reference date %(limit)s."),
    "not_a_text": _("Enter a text."),
    "too_long": _("At most %(limit)s characters are kept here; this has %(length)s. Shorten it."),
    "not_files": _("Enter one document a line."),
    "no_such_choice": _("Choose one of the options."),
    "both": _("Either enter a figure or say that it cannot be shown, not both."),
    "unjustified": _("Say why it does not apply."),
}

SHOWN = 50
"""How many characters of what was entered a message repeats."""


def unreadable(code: str, params: Mapping[str, Any] | None = None) -> ValidationError:
    """Return the error for people behind the code of an AnswerError or one of the codes above."""
    shown = {
        name: f"{value[:SHOWN]}…" if isinstance(value, str) and len(value) > SHOWN else value
        for name, value in (params or {}).items()
    }
    return ValidationError(WORDINGS[code], code=code, params=shown)


def explained(error: AnswerError, options: Mapping[str, str]) -> ValidationError:
    """Return the engine's refusal in the words of the page; `options` holds the options' texts."""
    params = dict(error.params)
    if "option" in params:
        params["option"] = options.get(str(params["option"]), params["option"])
    return unreadable(error.code, params)
