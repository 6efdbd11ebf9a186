"""What holds for every test: the machine is complete, and in CI nothing is skipped."""

import os
from collections.abc import Generator, Iterator

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase, override_settings
from django.utils import translation
from pytest_django.fixtures import Settings

from compliance.assessments.submissions import guards as submission_guards
from compliance.audit import guards as audit_guards
from compliance.storage import for_files
from deploy import system_packages

pytest_plugins = ["tests.fixtures"]

# A busy machine is not a fault of the code: no time limit for one example. `make test` tries the
# same examples on every machine; `make drills` looks for new ones.
BUSY = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("test", BUSY, derandomize=True)
hypothesis.settings.register_profile("drill", BUSY, max_examples=500)
hypothesis.settings.load_profile("test")

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def pytest_report_header() -> str:
    """Say which database the tests run on."""
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Stop before the first test if a system package is missing, and say which and what to do."""
    if hasattr(session.config, "workerinput"):
        return  # the process that started this one has looked
    missing = system_packages.missing("runtime", "development")
    if missing:
        names = " ".join(package.name for package in missing)
        lines = [f"  {package.name}: {package.purpose}" for package in missing]
        pytest.exit(
            "This machine lacks system packages that the tests need:\n"
            + "\n".join(lines)
            + f"\nInstall them, on Debian with: sudo apt-get install {names}",
            returncode=3,
        )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that touch the database, so that they can be run on another one by `-m`."""
    fixtures = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
    for item in items:
        cls = getattr(item, "cls", None)
        if (
            item.get_closest_marker("django_db")
            or fixtures & set(getattr(item, "fixturenames", ()))
            or (cls is not None and issubclass(cls, TransactionTestCase))
        ):
            item.add_marker("database")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test and an expected failure into a failure where CI is set."""
    report = yield
    expected = getattr(report, "wasxfail", None)
    if IN_CI and (report.skipped or expected is not None):
        report.outcome = "failed"
        report.longrepr = f"CI skips nothing and excuses nothing: {expected or report.longrepr}"
        vars(report).pop("wasxfail", None)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped module into an error where CI is set."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"CI skips nothing: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def each_test_starts_in_chinese() -> None:
    """Forget the language that a request of the test before has left active."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def nobody_needs_a_second_factor(settings: Settings) -> None:
    """Let tests sign people in by a word, unless they are about the second factor."""
    settings.REQUIRE_SECOND_FACTOR = "none"


@pytest.fixture(autouse=True)
def attempts_are_counted_anew() -> Iterator[None]:
    """Count attempts to sign in for each test alone, in memory."""
    yield
    cache.clear()


def pytest_configure() -> None:
    """Keep the counts of attempts apart from those of a site that runs here, and of other tests."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(scope="session", autouse=True)
def files_lie_beside_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """Keep what tests upload out of the data folder."""
    files = for_files(tmp_path_factory.mktemp("files"))
    with override_settings(STORAGES=settings.STORAGES | {"default": files}):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Test on a SQLite file as the site has one: in memory, threads would lock each other out."""
    default = connections["default"]
    if default.vendor == "sqlite":
        default.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def a_test_may_flush_what_is_guarded() -> Generator[None]:
    """Lift the triggers on record and submissions while Django empties tables after a test."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def flush_with_guards_lifted(case: TransactionTestCase) -> None:
        default = connections["default"]
        with audit_guards.lifted(default), submission_guards.lifted(default):
            flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_with_guards_lifted)
        yield
