"""Uploads: what is far too large is not written to disk only to be refused."""

from django.core.files.uploadhandler import FileUploadHandler

LARGEST_UPLOAD = 20 * 1024 * 1024
"""How many bytes of a file are kept at least; a form that takes files sets a lower limit."""


class DropTheRest(FileUploadHandler):
    """Lets a file pass to the handlers after it until it is larger than any form accepts."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= LARGEST_UPLOAD else None

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""
