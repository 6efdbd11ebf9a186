"""Saving one answer while eight people answer: gunicorn, two workers, PostgreSQL."""

import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from http import HTTPStatus
from statistics import median
from typing import Any
from urllib.parse import urlencode

import psycopg

from bench._figure import Figure
from bench._load import CLIENTS, Server, rate, served
from bench._postgres import SERVER, throw_away_databases
from bench._site import site

SIZES = (10, 1_000, 10_000)
ANSWERS_EACH = 40
COMPANIES = 500
WARM_UP, SECONDS, BARE_SECONDS, ROUNDS = 1.5, 2.0, 1.0, 4
TARGET = 150
TOKEN = "bench" * 6 + "xx"
"""The token against forged requests: 32 characters, in the cookie and in the form."""


def measure() -> Iterator[Figure]:
    """Yield saves a second at each size of the database, beside bare updates of a row.

    Sizes and kinds are measured turn by turn, so that a busy machine slows all of them down.
    """
    try:
        with throw_away_databases() as make, ExitStack() as running:
            running.enter_context(site(make()))
            yield from _measure(list(_stages(make, running)))
    except psycopg.OperationalError as error:
        print(f"There is no PostgreSQL at {SERVER}, or DATABASE_URL is wrong: {error}")
        raise SystemExit(1) from error


@dataclass
class Stage:
    """The site on a database of one size, and what was measured there."""

    size: int
    site: Server
    savers: list["Saver"]
    bare: Server
    updates: list["BareUpdate"]
    rates: list[float] = field(default_factory=list)
    bare_rates: list[float] = field(default_factory=list)
    processor_times: list[float] = field(default_factory=list)

    def measure(self) -> None:
        """Measure one round."""
        before, done = self.site.processor_time, sum(saver.done for saver in self.savers)
        self.rates.append(rate(self.site, self.savers, SECONDS))
        saved = sum(saver.done for saver in self.savers) - done
        self.processor_times.append((self.site.processor_time - before) / saved)
        self.bare_rates.append(rate(self.bare, self.updates, BARE_SECONDS))


def _stages(make: Callable[..., str], running: ExitStack) -> Iterator[Stage]:
    from django.db import connection

    world = World()
    people = [world.draft() for _ in range(CLIENTS)]
    sessions = [session_of(person.created_by) for person in people]
    growing = str(connection.settings_dict["NAME"])
    for size in SIZES:
        world.grow_to(size)
        rows = world.rows(CLIENTS)
        connection.close()  # a database in use cannot be copied
        copy = make(growing)
        yield Stage(
            size,
            running.enter_context(served(copy)),
            [Saver(*pair, world.file) for pair in zip(people, sessions, strict=True)],
            running.enter_context(served(copy, "bench._bare:application")),
            [BareUpdate(row) for row in rows],
        )


def _measure(stages: list[Stage]) -> Iterator[Figure]:
    for stage in stages:
        rate(stage.site, stage.savers, WARM_UP)  # each worker reads the questionnaire once
        rate(stage.bare, stage.updates, WARM_UP)
    for _ in range(ROUNDS):
        for stage in stages:
            stage.measure()
    for stage in stages:
        saves, bare = median(stage.rates), median(stage.bare_rates)
        name = f"saves a second, {CLIENTS} clients, {stage.size:,} assessments"
        yield Figure(name, f"{saves:.0f}", str(TARGET), TARGET / saves)
        yield Figure("… bare updates of a row a second", f"{bare:.0f}")
        yield Figure("… bare updates to saves", f"{bare / saves:.1f}")
        computed = median(stage.processor_times) * 1000
        yield Figure("… processor time of the workers for a save", f"{computed:.1f} ms")
    first, last = stages[0], stages[-1]
    flat = median(first.rates) / median(last.rates)
    name = f"time of a save with {last.size:,} assessments to {first.size}"
    yield Figure(name, f"{flat:.2f}", "1.00", flat)


def session_of(user: Any) -> str:
    """Sign someone in; return the key of the session."""
    from django.test import Client as Browser

    browser = Browser()
    browser.force_login(user)
    return browser.cookies["sessionid"].value


