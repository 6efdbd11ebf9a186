"""Publishing: a resolved questionnaire as bytes that never change."""

import hashlib

import rfc8785

from questionnaires.document import Questionnaire


def canonical(questionnaire: Questionnaire) -> bytes:
    """Return the questionnaire as canonical JSON (RFC 8785); what has its default is left out.

    A default in the document's parts can therefore never change: published files rely on it.
    """
    return rfc8785.dumps(
        questionnaire.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    )


def load(document: bytes | str) -> Questionnaire:
    """Return the questionnaire behind canonical JSON; pydantic's ValidationError if it is none."""
    return Questionnaire.model_validate_json(document)


def sha256(document: bytes) -> str:
    """Return the document's SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(document).hexdigest()
