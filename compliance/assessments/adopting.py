"""Answers that an assessment brings along for the company, from a version that asked each subject.

The first one becomes the company's. One that says something else waits beside it for a choice.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from compliance.assessments.companywide import hold, meanings, shared
from compliance.assessments.models import Assessment
from compliance.assessments.outline import outline_of
from compliance.assessments.revisions import KINDS, content_of


def adopt(new: Assessment, kind: str, rows: Iterable[Any], names: Mapping[str, str]) -> list[Any]:
    """Give the company the rows of a former assessment; return those that now count or wait.

    `names` leads from the former key to that in the new assessment. Who gave an answer and when is
    kept. What the company's row says already, and what says nothing, is left out.
    """
    stored = KINDS[kind]
    asked = meanings(outline_of(new.version), stored.company_rows)
    mine = [row for row in rows if names.get(getattr(row, stored.key)) in asked]
    if not mine:
        return []
    hold(new)
    standing = {getattr(row, stored.key): row for row in shared(new, stored.company_rows)}
    taken = []
    for row in mine:
        key, content = names[getattr(row, stored.key)], content_of(kind, row)
        there = standing.get(key)
        if content in (stored.blank, content_of(kind, there)):
            continue
        made: Any = stored.company_conflicts if there else stored.company_rows
        taken.append(
            made._default_manager.create(
                organisation=new.subject.organisation,
                meaning=asked[key],
                source=new,
                by=row.by,
                at=row.at,
                **{stored.key: key},
                **content,
            )
        )
        if there is None:
            standing[key] = taken[-1]
    return taken
