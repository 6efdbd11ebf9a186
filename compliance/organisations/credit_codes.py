"""Unified social credit codes: how they are written, and which are none."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NotACode


def normal(written: str) -> str:
    """Return a code as it is kept: upper case, without the spaces that people write for reading."""
    return uscc.compact(unicodedata.normalize("NFKC", written))


def validate_credit_code(code: str) -> None:
    """Raise ValidationError unless this is a code, its check digit included."""
    try:
        uscc.validate(code)
    except NotACode as error:
        raise ValidationError(
            _(
                "This is not a unified social credit code: it has 18 characters, the last of which"
                " is computed from the others. Please compare it with the business licence."
            ),
            code="invalid",
        ) from error
