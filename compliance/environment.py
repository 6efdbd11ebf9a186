"""Environment variables, read strictly: a senseless value stops the start and is named."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return the variable without surrounding blanks; `default` where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return whether the variable says yes (1, true, yes, on) or no (0, false, no, off)."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no: write 1 or 0.")


def items(name: str, default: str = "") -> list[str]:
    """Return the comma-separated parts of the variable, without blanks and empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def whole_number(name: str, default: int) -> int:
    """Return the variable as a whole number from 0 on."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number from 0 on.")
    return int(value)


def address(name: str, default: str) -> str:
    """Return the variable as the address of a site, http or https, without a slash at its end."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name}={value!r} is not like https://ziping.example.com.")
    return value


def database(name: str, default: str) -> dj_database_url.DBConfig:
    """Return the variable, the address of a PostgreSQL or SQLite database, as Django's settings.

    What is wrong is said without the address, which may hold a password.
    """
    try:
        settings = dj_database_url.parse(
            text(name, default), conn_max_age=60, conn_health_checks=True
        )
    except ValueError:
        settings = {}
    if settings.get("ENGINE", "").rpartition(".")[2] not in {"postgresql", "sqlite3"}:
        raise ImproperlyConfigured(
            f"{name} is neither like postgres://user:password@host/name nor like sqlite:///file."
        )
    return settings


def secret_key(path: Path) -> str:
    """Return SECRET_KEY, else the key that this installation made for itself and keeps in `path`.

    A key under 32 characters is refused. The file is made once, readable by its owner only.
    """
    key = text("SECRET_KEY")
    if not key:
        try:
            key = _kept_key(path)
        except OSError as error:
            raise ImproperlyConfigured(
                f"SECRET_KEY is not set, and no key can be kept in {path} ({error.strerror}): "
                "set SECRET_KEY to at least 32 random characters."
            ) from error
    if len(key) < 32:
        raise ImproperlyConfigured("SECRET_KEY is too short: at least 32 random characters.")
    return key


def _kept_key(path: Path) -> str:
    if not path.exists():
        # Whole or not at all: two processes that start at once must not read half a key.
        descriptor, made = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # another process was first: its key counts
            path.hardlink_to(made)
        Path(made).unlink()
    return path.read_text().strip()
