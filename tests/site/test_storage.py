"""Where files that people hand in are kept."""

import stat
from pathlib import Path

import boto3
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import StorageHandler, default_storage
from moto.server import ThreadedMotoServer

from compliance.storage import for_files

KEY = "evidence/0a/1b"
CONTENT = "佐证材料".encode() * 100_000


def storage(folder="/nowhere"):
    return StorageHandler({"default": for_files(Path(folder))})["default"]


@pytest.fixture(scope="module")
def s3_server():
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server, monkeypatch):
    """A bucket on a server that speaks S3, and the settings that name it."""
    keys = {"S3_ACCESS_KEY": "ziping", "S3_SECRET_KEY": "secret", "S3_REGION": "us-east-1"}
    for name, value in {**keys, "S3_BUCKET": "files", "S3_ENDPOINT_URL": s3_server}.items():
        monkeypatch.setenv(name, value)
    found = boto3.resource(
        "s3",
        endpoint_url=s3_server,
        region_name="us-east-1",
        aws_access_key_id="ziping",
        aws_secret_access_key="secret",
    ).Bucket("files")
    found.create()
    yield found
    found.objects.all().delete()
    found.delete()


@pytest.fixture(params=["folder", "bucket"])
def files(request, tmp_path):
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return storage(tmp_path)


def test_a_file_is_saved_read_and_deleted(files):
    name = files.save(KEY, ContentFile(CONTENT))
    assert name == KEY
    assert files.exists(name)
    assert files.size(name) == len(CONTENT)
    with files.open(name) as file:
        assert file.read() == CONTENT
    files.delete(name)
    assert not files.exists(name)
    with pytest.raises(FileNotFoundError):
        files.open(name).read()


def test_a_file_never_replaces_another(files):
    first, second = (files.save(KEY, ContentFile(content)) for content in (b"1", b"2"))
    assert first != second
    with files.open(first) as file:
        assert file.read() == b"1"


@pytest.mark.parametrize("name", ["../secret_key", "/etc/passwd", "evidence/../../secret_key"])
def test_a_name_leads_nowhere_else(files, name):
    with pytest.raises(SuspiciousFileOperation):
        files.save(name, ContentFile(b"1"))


def test_a_file_on_disk_is_for_the_site_alone_and_has_no_address(tmp_path):
    files = storage(tmp_path / "files")
    name = files.save(KEY, ContentFile(CONTENT))
    assert stat.S_IMODE(Path(files.path(name)).stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(files.path(name)).parent.stat().st_mode) == 0o700
    with pytest.raises(ValueError, match="no address of its own"):
        files.url(name)


def test_a_file_in_a_bucket_is_private_and_opens_nowhere(bucket):
    name = storage().save("evidence/page.html", ContentFile(b"<script>alert(1)</script>"))
    kept = bucket.Object(name)
    assert kept.content_disposition == "attachment"
    assert [grant["Grantee"]["Type"] for grant in kept.Acl().grants] == ["CanonicalUser"]
    assert "Signature=" in storage().url(name)


def test_the_sites_own_files_lie_in_its_data_folder():
    configured = settings.STORAGES["default"]["OPTIONS"]["location"]
    assert not any(Path(configured).is_relative_to(folder) for folder in settings.STATICFILES_DIRS)


def test_the_tests_leave_the_data_folder_alone():
    assert not Path(default_storage.path("x")).is_relative_to(settings.DATA_DIR)


@pytest.mark.parametrize(
    ("name", "value"),
    [("S3_ENDPOINT_URL", "s3.example.com"), ("S3_ADDRESSING", "by pigeon")],
)
def test_a_senseless_setting_is_named(monkeypatch, name, value):
    monkeypatch.setenv("S3_BUCKET", "files")
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        for_files(Path("/nowhere"))
