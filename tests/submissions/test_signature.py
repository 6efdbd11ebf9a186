"""PDFs signed with the site's key (PAdES): valid, by whom, and recognised when they come back."""

import io

import pypdf
import pytest
from django.core.checks import run_checks
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from compliance.reports.models import ReportCopy
from compliance.reports.pdf_signature import NoSigningKeyError, make_key, signer
from compliance.reports.receipt import receipt_pdf
from compliance.reports.submission_views import submission_receipt, submitted_report
from compliance.reports.verification import Verdict, check_file

PASSPHRASE = "a passphrase"


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    path = tmp_path_factory.mktemp("key") / "signing.p12"
    make_key(path, PASSPHRASE, "自评演示")
    return path


@pytest.fixture
def signing(settings, key):
    settings.PDF_SIGNING_KEY, settings.PDF_SIGNING_PASSPHRASE = str(key), PASSPHRASE


def validated(content, key):
    """What pyHanko finds of the only signature, trusting the certificate that made it."""
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    certificate = signer(str(key), PASSPHRASE).signing_cert
    trusting = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    return signature, validate_pdf_signature(signature, signer_validation_context=trusting)


@pytest.mark.django_db
@pytest.mark.parametrize("make", [submitted_report, submission_receipt])
def test_it_works(signing, key, submission, make):
    content = make(submission, "zh")
    signature, found = validated(content, key)
    assert found.bottom_line
    assert found.coverage.name == "ENTIRE_FILE"
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.signing_cert.subject.native["common_name"] == "自评演示"
    assert submission.number in pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()


@pytest.mark.django_db
def test_a_signed_copy_is_recognised(signing, submission):
    copy = submission_receipt(submission, "zh")
    assert check_file(copy).verdict is Verdict.CURRENT
    assert check_file(receipt_pdf(submission, "zh")).verdict is Verdict.ALTERED  # unsigned


@pytest.mark.django_db
def test_it_is_signed_once_and_handed_out_again(signing, submission, monkeypatch):
    first = submission_receipt(submission, "zh")
    monkeypatch.setattr("compliance.reports.submission_views.receipt_pdf", None)  # not printed
    assert submission_receipt(submission, "zh") == first
    copy = ReportCopy.objects.get()
    with copy.file.open() as file:
        assert file.read() == first
    assert (copy.size, len(copy.certificate)) == (len(first), 64)


@pytest.mark.django_db
def test_a_copy_that_is_lost_or_damaged_is_signed_anew(signing, submission, caplog):
    first = submission_receipt(submission, "zh")
    copy = ReportCopy.objects.get()
    copy.file.storage.delete(copy.file.name)
    second = submission_receipt(submission, "zh")
    assert "is missing or damaged" in caplog.text
    for content in (first, second):
        assert check_file(content).verdict is Verdict.CURRENT, "both were given out"
    assert submission_receipt(submission, "zh") == second


@pytest.mark.django_db
def test_another_certificate_signs_anew(signing, settings, submission, tmp_path):
    first = submission_receipt(submission, "zh")
    path = tmp_path / "next.p12"
    make_key(path, PASSPHRASE, "自评演示二")
    settings.PDF_SIGNING_KEY = str(path)
    second = submission_receipt(submission, "zh")
    assert validated(second, path)[1].bottom_line
    assert second != first
    assert check_file(first).verdict is Verdict.CURRENT


@pytest.mark.django_db
def test_a_change_breaks_the_signature(signing, key, submission):
    content = submission_receipt(submission, "zh")
    place = content.index(submission.number.encode())
    changed = content[:place] + b"XP" + content[place + 2 :]
    assert not validated(changed, key)[1].intact


@pytest.mark.django_db
def test_without_a_key_nothing_is_signed(submission):
    content = submission_receipt(submission, "zh")
    assert not PdfFileReader(io.BytesIO(content)).embedded_signatures
    assert content == receipt_pdf(submission, "zh")


def test_a_key_that_cannot_be_used_is_named_at_start(settings, key, tmp_path):
    assert key.stat().st_mode & 0o077 == 0
    for path, passphrase in [(tmp_path / "absent", ""), (key, "wrong"), (__file__, "")]:
        with pytest.raises(NoSigningKeyError):
            signer(str(path), passphrase)
        settings.PDF_SIGNING_KEY, settings.PDF_SIGNING_PASSPHRASE = str(path), passphrase
        assert "reports.E001" in [message.id for message in run_checks()]
    settings.PDF_SIGNING_PASSPHRASE, settings.PDF_SIGNING_KEY = PASSPHRASE, str(key)
    assert "reports.E001" not in [message.id for message in run_checks()]
