"""Which service, month and local unit a row is of: from its columns, else from its file's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from evenhand.codelists import get_codelist

_PUBLISHED = re.compile(
    r"(?P<month>\d{4}-(0[1-9]|1[0-2]))-(?P<service>[\w-]+?)-stop-and-search", re.IGNORECASE
)
_MONTH = re.compile(r"(?<!\d)(?P<month>\d{4}-(0[1-9]|1[0-2]))(?!\d)")
_SUFFIX = re.compile(r"\s+(police(\s+(service|force))?|constabulary)\s*$", re.IGNORECASE)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class FileName:
    """What a file's name says; ``named`` is false when the service is only the bare file name."""

    service: str
    month: str
    named: bool


def read_file_name(name: str) -> FileName:
    """Read ``2020-07-kent-stop-and-search.csv``; from another name, the name itself."""
    base = PurePosixPath(name.replace("\\", "/")).name
    found = _PUBLISHED.search(base)
    if found:
        return FileName(find_service(found["service"]), found["month"], True)
    month = _MONTH.search(base)
    stem = re.sub(r"(\.csv|\.tsv|\.txt|\.parquet|\.pq|\.gz)+$", "", base, flags=re.IGNORECASE)
    return FileName(to_slug(stem) or "unnamed", month["month"] if month else "", False)


def find_service(text: str) -> str:
    """The service's id for any known spelling of its name; otherwise the name as an id."""
    for name in (text, _SUFFIX.sub("", text)):
        code = get_codelist("police-service").find(name) if name.strip() else None
        if code is not None and code.is_known:
            return code.code
    return to_slug(text)


def to_slug(text: str) -> str:
    """Lower-case words joined by hyphens."""
    return _NOT_SLUG.sub("-", text.casefold()).strip("-")
