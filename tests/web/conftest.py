"""A small register for web tests: one account for every role, and a made-up history behind it.

Fixtures
--------
``at``           the moment at which tests happen
``cast``         accounts by name (``cast["secretariat"]``), nothing else on the register
``keeper`` …     accounts by role: ``keeper`` (secretariat), ``member``, ``owner``, ``analyst`` …
``lamp``         one report of three recommendations, the third with sub-items (a) and (b);
                 ``team:learning`` (for which ``owner`` speaks) is responsible for ``lamp-2020/1``
``measured``     one measured comparison on the record, dismissed by an analyst
``small_demo``   the demo in small: five reports, a few items each, all their history
``own_database`` a database for the processes that a test starts, where that is not the home folder
``signed_in``    ``signed_in("member")`` gives a test client with that account
``roles``        the account names, one for every role, and ``None`` for a visitor
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pyarrow as pa
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from evenhand.accountability.scales import ACTIONED
from evenhand.core import Month, Period
from evenhand.datasets.workforce import CHARACTERISTICS, TABLES, WorkforceLake, load_workforce
from evenhand.web.accounts.models import User
from evenhand.web.demo.cast import ADMINISTRATOR, PARTS, assemble
from evenhand.web.demo.load import Loaded, load_demo
from evenhand.web.demo.reports import REPORTS, SERVICE, Report
from evenhand.web.home import Home
from evenhand.web.loads.carrying import check_brought, load_confirmed
from evenhand.web.loads.jobs import JobKind, start_job
from evenhand.web.loads.queries import LoadRow
from evenhand.web.loads.services import bring_files, confirm_load
from evenhand.web.measures.plans import NUMBERS, FigurePlan, RunPlan, name_comparison
from evenhand.web.measures.queries import Filter
from evenhand.web.measures.services import (
    draw_sample,
    note_finding,
    record_run,
    review_finding,
    save_measure,
    set_person_key,
)
from evenhand.web.measures.tables import TablePlan
from evenhand.web.register.plans import PublicationPlan, RecommendationPlan
from evenhand.web.register.services import accept_publication, assign_duty, open_inquiry

PASSWORD = "correct-horse-battery"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SMALL = (8, 9, 5, 7, 6)


@pytest.fixture(autouse=True)
def _quick_and_private(settings, tmp_path: Path) -> None:
    """No test waits for a slow hash or writes into a real home folder."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.HOME = Home(tmp_path / "home")
    settings.HOME.prepare()
    settings.JOBS = "evenhand.web.loads.carrying.carry_out"


@pytest.fixture
def own_database(monkeypatch) -> Iterator[None]:
    """For tests that start processes: where the suite runs on PostgreSQL, a database of their own.

    On SQLite there is nothing to do, for the record lies in the home folder that a test makes.
    """
    address = os.environ.get("DATABASE_URL")
    if not address:
        yield
        return
    name = f"own_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    monkeypatch.setenv("DATABASE_URL", f"{address.rpartition('/')[0]}/{name}")
    yield
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def at() -> datetime:
    return NOW


@pytest.fixture
def cast(db, at: datetime) -> dict[str, User]:
    return assemble(password=PASSWORD, at=at - timedelta(400))


@pytest.fixture
def keeper(cast) -> User:
    return cast["secretariat"]


@pytest.fixture
def member(cast) -> User:
    return cast["member"]


@pytest.fixture
def owner(cast) -> User:
    return cast["owner"]


@pytest.fixture
def analyst(cast) -> User:
    return cast["analyst"]


@pytest.fixture
def panel(cast) -> User:
    return cast["panel"]


@pytest.fixture
def admin(cast) -> User:
    return cast[ADMINISTRATOR]


