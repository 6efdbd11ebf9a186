"""Answering questions as people do: by clicking, ticking and typing on the page of a section."""

from typing import Any

from playwright.sync_api import Page

from questionnaires.questions import (
    BaseQuestion,
    Files,
    MultipleChoice,
    Ratio,
    Scale,
    SingleChoice,
    YesNo,
)


def answer(page: Page, question: BaseQuestion, given: Any) -> None:
    """Enter an answer that is written as in an answers file."""
    name = f"answer-{question.id}"
    match question:
        case SingleChoice() | YesNo() | Scale():
            page.check(f'[name="{name}"][value="{given}"]')
        case _ if given == "cannot_show":
            page.check(f'[name="{name}.cannot_show"]')
        case MultipleChoice():
            for option in page.locator(f'[name="{name}"]').all():
                option.set_checked(option.get_attribute("value") in given)
        case Ratio():
            for part, figure in given.items():
                page.fill(f'[name="{name}.{part}"]', str(figure))
        case Files():
            page.fill(f'[name="{name}"]', "\n".join(given))
        case _:
            page.fill(f'[name="{name}"]', str(given))


def comment(page: Page, question: str, text: str) -> None:
    """Unfold the comment of a question, and write it."""
    field = page.locator(f"#comment-{question}")
    summary = page.locator(f"#question-{question} details:has(#comment-{question}) > summary")
    summary.wait_for()
    if not field.is_visible():
        summary.click()
    field.fill(text)
