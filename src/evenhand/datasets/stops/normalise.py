"""A batch of text rows to typed rows in one vocabulary, and every fault found on the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.codelists import Kind, get_codelist
from evenhand.datasets.arrow import Array, from_flags, from_numbers
from evenhand.datasets.batches import Batch
from evenhand.datasets.fingerprint import mix
from evenhand.datasets.london_time import DAY, to_local
from evenhand.datasets.stamps import BLANK, read_stamps
from evenhand.datasets.stops.cells import NULL, RowFault, Rows, read_codes, read_degrees, read_flags
from evenhand.datasets.stops.contract import FLOOR, LATITUDES, LONGITUDES, STOPS
from evenhand.datasets.stops.ethnicity import SelfDefined
from evenhand.datasets.stops.places import FileName, find_service, read_file_name
from evenhand.datasets.stops.schema import CODED, FLAGS
from evenhand.datasets.words import Hashes, Index, Lexicon, hash_words, split_words

MIDNIGHT_SHARE = 0.10
"""Share of a file's rows at exactly midnight above which midnight means that the time is unknown.
Times rounded to the hour would put 1 in 24 (4.2%) there; a tenth is more than twice that."""
MIDNIGHT_ROWS = 5
"""Fewer rows at midnight than this prove nothing, unless they are all there is."""


@dataclass(frozen=True, slots=True)
class Normal:
    """Typed rows of a batch, all of them; ``keep`` says which obey every rule.

    ``key`` stands for a row's content without its service, ``fingerprint`` with it. ``blanks`` says
    per column where nothing was recorded.
    """

    names: tuple[FileName, ...]
    owners: Rows
    lines: Rows
    columns: dict[str, Array]
    keep: NDArray[np.bool_]
    key: Hashes
    fingerprint: Hashes
    service: Index
    month: Rows
    midnight: NDArray[np.bool_]
    blanks: dict[str, NDArray[np.bool_]]
    faults: list[RowFault]


@dataclass(slots=True)
class _Work:
    """What is gathered while the columns of one batch are read."""

    batch: Batch
    owners: Rows
    names: tuple[FileName, ...]
    columns: dict[str, Array] = field(default_factory=dict)
    blanks: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)
    key: Hashes = field(init=False)

    def __post_init__(self) -> None:
        self.key = np.zeros(self.rows, dtype=np.uint64)

    @property
    def rows(self) -> int:
        return len(self.batch.lines)


class Normaliser:
    """Reads batch after batch with one memory of spellings. ``at`` is the moment of loading."""

    def __init__(self, *, at: dt.datetime) -> None:
        self._at = int(to_local(np.asarray([int(at.timestamp()) * 1_000_000]))[0])
        self.services = Lexicon.over("service", find_service)
        self._units = Lexicon.over("unit", lambda text: " ".join(text.split()), [""])
        self._months = Lexicon.over("month", str)
        self._files = Lexicon.over("file", str)
        self._self_defined = SelfDefined()
        self._coded = {name: _lexicon_of(name) for name in CODED}
        self._blank = {name: lexicon.place("not-recorded") for name, lexicon in self._coded.items()}

    def normalise(self, batch: Batch) -> Normal:
        """All rows of the batch, typed; each fault of each row."""
        names = tuple(read_file_name(piece.member.name) for piece in batch.pieces)
        work = _Work(batch, batch.owners, names)
        service = self._read_service(work)
        unit = self._read_unit(work)
        local = self._read_time(work)
        self._read_codes(work)
        self._read_flags(work)
        self._read_place(work)
        month = self._add_month(work, local)
        self._add_origin(work)
        keep = np.ones(work.rows, dtype=np.bool_)
        for fault in work.faults:
            if STOPS.rules[fault.rule].severity == "row":
                keep[fault.rows] = False
        midnight = keep & (local % DAY == 0)
        place = work.owners * len(self.services.categories) + service
        group = place * len(self._units.categories) + unit
        work.columns["time_known"] = from_flags(~_time_unknown(midnight, keep, group))
        key = mix(work.key)
        return Normal(
            names=names,
            owners=work.owners,
            lines=batch.lines,
            columns=work.columns,
            keep=keep,
            key=key,
            fingerprint=mix(key ^ _take(self.services.hashes(), service)),
            service=service,
            month=month,
            midnight=midnight,
            blanks=work.blanks,
            faults=work.faults,
        )

    def _read_service(self, work: _Work) -> Index:
        of_file = np.asarray([self.services.place(n.service) for n in work.names], dtype=np.int32)
        index = of_file[work.owners]
        column = work.batch.columns.get("service")
        if column is not None:
            words, values = split_words(column)
            blank = np.asarray([not value.strip() for value in values], dtype=np.bool_)
            table = self.services.look_up([value or "unnamed" for value in values])
            if len(table):
                index = np.where(blank[words], index, table[words]).astype(np.int32)
        work.columns["service"] = self.services.column(index)
        return index

    def _read_unit(self, work: _Work) -> Index:
        column = work.batch.columns.get("unit")
        index = np.zeros(work.rows, dtype=np.int32)
        if column is not None:
            words, values = split_words(column)
            table = self._units.look_up(values)
            index = table[words] if len(table) else words
        work.columns["unit"] = self._units.column(index)
        work.key += _take(self._units.hashes(), index)
        return index

    def _read_time(self, work: _Work) -> Rows:
        columns = work.batch.columns
        time: Any = columns.get("time")
        if time is not None and pa.types.is_dictionary(time.type):
            time = time.dictionary_decode()
        stamps = read_stamps(columns["stamp"], time)
        title = STOPS.field("stamp").title
        for found, rows in stamps.found.items():
            rule = "date-present" if found == BLANK else "date-readable"
            work.faults.append(RowFault(rule, title, found, rows))
        self._check_dates(work, stamps.local, stamps.readable)
        work.columns["at"] = from_numbers(stamps.local).cast(pa.timestamp("us"))
        work.key += mix(stamps.local.view(np.uint64))
        return stamps.local

    def _check_dates(self, work: _Work, local: Rows, readable: NDArray[np.bool_]) -> None:
        title = STOPS.field("stamp").title
        late = np.flatnonzero(readable & (local > self._at))
        early = np.flatnonzero(readable & (local < _FLOOR))
        for rule, rows in (("date-not-future", late), ("date-not-before-power", early)):
            years = local[rows].astype("datetime64[us]").astype("datetime64[Y]").astype(str)
            for year in sorted(set(years.tolist())):
                work.faults.append(RowFault(rule, title, f"a date in {year}", rows[years == year]))

    def _read_codes(self, work: _Work) -> None:
        for name, lexicon in self._coded.items():
            spec = STOPS.field(name)
            index, faults = read_codes(
                work.batch.columns[name], lexicon, title=spec.title, other=spec.other
            )
            work.columns[name] = lexicon.column(np.maximum(index, 0))
            work.blanks[name] = index == self._blank[name]
            work.faults += faults
            work.key += _take(lexicon.hashes(), index)
        files = [piece.member.name for piece in work.batch.pieces]
        title = STOPS.field("self_defined").title
        index, faults = self._self_defined.read(
            work.batch.columns["self_defined"], work.owners, files, title=title
        )
        work.faults += faults
        known = np.maximum(index, 0)
        work.columns["self_defined"] = self._self_defined.codes(known)
        work.columns["frame"] = self._self_defined.frames(known)
        work.blanks["self_defined"] = self._self_defined.blank[known]
        work.key += _take(self._self_defined.hashes(), known)

    def _read_flags(self, work: _Work) -> None:
        for name in FLAGS:
            index = np.full(work.rows, NULL, dtype=np.int32)
            if name in work.batch.columns:
                title = STOPS.field(name).title
                index, faults = read_flags(work.batch.columns[name], title=title)
                work.faults += faults
            work.blanks[name] = index == NULL
            work.columns[name] = from_flags(index == 1, missing=index >= NULL)
            work.key += _take(hash_words(name, ["false", "true", "", "?"]), index)

    def _read_place(self, work: _Work) -> None:
        for name, (low, high) in (("latitude", LATITUDES), ("longitude", LONGITUDES)):
            degrees = np.full(work.rows, np.nan)
            if name in work.batch.columns:
                title = STOPS.field(name).title
                degrees, faults = read_degrees(work.batch.columns[name], title=title)
                work.faults += faults
                outside = np.flatnonzero((degrees < low) | (degrees > high))
                if len(outside):
                    found = "outside the United Kingdom"
                    work.faults.append(RowFault("place-in-uk", title, found, outside))
            missing = np.isnan(degrees)
            work.blanks[name] = missing
            work.columns[name] = from_numbers(degrees, missing=missing)
            millionths = np.rint(np.where(missing, -1e9, degrees) * 1e6).astype(np.int64)
            work.key += mix(millionths.view(np.uint64) ^ hash_words(name, [""])[0])

    def _add_month(self, work: _Work, local: Rows) -> Rows:
        months = local.astype("datetime64[us]").astype("datetime64[M]")
        number = months.astype(np.int64)
        distinct, inverse = np.unique(number, return_inverse=True)
        table = np.asarray(
            [self._months.place(str(month)) for month in distinct.astype("datetime64[M]")],
            dtype=np.int32,
        )
        work.columns["month"] = self._months.column(_take(table, inverse))
        of_file = np.asarray([self._months.place(n.month) for n in work.names], dtype=np.int32)
        work.columns["file_month"] = self._months.column(_take(of_file, work.owners))
        return number

    def _add_origin(self, work: _Work) -> None:
        files = [self._files.place(piece.member.name) for piece in work.batch.pieces]
        of_file = np.asarray(files, dtype=np.int32)
        work.columns["file"] = self._files.column(_take(of_file, work.owners))
        work.columns["line"] = from_numbers(work.batch.lines)


_FLOOR = int(dt.datetime(FLOOR.year, FLOOR.month, FLOOR.day, tzinfo=dt.UTC).timestamp()) * 10**6


def _lexicon_of(name: str) -> Lexicon:
    (codelist,) = STOPS.field(name).codelists
    codes = get_codelist(codelist)

    def find(text: str) -> str | None:
        code = codes.find(text)
        return None if code is None else code.code

    first = [code.code for code in codes.codes if code.kind is Kind.NOT_RECORDED]
    return Lexicon.over(name, find, first)


def _take(table: NDArray[np.generic], index: NDArray[np.integer]) -> NDArray:  # type: ignore[type-arg]
    return table[index] if len(table) else np.zeros(len(index), dtype=table.dtype)


def _time_unknown(
    midnight: NDArray[np.bool_], keep: NDArray[np.bool_], group: Rows
) -> NDArray[np.bool_]:
    """Rows at midnight in a file, service and unit where midnight is for an unknown time."""
    if not midnight.any():
        return midnight
    _, inverse = np.unique(group, return_inverse=True)
    rows = np.bincount(inverse, weights=keep)
    at_midnight = np.bincount(inverse, weights=midnight, minlength=len(rows))
    enough = (at_midnight >= MIDNIGHT_ROWS) & (at_midnight >= MIDNIGHT_SHARE * rows)
    meant = enough | (at_midnight == rows)
    unknown: NDArray[np.bool_] = midnight & meant[inverse]
    return unknown
