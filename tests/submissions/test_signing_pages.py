"""The people of a company ask for signature, approve or decline, recall, and submit."""

import re
import uuid

import pytest
from django.urls import reverse

from compliance.assessments.models import SignOff, Submission
from compliance.lifecycle import Status
from compliance.notices.models import Notice
from compliance.organisations.models import Membership, Organisation, Role
from tests.cast import make_member
from tests.submissions.world import approved, requested, submitted

pytestmark = pytest.mark.django_db

APPROVAL = {"representative": "赵代表", "capacity": "legal", "declared": "on"}


def signing(world):
    return reverse("assessments:signing", args=[world.assessment.pk])


def ask(client, world, **fields):
    fields.setdefault("prepared_by", world.colleague.pk)
    address = reverse("assessments:request_signature", args=[world.assessment.pk])
    return client.post(address, fields)


def step(client, name, sign_off, **fields):
    return client.post(reverse(f"assessments:{name}", args=[sign_off.pk]), fields)


def status(world):
    world.assessment.refresh_from_db()
    return world.assessment.status


def test_it_works(client, world):
    client.force_login(world.officer)
    page = client.get(signing(world)).content.decode()
    assert str(world.regulator) in page
    assert ask(client, world).url == signing(world)
    assert status(world) == Status.AWAITING_SIGNATURE
    sign_off = SignOff.objects.get()
    assert Notice.objects.get(recipient=world.signatory).event == "signature_requested"

    client.force_login(world.signatory)
    page = client.get(signing(world)).content.decode()
    assert "本单位承诺" in page
    assert step(client, "approve", sign_off, **APPROVAL).url == signing(world)

    client.force_login(world.officer)
    assert Notice.objects.get(recipient=world.officer).event == "signature_given"
    assert "报送" in client.get(signing(world)).content.decode()
    done = step(client, "submit", sign_off)
    submission = Submission.objects.get()
    assert done.url == reverse("assessments:receipt", args=[submission.pk])
    receipt = client.get(done.url).content.decode()
    assert submission.number in receipt
    assert submission.sha256 in receipt
    assert status(world) == Status.SUBMITTED
    assert Submission.objects.get().content["signers"]["submitted"]["name"] == world.officer.name


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("reach", [None, requested, approved, submitted])
def test_everyone_in_the_company_sees_where_it_stands(client, world, reach, prefix):
    if reach:
        reach(world)
    address = prefix + signing(world)
    for user in (world.officer, world.colleague, world.signatory, world.auditor):
        client.force_login(user)
        assert client.get(address).status_code == 200
    client.force_login(world.stranger)
    assert client.get(address).status_code == 404


def test_the_signatory_declines_with_a_reason(client, world):
    sign_off = requested(world)
    client.force_login(world.signatory)
    assert step(client, "decline", sign_off, reason="").status_code == 422
    assert status(world) == Status.AWAITING_SIGNATURE
    assert step(client, "decline", sign_off, reason="第三项不实").status_code == 302
    assert status(world) == Status.FINISHED
    client.force_login(world.officer)
    assert "第三项不实" in client.get(signing(world)).content.decode()


@pytest.mark.parametrize("name", ["approve", "decline"])
def test_a_form_with_gaps_is_told_first_that_the_step_is_over(client, world, name):
    sign_off = requested(world)
    client.force_login(world.signatory)
    assert step(client, "decline", sign_off, reason="第三项不实").status_code == 302
    over = step(client, name, sign_off)
    assert over.status_code == 409
    assert str(sign_off.State.DECLINED.label) in over.content.decode()


@pytest.mark.parametrize("missing", ["representative", "capacity", "declared"])
def test_nobody_approves_by_halves(client, world, missing):
    sign_off = requested(world)
    client.force_login(world.signatory)
    fields = {name: value for name, value in APPROVAL.items() if name != missing}
    assert step(client, "approve", sign_off, **fields).status_code == 422
    assert SignOff.objects.get().state == "requested"


def test_officer_and_signatory_may_recall(client, world):
    for user in (world.officer, world.signatory):
        sign_off = requested(world)
        client.force_login(user)
        assert step(client, "recall", sign_off).status_code == 302
        assert status(world) == Status.FINISHED
    assert SignOff.objects.filter(state="recalled").count() == 2


