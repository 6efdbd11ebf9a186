"""Storing what people enter so that two of them never overwrite each other unseen.

A page carries for each answer and claim a token: the revision that it showed and a digest of its
content. What differs from neither is left alone; what was changed is stored if the row is still at
that revision; what meets a newer row is kept beside it until someone chooses.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Any, Self

from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.models import (
    Answer,
    Assessment,
    ConflictingAnswer,
    ConflictingClaim,
    NotApplicableClaim,
)
from questionnaires.forms import Entry

Row = Answer | NotApplicableClaim
Kept = Answer | NotApplicableClaim | ConflictingAnswer | ConflictingClaim


@dataclass(frozen=True)
class Kind:
    """Where entries of a kind are stored, and what they consist of."""

    rows: type[Answer] | type[NotApplicableClaim]
    conflicts: type[ConflictingAnswer] | type[ConflictingClaim]
    key: str
    blank: dict[str, Any]


KINDS = {
    "answer": Kind(
        Answer, ConflictingAnswer, "question", {"value": None, "typed": None, "comment": ""}
    ),
    "claim": Kind(
        NotApplicableClaim, ConflictingClaim, "criterion", {"claimed": False, "justification": ""}
    ),
}


class Outcome(StrEnum):
    """What became of an entry."""

    UNCHANGED = "unchanged"
    SAVED = "saved"
    CONFLICT = "conflict"


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
    return Seen(row.revision if row else 0, _digest(content_of(kind, row)))


def store(assessment: Assessment, entry: Entry, by: User) -> tuple[Outcome, Seen]:
    """Store an entry if its page is up to date; return what became of it and the row's token now.

    A part that the entry leaves out stays as it is. On a conflict the token is the one that the
    page had, and the entry stands among the conflicting ones. Raises SuspiciousOperation for a
    token that is none.
    """
    kind = KINDS[entry.kind]
    page = Seen.read(entry.seen)
    rows = kind.rows._default_manager.filter(assessment=assessment, **{kind.key: entry.key})
    content = entry.content
    if content.keys() != kind.blank.keys():
        content = content_of(entry.kind, rows.first()) | content
    digest = _digest(content)
    if digest == page.digest:
        return Outcome.UNCHANGED, page
    change = content | {"by": by, "at": timezone.now()}
    if page.revision:
        done = rows.filter(revision=page.revision).update(revision=F("revision") + 1, **change)
    else:
        done = _insert(kind, assessment, entry.key, change)
    if done:
        return Outcome.SAVED, Seen(page.revision + 1, digest)
    with transaction.atomic():
        row = rows.first()
        if row is not None and content_of(entry.kind, row) == content:
            return Outcome.UNCHANGED, seen(entry.kind, row)
        _keep_beside(kind, assessment, entry, change)
        return Outcome.CONFLICT, page


def store_all(assessment: Assessment, entries: Iterable[Entry], by: User) -> list[Outcome]:
    """Store what a page says, all of it or, where it carries a token that is none, nothing."""
    with transaction.atomic():
        return [store(assessment, entry, by)[0] for entry in entries]


def _insert(kind: Kind, assessment: Assessment, key: str, change: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            kind.rows._default_manager.create(assessment=assessment, **{kind.key: key}, **change)
    except IntegrityError:  # someone else was first
        return False
    return True


def _keep_beside(kind: Kind, assessment: Assessment, entry: Entry, change: dict[str, Any]) -> None:
    """Keep the entry among the conflicting ones, once however often the page is sent."""
    beside = kind.conflicts._default_manager.filter(
        assessment=assessment, by=change["by"], **{kind.key: entry.key}
    )
    others = [content_of(entry.kind, other) for other in beside]
    if {name: change[name] for name in kind.blank} not in others:
        kind.conflicts._default_manager.create(
            assessment=assessment, **{kind.key: entry.key}, **change
        )


def choose(assessment: Assessment, choice: str, by: User) -> bool:
    """Settle a conflict as the button says: "kind.id.other.token" or "kind.id.stored.token".

    Returns False where the row has changed since the page showed it: then nothing is settled.
    A conflict that is settled already counts as settled. Raises SuspiciousOperation for a button
    that no page of ours has.
    """
    found = re.fullmatch(r"(answer|claim)\.([0-9]{1,18})\.(other|stored)\.(.+)", choice)
    if found is None:
        raise SuspiciousOperation("A page carries a choice that is none.")
    name, number, chosen, token = found.groups()
    kind, page = KINDS[name], Seen.read(token)
    with transaction.atomic():
        conflict = kind.conflicts._default_manager.filter(
            assessment=assessment, id=int(number)
        ).first()
        if conflict is None:
            return True
        key = getattr(conflict, kind.key)
        rows = kind.rows._default_manager.filter(assessment=assessment, **{kind.key: key})
        if seen(name, rows.first()) != page:
            return False
        if chosen == "other":
            entry = Entry(name, key, str(page), content_of(name, conflict))  # type: ignore[arg-type]
            outcome, _ = store(assessment, entry, by)
            if outcome is Outcome.CONFLICT:
                return False
        conflict.delete()
        return True


def _digest(content: dict[str, Any]) -> str:
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return blake2b(written.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
