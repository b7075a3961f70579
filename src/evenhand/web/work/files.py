"""Evidence files on disk, each under its own hash: written once, checked when read."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from evenhand.core import LedgerBroken, UnreadableFile


def save_file(content: bytes, *, sha256: str, folder: Path | None = None) -> None:
    """Keep a file under its hash; the same content twice is kept once.

    Written beside and renamed, so that a kill leaves nothing under the final name. It is saved
    before the row that names it: a file that no row names does no harm.
    """
    path = _path(sha256, folder)
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(number, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    Path(name).rename(path)


def load_file(sha256: str, *, folder: Path | None = None) -> bytes:
    """The file with this hash; refused when it is gone or is not what was hashed."""
    try:
        content = _path(sha256, folder).read_bytes()
    except OSError:
        raise UnreadableFile("the evidence file is not in its place.") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise LedgerBroken("an evidence file is not what was offered.", rule="evidence-hash")
    return content


def delete_file(sha256: str, *, folder: Path | None = None) -> None:
    """Delete a file whose content the law had erased; one that is gone already is no fault."""
    _path(sha256, folder).unlink(missing_ok=True)


def _path(sha256: str, folder: Path | None) -> Path:
    kept: Path = folder or settings.HOME.evidence
    return kept / sha256[:2] / sha256
