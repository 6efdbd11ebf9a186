"""Settings come from the environment, and nonsense there stops the start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from compliance import environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("yes", True), (" On ", True), ("0", False), ("false", False), ("", True)],
)
def test_flag(monkeypatch, value, expected):
    monkeypatch.setenv("SOME_FLAG", value)
    assert environment.flag("SOME_FLAG", default=True) is expected


@pytest.mark.parametrize("value", ["ja", "2", "maybe"])
def test_flag_refuses_what_is_neither_yes_nor_no(monkeypatch, value):
    monkeypatch.setenv("SOME_FLAG", value)
    with pytest.raises(ImproperlyConfigured, match="SOME_FLAG"):
        environment.flag("SOME_FLAG")


@pytest.mark.parametrize("value", ["-1", "1.5", "port", "٥"])
def test_whole_number_refuses_anything_else(monkeypatch, value):
    monkeypatch.setenv("SOME_PORT", value)
    with pytest.raises(ImproperlyConfigured, match="SOME_PORT"):
        environment.whole_number("SOME_PORT", 587)


def test_items_drop_blanks(monkeypatch):
    monkeypatch.setenv("SOME_HOSTS", " a.example , ,b.example,")
    assert environment.items("SOME_HOSTS") == ["a.example", "b.example"]


def test_secret_key_is_made_once_and_readable_by_its_owner_only(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    path = tmp_path / "secret_key"
    key = environment.secret_key(path)
    assert len(key) >= 32
    assert environment.secret_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600


def test_many_processes_that_start_at_once_share_one_secret_key(tmp_path):
    code = "from pathlib import Path; from compliance import environment as e;"
    code += f"print(e.secret_key(Path({str(tmp_path)!r}) / 'secret_key'))"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"]},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in started}) == 1
    assert all(process.returncode == 0 for process in started)
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_secret_key_given_wins_and_must_be_long(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "k" * 32)
    assert environment.secret_key(tmp_path / "secret_key") == "k" * 32
    assert not (tmp_path / "secret_key").exists()
    monkeypatch.setenv("SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        environment.secret_key(tmp_path / "secret_key")


def start(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    code = (
        "from compliance import settings as s;"
        "print(s.DATABASES['default'], s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.DEBUG)"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "ZIPING_DATA_DIR": str(tmp_path / "data")} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_defaults_are_safe_and_need_nothing(tmp_path):
    done = start(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "ziping.sqlite3" in done.stdout
    assert "IMMEDIATE" in done.stdout
    assert done.stdout.split()[-1] == "False"  # DEBUG


def test_https_makes_cookies_secure(tmp_path):
    assert start(tmp_path, HTTPS="1").stdout.split()[-3:-1] == ["True", "31536000"]


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"DATABASE_URL": "oracel://somewhere"}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://root@127.0.0.1/ziping"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://me@127.0.0.1:port/ziping"}, "DATABASE_URL"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"HTTPS": "perhaps"}, "HTTPS"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
        ({"EMAIL_HOST": "mail.example", "EMAIL_PORT": "smtp"}, "EMAIL_PORT"),
        ({"ZIPING_DATA_DIR": "/dev/null/data"}, "ZIPING_DATA_DIR"),
    ],
)
def test_nonsense_stops_the_start_and_is_named(tmp_path, variables, named):
    done = start(tmp_path, **variables)
    assert done.returncode != 0
    assert named in done.stderr.splitlines()[-1]


def manage(tmp_path: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "ZIPING_DATA_DIR": str(tmp_path / "data")} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_command_names_the_nonsense_in_one_line(tmp_path):
    done = manage(tmp_path, "demo", SECRET_KEY="short")
    assert done.returncode == 2
    assert done.stderr == "SECRET_KEY is too short: at least 32 random characters.\n"


def test_the_address_of_a_database_is_not_repeated(tmp_path):
    done = manage(tmp_path, "check", DATABASE_URL="postgre://me:secret@127.0.0.1/ziping")
    assert done.returncode == 2
    assert "postgres://user:password@host/name" in done.stderr
    assert "secret" not in done.stdout + done.stderr


def test_a_command_ends_quietly_at_ctrl_c(tmp_path):
    done = manage(tmp_path, "shell", "--no-imports", "--command", "raise KeyboardInterrupt")
    assert (done.returncode, done.stderr) == (130, "")
