"""A real browser, and the made-up site of the publication tests for it to open."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, without a window."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("needs Chromium: sudo apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    """What the made-up site is built from, shared with the unit tests of publication."""
    path = Path(__file__).parents[1] / "unit/publication/sample_site.py"
    spec = importlib.util.spec_from_file_location("publication_samples_for_browser", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def folder(samples: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up site, written once."""
    from evenhand.publication import write_site

    out: Path = tmp_path_factory.mktemp("browser") / "site"
    write_site(samples.make_site(services=1, units=1), out)
    return out
