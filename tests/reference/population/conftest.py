"""The real files kept beside the repository, or a plain reason for skipping."""

from __future__ import annotations

from pathlib import Path

import pytest

_SHARED = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture
def shared_files() -> Path:
    if not _SHARED.is_dir():
        pytest.skip("needs the real files in ../shared/data beside the repository")
    return _SHARED
