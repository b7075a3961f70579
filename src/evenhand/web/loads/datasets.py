"""The datasets that can be brought: how each is checked, loaded, and measured once loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from evenhand.core import UsageProblem
from evenhand.datasets import Lake, Progress, QualityReport, check_files, load_stops
from evenhand.datasets.population import check_residents, keep_residents
from evenhand.datasets.sources import Source
from evenhand.datasets.workforce import DATASETS as WORKFORCE
from evenhand.datasets.workforce import WorkforceLake, check_workforce, load_workforce
from evenhand.datasets.workforce.mappings import Mapping, list_mappings


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loading did: the lake's id of the load (empty: every row was there) and its report."""

    id: str
    report: QualityReport


Check = Callable[[Sequence[Path], datetime, Progress], QualityReport]
Put = Callable[[Sequence[Path], Path, datetime, Progress], Loaded]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One kind of file: what it is measured with, what it accepts, how it is read.

    ``family`` names the measurement that its rows belong to; ``load`` takes the home folder.
    ``into`` is the dataset whose lake the rows go to, which a published file shares with others.
    """

    id: str
    family: str
    into: str
    title: str
    accepts: tuple[str, ...]
    help: str
    check: Check
    load: Put

    @property
    def is_mapped(self) -> bool:
        """Whether it is somebody else's file, read by a mapping."""
        return self.into != self.id


def _check_stops(paths: Sequence[Path], at: datetime, tell: Progress) -> QualityReport:
    return check_files(list(paths), at=at, progress=tell)


def _load_stops(paths: Sequence[Path], home: Path, at: datetime, tell: Progress) -> Loaded:
    done = load_stops(list(paths), lake=open_lake(home, "stops"), at=at, progress=tell)
    return Loaded(done.id, done.report)


STOPS = Dataset(
    id="stops",
    family="stops",
    into="stops",
    title="Stops and searches",
    accepts=(".zip", ".csv", ".gz", ".parquet"),
    help="An archive as data.police.uk gives it, or single files of it.",
    check=_check_stops,
    load=_load_stops,
)


def _check_residents(paths: Sequence[Path], _at: datetime, _tell: Progress) -> QualityReport:
    return check_residents(paths)


def _load_residents(paths: Sequence[Path], home: Path, at: datetime, _tell: Progress) -> Loaded:
    done = keep_residents(paths, lake=open_lake(home, "residents"), at=at)
    return Loaded(done.id, done.report)


RESIDENTS = Dataset(
    id="residents",
    family="stops",
    into="residents",
    title="Residents by area and ethnic group",
    accepts=(".csv", ".gz", ".parquet"),
    help="A census table by local authority, as Census 2021 TS021, and if need be a look-up of "
    "areas of your own beside it. What is loaded last is what rates are over.",
    check=_check_residents,
    load=_load_residents,
)


def _about_people(
    ident: str,
    title: str,
    *,
    of: str,
    accepts: tuple[str, ...],
    help_: str,
    mapping: Mapping | None,
) -> Dataset:
    def read(paths: Sequence[Path]) -> list[Source]:
        return list(paths) if mapping is None else [mapping.read(path) for path in paths]

    def check(paths: Sequence[Path], at: datetime, tell: Progress) -> QualityReport:
        return check_workforce(of, read(paths), at=at, progress=tell)

    def load(paths: Sequence[Path], home: Path, at: datetime, tell: Progress) -> Loaded:
        lake = open_workforce(home)
        done = load_workforce(of, read(paths), lake=lake, at=at, progress=tell)
        return Loaded(done.id, done.report)

    return Dataset(ident, "workforce", of, title, accepts, help_, check, load)


PEOPLE = tuple(
    _about_people(
        each.id,
        each.contract.title,
        of=each.id,
        accepts=(".csv", ".gz", ".xlsx", ".parquet"),
        help_="Files as the template of this dataset lays them out; people by pseudonym only.",
        mapping=None,
    )
    for each in WORKFORCE.values()
)
PUBLISHED = tuple(
    _about_people(
        each.id,
        each.title,
        of=each.dataset,
        accepts=each.accepts,
        help_=f"{each.source} {each.caution}",
        mapping=each,
    )
    for each in list_mappings()
)

DATASETS = {dataset.id: dataset for dataset in (STOPS, RESIDENTS, *PEOPLE, *PUBLISHED)}


def get_dataset(ident: str) -> Dataset:
    """The dataset of this name; refused with the names there are."""
    if ident not in DATASETS:
        raise UsageProblem(
            "there is no such dataset.",
            remedy=f"Choose one of: {', '.join(DATASETS)}.",
            rule="dataset-exists",
        )
    return DATASETS[ident]


def list_members(family: str) -> list[Dataset]:
    """The datasets that are measured together, each lake once."""
    members = (dataset for dataset in DATASETS.values() if not dataset.is_mapped)
    return [dataset for dataset in members if dataset.family == family]


def open_lake(home: Path, dataset: str) -> Lake:
    """Where an installation keeps the checked rows of a dataset."""
    found = get_dataset(dataset)
    if found.family == "workforce":
        return open_workforce(home).of(found.into)
    return Lake(home / "lake" / found.into)


def open_workforce(home: Path) -> WorkforceLake:
    """Where an installation keeps what is about the people of the service."""
    return WorkforceLake(home / "lake" / "workforce")