# --- who


def test_whoever_prepared_it_does_not_check_it(client, world):
    second = make_member(world.company, Role.COMPLIANCE_OFFICER)
    client.force_login(world.officer)
    world.assessment.answers.update(by=world.officer)
    world.assessment.claims.update(by=world.officer)
    refused = ask(client, world, prepared_by=world.officer.pk)
    assert refused.status_code == 409
    assert second.name in refused.content.decode()
    assert status(world) == Status.FINISHED
    client.force_login(second)
    assert ask(client, world, prepared_by=world.officer.pk).status_code == 302


def test_where_there_is_nobody_else_one_person_does_both(client, world):
    Membership.objects.filter(user=world.colleague).update(active=False)
    world.assessment.answers.update(by=world.officer)
    world.assessment.claims.update(by=world.officer)
    client.force_login(world.officer)
    assert ask(client, world, prepared_by=world.officer.pk).status_code == 302


def test_whoever_checked_it_does_not_approve_it(client, world):
    Membership.objects.create(user=world.officer, organisation=world.company, role=Role.SIGNATORY)
    sign_off = requested(world)
    client.force_login(world.officer)
    page = client.get(signing(world)).content.decode()
    assert world.signatory.name in page
    assert "id_declared" not in page
    refused = step(client, "approve", sign_off, **APPROVAL)
    assert refused.status_code == 409
    assert SignOff.objects.get().state == "requested"


def test_someone_alone_in_the_company_does_everything(client, world):
    Membership.objects.filter(organisation=world.company).update(active=False)
    for role in (Role.COMPLIANCE_OFFICER, Role.SIGNATORY):
        Membership.objects.update_or_create(
            user=world.officer, organisation=world.company, role=role, defaults={"active": True}
        )
    client.force_login(world.officer)
    assert ask(client, world, prepared_by=world.officer.pk).status_code == 302
    sign_off = SignOff.objects.get()
    assert step(client, "approve", sign_off, **APPROVAL).status_code == 302
    assert step(client, "submit", sign_off).status_code == 302
    assert status(world) == Status.SUBMITTED


def test_without_a_signatory_nobody_asks(client, world):
    Membership.objects.filter(user=world.signatory).update(active=False)
    client.force_login(world.officer)
    assert ask(client, world).status_code == 409
    assert status(world) == Status.FINISHED


@pytest.mark.parametrize("who", ["colleague", "signatory", "auditor"])
def test_others_neither_ask_nor_submit(client, world, who):
    client.force_login(getattr(world, who))
    assert ask(client, world).status_code == 403
    sign_off = approved(world)
    assert step(client, "submit", sign_off).status_code == 403
    assert not Submission.objects.exists()


@pytest.mark.parametrize("who", ["officer", "colleague", "auditor"])
def test_others_neither_approve_nor_decline(client, world, who):
    sign_off = requested(world)
    client.force_login(getattr(world, who))
    assert step(client, "approve", sign_off, **APPROVAL).status_code == 403
    assert step(client, "decline", sign_off, reason="否").status_code == 403


@pytest.mark.parametrize("name", ["approve", "decline", "recall", "submit"])
def test_a_stranger_finds_no_sign_off(client, world, name):
    sign_off = approved(world)
    for user in (world.stranger, world.lead):
        client.force_login(user)
        assert step(client, name, sign_off, **APPROVAL, reason="x").status_code == 404
    client.force_login(world.officer)
    nobody = reverse(f"assessments:{name}", args=[uuid.uuid4()])
    assert client.post(nobody).status_code == 404


# --- when


def test_asking_twice_is_a_conflict(client, world):
    requested(world)
    client.force_login(world.officer)
    assert ask(client, world).status_code == 409
    assert SignOff.objects.count() == 1


def test_what_has_been_dealt_with_is_a_conflict(client, world):
    sign_off = approved(world)
    client.force_login(world.signatory)
    assert step(client, "approve", sign_off, **APPROVAL).status_code == 409
    assert step(client, "decline", sign_off, reason="太晚").status_code == 409
    client.force_login(world.officer)
    assert step(client, "submit", sign_off).status_code == 302
    assert step(client, "recall", sign_off).status_code == 409
    assert status(world) == Status.SUBMITTED


