"""Long work in a process of its own: ordered, told how far it is, and taken up again when killed.

A job is a folder: ``order.json`` says what is to be done and for whom, ``state.json`` how far it
is, and ``lock`` is held for as long as its process lives. Nothing of it is the record: what a job
does to the record it does by commands. It holds no row and no person, only counts.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from evenhand.core import EvenhandError
from evenhand.datasets.durable import lock, take, write_whole
from evenhand.web.foundation.errors import NotThere

KEPT = 7 * 24 * 3600  # seconds for which somebody may still come back to see how a job ended
OFTEN = 0.25  # seconds between two tellings: often enough for a bar to move
PATIENCE = 2.0  # seconds: small work is done before a page that waits for it would be of use
GLANCE = 0.05


class JobKind(StrEnum):
    """What a job does."""

    CHECK = "check"
    LOAD = "load"
    MEASURE_WITHOUT = "measure-without"

    @property
    def words(self) -> str:
        """What it does, as a heading."""
        return _WORDS[self]


_WORDS = {
    JobKind.CHECK: "Checking the files",
    JobKind.LOAD: "Loading the good rows, then measuring",
    JobKind.MEASURE_WITHOUT: "Measuring without the load",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is done to what (``of``: what was brought, or the load withdrawn), and for whom."""

    id: str
    kind: JobKind
    of: str
    by: str


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is: words, files done of all, rows; in the end what it said or what was wrong.

    ``ended`` is false both for one at work and for one that was killed.
    """

    stage: str = "Starting"
    files: int = 0
    of: int = 0
    rows: int = 0
    ended: bool = False
    said: tuple[str, ...] = ()
    problem: str = ""
    remedy: str = ""
    goes_to: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands."""

    order: Order
    state: JobState
    at_work: bool

    @property
    def interrupted(self) -> bool:
        """Whether its process was ended before it was done."""
        return not self.at_work and not self.state.ended

    @property
    def failed(self) -> bool:
        """Whether it ended without doing what it was to do."""
        return bool(self.state.problem)


def start_job(kind: JobKind, *, of: str, by: str) -> str:
    """Order work and begin it; the id by which it is found."""
    _forget_old()
    order = Order(secrets.token_hex(16), kind, of, by)
    folder = _folder(order.id)
    folder.mkdir(mode=0o700, parents=True)
    _write(folder / "order.json", asdict(order))
    _begin(order)
    return order.id


def resume_job(job: str) -> None:
    """Begin a job again whose process was ended; one at work, or done, is left alone."""
    found = find_job(job)
    if found.interrupted:
        _begin(found.order)


def find_job(job: str) -> Job:
    """A job by its id.

    Raises
    ------
    NotThere
        No such job, or one that ended more than a week ago.
    """
    folder = _folder(job)
    if not job.isalnum() or not (folder / "order.json").is_file():
        raise NotThere("there is no such work, or it ended long ago.", rule="job-exists")
    order = json.loads((folder / "order.json").read_text(encoding="utf-8"))
    at_work = not _is_free(folder)  # asked before the state is read: what ended has told its end
    state = folder / "state.json"
    told = json.loads(state.read_text(encoding="utf-8")) if state.is_file() else {}
    told["said"] = tuple(told.get("said", ()))
    return Job(Order(**order | {"kind": JobKind(order["kind"])}), JobState(**told), at_work)


def find_latest(of: str) -> Job | None:
    """The job begun last for what was brought, if it is remembered."""
    newest = sorted(_root().glob("*/order.json"), key=_age, reverse=True)
    jobs = (find_job(each.parent.name) for each in newest)
    return next((job for job in jobs if job.order.of == of), None)


def wait_for(job: str) -> Job:
    """The job once it has ended, or as it stands after a moment."""
    until = time.monotonic() + PATIENCE
    while (found := find_job(job)).at_work and time.monotonic() < until:
        time.sleep(GLANCE)
    return found


@dataclass(slots=True)
class Teller:
    """What work tells while it lasts; it writes now and then, and always at the end."""

    job: str
    _written: float = field(default=0.0)

    def __call__(self, stage: str, *, files: int = 0, of: int = 0, rows: int = 0) -> None:
        """How far it is: the shape of :class:`evenhand.datasets.Progress`."""
        now = time.monotonic()
        if now - self._written >= OFTEN or not rows:
            self._write(JobState(stage.capitalize(), files, of, rows))
            self._written = now

    def end(self, *said: str, goes_to: str) -> None:
        """It did what it was to do."""
        self._write(JobState("Done", ended=True, said=said, goes_to=goes_to))

    def fail(self, error: EvenhandError) -> None:
        """It ended without."""
        problem = f"{error.where}: {error.problem}" if error.where else error.problem
        problem = f"{problem[:1].upper()}{problem[1:]}"
        self._write(JobState("Ended", ended=True, problem=problem, remedy=error.remedy))

    def _write(self, state: JobState) -> None:
        _write(_folder(self.job) / "state.json", asdict(state))


@contextmanager
def one_at_a_time(family: str) -> Iterator[None]:
    """Two measurings of one family wait for each other."""
    place = _root()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock(place / f"{family}.lock"):
        yield


def run_in_process(order: Order) -> None:
    """Start a process for a job; it inherits the job's lock and holds it until it ends."""
    held = take(_folder(order.id) / "lock")
    if held is None:
        return
    with held:
        environment = os.environ | {"EVENHAND_HOME": str(settings.HOME.folder)}
        subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-m", "evenhand.web.loads", order.id],
            env=environment,
            pass_fds=[held.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )


def _begin(order: Order) -> None:
    (_folder(order.id) / "state.json").unlink(missing_ok=True)
    begin: Callable[[Order], object] = import_string(settings.JOBS)
    begin(order)


def _is_free(folder: Path) -> bool:
    held = take(folder / "lock")
    if held is not None:
        held.close()
    return held is not None


def _root() -> Path:
    home: Path = settings.HOME.folder
    return home / "jobs"


def _age(path: Path) -> float:
    return path.stat().st_mtime


def _folder(job: str) -> Path:
    return _root() / job


def _write(path: Path, content: object) -> None:
    write_whole(path, json.dumps(content, ensure_ascii=False).encode())


def _forget_old() -> None:
    if not _root().is_dir():
        return
    for folder in _root().iterdir():
        if folder.is_dir() and time.time() - folder.stat().st_mtime > KEPT and _is_free(folder):
            shutil.rmtree(folder, ignore_errors=True)
