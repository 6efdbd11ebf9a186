"""The state machine: anyone tries anything at any time, mostly those who may."""

from typing import Any

from django.core.cache import cache
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from compliance.lifecycle import ENDED, Status
from compliance.reviews.models import Decision, Dispute, Finding, Opinion
from tests.journeys.company import VALUES
from tests.journeys.regulator import Guided
from tests.journeys.stage import (
    ANSWERING,
    COMPANY,
    EVERYONE,
    LEADS,
    OFFICERS,
    PANEL,
    REVIEWING,
    SIGNATORY,
)

NUMBER = st.integers(0, 3)
BACK = st.sampled_from([0, 0, 0, 0, 1, 2])
"""So many submissions or sign-offs before the latest one."""
YES_OR_NO = st.booleans()
SELDOM = st.sampled_from([False, False, False, True])
CRITERIA = st.sampled_from(["fraud", "consent", "labels", "minors-mode"])
PERCENT = st.sampled_from(["0", "33.333333", "50", "100"])
Kind = Finding.Kind
REVIEWED = (*ENDED, Status.RETURNED, Status.REMEDIATION_DEMANDED, Status.REPORTED)


def by(*fitting: str) -> st.SearchStrategy[str]:
    """Someone who may do it, and now and then anyone."""
    return st.sampled_from(fitting * (36 // len(fitting)) + EVERYONE)


def once(*addresses: str) -> Any:
    """Let a rule apply once something was accepted at one of the addresses."""
    return precondition(lambda journey: not journey.way.met.isdisjoint(addresses))


class Journey(RuleBasedStateMachine):
    """One journey, in a transaction of its own that is rolled back."""

    def __init__(self, start: Guided) -> None:
        super().__init__()
        cache.clear()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.way = start.branch_off()

    def teardown(self) -> None:
        try:
            self.way.check_at_the_end()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @invariant()
    def the_laws_hold(self) -> None:
        self.way.check()

    @rule(decision=st.sampled_from(Decision.values), steps=st.integers(1, 3))
    def they_go_on(self, decision: str, steps: int) -> None:
        for _ in range(steps):
            self.way.go_on(decision)

    @rule(decision=st.sampled_from(Decision.values))
    def it_is_reviewed(self, decision: str) -> None:
        """Whatever has happened before, those who may can bring it to a decision."""
        self.way.go_on_until(*REVIEWED, decision=decision)

    # --- answers

    @rule(
        by=by(*ANSWERING),
        question=st.sampled_from(list(VALUES)),
        empty=SELDOM,
        outdated=SELDOM,
    )
    def answer(self, by: str, question: str, empty: bool, outdated: bool) -> None:
        self.way.answer(by, question, "" if empty else VALUES[question], outdated)

    @rule(by=by(*ANSWERING), number=st.integers(0, 10_000), outdated=SELDOM)
    def count(self, by: str, number: int, outdated: bool) -> None:
        self.way.answer(by, "users", str(number) if number else "many", outdated)

    @rule(by=by(*ANSWERING), claimed=YES_OR_NO, outdated=SELDOM)
    def claim(self, by: str, claimed: bool, outdated: bool) -> None:
        self.way.claim(by, claimed, outdated)

    @rule(by=st.sampled_from(ANSWERING), which=NUMBER, other=YES_OR_NO)
    def choose(self, by: str, which: int, other: bool) -> None:
        self.way.choose(by, which, other)

    @rule(by=by(*ANSWERING, *SIGNATORY))
    def say(self, by: str) -> None:
        self.way.say(by)

    # --- from the draft to the submission, and back

    @rule(by=by(*OFFICERS))
    def finish(self, by: str) -> None:
        self.way.finish(by)

    @rule(by=by(*OFFICERS))
    def reopen(self, by: str) -> None:
        self.way.reopen(by)

    @rule(by=by(*OFFICERS), prepared_by=st.sampled_from(ANSWERING))
    def request_signature(self, by: str, prepared_by: str) -> None:
        self.way.request(by, prepared_by)

    @once("assessments:request_signature")
    @rule(by=by(*SIGNATORY), back=BACK)
    def approve(self, by: str, back: int) -> None:
        self.way.approve(by, back)

    @once("assessments:request_signature")
    @rule(by=by(*SIGNATORY), back=BACK)
    def decline(self, by: str, back: int) -> None:
        self.way.decline(by, back)

    @once("assessments:request_signature")
    @rule(by=by(*OFFICERS, *SIGNATORY), back=BACK)
    def recall(self, by: str, back: int) -> None:
        self.way.recall(by, back)

    @once("assessments:request_signature")
    @rule(by=by(*OFFICERS), back=BACK)
    def submit(self, by: str, back: int) -> None:
        self.way.submit(by, back)

    @once("assessments:submit")
    @rule(by=by(*OFFICERS), back=BACK)
    def withdraw(self, by: str, back: int) -> None:
        self.way.withdraw(by, back)

    @rule(by=by(*OFFICERS))
    def upgrade(self, by: str) -> None:
        self.way.upgrade(by)

    @rule(by=by(*OFFICERS))
    def archive(self, by: str) -> None:
        self.way.archive(by)

    # --- the review

    @once("assessments:submit")
    @rule(by=by(*REVIEWING), back=BACK)
    def take_up(self, by: str, back: int) -> None:
        self.way.take_up(by, back)

    @once("reviews:take_up")
    @rule(by=by(*LEADS), to=st.sampled_from(EVERYONE), back=BACK)
    def assign(self, by: str, to: str, back: int) -> None:
        self.way.assign(by, to, back)

    @once("reviews:take_up")
    @rule(
        by=by(*REVIEWING),
        criterion=CRITERIA,
        kind=st.sampled_from(Kind.values),
        percent=PERCENT,
        outdated=SELDOM,
        back=BACK,
    )
    def find(
        self, by: str, criterion: str, kind: str, percent: str, outdated: bool, back: int
    ) -> None:
        self.way.find(by, criterion, kind, percent, outdated=outdated, back=back)

    @once("reviews:criterion")
    @rule(by=by(*REVIEWING), which=NUMBER, other=YES_OR_NO)
    def settle(self, by: str, which: int, other: bool) -> None:
        self.way.settle(by, which, other)

    @once("reviews:criterion")
    @rule(by=by(*LEADS), which=NUMBER, confirms=YES_OR_NO, back=BACK)
    def look(self, by: str, which: int, confirms: bool, back: int) -> None:
        self.way.look(by, self.way.finding(which, back), confirms)

    @once("reviews:take_up")
    @rule(by=by(*LEADS), decision=st.sampled_from(Decision.values), back=BACK)
    def decide(self, by: str, decision: str, back: int) -> None:
        self.way.decide(by, decision, back)

    @once("assessments:submit")
    @rule(by=st.sampled_from(COMPANY), back=BACK)
    def the_company_looks(self, by: str, back: int) -> None:
        self.way.read_outcome(by, back)

    # --- replies and disputes

    @once("reviews:criterion")
    @rule(by=by(*OFFICERS), which=NUMBER, back=BACK)
    def reply(self, by: str, which: int, back: int) -> None:
        self.way.reply(by, which, back)

    @once("reviews:criterion")
    @rule(by=by(*OFFICERS), which=NUMBER, back=BACK)
    def contest(self, by: str, which: int, back: int) -> None:
        self.way.contest(by, which, back)

    @once("reviews:contest")
    @rule(by=by(*PANEL), which=NUMBER, side=st.sampled_from(Opinion.Side.values))
    def give_opinion(self, by: str, which: int, side: str) -> None:
        self.way.give_opinion(by, which, side)

    @once("reviews:contest")
    @rule(
        by=by(*LEADS),
        which=NUMBER,
        outcome=st.sampled_from(Dispute.Outcome.values),
        effect=st.sampled_from(Dispute.Effect.values),
        percent=PERCENT,
    )
    def decide_dispute(self, by: str, which: int, outcome: str, effect: str, percent: str) -> None:
        self.way.decide_dispute(by, self.way.dispute(which), outcome, effect, percent)

    @once("reviews:contest")
    @rule(which=NUMBER)
    def the_panel_lets_its_time_pass(self, which: int) -> None:
        self.way.let_time_pass(which)

    @once("reviews:contest")
    @rule(by=by(*OFFICERS), which=NUMBER)
    def withdraw_dispute(self, by: str, which: int) -> None:
        self.way.withdraw_dispute(by, which)

    # --- remediation

    @rule(by=by(*OFFICERS), criterion=CRITERIA, owner=st.sampled_from(EVERYONE))
    def plan(self, by: str, criterion: str, owner: str) -> None:
        self.way.plan(by, criterion, owner)

    @once("remediation:add")
    @rule(by=by(*OFFICERS), which=NUMBER, owner=st.sampled_from(COMPANY))
    def change(self, by: str, which: int, owner: str) -> None:
        self.way.change(by, which, owner)

    @once("remediation:add")
    @rule(by=by(*ANSWERING), which=NUMBER)
    def begin(self, by: str, which: int) -> None:
        self.way.begin(by, which)

    @once("remediation:add")
    @rule(by=by(*OFFICERS), which=NUMBER)
    def give_up(self, by: str, which: int) -> None:
        self.way.give_up(by, which)

    @once("remediation:add")
    @rule(by=by(*ANSWERING), which=NUMBER)
    def report(self, by: str, which: int) -> None:
        self.way.report(by, self.way.action(which))

    @once("remediation:report")
    @rule(by=by(*OFFICERS, *SIGNATORY, *REVIEWING), which=NUMBER, closes=YES_OR_NO)
    def inspect(self, by: str, which: int, closes: bool) -> None:
        self.way.inspect(by, self.way.action(which), closes)

    @once("remediation:add")
    @rule(by=by(*ANSWERING), which=NUMBER)
    def ask_for_time(self, by: str, which: int) -> None:
        self.way.ask_for_time(by, which)

    @once("remediation:ask")
    @rule(by=by(*OFFICERS, *LEADS), which=NUMBER, grants=YES_OR_NO)
    def answer_extension(self, by: str, which: int, grants: bool) -> None:
        self.way.answer_extension(by, which, grants)

    @once("reviews:decide")
    @rule(by=by(*OFFICERS))
    def report_all(self, by: str) -> None:
        self.way.report_all(by)

    @once("reviews:decide")
    @rule(by=by(*LEADS), closes=YES_OR_NO, back=BACK)
    def end_reinspection(self, by: str, closes: bool, back: int) -> None:
        self.way.end_reinspection(by, closes, back)
