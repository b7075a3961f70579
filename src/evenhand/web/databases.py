"""Which database holds the record: SQLite in the home folder, or PostgreSQL by address."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from evenhand.core import UsageProblem
from evenhand.web.home import Home

BUSY_SECONDS = 20  # a writer waits this long for another before it gives up
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; "
    "PRAGMA secure_delete=ON;"
)
"""WAL lets readers read while one writes. FULL, not NORMAL: once a page or a printed root has shown
an event, a power cut must not take that event back. What is erased is overwritten with zeros."""


def choose_database(address: str | None, home: Home) -> dict[str, Any]:
    """Django's description of the database at ``DATABASE_URL``, or of the file in the home folder.

    A server that is reached by a socket has the folder for a host, written ``%2Frun%2Fpostgresql``
    or ``?host=/run/postgresql``; other options of libpq (``?sslmode=require``) are passed on.

    Raises
    ------
    UsageProblem
        When the address is of a kind that is not tested here.
    """
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home.database),
            # Opening costs more than most questions; a thread keeps its own for a minute.
            "CONN_MAX_AGE": 60,
            # IMMEDIATE: a command reads, decides and writes; two must not read the same state.
            "OPTIONS": {
                "timeout": BUSY_SECONDS,
                "transaction_mode": "IMMEDIATE",
                "init_command": SQLITE_START,
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql"):
        raise UsageProblem(
            f"DATABASE_URL begins with {parts.scheme!r}.",
            remedy="Write postgresql://user:password@host:port/name, or leave it out for SQLite.",
            rule="database-address",
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or _read_host(parts),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _read_host(parts: SplitResult) -> str:
    """The host as written: the folder of a socket (``%2Frun%2Fpg``) may have capital letters."""
    written = parts.netloc.rpartition("@")[2]
    if written.startswith("["):
        return written[1:].partition("]")[0]
    return unquote(written.partition(":")[0])
