"""A published version never changes."""

import hashlib

import pytest
from django.utils import timezone

from compliance.library.models import PublishedVersionError, QuestionnaireVersion

pytestmark = pytest.mark.django_db


def publish() -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.create(
        key="digital-human",
        version="1",
        title_zh="数字人企业",
        title_en="Digital human companies",
        document='{"key":"digital-human"}',
        published_at=timezone.now(),
    )


def test_its_hash_is_that_of_its_document():
    version = publish()
    assert version.sha256 == hashlib.sha256(version.document.encode()).hexdigest()


def test_it_cannot_be_changed_or_deleted():
    version = publish()
    version.document = "{}"
    with pytest.raises(PublishedVersionError):
        version.save()
    with pytest.raises(PublishedVersionError):
        version.save(update_fields=["document", "status"])
    with pytest.raises(PublishedVersionError):
        version.delete()
    version.refresh_from_db()
    assert version.document == '{"key":"digital-human"}'


def test_it_can_be_replaced_and_is_then_no_longer_offered():
    version = publish()
    assert list(QuestionnaireVersion.objects.open_for_new()) == [version]
    version.status = QuestionnaireVersion.Status.REPLACED
    version.save(update_fields=["status"])
    assert not QuestionnaireVersion.objects.open_for_new().exists()
