"""A cache in files that the processes of one host share, for counts that must not be outrun."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class SharedFileCache(FileBasedCache):
    """Django's cache in files, where of many that add one key at once a single one succeeds.

    Locks around counts of attempts, and codes that work once, are made of that.
    """

    # Django's own, which its stubs leave out.
    _dir: str
    _createdir: Callable[[], None]
    _cull: Callable[[], None]
    _write_content: Callable[[IO[bytes], float | None, Any], None]
    _key_to_file: Callable[[Any, int | None], str]

    def add(
        self,
        key: Any,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        if self.has_key(key, version):  # which also removes what has expired
            return False
        self._createdir()
        self._cull()
        descriptor, made = tempfile.mkstemp(dir=self._dir)
        try:
            with os.fdopen(descriptor, "wb") as file:
                self._write_content(file, timeout, value)
            Path(self._key_to_file(key, version)).hardlink_to(made)
        except FileExistsError:
            return False
        finally:
            Path(made).unlink()
        return True
