"""Who has which section: what one visitor may answer, and whom to ask for the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from compliance.assessments.access import Access
from compliance.assessments.models import Assessment, SectionAssignment
from compliance.organisations.models import Visitor
from compliance.permissions import ANSWER, ANSWER_ANY_SECTION

Assignments = tuple[SectionAssignment, ...]


@dataclass(frozen=True)
class Holding:
    """The sections of an assessment that someone has, as one visitor meets them.

    Where a section is assigned, only those who have it and compliance officers may answer it; a
    section that nobody has is open to everyone who may answer. What the company answers once can
    be answered in any of its assessments, by whoever may answer that section there.
    """

    by_section: Mapping[str, Assignments]
    any_section: bool
    """Whether the visitor may answer what others have."""

    def bars(self, section: str) -> bool:
        """Whether the section is others' to answer."""
        held = self.by_section.get(section, ())
        return bool(held) and not self.any_section and not self.of_visitor(section)

    def of_visitor(self, section: str) -> Assignments:
        """The assignments of the visitor, or of those for whom they stand in."""
        return tuple(one for one in self.by_section.get(section, ()) if one.mine)

    def names(self, section: str) -> str:
        """Return the names of those who have the section."""
        return names_of(one.person for one in self.by_section.get(section, ()))

    def refusal(self, section: str) -> str:
        """Return whose section it is, for someone who may not answer it."""
        return _(
            "This section is assigned to %(names)s. Only they and compliance officers answer it."
        ) % {"names": self.names(section)}


def names_of(people: Iterable[object]) -> str:
    """Return people's names as a list."""
    return pgettext("between names", ", ").join(map(str, people))


def until(assignment: SectionAssignment) -> str:
    """Return who has a section, and until when."""
    name = str(assignment.person)
    if assignment.due_on is None:
        return name
    words = _("%(name)s, by %(day)s")
    return words % {"name": name, "day": date_format(assignment.due_on)}


def holding_for(access: Access, visitor: Visitor) -> Holding:
    """Return who has which section, as this visitor meets it. One query."""
    any_section = ANSWER_ANY_SECTION.has_role(access.roles)
    return _holding(access.assessment, visitor, any_section=any_section)


def bars_for(access: Access, visitor: Visitor) -> Holding:
    """Return the same where it matters only what is barred: no query for officers and readers."""
    if ANSWER_ANY_SECTION.has_role(access.roles) or not ANSWER.has_role(access.roles):
        return Holding({}, any_section=True)
    return _holding(access.assessment, visitor, any_section=False)


def _holding(assessment: Assessment, visitor: Visitor, *, any_section: bool) -> Holding:
    found: dict[str, list[SectionAssignment]] = {}
    rows = assessment.section_assignments.in_force().seen_by(visitor).select_related("person")
    for row in rows.order_by("at", "id"):
        found.setdefault(row.section, []).append(row)
    return Holding({section: tuple(rows) for section, rows in found.items()}, any_section)
