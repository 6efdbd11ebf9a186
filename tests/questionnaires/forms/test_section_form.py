"""What people enter is read as answers, kept as typed, or refused."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import translation

from questionnaires.answers import questions_of
from questionnaires.forms import LONGEST_LIST, form_class
from questionnaires.forms.controls import clean_text, plain_figure, tidy
from questionnaires.forms.wording import WORDINGS
from questionnaires.questions import AnswerError
from tests.samples import sample_questionnaire

TODAY = dt.date(2026, 11, 21)


def questions(*names):
    every = {question.id: question for question in questions_of(sample_questionnaire())}
    return [every[name] for name in names] if names else list(every.values())


def claimable():
    criteria = [c for section in sample_questionnaire().sections for c in section.criteria]
    return [criterion for criterion in criteria if criterion.claimable]


FORM = form_class(questions(), claimable(), "zh")
UNSAID = {"comment": "", "trade_secret": False}


def form(**posted):
    """A bound form; underscores before the key stand for the hyphen: answer_users="3"."""
    data = QueryDict(mutable=True)
    for name, value in posted.items():
        kind, key = name.split("__", 1)
        name = f"{kind.replace('_', '-')}-{key}"
        data.setlist(name, value if isinstance(value, list) else [value])
    return FORM(data, reference_date=TODAY)


def entered(key, form):
    return next(entry for entry in form.entries() if entry.key == key).content


@pytest.mark.parametrize(
    ("posted", "key", "value"),
    [
        ({"answer__assessed": "closed"}, "assessed", "closed"),
        ({"answer__minors": "no"}, "minors", "no"),
        ({"answer__functions": ["clone", "live"]}, "functions", ["live", "clone"]),
        ({"answer__maturity": "0"}, "maturity", 0),
        ({"answer__users": "12"}, "users", 12),
        ({"answer__users": " 1,234,567 "}, "users", 1234567),
        ({"answer__users": "１２"}, "users", 12),
        ({"answer__reviewers": "2.5"}, "reviewers", "5/2"),
        ({"answer__reviewers.cannot_show": "on"}, "reviewers", "cannot_show"),
        (
            {"answer__consent-share.numerator": "3", "answer__consent-share.denominator": "5"},
            "consent-share",
            {"numerator": 3, "denominator": 5},
        ),
        ({"answer__assessed-on": "2026-03-05"}, "assessed-on", "2026-03-05"),
        ({"answer__assessed-on": "2026年3月5日"}, "assessed-on", "2026-03-05"),
        ({"answer__assessed-on": "2026/3/5"}, "assessed-on", "2026-03-05"),
        ({"answer__consent-files": "甲\r\n\r\n 乙 "}, "consent-files", ["甲", "乙"]),
        ({"answer__clone-source": "录音棚\r\n授权"}, "clone-source", "录音棚\n授权"),
        ({}, "users", None),
        ({"answer__users": "   "}, "users", None),
        ({"answer__clone-source": "\x00"}, "clone-source", None),
    ],
)
def test_it_reads_what_people_enter(posted, key, value):
    bound = form(**posted, **{f"seen__{key}": "0.x"})
    assert bound.is_valid(), bound.errors
    assert entered(key, bound) == {"value": value, "typed": None, **UNSAID}


@pytest.mark.parametrize(
    ("posted", "key", "typed", "code"),
    [
        ({"answer__users": "many"}, "users", "many", "not_a_number"),
        ({"answer__users": "1.5"}, "users", "1.5", "not_whole"),
        ({"answer__users": "-3"}, "users", "-3", "too_small"),
        ({"answer__users": "1e9"}, "users", "1e9", "not_a_number"),
        (
            {"answer__reviewers": "2", "answer__reviewers.cannot_show": "on"},
            "reviewers",
            {"": "2", "cannot_show": "on"},
            "both",
        ),
        (
            {"answer__consent-share.numerator": "6", "answer__consent-share.denominator": "5"},
            "consent-share",
            {"numerator": "6", "denominator": "5"},
            "numerator_above",
        ),
        (
            {"answer__consent-share.numerator": "6"},
            "consent-share",
            {"numerator": "6", "denominator": ""},
            "not_a_ratio",
        ),
        ({"answer__assessed-on": "2026-02-30"}, "assessed-on", "2026-02-30", "not_a_date"),
        ({"answer__assessed-on": "2026-11-22"}, "assessed-on", "2026-11-22", "future_date"),
        ({"answer__functions": ["live", "none"]}, "functions", ["live", "none"], "exclusive"),
        (
            {"answer__consent-files": "1\n2\n3\n4"},
            "consent-files",
            ["1", "2", "3", "4"],
            "too_large",
        ),
    ],
)
def test_what_cannot_be_read_is_kept_as_typed(posted, key, typed, code):
    bound = form(**posted, **{f"seen__{key}": "0.x"})
    assert bound.codes(f"answer-{key}") == {code}
    assert entered(key, bound) == {"value": None, "typed": typed, **UNSAID}
    assert not bound.tampered
    shown = FORM.posted_answer(key, typed, "", "0.x")
    again = QueryDict(mutable=True)
    for name, values in shown.items():
        again.setlist(name, values)
    assert FORM(again, reference_date=TODAY).codes(f"answer-{key}") == {code}


@pytest.mark.parametrize(
    ("posted", "refused", "kept"),
    [
        (
            {"comment__users": "字" * 4001, "answer__users": "7"},
            "comment-users",
            {"value": 7, "typed": None},
        ),
        (
            {"answer__users": "7" * 101, "comment__users": "说明"},
            "answer-users",
            {"comment": "说明"},
        ),
        ({"answer__clone-source": "x" * 201}, "answer-clone-source", {"comment": ""}),
        (
            {"answer__consent-files": "x" * (LONGEST_LIST + 1)},
            "answer-consent-files",
            {"comment": ""},
        ),
    ],
)
def test_what_is_too_long_is_refused_and_the_rest_kept(posted, refused, kept):
    key = refused.split("-", 1)[1]
    bound = form(**posted, **{f"seen__{key}": "0.x"})
    assert bound.codes(refused) == {"too_long"}
    assert entered(key, bound) == kept | {"trade_secret": False}
    assert not bound.tampered


def test_a_megabyte_in_a_comment_is_refused_with_the_limit_named():
    bound = form(comment__users="a" * 1_000_000, seen__users="0.x")
    assert "4000" in str(bound.errors["comment-users"])


@pytest.mark.parametrize(
    "posted",
    [
        {"answer__assessed": "excellent"},
        {"answer__minors": "perhaps"},
        {"answer__functions": ["live", "teleport"]},
        {"answer__maturity": "6"},
        {"answer__maturity": "-1"},
        {"answer__maturity": "9" * 5000},
        {"answer__users.cannot_show": "on"},
        {"answer__unheard-of": "1"},
        {"comment__unheard-of": "1"},
        {"claimed__fraud": "on"},
        {"justification__fraud": "on"},
        {"answer__consent-share": "1"},
    ],
)
def test_what_no_page_can_post_is_recognised(posted):
    assert form(**posted).tampered


def test_a_question_that_the_page_did_not_ask_is_left_alone():
    assert list(form(answer__users="3").entries()) == []


def test_a_claim_needs_a_justification():
    bound = form(claimed__consent="on", justification__consent=" ", claim_seen__consent="0.x")
    assert bound.codes("justification-consent") == {"unjustified"}
    assert entered("consent", bound) == {"claimed": True, "justification": ""}
    bound = form(claimed__consent="on", justification__consent="无真人", claim_seen__consent="0.x")
    assert bound.is_valid()
    assert entered("consent", bound) == {"claimed": True, "justification": "无真人"}


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_a_kept_answer_comes_back_as_it_was(question):
    examples = {
        "single": "closed",
        "multiple": [getattr(question, "options", [None])[0] and question.options[0].id],
        "yes_no": "no",
        "scale": 4,
        "number": 7 if getattr(question, "whole", False) else "1/3",
        "ratio": {"numerator": 0, "denominator": 0},
        "date": "2025-12-31",
        "text": "第一行\n第二行",
        "files": ["a", "b"],
    }
    kept = examples[question.type]
    posted = QueryDict(mutable=True)
    for name, values in FORM.posted_answer(question.id, kept, "注", "3.ab", True).items():
        posted.setlist(name, values)
    (entry,) = FORM(posted, reference_date=TODAY).entries()
    said = {"comment": "注", "trade_secret": True}
    assert entry.content == {"value": kept, "typed": None, **said}
    assert entry.seen == "3.ab"


def test_every_error_of_the_engine_has_words_for_people():
    assert set(AnswerError.MESSAGES) <= set(WORDINGS)


def test_an_excluding_option_is_named_by_its_text():
    bound = form(answer__functions=["live", "none"])
    assert "以上均无" in str(bound.errors["answer-functions"])


def test_a_message_repeats_only_the_beginning_of_what_was_entered():
    with translation.override("en"):
        assert "x" * 51 not in str(form(answer__users="x" * 90).errors["answer-users"])


def test_what_was_entered_is_escaped_where_it_is_shown():
    assert "<b>" not in str(form(answer__users="<b>1</b>").errors["answer-users"])


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("25/2", "12.5"),
        ("2/3", "2/3"),
        ("-1/8", "-0.125"),
        ("1/100", "0.01"),
        (7, "7"),
        ("x/0", "x/0"),
    ],
)
def test_figures_are_shown_as_people_write_them(kept, shown):
    assert plain_figure(kept) == shown


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [("１，０００", "1000"), ("1,00", "1,00"), ("2026．3．5", "2026-03-05"), (" 12 ", "12")],
)
def test_plain_meanings_are_tidied(typed, tidied):
    assert tidy(typed) == tidied


def test_control_characters_and_outer_blanks_go():
    assert clean_text(" a\x00\x1b\r\nb\t ") == "a\nb"