@pytest.fixture
def lamp(keeper: User, at: datetime) -> PublicationPlan:
    """A report on the register since thirty days before ``at``."""
    then = at - timedelta(30)
    plan = PublicationPlan(
        ref="lamp-2020",
        inquiry="lamp",
        title="Lamp report",
        published_on=date(2020, 2, 3),
        scale=ACTIONED,
        recommendations=(
            RecommendationPlan("1", "Train every sergeant in fairness.", addressed_to=SERVICE),
            RecommendationPlan("2", "Publish searches monthly.", addressed_to=SERVICE),
            RecommendationPlan(
                "3",
                "Support families. This means:",
                items=(
                    RecommendationPlan("a", "a named officer for each family;"),
                    RecommendationPlan("b", "a log which they may read."),
                ),
            ),
        ),
    )
    open_inquiry(ref="lamp", title="Lamp Inquiry", by=keeper, at=then)
    accept_publication(plan=plan, by=keeper, at=then)
    assign_duty(
        recommendation="lamp-2020/1",
        party="team:learning",
        starts=then.date(),
        by=keeper,
        at=then,
    )
    return plan


def small_reports() -> tuple[Report, ...]:
    """The demo's reports with a few items each."""
    pairs = zip(REPORTS, SMALL, strict=True)
    return tuple(
        replace(
            report,
            count=count,
            for_police=min(count, report.for_police) - (report.inquiry == "lantern") * 3,
            lettered=(4, 2) if report.lettered else (),
        )
        for report, count in pairs
    )


@pytest.fixture
def small_demo(db, at: datetime) -> Loaded:
    return load_demo(password=PASSWORD, at=at, reports=small_reports())


@pytest.fixture
def measured(analyst: User, at: datetime) -> RunPlan:
    """One made-up comparison on the record for every audience, reviewed and annotated."""
    return record_one(analyst, at)


@pytest.fixture
def measured_demo(small_demo: Loaded, at: datetime) -> Loaded:
    """The small demo with the comparison of ``measured`` and the stops of ``loaded``."""
    record_one(small_demo.users["analyst"], at)
    load_two(small_demo.users["analyst"], at)
    analyst, admin = small_demo.users["analyst"], small_demo.users[ADMINISTRATOR]
    draw_one(analyst, at)
    set_person_key(person=analyst.party.subject, key="P1", by=admin, at=at)
    return small_demo


def record_one(analyst: User, at: datetime) -> RunPlan:
    plan = build_plan()
    record_run(plan=plan, by=analyst, at=at)
    same = {"run": plan.ref, "key": plan.figures[0].key, "by": analyst, "at": at}
    review_finding(verb="dismiss", reason="Made up.", **same)
    note_finding(text="Made up.", **same)
    asked = Filter(dataset="stops", indicator="stop-rate", characteristic="sex")
    save_measure(title="Women and men", narrow=asked, by=analyst, at=at)
    return plan


def build_plan() -> RunPlan:
    figures = tuple(
        build_figure(policy, unit=unit)
        for policy in ("public", "staff", "cleared")
        for unit in ("", "Birch Cross")
    )
    return RunPlan(
        ref="stops-2025-12-aa",
        dataset="stops",
        title="Stops and searches",
        period=Period(Month(2025, 1), Month(2025, 12)),
        code_version="0",
        definitions={"stop-rate": 1},
        loads=("a",),
        policies={"public": 1},
        figures=figures,
        tables=(build_table("public"), build_table("staff"), build_table("cleared")),
    )


def build_table(policy: str) -> TablePlan:
    """Who got how far up a ladder of two grades."""
    names = ("step", "group", "count", "value", "low", "high")
    rows = [
        ("Constable", "Women", 40, 40.0, 31.0, 50.0),
        ("Sergeant", "Women", {"absent": "suppressed"}, *({"absent": "suppressed"},) * 3),
    ]
    return TablePlan(
        policy=policy,
        kind="ladder",
        characteristic="sex",
        title="Representation, by group",
        columns=[
            {
                "name": name,
                "role": "dimension" if name in ("step", "group") else "derived",
                "title": name.capitalize(),
                "unit": "",
                "decimals": None,
            }
            for name in names
        ],
        cells={name: [row[at] for row in rows] for at, name in enumerate(names)},
    )


