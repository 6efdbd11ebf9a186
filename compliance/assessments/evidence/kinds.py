"""The kinds of files that are taken as evidence."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DOWNLOAD = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class FileKind:
    """A kind of file: what people call it, how its name may end, as what it is handed out."""

    title: str | Promise
    extensions: tuple[str, ...]
    media_type: str


PDF = FileKind("PDF", (".pdf",), "application/pdf")
OFD = FileKind("OFD", (".ofd",), "application/ofd")
DOCX = FileKind("Word", (".docx",), f"{_OFFICE}.wordprocessingml.document")
XLSX = FileKind("Excel", (".xlsx",), f"{_OFFICE}.spreadsheetml.sheet")
PPTX = FileKind("PowerPoint", (".pptx",), f"{_OFFICE}.presentationml.presentation")
PNG = FileKind("PNG", (".png",), "image/png")
JPEG = FileKind("JPEG", (".jpg", ".jpeg"), "image/jpeg")
WEBP = FileKind("WebP", (".webp",), "image/webp")
# A text's encoding is not declared, so it is handed out as bytes.
TEXT = FileKind(_("plain text"), (".txt", ".csv"), DOWNLOAD)

KINDS = (PDF, OFD, DOCX, XLSX, PPTX, PNG, JPEG, WEBP, TEXT)
EXTENSIONS = tuple(extension for kind in KINDS for extension in kind.extensions)
