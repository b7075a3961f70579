"""Files of public twins: in a folder of their own, so that no address can lead to a private one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from evenhand.core import UsageProblem
from evenhand.web.work.files import delete_file, load_file, save_file


@dataclass(frozen=True, slots=True)
class Twin:
    """A public version of evidence as it is sent, and what was taken out of it."""

    content: bytes
    filename: str
    media_type: str
    left_out: str

    def __post_init__(self) -> None:
        if not self.content:
            raise UsageProblem("a public twin is a file.", rule="twin-shape")
        if not self.left_out.strip():
            raise UsageProblem(
                "say what was left out and why, so that a reader knows.", rule="twin-shape"
            )


def save_twin(content: bytes, *, sha256: str) -> None:
    """Keep a public twin under its hash."""
    save_file(content, sha256=sha256, folder=_folder())


def load_twin(sha256: str) -> bytes:
    """The public twin with this hash; refused when it is not what was passed."""
    return load_file(sha256, folder=_folder())


def delete_twin(sha256: str) -> None:
    """Delete a twin that the law had erased; one that is gone already is no fault."""
    delete_file(sha256, folder=_folder())


def _folder() -> Path:
    home: Path = settings.HOME.twins
    return home
