"""What people have to do and to discuss, on its way into a newer version."""

from collections.abc import Iterable, Mapping

from compliance.assessments.models import Assessment, Message, SectionAssignment, Thread


def carry_over(
    old: Assessment, new: Assessment, sections: Iterable[str], questions: Mapping[str, str]
) -> None:
    """Give the new assessment the assignments of sections that it has too, and the open threads.

    `questions` leads from former questions to new ones, those that are worded anew included. The
    former assessment keeps its own.
    """
    SectionAssignment.objects.bulk_create(
        SectionAssignment(
            assessment=new,
            section=row.section,
            person_id=row.person_id,
            due_on=row.due_on,
            by_id=row.by_id,
            at=row.at,
        )
        for row in old.section_assignments.filter(section__in=list(sections))
    )
    open_ = old.threads.filter(resolved_at=None, question__in=list(questions))
    for thread in open_.prefetch_related("messages__mentioned"):
        copy = Thread.objects.create(assessment=new, question=questions[thread.question])
        for message in thread.messages.all():
            said = Message.objects.create(
                thread=copy,
                by_id=message.by_id,
                at=message.at,
                text=message.text,
                withdrawn_at=message.withdrawn_at,
            )
            said.mentioned.set(message.mentioned.all())
