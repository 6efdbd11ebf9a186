"""What someone has to answer, in all their assessments."""

from typing import Any

from compliance.assessments.links import section_url
from compliance.assessments.models import SectionAssignment
from compliance.assessments.outline import outline_of
from compliance.language import page_language
from compliance.organisations.models import Visitor

MOST = 20
"""How many of them the start page lists."""


def assigned_to(visitor: Visitor) -> list[dict[str, Any]]:
    """Return the sections that someone has, the first due first; finished ones are left out.

    One query, beside reading versions not yet read.
    """
    found = []
    for row in SectionAssignment.objects.open_for(visitor)[:MOST]:
        section = outline_of(row.assessment.version).sections.get(row.section)
        if section is not None:
            found.append(
                {
                    "title": section.title.to(page_language()),
                    "url": section_url(row.assessment_id, row.section),
                    "assessment": row.assessment,
                    "for_whom": "" if row.person_id == visitor.pk else row.person,
                    "due_on": row.due_on,
                    "overdue": row.overdue,
                }
            )
    return found
