"""Which files are rows of the dataset and which are passed over; names a report can use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

_OTHER_DATASET = re.compile(r"-(street|outcomes|neighbourhoods?)\.csv(\.gz)?$", re.IGNORECASE)
_TEXT = (".csv", ".csv.gz", ".tsv", ".txt.gz")


def is_text(name: str) -> bool:
    """Whether the name is that of delimited text."""
    return name.lower().endswith(_TEXT)


def is_parquet(name: str) -> bool:
    """Whether the name is that of a Parquet file."""
    return name.lower().endswith((".parquet", ".pq"))


def is_workbook(name: str) -> bool:
    """Whether the name is that of an Excel workbook."""
    return name.lower().endswith(".xlsx")


def find_reason_to_ignore(name: str) -> str | None:
    """Why a file found in an archive or folder is not read, or None when it is."""
    path = PurePosixPath(name)
    if path.name.startswith((".", "~$")) or "__MACOSX" in path.parts:
        return "left behind by an operating system"
    if _OTHER_DATASET.search(path.name):
        return "another dataset of the same publisher: not stops and searches"
    if path.name.lower().endswith((".zip", ".7z", ".rar", ".tar", ".tgz")):
        return "an archive inside an archive is not opened"
    if not (is_text(name) or is_parquet(name)):
        return "not a CSV or Parquet file by its name"
    return None


class Names:
    """Gives every file a name of its own, the shortest that tells it from those before."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, short: str, long: str) -> str:
        """``short`` unless another file has it, then ``long``, then ``long`` with a number."""
        name = next(name for name in self._candidates(short, long) if name not in self._taken)
        self._taken.add(name)
        return name

    @staticmethod
    def _candidates(short: str, long: str) -> Iterator[str]:
        yield short
        yield long
        number = 2
        while True:
            yield f"{long} ({number})"
            number += 1
