"""Files that wait for a decision, in a folder of their own that nobody else can read."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from evenhand.core import UsageProblem

LARGEST = 1 << 30  # bytes: ten times the largest archive a service publishes in a year
_STRANGE = re.compile(r"[^\w.-]+")
LONGEST_NAME = 120


def keep_files(ref: str, files: Iterable[UploadedFile[Any]]) -> list[Path]:
    """Write what was sent, each in a folder of its own under its own name, made harmless.

    The names matter: those of data.police.uk say which service and month a file is of.
    """
    folder = folder_of(ref)
    folder.mkdir(mode=0o700, parents=True, exist_ok=False)
    try:
        return [_keep(folder, number, file) for number, file in enumerate(files, start=1)]
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def list_kept(ref: str) -> list[Path]:
    """The files that wait, in the order they were sent."""
    folder = folder_of(ref)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def drop_files(ref: str) -> None:
    """Remove what was decided about."""
    shutil.rmtree(folder_of(ref), ignore_errors=True)


def folder_of(ref: str) -> Path:
    """Where the files of one bringing wait."""
    home: Path = settings.HOME.folder
    return home / "brought" / ref


def _keep(folder: Path, number: int, file: UploadedFile[Any]) -> Path:
    if (file.size or 0) > LARGEST:
        raise UsageProblem(
            f"file {number} is larger than {LARGEST >> 30} GiB.",
            remedy="Split it, for example by month, and bring the parts.",
            rule="file-size",
        )
    name = _STRANGE.sub("-", Path(file.name or "").name).lstrip(".")[-LONGEST_NAME:] or "file"
    path = folder / f"{number:04d}" / name
    path.parent.mkdir(mode=0o700)
    with path.open("xb") as stream:
        for chunk in file.chunks():
            stream.write(chunk)
    path.chmod(0o600)
    return path
