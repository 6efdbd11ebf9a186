"""What the error summary of a section leads to."""

from types import SimpleNamespace
from typing import Any

from compliance.assessments.pages import _errors
from questionnaires.parts import Bilingual


def test_a_question_named_like_its_criterion_is_still_found() -> None:
    """A library may give a criterion and its question the same id."""
    criterion = SimpleNamespace(id="leaks", title=Bilingual(zh="泄露", en="Leaks"), claimable=True)
    outline = SimpleNamespace(
        sections={"risks": SimpleNamespace(criteria=[criterion])},
        numbers={"leaks": "2.1"},
        questions_in=lambda _section: [SimpleNamespace(id="leaks")],
    )
    draft: Any = SimpleNamespace(
        outline=outline, conflicting_answers={"leaks": []}, conflicting_claims={}
    )
    form: Any = SimpleNamespace(
        fields={"answer-leaks": None, "justification-leaks": None},
        errors={"answer-leaks": ["x"], "justification-leaks": ["y"]},
    )
    found = _errors(draft, "risks", form, "en")
    assert [one["url"] for one in found] == [
        "#conflict-leaks",
        "#answer-leaks",
        "#justification-leaks",
    ]
    assert [one["text"].split()[0] for one in found] == ["2.1", "2.1", "Leaks"]
