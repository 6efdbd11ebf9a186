"""A file that is far too large is dropped while it comes in."""

import io
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from compliance.uploads import LARGEST_UPLOAD

CHUNK = 64 * 1024


@contextmanager
def received(size: int):
    """The file that a view finds when a browser sends one of this size."""
    file = SimpleUploadedFile("file.bin", b"0" * size)
    request: HttpRequest = RequestFactory().post("/", {"file": file})
    with request.FILES["file"] as found:
        yield found


@pytest.mark.parametrize("size", [0, 1, CHUNK + 1])
def test_a_file_comes_in_whole(size):
    with received(size) as file:
        assert file.size == len(file.read()) == size


def test_the_rest_of_a_file_that_is_far_too_large_is_dropped():
    with received(LARGEST_UPLOAD + 20 * CHUNK) as file:
        assert LARGEST_UPLOAD < file.size <= LARGEST_UPLOAD + 2 * CHUNK
        assert file.seek(0, io.SEEK_END) == file.size
