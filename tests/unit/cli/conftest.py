"""The command as the shell runs it, in this process, and tiny archives to give it."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evenhand.cli import main
from evenhand.datasets.cube import build

HEADER = (
    "Type,Date,Part of a policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)
ROW = (
    "Person search,2020-07-03T10:{minute:02d}:{second:02d}+00:00,False,51.1,0.5,Male,18-24,"
    "{self_defined},{officer},Misuse of Drugs Act 1971 (section 23),Controlled drugs,{outcome},"
    "False,False"
)
WHITE = "White - English/Welsh/Scottish/Northern Irish/British", "White"
BLACK = "Black/African/Caribbean/Black British - African", "Black"
NAME = "2020-07-kent-stop-and-search.csv"
KENT = "area_code,area_name,service\nX1,Kent,kent\n"
PEOPLE = (
    "area code,area name,ethnic group,residents\nX1,Kent,White,900000\nX1,Kent,Mixed,20000\n"
    "X1,Kent,Asian,40000\nX1,Kent,Black,60000\nX1,Kent,Other,10000\n"
)


@dataclass(frozen=True)
class Outcome:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> dict[str, Any]:
        """The one JSON object on stdout; anything beside it is refused."""
        lines = self.out.strip()
        found: dict[str, Any] = json.loads(lines)
        assert isinstance(found, dict)
        return found


@pytest.fixture
def evenhand(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Outcome]]:
    before = signal.getsignal(signal.SIGINT)

    def call(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["evenhand", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        code = ended.value.code
        return Outcome(code if isinstance(code, int) else int(bool(code)), *printed)

    yield call
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session", autouse=True)
def _statement_written_once() -> Iterator[None]:
    """The cube's statement takes longer to write than these few rows take to count."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "build_statement", cache(build.build_statement))
        yield


def build_file(*, bad: str = "", white: int = 60, black: int = 30) -> str:
    """A month of searches, a tenth of them arrests; ``bad`` is an outcome no list knows."""
    rows = []
    for group, times in ((WHITE, white), (BLACK, black)):
        for i in range(times):
            outcome = bad or ("Arrest" if i % 10 == 0 else "A no further action disposal")
            minute, second = divmod(len(rows), 60)
            rows.append(
                ROW.format(minute=minute, second=second, self_defined=group[0], officer=group[1],
                           outcome=outcome)
            )  # fmt: skip
    return "\n".join([HEADER, *rows, ""])


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A good month of one service."""
    path = tmp_path / NAME
    path.write_text(build_file(), encoding="utf-8")
    return path


@pytest.fixture
def residents(tmp_path: Path) -> list[str]:
    """The options that give the service its residents."""
    (tmp_path / "areas.csv").write_text(KENT, encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return ["--population", str(tmp_path / "people.csv"), "--areas", str(tmp_path / "areas.csv")]


@pytest.fixture
def file_of() -> Callable[..., str]:
    return build_file
