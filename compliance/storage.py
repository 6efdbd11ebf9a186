"""Where files that people hand in are kept: in the data folder, or in an S3 bucket.

Neither is served by a web server: files leave through a view that has asked for permission.
"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage

from compliance import environment

ADDRESSING = ("auto", "path", "virtual")


class PrivateFolder(FileSystemStorage):
    """A folder of which no file has an address."""

    def url(self, name: str | None) -> str:
        raise ValueError("A file that people handed in has no address of its own.")


def for_files(folder: Path) -> dict[str, Any]:
    """Return the entry of STORAGES for files: S3 where S3_BUCKET is set, else this folder."""
    if bucket := environment.text("S3_BUCKET"):
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _s3(bucket)}
    return {
        "BACKEND": "compliance.storage.PrivateFolder",
        "OPTIONS": {
            "location": folder,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def _s3(bucket: str) -> dict[str, Any]:
    from botocore.config import Config  # not loaded where nobody uses it

    endpoint = environment.text("S3_ENDPOINT_URL")
    addressing = environment.text("S3_ADDRESSING", "auto")
    if addressing not in ADDRESSING:
        raise ImproperlyConfigured(
            f"S3_ADDRESSING={addressing!r} is none of {', '.join(ADDRESSING)}."
        )
    return {
        "bucket_name": bucket,
        "endpoint_url": environment.address("S3_ENDPOINT_URL", endpoint) if endpoint else None,
        "region_name": environment.text("S3_REGION") or None,
        "access_key": environment.text("S3_ACCESS_KEY") or None,
        "secret_key": environment.text("S3_SECRET_KEY") or None,
        "default_acl": None,  # as the bucket has it: private
        "file_overwrite": False,
        # Whoever finds a way round the site must not see a page in the bucket's origin.
        "object_parameters": {"ContentDisposition": "attachment"},
        "client_config": Config(
            signature_version="s3v4",
            s3={"addressing_style": addressing},
            # Servers other than Amazon's do not all know the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=5,
            read_timeout=30,
            retries={"max_attempts": 3},
        ),
    }
