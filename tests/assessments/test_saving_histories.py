"""Whatever pages are opened, changed and sent in whatever order, nothing entered is lost."""

import hypothesis.strategies as st
from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from compliance.assessments.models import Answer, ConflictingAnswer
from compliance.assessments.revisions import content_of, seen
from compliance.assessments.saving import choose, store
from questionnaires.forms import Entry
from tests.cast import make_assessment, make_user

PAGES = st.integers(0, 2)
STEPS = st.one_of(
    st.tuples(st.just("open"), PAGES),
    st.tuples(st.just("send"), PAGES, st.integers(0, 5)),
    st.tuples(st.just("choose"), st.sampled_from(["other", "stored"])),
)


class Histories(TestCase):
    @given(st.lists(STEPS, max_size=20))
    @settings(max_examples=150)
    def test_nothing_is_lost(self, steps):
        """Each value sent counts, waits beside, or was replaced by someone who had seen it."""
        assessment = make_assessment()
        people = [make_user() for _ in range(3)]
        pages = {}  # the row that each open page shows
        alive = set()  # values sent that nobody has knowingly replaced or put aside
        for action, *details in steps:
            row = Answer.objects.filter(assessment=assessment).first()
            if action == "open":
                pages[details[0]] = row
            elif action == "send":
                number, value = details
                page = pages.pop(number, row)
                shown = page.value if page else None
                content = {"value": value, "typed": None, "comment": ""}
                entry = Entry("answer", "users", str(seen("answer", page)), content)
                store(assessment, entry, people[number])
                if value != shown:
                    if row is None or row.value == shown:
                        alive.discard(shown)  # what counted was on the page, and was replaced
                    alive.add(value)
            elif action == "choose" and (conflict := ConflictingAnswer.objects.first()):
                button = f"answer.{conflict.pk}.{details[0]}.{seen('answer', row)}"
                assert choose(assessment, button, people[0])
                alive.discard(row.value if details[0] == "other" else conflict.value)
                alive.add(conflict.value if details[0] == "other" else row.value)
            kept = [content_of("answer", other)["value"] for other in self.everything(assessment)]
            assert alive <= set(kept)
            assert len(Answer.objects.filter(assessment=assessment)) <= 1

    @staticmethod
    def everything(assessment):
        yield from Answer.objects.filter(assessment=assessment)
        yield from ConflictingAnswer.objects.filter(assessment=assessment)
