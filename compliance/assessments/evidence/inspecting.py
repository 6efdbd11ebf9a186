"""What a file is, by its content; and whether it is taken.

A file is never shown inside the site, so what a picture or a PDF says in its comments is of no
concern. What acts when it is opened elsewhere, and what can be read as two kinds at once, is.
"""

import io
import re
import zipfile
from collections.abc import Callable

import puremagic

from compliance.assessments.evidence.documents import PDF_START, check_pdf
from compliance.assessments.evidence.kinds import JPEG, PDF, PNG, TEXT, WEBP, FileKind
from compliance.assessments.evidence.names import extension_of
from compliance.assessments.evidence.packages import ZIP_START, check_package
from compliance.assessments.evidence.pictures import (
    JPEG_START,
    PNG_START,
    check_jpeg,
    check_png,
    check_webp,
)
from compliance.assessments.evidence.refusals import Refused
from compliance.assessments.evidence.texts import check_text

_START = 1024
_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|script|svg|\?php)\b", re.IGNORECASE)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"dex\n")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"PK")
_PICTURES: dict[bytes, tuple[FileKind, Callable[[bytes], None]]] = {
    PNG_START: (PNG, check_png),
    JPEG_START: (JPEG, check_jpeg),
    b"RIFF": (WEBP, check_webp),
}


def inspect(data: bytes, name: str) -> FileKind:
    """Return the kind of a file; raise Refused where it is not taken, or named like another."""
    if not data:
        raise Refused("empty")
    extension = extension_of(name)
    kind = _kind_of(data, extension)
    if extension not in kind.extensions:
        raise Refused("wrong_extension", extension=extension, kind=kind.title)
    return kind


def _kind_of(data: bytes, extension: str) -> FileKind:
    if data.startswith(PDF_START):
        _refuse_second_kind(data)
        check_pdf(data)
        return PDF
    for start, (kind, check) in _PICTURES.items():
        if data.startswith(start) and (kind is not WEBP or data[8:12] == b"WEBP"):
            _refuse_second_kind(data)
            check(data)
            return kind
    if data.startswith(ZIP_START):
        return check_package(data)
    _refuse_known(data)
    if extension in TEXT.extensions:
        check_text(data)
        return TEXT
    raise Refused("unknown", kind=_what_it_is(data, extension))


def _refuse_second_kind(data: bytes) -> None:
    """Refuse what a reader of another kind would take for its own."""
    if _MARKUP.search(data[:_START]) or PDF_START in data[1:_START]:
        raise Refused("disguised")
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused("disguised")


def _refuse_known(data: bytes) -> None:
    """Say what the file is where it is of a kind that people often try."""
    if data.startswith(_OLD_OFFICE):
        raise Refused("encrypted" if _ENCRYPTED in data else "old_format")
    if data.startswith(_PROGRAMS):
        raise Refused("program")
    if data.startswith(_ARCHIVES):
        raise Refused("archive")
    if PDF_START in data[:_START] or zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused("disguised")


def _what_it_is(data: bytes, extension: str) -> str:
    """Return how files of this kind are usually named, as its first bytes or its name say."""
    try:
        return puremagic.from_string(data[:_START]) or extension
    except Exception:  # it stumbles over what it does not know
        return extension