def test_submitting_before_approval_is_a_conflict(client, world):
    sign_off = requested(world)
    client.force_login(world.officer)
    assert step(client, "submit", sign_off).status_code == 409
    assert not Submission.objects.exists()


def test_submitting_twice_leads_to_the_same_receipt(client, world):
    sign_off = approved(world)
    client.force_login(world.officer)
    first, second = (step(client, "submit", sign_off) for _ in range(2))
    assert first.url == second.url
    assert Submission.objects.count() == 1


def test_incomplete_details_are_named(client, world):
    Organisation.objects.filter(pk=world.company.pk).update(contact_phone="")
    client.force_login(world.officer)
    page = client.get(signing(world)).content.decode()
    assert "电话" in page
    assert "id_prepared_by" not in page
    assert ask(client, world).status_code == 409


# --- what is entered


@pytest.mark.parametrize(
    ("code", "accepted"),
    [("91110000600037341L", True), ("91110000600037341l", True), ("91110000600037342L", False)],
)
def test_the_assessors_credit_code_is_checked(client, world, code, accepted):
    client.force_login(world.officer)
    done = ask(
        client, world, third_party="某评估公司", third_party_code=code, third_party_scope="全部"
    )
    assert (done.status_code == 302) is accepted
    if accepted:
        assert SignOff.objects.get().third_party_code == "91110000600037341L"


def test_an_assessor_is_named_whole_or_not_at_all(client, world):
    client.force_login(world.officer)
    assert ask(client, world, third_party="某评估公司").status_code == 422
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "auditor", "lead", "signatory"])
def test_only_someone_who_answered_prepared_it(client, world, who):
    client.force_login(world.officer)
    assert ask(client, world, prepared_by=getattr(world, who).pk).status_code == 422
    assert not SignOff.objects.exists()


def test_no_other_field_can_be_set(client, world):
    """Whatever else is sent along with a form changes nothing."""
    names = [field.name for field in SignOff._meta.fields]
    extra = {name: str(world.stranger.pk) for name in names} | {
        "state": "submitted",
        "round": "9",
        "commitment": "9",
        "content_sha256": "0" * 64,
        "reason": "x",
    }
    allowed = {"prepared_by", "third_party", "third_party_code", "third_party_scope"}
    client.force_login(world.officer)
    assert ask(client, world, **{n: v for n, v in extra.items() if n not in allowed}).url
    sign_off = SignOff.objects.get()
    assert (sign_off.state, sign_off.round, sign_off.commitment) == ("requested", 1, "1")
    assert sign_off.checked_by == world.officer
    client.force_login(world.signatory)
    assert step(client, "approve", sign_off, **extra | APPROVAL).status_code == 302
    sign_off.refresh_from_db()
    assert sign_off.approved_by == world.signatory
    assert (sign_off.state, sign_off.submission, sign_off.ended_by) == ("approved", None, None)
    client.force_login(world.officer)
    frozen = {field.name: "x" for field in Submission._meta.fields}
    assert step(client, "submit", sign_off, **frozen).status_code == 302
    assert Submission.objects.get().number != "x"


def test_nothing_of_a_company_reaches_another(client, world):
    canary = f"金丝雀{uuid.uuid4().hex}"
    world.assessment.answers.filter(question="users").update(comment=canary)
    Organisation.objects.filter(pk=world.company.pk).update(contact_name=canary)
    submission = submitted(world)
    addresses = [
        signing(world),
        *(
            reverse(f"assessments:{name}", args=[submission.pk])
            for name in ("receipt", "document", "withdraw")
        ),
        reverse("reports:receipt", args=[submission.pk, "en"]),
        reverse("verify") + f"?number={submission.number}&sha256={submission.sha256}",
    ]
    for user in (world.stranger, world.lead, None):
        client.logout()
        if user:
            client.force_login(user)
        for address in addresses:
            page = client.get(address).content.decode(errors="replace")
            assert canary not in page
            assert world.company.name not in page


def test_the_pages_are_linked(client, world):
    client.force_login(world.officer)
    page = client.get(reverse("assessments:result", args=[world.assessment.pk])).content.decode()
    assert re.search(rf'href="{signing(world)}"', page)
