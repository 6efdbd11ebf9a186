"""Signing PDFs (PAdES B-B) with the site's own key: the one module that knows pyHanko.

A signature carries the moment at which it was made: signing twice gives two files.
"""

import datetime
import hashlib
import io
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

FIELD = "Ziping"
YEARS = 10
"""For how long a self-made certificate holds."""


class NoSigningKeyError(RuntimeError):
    """The file with the key cannot be read, or not with this passphrase."""


def signed(pdf: bytes) -> bytes:
    """Return the PDF with the site's signature; raise NoSigningKeyError without a key for it."""
    out = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
        signers.PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        ),
        signer=signer(settings.PDF_SIGNING_KEY, settings.PDF_SIGNING_PASSPHRASE),
    )
    return bytes(out.getvalue())


@lru_cache(maxsize=2)
def signer(path: str, passphrase: str) -> signers.SimpleSigner:
    """Return who signs with the PKCS#12 file at this path; raise NoSigningKeyError."""
    try:
        content = Path(path).read_bytes()
        found: signers.SimpleSigner | None = signers.SimpleSigner.load_pkcs12_data(
            content, other_certs=[], passphrase=passphrase.encode() or None
        )
    except (OSError, ValueError) as error:
        raise NoSigningKeyError(f"PDF_SIGNING_KEY={path} cannot be used: {error}") from error
    if found is None:
        raise NoSigningKeyError(f"PDF_SIGNING_KEY={path} is no PKCS#12 file for this passphrase.")
    return found


def certificate() -> str:
    """Return the SHA-256 of the certificate that the site signs with; raise NoSigningKeyError."""
    found = signer(settings.PDF_SIGNING_KEY, settings.PDF_SIGNING_PASSPHRASE).signing_cert
    assert found is not None  # a PKCS#12 file without one is refused
    return hashlib.sha256(found.dump()).hexdigest()


def make_key(path: Path, passphrase: str, name: str) -> None:
    """Write a key with a certificate that it signs itself: for trying out, trusted by nobody."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .sign(key, hashes.SHA256())
    )
    path.touch(mode=0o600)
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            name.encode(), key, certificate, None, BestAvailableEncryption(passphrase.encode())
        )
    )


def _usage() -> x509.KeyUsage:
    """Return what the key is for: signatures that cannot be disowned, and nothing else."""
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
