"""What one process adds to the cache in files, no other adds as well."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from compliance.file_cache import SharedFileCache


@pytest.fixture
def cache(tmp_path):
    return SharedFileCache(str(tmp_path), {})


def test_of_many_at_once_a_single_one_adds(cache):
    with ThreadPoolExecutor(8) as pool:
        for number in range(50):
            added = list(pool.map(lambda _, key=str(number): cache.add(key, 1), range(8)))
            assert added.count(True) == 1


def test_what_is_added_is_there_until_it_expires(cache):
    assert cache.add("key", [1], timeout=0.2)
    assert cache.get("key") == [1]
    assert not cache.add("key", [2])
    time.sleep(0.25)
    assert cache.add("key", [2])
    assert cache.get("key") == [2]


def test_nothing_else_is_left_behind(cache, tmp_path):
    cache.add("key", 1)
    cache.add("key", 2)
    assert len(list(Path(tmp_path).iterdir())) == 1


def test_what_is_deleted_can_be_added(cache):
    cache.add("key", 1)
    cache.delete("key")
    assert cache.add("key", 2)
