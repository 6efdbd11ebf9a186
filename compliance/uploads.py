"""Uploads: what no form takes is refused before it is written; what was lost is asked for."""

import html
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser
from django.utils.translation import gettext_lazy as _

LARGEST_UPLOAD = 20 * 1024 * 1024
"""How many bytes of a file are kept at least; a form that takes files sets a lower limit."""
HIDDEN = {"\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
"""Characters that turn the direction of what follows: “exe.fdp” would read as “pdf.exe”."""


class DropTheRest(FileUploadHandler):
    """Lets a file pass to the handlers after it until it is larger than any form accepts."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= LARGEST_UPLOAD else None

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""


class RefuseStrangeNames(FileUploadHandler):
    """Refuses a request whose file has a name that no browser sends: 400, nothing is stored.

    Django would make something of the name without a word. It stands before the other handlers.
    """

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> Any:
        assert self.request is not None
        others = [handler for handler in self.request.upload_handlers if handler is not self]
        return _NamesAsSent(meta, input_data, others, encoding).parse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""


class _NamesAsSent(MultiPartParser):
    def sanitize_file_name(self, file_name: str) -> str | None:
        name = html.unescape(file_name)
        strange = {"/", "\\"} | HIDDEN
        if any(c in strange or unicodedata.category(c) == "Cc" for c in name):
            raise SuspiciousFileOperation("A file has a path or control characters in its name.")
        return super().sanitize_file_name(file_name)


def ask_for_file_again(form: forms.BaseForm) -> None:
    """Let a form's `file` say why it is to be chosen again: no page can carry it on."""
    form.fields["file"].error_messages["required"] = _(
        "The file could not be kept. Choose it again."
    )
