"""Puts a finished folder in the place of an old one in one step, or leaves the old one alone."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evenhand.core import UnreadableFile, UsageProblem

MANIFEST = "manifest.json"
FORMAT = "evenhand-site/1"
"""What the manifest of every site of ours says of itself; a folder without it is not replaced."""

_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2), Linux 3.15: two names change places in one step."""
_HERE = -100
"""AT_FDCWD: paths are taken from the working folder."""


def is_site(folder: Path) -> bool:
    """Whether a folder is a site that this program made."""
    try:
        written = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(written, dict) and written.get("format") == FORMAT


def require_site(folder: Path) -> None:
    """Refuse a folder that is not a site made here."""
    if not folder.is_dir():
        raise UnreadableFile(
            "there is no such folder.",
            file=str(folder),
            remedy="Give the folder that `evenhand measure --out` wrote.",
            rule="serve-only-our-sites",
        )
    if not is_site(folder):
        raise UsageProblem(
            f"{folder} is not a site made by evenhand.",
            remedy="Give the folder that `evenhand measure --out` wrote.",
            rule="serve-only-our-sites",
        )


def require_replaceable(out: Path) -> None:
    """Refuse to write over anything but an empty folder or a site of ours."""
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageProblem(
            f"{out} is a file, not a folder.",
            remedy="Give a new folder for the site.",
            rule="write-only-over-our-sites",
        )
    if any(out.iterdir()) and not is_site(out):
        raise UsageProblem(
            f"{out} holds files that are not a site made by evenhand; nothing was written.",
            remedy="Give a new or empty folder for the site.",
            rule="write-only-over-our-sites",
        )


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A new folder beside ``out`` to fill; when the block ends well it takes ``out``'s place.

    Killed at any moment, ``out`` is what it was or wholly new. What a killed run leaves beside it
    is removed by the next run.
    """
    out = out.resolve()
    require_replaceable(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _recover(out)
        _clean(out)
        new = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
    except OSError as why:
        raise UnreadableFile(
            f"a folder cannot be made here ({why.strerror}).",
            file=str(out.parent),
            remedy="Choose a place you may write to.",
        ) from None
    lock = os.open(new, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield new
        new.chmod(0o755)
        _swap(new, out)
    finally:
        os.close(lock)
        shutil.rmtree(new, ignore_errors=True)


def _prefix(out: Path) -> str:
    return f".{out.name}.evenhand-building-"


def _clean(out: Path) -> None:
    """Remove what killed runs left: folders of ours that no living run holds locked."""
    for stale in out.parent.glob(f"{_prefix(out)}*"):
        with suppress(OSError):
            lock = os.open(stale, os.O_RDONLY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(stale, ignore_errors=True)
            finally:
                os.close(lock)


def _swap(new: Path, out: Path) -> None:
    """Exchange the two names in one step where the system can; else in two, recoverably."""
    if not out.exists():
        new.rename(out)
        return
    if not _exchange(new, out):
        old = _set_aside(out)
        out.rename(old)
        new.rename(out)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(new: Path, out: Path) -> bool:
    """Ask Linux to exchange two folders; False where it, or the file system, cannot."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    if call(_HERE, os.fsencode(new), _HERE, os.fsencode(out), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM):
        return False
    raise OSError(code, os.strerror(code), str(out))


def _set_aside(out: Path) -> Path:
    return out.with_name(f".{out.name}.evenhand-previous")


def _recover(out: Path) -> None:
    """Finish or undo a two-step swap that a kill cut short between its steps."""
    old = _set_aside(out)
    if old.is_dir():
        if out.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(out)
