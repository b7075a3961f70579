"""The made-up site of these tests, and small released tables to draw."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from evenhand.publication import Site, write_site


def load_samples() -> ModuleType:
    """The module beside this file; tests are not a package, so it is loaded by its path."""
    path = Path(__file__).with_name("sample_site.py")
    spec = importlib.util.spec_from_file_location("publication_samples", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    """What the made-up site is built from."""
    return load_samples()


@pytest.fixture(scope="session")
def site(samples: ModuleType) -> Site:
    """The whole made-up site."""
    made: Site = samples.make_site(services=1, units=1)
    return made


@pytest.fixture(scope="session")
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, written once for all that only read it."""
    out = tmp_path_factory.mktemp("written") / "site"
    write_site(site, out)
    return out
