"""The sample questionnaire of the tests, read once."""

import json
from functools import cache
from pathlib import Path

from questionnaires.document import Questionnaire
from questionnaires.library import resolve
from questionnaires.loading import read_library
from questionnaires.publishing import canonical, load

SAMPLE = Path(__file__).parent / "sample_questionnaire.yaml"


@cache
def sample_questionnaire() -> Questionnaire:
    return resolve(read_library([SAMPLE]), "sample")


@cache
def company_sample() -> Questionnaire:
    """The version after it, with criteria about the company: consent, and maturity of review."""
    raw = json.loads(canonical(sample_questionnaire()))
    raw |= {"version": "2", "succeeds": {"version": "1"}}
    for section in raw["sections"]:
        for criterion in section.get("criteria", ()):
            if criterion["id"] in ("consent", "review-maturity"):
                criterion["about"] = "company"
    return load(json.dumps(raw))


@cache
def next_sample() -> Questionnaire:
    """The version after it: a question has another name, others are worded anew, new or gone."""
    raw = json.loads(canonical(sample_questionnaire()))
    raw |= {"version": "2", "succeeds": {"version": "1", "renamed": {"users": "user-count"}}}
    scope, risks, contents, _ = raw["sections"]
    scope["questions"][0]["options"][0]["text"] = {"zh": "网络直播", "en": "Live streaming"}
    scope["questions"][2]["id"] = "user-count"
    risks["criteria"][0]["questions"][0]["text"] = {
        "zh": "每次上线前是否完成评估？",
        "en": "Was it assessed before each launch?",
    }
    contents["criteria"].pop()  # the maturity of review
    fresh = {"id": "label-check", "type": "yes_no", "full_for": "yes"}
    fresh["text"] = {"zh": "是否抽查标识？", "en": "Are labels spot-checked?"}
    contents["criteria"][0]["questions"].append(fresh)
    return load(json.dumps(raw))
