"""The state in which an answer or a claim stands, and the token by which a page carries it."""

import json
import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Self

from django.core.exceptions import SuspiciousOperation

from compliance.assessments.models import (
    Answer,
    CompanyAnswer,
    CompanyClaim,
    ConflictingAnswer,
    ConflictingClaim,
    ConflictingCompanyAnswer,
    ConflictingCompanyClaim,
    NotApplicableClaim,
)
from compliance.audit.actions import Action

Row = Answer | NotApplicableClaim | CompanyAnswer | CompanyClaim
Conflict = ConflictingAnswer | ConflictingClaim | ConflictingCompanyAnswer | ConflictingCompanyClaim
Kept = Row | Conflict


@dataclass(frozen=True)
class Kind:
    """Where entries of a kind are stored, and what they consist of."""

    rows: type[Answer] | type[NotApplicableClaim]
    conflicts: type[ConflictingAnswer] | type[ConflictingClaim]
    company_rows: type[CompanyAnswer] | type[CompanyClaim]
    company_conflicts: type[ConflictingCompanyAnswer] | type[ConflictingCompanyClaim]
    key: str
    blank: dict[str, Any]
    action: Action


KINDS = {
    "answer": Kind(
        Answer,
        ConflictingAnswer,
        CompanyAnswer,
        ConflictingCompanyAnswer,
        "question",
        {"value": None, "typed": None, "comment": "", "trade_secret": False},
        Action.ANSWER_CHANGED,
    ),
    "claim": Kind(
        NotApplicableClaim,
        ConflictingClaim,
        CompanyClaim,
        ConflictingCompanyClaim,
        "criterion",
        {"claimed": False, "justification": ""},
        Action.CLAIM_CHANGED,
    ),
}


@dataclass(frozen=True)
class Seen:
    """Which state of a row a page showed; revision 0 is that of an answer not yet given."""

    revision: int
    digest: str

    @classmethod
    def read(cls, token: str) -> Self:
        """Return what a token says; SuspiciousOperation for one that no page of ours carries."""
        found = re.fullmatch(r"([0-9]{1,9})\.([0-9a-f]{16})", token)
        if found is None:
            raise SuspiciousOperation("A page carries a token that is none.")
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        return f"{self.revision}.{self.digest}"


def content_of(kind: str, row: Kept | None) -> dict[str, Any]:
    """Return what a row says; for no row, what an empty page says."""
    blank = KINDS[kind].blank
    return blank if row is None else {name: getattr(row, name) for name in blank}


def seen(kind: str, row: Row | None) -> Seen:
    """Return the token of a row as it stands."""
    return Seen(row.revision if row else 0, digest_of(content_of(kind, row)))


def digest_of(content: dict[str, Any]) -> str:
    """Return a digest of what a row says; that it is no trade secret goes without saying.

    Pages and workbooks that were made before there was this mark keep their tokens.
    """
    if not content.get("trade_secret"):
        content = {name: value for name, value in content.items() if name != "trade_secret"}
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return blake2b(written.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
