"""A real browser, the people at it, and the made-up site of the publication tests to open."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from .people import Person, Visitor
from .serving import PASSWORD

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


@pytest.fixture
def come(browser: Any, address: str) -> Iterator[Callable[[str], Visitor]]:
    """Somebody comes to the register: by the name of an account, or as a visitor without one."""
    contexts = []

    def open_page(name: str) -> Visitor:
        context = browser.new_context(locale="en-GB", viewport={"width": 1000, "height": 800})
        contexts.append(context)
        page = context.new_page()
        return Person(page, address, name, PASSWORD) if name else Visitor(page, address)

    yield open_page
    for context in contexts:
        context.close()
