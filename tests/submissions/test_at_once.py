"""Many at once: one submission, and nothing slips in behind a signature."""

import threading

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from compliance.assessments.changes import TooLate
from compliance.assessments.draft import Draft
from compliance.assessments.models import Assessment, SignOff, Submission
from compliance.assessments.moving import move
from compliance.assessments.revisions import seen
from compliance.assessments.saving import store
from compliance.assessments.submissions import signing
from compliance.assessments.submissions.content import content_of, digest
from compliance.assessments.submissions.freezing import submit
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.audit.verifying import Verification
from compliance.lifecycle import NotAllowed, Status, Step
from compliance.notices.models import Notice
from questionnaires.forms import Entry
from tests.submissions.world import World, approved, submitted

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 50


def at_once(*tasks):
    """Do all of them in threads of their own, from the same moment on; return what came of each."""
    together = threading.Barrier(len(tasks))
    found = [None] * len(tasks)

    def do(place, task):
        try:
            together.wait(30)
            found[place] = task()
        except Exception as error:
            found[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive()
    return found


def test_many_identical_submits_make_one_submission():
    world = World()
    sign_off = approved(world)
    address = reverse("assessments:submit", args=[sign_off.pk])
    clients = [Client() for _ in range(MANY)]
    for client in clients:
        client.cookies = signed_in(world.officer)
    responses = at_once(*(lambda client=client: client.post(address) for client in clients))
    submission = Submission.objects.get()
    receipt = reverse("assessments:receipt", args=[submission.pk])
    assert [(r.status_code, r.url) for r in responses] == [(302, receipt)] * MANY
    assert Event.objects.filter(action=Action.SUBMITTED).count() == 1
    assert Notice.objects.filter(recipient=world.lead).count() == 1
    assert not list(Verification(world.assessment.pk).faults())


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client.cookies


def test_of_submit_and_recall_one_wins():
    for _ in range(10):
        world = World()
        sign_off = approved(world)
        came = at_once(
            lambda: submit(sign_off, world.officer),  # noqa: B023
            lambda: signing.recall(sign_off, world.signatory),  # noqa: B023
        )
        refused = [each for each in came if isinstance(each, NotAllowed)]
        assert len(refused) == 1, came
        world.assessment.refresh_from_db()
        stands = Submission.objects.filter(assessment=world.assessment).exists()
        assert world.assessment.status == (Status.SUBMITTED if stands else Status.FINISHED)


def test_two_submissions_never_have_one_number():
    worlds = [World() for _ in range(8)]
    sign_offs = [approved(world) for world in worlds]
    came = at_once(
        *(
            lambda pair=pair: submit(pair[0], pair[1].officer)
            for pair in zip(sign_offs, worlds, strict=True)
        )
    )
    assert len({submission.number for submission in came}) == len(worlds)


def test_no_answer_slips_in_behind_the_signature():
    world = World()
    submitted(world)
    with transaction.atomic():
        move(world.assessment, Step.TAKE_UP)
        move(world.assessment, Step.RETURN)
    world.assessment.refresh_from_db()
    stop = threading.Event()

    def answer(question):
        saved = 0
        assessment = Assessment.objects.select_related("subject", "version").get(
            pk=world.assessment.pk
        )
        while not stop.is_set():
            row = assessment.answers.filter(question=question).first()
            content = {"value": row.value, "typed": None, "comment": str(saved)}
            content["trade_secret"] = False
            entry = Entry("answer", question, str(seen("answer", row)), content)
            try:
                store(assessment, entry, world.colleague)
            except TooLate:
                return saved
            saved += 1
        return saved

    def sign():
        try:
            sign_off = approved(world)
            return submit(sign_off, world.officer)
        finally:
            stop.set()

    *_answers, submission = at_once(
        *(lambda key=key: answer(key) for key in ("users", "reviewers", "maturity")), sign
    )
    assert isinstance(submission, Submission), submission
    assert submission.round == 2
    sign_off = SignOff.objects.get(submission=submission)
    assessment = Assessment.objects.get(pk=world.assessment.pk)
    assert digest(content_of(Draft(assessment))) == sign_off.content_sha256
    assert digest(submission.content["content"]) == sign_off.content_sha256
