"""The figures that hold the record together: what they cover, and how they are computed."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785

START = ""
"""What the first event of a chain has for the hash of the one before it."""


def new_salt() -> str:
    """Return 32 hexadecimal digits that nobody can guess: without them a digest tells nothing."""
    return secrets.token_hex(16)


def digest_of_values(salt: str, actor: str, old: Any, new: Any) -> str:
    """Return the digest by which an event holds its values without containing them."""
    return sha256(
        salt.encode() + rfc8785.dumps({"actor": actor, "new": new, "old": old})
    ).hexdigest()


def hash_of(fields: Mapping[str, Any]) -> str:
    """Return the SHA-256 over the canonical JSON (RFC 8785) of an event's chained fields."""
    return sha256(rfc8785.dumps(dict(fields))).hexdigest()


def written(at: datetime) -> str:
    """Return a moment as it stands in a hash: in UTC, always with six decimals."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
