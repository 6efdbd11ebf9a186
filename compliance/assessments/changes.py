"""What one person changes in an assessment in one transaction, recorded with it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.companywide import hold, meanings, shared
from compliance.assessments.models import Assessment, CompanyAnswer, CompanyClaim
from compliance.assessments.models.company import OfCompany
from compliance.assessments.moving import lock
from compliance.assessments.outline import outline_of
from compliance.assessments.revisions import KINDS, Kept, Row, Seen, content_of, digest_of, seen
from compliance.audit import recording
from compliance.audit.actions import Action
from compliance.audit.recording import record_all
from compliance.lifecycle import OPEN_FOR_ANSWERS
from questionnaires.forms import Entry


class Outcome(StrEnum):
    """What became of an entry."""

    UNCHANGED = "unchanged"
    SAVED = "saved"
    CONFLICT = "conflict"


class TooLate(PermissionDenied):
    """The assessment no longer takes answers: what came now was not stored."""


Rows = Mapping[tuple[str, str], Row]


def stored(assessment: Assessment, entries: Iterable[Entry]) -> Rows:
    """Return what is stored where these entries belong. One query for each kind of entry.

    What is the company's is held until the transaction ends: it can come from any of its
    assessments.
    """
    keys: dict[str, list[str]] = {}
    for entry in entries:
        keys.setdefault(entry.kind, []).append(entry.key)
    found: dict[tuple[str, str], Row] = {}
    for name, wanted in keys.items():
        kind = KINDS[name]
        of_company = meanings(outline_of(assessment.version), kind.company_rows)
        theirs = [key for key in wanted if key in of_company]
        own = [key for key in wanted if key not in of_company]
        rows: list[Row] = []
        if theirs:
            hold(assessment)
            rows += shared(assessment, kind.company_rows, theirs)
        if own:
            manager = kind.rows._default_manager
            rows += manager.filter(assessment=assessment, **{f"{kind.key}__in": own})
        found |= {(name, getattr(row, kind.key)): row for row in rows}
    return found


@contextmanager
def changes_of(
    assessment: Assessment, by: User, origin: Mapping[str, str] | None = None
) -> Iterator["Changes"]:
    """Hold the assessment for changes by this person; record all of them at the end.

    Nobody else changes it meanwhile, and no step is taken: what is frozen is what stands there.
    """
    with transaction.atomic():
        lock(assessment)
        if assessment.status not in OPEN_FOR_ANSWERS:
            raise TooLate
        changes = Changes(assessment, by, origin or {})
        yield changes
        record_all(changes.events, by=by, chain=assessment)
        record_all(changes.company_events, by=by, chain=assessment.subject.organisation)


@dataclass
class Changes:
    """What one person changes in one transaction.

    What is about the company as a whole goes into the chain of the company too.
    """

    assessment: Assessment
    by: User
    origin: Mapping[str, str]
    events: list[recording.Entry] = field(default_factory=list)
    company_events: list[recording.Entry] = field(default_factory=list)

    def owner(self, name: str, key: str) -> dict[str, Any]:
        """Return whose an entry is, in the fields of its row: the assessment's or the company's."""
        kind = KINDS[name]
        meaning = meanings(outline_of(self.assessment.version), kind.company_rows).get(key)
        if meaning is None:
            return {"assessment": self.assessment}
        return {"organisation": self.assessment.subject.organisation, "meaning": meaning}

    def store(self, entry: Entry, rows: Rows) -> tuple[Outcome, Seen]:
        """Store an entry where the row is at the revision that its page showed."""
        page, row = Seen.read(entry.seen), rows.get((entry.kind, entry.key))
        before = content_of(entry.kind, row)
        content = before | entry.content
        digest = digest_of(content)
        if digest == page.digest:
            return Outcome.UNCHANGED, page
        if (row.revision if row else 0) == page.revision:
            self._write(entry, row, before, content)
            return Outcome.SAVED, Seen(page.revision + 1, digest)
        if row is not None and before == content:
            return Outcome.UNCHANGED, seen(entry.kind, row)
        self._keep_beside(entry, content)
        return Outcome.CONFLICT, page

    def _write(
        self, entry: Entry, row: Row | None, before: dict[str, Any], content: dict[str, Any]
    ) -> None:
        kind = KINDS[entry.kind]
        owner = self.owner(entry.kind, entry.key)
        if row is None:
            made = kind.rows if "assessment" in owner else kind.company_rows
            row = made(revision=0, **owner, **{kind.key: entry.key})
        fields = ["revision", "by", "at", *content]
        if isinstance(row, CompanyAnswer | CompanyClaim):
            row.source = self.assessment
            fields.append("source")
        row.revision, row.by, row.at = row.revision + 1, self.by, timezone.now()
        for name, value in content.items():
            setattr(row, name, value)
        row.save(update_fields=fields if row.pk else None)
        details = {"revision": row.revision, **self.origin}
        self._tell(kind.action, row, entry.key, before, content, details)

    def _keep_beside(self, entry: Entry, content: dict[str, Any]) -> None:
        """Keep the entry among the conflicting ones, once however often the page is sent."""
        kind = KINDS[entry.kind]
        owner = self.owner(entry.kind, entry.key)
        conflicts: Any = kind.conflicts if "assessment" in owner else kind.company_conflicts
        beside = conflicts._default_manager.filter(by=self.by, **owner, **{kind.key: entry.key})
        if content not in [content_of(entry.kind, other) for other in beside]:
            if "assessment" not in owner:
                owner["source"] = self.assessment
            other = conflicts._default_manager.create(
                by=self.by, at=timezone.now(), **owner, **{kind.key: entry.key}, **content
            )
            self._tell(Action.CONFLICT_KEPT, other, entry.key, kind.blank, content, self.origin)

    def settle(self, name: str, conflict: Any, chosen: str, page: Seen) -> bool:
        """Settle a conflict; False where the row is no longer as the page showed it."""
        kind = KINDS[name]
        key, content = getattr(conflict, kind.key), content_of(name, conflict)
        entry = Entry(name, key, str(page), content)  # type: ignore[arg-type]
        rows = stored(self.assessment, [entry])
        if seen(name, rows.get((name, key))) != page:
            return False
        if chosen == "other" and self.store(entry, rows)[0] is Outcome.CONFLICT:
            return False
        details = {"chosen": chosen, "by": str(conflict.by_id)}
        self._tell(Action.CONFLICT_SETTLED, conflict, key, content, kind.blank, details)
        conflict.delete()
        return True

    def _tell(
        self,
        action: Action,
        about: Kept,
        key: str,
        before: dict[str, Any],
        after: dict[str, Any],
        details: Mapping[str, Any],
    ) -> None:
        """Tell the record what differs, and no more: comments are long."""
        changed = [name for name in after if after[name] != before[name]]
        old, new = ({name: said[name] for name in changed} for said in (before, after))
        self.events.append(recording.Entry(action, about, key, old, new, details))
        if isinstance(about, OfCompany):
            told = {**details, "assessment": str(self.assessment.pk), "meaning": about.meaning}
            self.company_events.append(recording.Entry(action, about, key, old, new, told))
