"""Papers written for these tests, and the real ones kept beside the repository."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.datasets.papers import PaperDraft, read_paper

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[4] / "shared"


@pytest.fixture
def read() -> Callable[[str], PaperDraft]:
    """Read a contract file by its path below this folder."""

    def reader(path: str) -> PaperDraft:
        file = HERE / path
        return read_paper(file.read_bytes(), filename=file.name)

    return reader


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "seeds").is_dir():
        pytest.skip("needs the real papers in ../shared beside the repository")
    return SHARED
