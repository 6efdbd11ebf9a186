"""PDF documents: complete, readable without a password, and without anything that acts."""

import re
import zlib
from collections.abc import Iterator

from compliance.assessments.evidence.refusals import Refused

PDF_START = b"%PDF-"
LARGEST_OBJECTS = 100 * 1024 * 1024
"""The most bytes of packed objects, unpacked, that are looked through."""

_END_WITHIN = 1024
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(
    rb"/(JavaScript|Launch|ImportData|SubmitForm|RichMedia|Rendition|Movie|XFA|GoToE)(?![A-Za-z])"
)
_FILES = re.compile(rb"/(EmbeddedFiles?|FileAttachment)(?![A-Za-z])")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")
_OBJECTS = re.compile(
    rb"/(?:O|#4[fF])(?:b|#62)(?:j|#6[aA])(?:S|#53)(?:t|#74)(?:m|#6[dD])(?![A-Za-z0-9#])"
)
_STREAM = re.compile(rb"stream\r?\n")


def check_pdf(data: bytes) -> None:
    """Raise Refused for a PDF that is cut off, needs a password, acts, or carries files.

    Names are looked for in the file and in its packed objects, with their escapes undone.
    """
    tail = data[-_END_WITHIN:]
    if b"startxref" not in data or b"%%EOF" not in tail:
        raise Refused("broken")
    if tail.rpartition(b"%%EOF")[2].strip(b"\r\n\t \0"):
        raise Refused("disguised")
    _check_names(data)
    left = LARGEST_OBJECTS
    for objects in _packed_objects(data):
        left -= len(objects)
        if left < 0:
            raise Refused("too_much_inside")
        _check_names(objects)


def _check_names(data: bytes) -> None:
    names = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)
    if _LOCKED.search(names):
        raise Refused("encrypted")
    if _ACTIVE.search(names):
        raise Refused("macros")
    if _FILES.search(names):
        raise Refused("embedded")


def _packed_objects(data: bytes) -> Iterator[bytes]:
    """Yield what each stream of packed objects holds; Refused for one that cannot be unpacked."""
    for found in _OBJECTS.finditer(data):
        stream = _STREAM.search(data, found.end())
        if stream is None:
            raise Refused("broken")
        before = data[data.rfind(b"obj", 0, found.start()) : stream.start()]
        if b"Filter" not in before:
            continue  # its objects stand in the file as they are
        try:
            yield zlib.decompressobj().decompress(data[stream.end() :], LARGEST_OBJECTS + 1)
        except zlib.error as error:
            raise Refused("broken") from error
