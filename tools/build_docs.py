"""Build the documentation site from the project's own Markdown into build/docs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "build" / "docs-pages"


def main() -> None:
    """Lay the pages out as one tree, then let the builder turn them into a site."""
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.copytree(ROOT / "docs", PAGES)
    for name, page in (("README", "index"), ("GLOSSARY", "glossary"), ("CHANGELOG", "changelog")):
        text = (ROOT / f"{name}.md").read_text(encoding="utf-8")
        (PAGES / f"{page}.md").write_text(_relinked(text), encoding="utf-8")
    subprocess.run(  # noqa: S603 - our own interpreter and our own file
        [sys.executable, "-m", "zensical", "build", "-f", str(ROOT / "mkdocs.yml")], check=True
    )


def _relinked(text: str) -> str:
    """Links of the front papers as they stand in the tree of pages."""
    for old, new in (
        ("docs/images/", "images/"),
        ("](GLOSSARY.md)", "](glossary.md)"),
        ("](CHANGELOG.md)", "](changelog.md)"),
        ("](docs/", "]("),
    ):
        text = text.replace(old, new)
    return text


if __name__ == "__main__":
    main()