class World:
    """Companies with assessments of the published questionnaire, in any number."""

    def __init__(self) -> None:
        from compliance.assessments.demonstration import ANSWERS
        from compliance.library.models import QuestionnaireVersion
        from compliance.library.versions import load_published
        from questionnaires.answers import read_answers_file
        from tests.cast import make_answer, make_subject

        _, self.file = read_answers_file(ANSWERS)
        load_published()
        self.version = QuestionnaireVersion.objects.get(
            key=self.file.questionnaire, version=self.file.version
        )
        self.subjects = [make_subject() for _ in range(COMPANIES)]
        self.first = self.draft()
        for name, given in itertools.islice(self.file.answers.items(), ANSWERS_EACH):
            make_answer(self.first, name, given, comment="底稿编号见附件目录。")

    def draft(self) -> Any:
        """Return a new assessment of an officer of its company."""
        from compliance.organisations.models import Role
        from tests.cast import make_assessment, make_member, make_subject

        subject = make_subject()
        officer = make_member(subject.organisation, Role.COMPLIANCE_OFFICER)
        return make_assessment(subject, version=self.version, created_by=officer)

    def grow_to(self, size: int) -> None:
        """Fill the database up to so many assessments, each with the answers of the first."""
        from django.db import connection

        from compliance.assessments.models import Answer, Assessment

        made = Assessment.objects.bulk_create(
            Assessment(
                subject=subject,
                version=self.version,
                situation=Assessment.Situation.YEARLY,
                reference_date=self.first.reference_date,
                created_by=self.first.created_by,
            )
            for _, subject in zip(
                range(size - Assessment.objects.count()), itertools.cycle(self.subjects)
            )
        )
        table = Answer._meta.db_table
        columns = [str(f.column) for f in Answer._meta.fields if f.name not in ("id", "assessment")]
        copied = ", ".join(f"answer.{connection.ops.quote_name(name)}" for name in columns)
        names = ", ".join(connection.ops.quote_name(name) for name in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (assessment_id, {names}) SELECT new.id, {copied} "  # noqa: S608
                f"FROM {table} answer, unnest(%s::uuid[]) AS new(id) WHERE assessment_id = %s",
                [[assessment.pk for assessment in made], self.first.pk],
            )
            cursor.execute("ANALYZE")

    def rows(self, number: int) -> list[int]:
        """Return the numbers of some rows that nobody else changes."""
        return list(self.first.answers.values_list("pk", flat=True)[:number])


class Saver:
    """Someone who goes through the questions again and again, and changes each comment."""

    def __init__(self, assessment: Any, session: str, file: Any) -> None:
        from compliance.assessments.outline import outline_of
        from compliance.assessments.revisions import seen

        self.done = 0
        self.path = f"/assessments/{assessment.pk}/autosave/"
        self.headers = {
            "Host": "localhost",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        outline = outline_of(assessment.version)
        self.fields = {
            name: outline.question_form(name, "zh").posted_answer(name, given, "", "")
            for name, given in file.answers.items()
        }
        self.tokens = dict.fromkeys(self.fields, str(seen("answer", None)))
        self.turn = zip(itertools.count(), itertools.cycle(self.fields), strict=False)
        self.question = ""

    def request(self) -> tuple[str, bytes, Mapping[str, str]]:
        number, self.question = next(self.turn)
        posted = self.fields[self.question] | {
            "csrfmiddlewaretoken": [TOKEN],
            "question": [self.question],
            f"seen-{self.question}": [self.tokens[self.question]],
            f"comment-{self.question}": [f"第{number}次核对"],
        }
        return self.path, urlencode(posted, doseq=True).encode(), self.headers

    def answered(self, status: int, body: bytes) -> None:
        if status != HTTPStatus.OK:
            raise RuntimeError(f"Not saved ({status}): {body[:200]!r}")
        self.tokens[self.question] = json.loads(body)["seen"]
        self.done += 1


class BareUpdate:
    """One row that is updated again and again."""

    def __init__(self, row: int) -> None:
        self.row = str(row).encode()

    def request(self) -> tuple[str, bytes, Mapping[str, str]]:
        return "/", self.row, {}

    def answered(self, status: int, body: bytes) -> None:
        if (status, body) != (HTTPStatus.OK, b"ok"):
            raise RuntimeError(f"Not updated ({status}): {body[:200]!r}")
