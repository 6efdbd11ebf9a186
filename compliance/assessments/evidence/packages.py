"""Documents that are ZIP archives inside: Word, Excel, PowerPoint, OFD.

Every part is unpacked once, in pieces, and nothing of it is kept: sizes that an archive declares
may be lies, and what a part is shows in its content.
"""

import io
import re
import zipfile
from pathlib import PurePosixPath
from xml.etree import ElementTree

from compliance.assessments.evidence.kinds import DOCX, OFD, PPTX, XLSX, FileKind
from compliance.assessments.evidence.refusals import Refused

ZIP_START = b"PK\x03\x04"
MOST_PARTS = 5_000
LARGEST_CONTENT = 200 * 1024 * 1024
"""The most bytes of all parts together, unpacked."""
LARGEST_RATIO = 200
"""How many times larger than the archive the unpacked parts may be, once they exceed SMALL."""
SMALL = 1024 * 1024
LARGEST_LIST = 4 * 1024 * 1024
"""The most bytes of a part that says what belongs together."""

_CHUNK = 256 * 1024
_TYPES = "[Content_Types].xml"
_MAIN_PARTS = {
    "wordprocessingml.document.main+xml": DOCX,
    "spreadsheetml.sheet.main+xml": XLSX,
    "presentationml.presentation.main+xml": PPTX,
}
_OFD_ROOT = "{http://www.ofdspec.org/2016}OFD"
_CODE_TYPES = re.compile(r"macroenabled|vbaproject|activex|intlmacrosheet|ms-excel\.macrosheet")
_CODE_NAMES = re.compile(r"vbaproject|vbadata|/activex/|/macrosheets/|/customui")
_OBJECT_TYPES = re.compile(r"oleobject|\.package$")
_OBJECT_NAMES = re.compile(r"(^|/)(embeddings|attachs?)/")
_RUNNING = re.compile(rb"\bDDE(AUTO)?\b|<ddeLink|macrosheet", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)")
_OBJECTS = (b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf")
_MARKUP = re.compile(rb"\s*<\s*(!doctype\s+html|html|script|svg)\b", re.IGNORECASE)
_CHARTS = (".xlsx",)
"""Files that may be embedded, checked like the document itself: the figures behind a chart."""


def check_package(data: bytes, depth: int = 0) -> FileKind:
    """Return which kind of document it is; raise Refused where it is none, or one that acts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_list(archive, data)
            kind = _kind_of(archive)
            for part in archive.infolist():
                _check_part(archive, part, depth)
    except Refused:
        raise
    except Exception as error:  # whatever the reader stumbles over is a fault of the file
        raise Refused("broken") from error
    return kind


def _check_list(archive: zipfile.ZipFile, data: bytes) -> None:
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    limit = min(LARGEST_CONTENT, max(SMALL, LARGEST_RATIO * len(data)))
    if len(parts) > MOST_PARTS or total > limit:
        raise Refused("too_much_inside")
    if sum(part.compress_size for part in parts) > len(data):  # parts that overlap
        raise Refused("too_much_inside")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("encrypted")
    names = [part.filename.casefold() for part in parts]
    if len(set(names)) < len(names):
        raise Refused("disguised")
    for name in names:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in name:
            raise Refused("disguised")
    begins_first = min((part.header_offset for part in parts), default=-1) == 0
    if not begins_first or archive.comment or not data[-22:].startswith(b"PK\x05\x06"):
        raise Refused("disguised")


def _kind_of(archive: zipfile.ZipFile) -> FileKind:
    names = archive.namelist()
    if "OFD.xml" in names:
        if _xml(archive, "OFD.xml").tag != _OFD_ROOT:
            raise Refused("archive")
        return OFD
    if _TYPES not in names:
        raise Refused("archive")
    declared = [(element.get("ContentType") or "").casefold() for element in _xml(archive, _TYPES)]
    if any(_CODE_TYPES.search(one) for one in declared):
        raise Refused("macros")
    if any(_OBJECT_TYPES.search(one) for one in declared):
        raise Refused("embedded")
    kinds = [kind for one in declared for main, kind in _MAIN_PARTS.items() if one.endswith(main)]
    if len(kinds) != 1:
        raise Refused("archive")
    return kinds[0]


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, depth: int) -> None:
    name = part.filename.casefold()
    if _CODE_NAMES.search(f"/{name}"):
        raise Refused("macros")
    if part.is_dir():
        return
    if name.endswith(_CHARTS) and _OBJECT_NAMES.search(name) and depth == 0:
        check_package(archive.read(part), depth + 1)
        return
    text = name.endswith((".xml", ".rels", ".vml"))
    before = b""
    with archive.open(part) as content:
        while chunk := content.read(_CHUNK):
            if not before and (chunk.startswith(_OBJECTS) or _OBJECT_NAMES.search(name)):
                raise Refused("embedded")
            if not before and _MARKUP.match(chunk):
                raise Refused("disguised")
            if text:
                _check_text(before + chunk)
            before = chunk[-64:]
    if name.endswith(".rels"):
        _check_links(_xml(archive, part.filename))


def _check_text(text: bytes) -> None:
    if b"\0" in text:  # another encoding, in which nothing would be found
        raise Refused("broken")
    if _DOCTYPE.search(text):
        raise Refused("disguised")
    if _RUNNING.search(text):
        raise Refused("macros")


def _check_links(relationships: ElementTree.Element) -> None:
    """Allow links that a reader may follow, and nothing that the program would load by itself."""
    for link in relationships:
        if (link.get("TargetMode") or "").casefold() == "external":
            target = (link.get("Target") or "").strip().casefold()
            if not (link.get("Type") or "").casefold().endswith("/hyperlink"):
                raise Refused("remote")
            if target.startswith(("javascript:", "vbscript:", "data:", "file:", "\\\\")):
                raise Refused("remote")


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > LARGEST_LIST:
        raise Refused("too_much_inside")
    text = archive.read(name)
    _check_text(text)
    return ElementTree.fromstring(text)  # noqa: S314 - it has no document type, so no entities
