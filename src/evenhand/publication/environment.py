"""The templates, compiled once, escaping everything and refusing a name they were not given."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined, Template


@lru_cache
def get_environment() -> Environment:
    """All templates of the package, read into memory."""
    folder = files(__package__) / "templates"
    sources = {item.name: item.read_text("utf-8") for item in folder.iterdir()}
    return Environment(
        loader=DictLoader(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def get_template(name: str) -> Template:
    """One compiled template."""
    return get_environment().get_template(name)


@lru_cache
def list_static() -> tuple[tuple[str, bytes], ...]:
    """The stylesheets and the mark, as every site carries them."""
    folder = files(__package__) / "static"
    found = sorted(folder.iterdir(), key=lambda item: item.name)
    return tuple((item.name, item.read_bytes()) for item in found)
