"""A company reads a question's help: it speaks of what stands on the page."""

import re

import pytest

from compliance.library import sources

CHOSEN = {"zh": re.compile(r"选“([^”]+)”"), "en": re.compile(r"choose “([^”]+)”")}
"""How help names the answer to be taken."""

ANOTHER_COMMENT = {"zh": re.compile("在说明中"), "en": re.compile("in the note")}
"""What help could call the comment, which the page calls 备注 and “Comment”."""


@pytest.fixture(scope="module")
def questions():
    library = sources.library()
    judged = [question for each in library.criteria.values() for question in each.questions]
    return [question for question in (*library.questions.values(), *judged) if question.help]


@pytest.mark.parametrize("language", CHOSEN)
def test_help_names_an_answer_in_words_that_it_has(questions, language):
    lost = []
    for question in questions:
        answers = [option.text for option in getattr(question, "options", ())]
        answers += filter(None, [getattr(question, "cannot_show", None)])
        offered = " / ".join(words.to(language).lower() for words in answers)
        offered += " / 是 / 否 / yes / no" if question.type == "yes_no" else ""
        named = CHOSEN[language].findall(question.help.to(language))
        lost += [(question.id, each) for each in named if each.lower() not in offered]
    assert lost == []


@pytest.mark.parametrize("language", ANOTHER_COMMENT)
def test_help_calls_the_comment_by_its_name(questions, language):
    another = ANOTHER_COMMENT[language]
    assert [each.id for each in questions if another.search(each.help.to(language))] == []