def build_figure(policy: str, *, unit: str) -> FigurePlan:
    names = {
        "indicator": "stop-rate",
        "step": "",
        "service": "fenmarsh",
        "unit": unit,
        "characteristic": "sex",
        "group": "Female",
        "comparator": "Male",
    }
    return FigurePlan(
        policy=policy,
        key=name_comparison(**names),
        order=0,
        **names,
        field="",
        starts=date(2025, 1, 1),
        ends=date(2025, 12, 31),
        signal="concern",
        scale="times",
        numbers={**dict.fromkeys(NUMBERS), "estimate": 1.5, "low": 1.2, "high": 1.9},
        absent={},
        sentence="A made-up finding.",
        method="none",
        address="",
    )


@pytest.fixture
def loaded(analyst: User, at: datetime) -> dict[str, str]:
    """Two stops brought and loaded, and the same file brought again, waiting."""
    return load_two(analyst, at)


def load_two(analyst: User, at: datetime) -> dict[str, str]:
    folder = Path(__file__).parents[1] / "contracts" / "stops" / "files" / "good"
    path = next(folder.glob("*.csv"))
    first, second = (
        bring("stops", [SimpleUploadedFile(path.name, path.read_bytes())], by=analyst, at=at)
        for _ in range(2)
    )
    load = put(first, by=analyst, at=at)
    with override_settings(JOBS="builtins.repr"):  # nobody begins it
        job = start_job(JobKind.CHECK, of=second, by=analyst.username)
    return {"load": load.ref, "files": second, "job": job}


def bring(dataset: str, files: list[SimpleUploadedFile], *, by: User, at: datetime) -> str:
    """Files brought and checked as a job would, waiting for a decision; their reference."""
    ref = str(bring_files(dataset=dataset, files=files, by=by, at=at).ref)
    check_brought(ref, by=by, tell=tell_nobody, clock=lambda: at)
    return ref


def put(brought: str, *, by: User, at: datetime) -> LoadRow:
    """What was brought, confirmed and loaded as a job would."""
    confirm_load(brought=brought, by=by, at=at)
    return load_confirmed(brought, by=by, tell=tell_nobody, clock=lambda: at)


def tell_nobody(stage: str, *, files: int, of: int, rows: int) -> None:
    """Nobody waits."""


@pytest.fixture
def sampled(analyst: User, at: datetime) -> str:
    """A sample of two hundred vetting decisions, 5 in a hundred, by its reference."""
    return draw_one(analyst, at)


def draw_one(analyst: User, at: datetime) -> str:
    lake = WorkforceLake(django_settings.HOME.folder / "lake" / "workforce")
    load_workforce("vetting", [build_vetting(200)], lake=lake, at=at)
    sample = draw_sample(dataset="vetting", percent=5, by=analyst, at=at)
    return str(sample.ref)


def build_vetting(count: int) -> pa.Table:
    """So many decisions, every tenth a refusal."""
    schema = TABLES["vetting"].arrow
    fill = {name: "blank" if name in CHARACTERISTICS else "" for name in schema.names}
    fill |= {"on": date(2025, 6, 1), "sampled": False, "ethnicity_edition": "ethnicity-2011"}
    rows = [
        {
            **fill,
            "person": f"p{number:03}",
            "decision": "cleared" if number % 10 else "refused",
            "grounds": "" if number % 10 else "finances",
        }
        for number in range(count)
    ]
    return pa.Table.from_pylist(rows, schema=schema)


@pytest.fixture
def roles() -> list[str | None]:
    return [None, ADMINISTRATOR, *(part.username for part in PARTS)]


@pytest.fixture
def signed_in(db) -> Callable[[str | None], Client]:
    def sign_in(username: str | None) -> Client:
        client = Client()
        if username is not None:
            client.force_login(
                User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
            )
        return client

    return sign_in
