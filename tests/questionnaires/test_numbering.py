"""Questions are numbered by section and place."""

from questionnaires.numbering import question_numbers
from tests.samples import sample_questionnaire


def test_the_count_begins_anew_in_each_section_and_runs_on_across_criteria():
    numbers = question_numbers(sample_questionnaire())
    assert numbers["functions"] == "1.1"
    assert numbers["clone-source"] == "1.4"
    assert (numbers["assessed"], numbers["consent-files"]) == ("2.1", "2.4")
    assert numbers["mode"] == "4.1"
