"""Storing what people enter so that two of them never overwrite each other unseen.

A page carries for each answer and claim a token: the revision that it showed and a digest of its
content. What differs from neither is left alone; what was changed is stored if the row is still at
that revision; what meets a newer row is kept beside it until someone chooses.
"""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import SuspiciousOperation

from compliance.accounts.models import User
from compliance.assessments.changes import Outcome, changes_of, stored
from compliance.assessments.companywide import hold, shared
from compliance.assessments.models import AnswerContent, Assessment
from compliance.assessments.revisions import KINDS, Conflict, Kept, Seen, content_of, digest_of
from compliance.audit import recording
from compliance.audit.actions import Action
from questionnaires.forms import Entry


def store(assessment: Assessment, entry: Entry, by: User) -> tuple[Outcome, Seen]:
    """Store an entry if its page is up to date; return what became of it and the row's token now.

    A part that the entry leaves out stays as it is. On a conflict the token is the one that the
    page had, and the entry stands among the conflicting ones. Raises SuspiciousOperation for a
    token that is none, and TooLate.
    """
    if _says_what_it_showed(entry):
        return Outcome.UNCHANGED, Seen.read(entry.seen)
    with changes_of(assessment, by) as changes:
        return changes.store(entry, stored(assessment, [entry]))


def store_all(
    assessment: Assessment,
    entries: Iterable[Entry],
    by: User,
    origin: Mapping[str, str] | None = None,
) -> list[Outcome]:
    """Store what a page says, all of it or, where it carries a token that is none, nothing.

    Returns what became of each entry, in no order. `origin` tells the record where they come from,
    in identifiers. Raises TooLate.
    """
    entries = list(entries)
    changed = [entry for entry in entries if not _says_what_it_showed(entry)]
    unchanged = [Outcome.UNCHANGED] * (len(entries) - len(changed))
    if not changed:
        return unchanged
    with changes_of(assessment, by, origin) as changes:
        rows = stored(assessment, changed)
        return [*unchanged, *(changes.store(entry, rows)[0] for entry in changed)]


def _says_what_it_showed(entry: Entry) -> bool:
    """Whether nothing was changed on the page, as far as the page alone can tell."""
    whole = entry.content.keys() == KINDS[entry.kind].blank.keys()
    return Seen.read(entry.seen).digest == digest_of(entry.content) and whole


def choose(assessment: Assessment, choice: str, by: User) -> bool:
    """Settle a conflict as the button says: "kind.id.other.token" or "kind.id.stored.token".

    The kind of what is the company's begins with "company-".

    Returns False where the row has changed since the page showed it: then nothing is settled.
    A conflict that is settled already counts as settled. Raises SuspiciousOperation for a button
    that no page of ours has, and TooLate.
    """
    found = re.fullmatch(r"(company-)?(answer|claim)\.([0-9]{1,18})\.(other|stored)\.(.+)", choice)
    if found is None:
        raise SuspiciousOperation("A page carries a choice that is none.")
    of_company, name, number, chosen, token = found.groups()
    page = Seen.read(token)
    with changes_of(assessment, by) as changes:
        conflict: Conflict | None
        if of_company:
            hold(assessment)
            waiting = shared(assessment, KINDS[name].company_conflicts)
            conflict = next((row for row in waiting if row.pk == int(number)), None)
        else:
            rows = KINDS[name].conflicts._default_manager.filter(assessment=assessment)
            conflict = rows.filter(id=int(number)).first()
        return conflict is None or changes.settle(name, conflict, chosen, page)


def taken_over(row: Kept, origin: Mapping[str, str]) -> recording.Entry:
    """Return what the record says of a row that was copied from another assessment."""
    name = "answer" if isinstance(row, AnswerContent) else "claim"
    kind = KINDS[name]
    revision = getattr(row, "revision", None)
    counts = revision is not None
    return recording.Entry(
        kind.action if counts else Action.CONFLICT_KEPT,
        row,
        getattr(row, kind.key),
        new=content_of(name, row),
        details={"revision": revision, **origin} if counts else origin,
    )
