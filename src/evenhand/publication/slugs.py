"""File and link names from the names of services, units and groups."""

from __future__ import annotations

import re
import unicodedata

from evenhand.core import UsageProblem


def slug(name: str) -> str:
    """The name as lower-case words joined by hyphens, safe as a folder, a file and a link.

    Example:
        >>> slug("Avon & Somerset Constabulary")
        'avon-and-somerset-constabulary'

        Two different names may give one slug; the site refuses the second page of a path.
    """
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore")
    made = "-".join(re.findall(r"[a-z0-9]+", plain.decode().lower().replace("'", "")))
    if not made:
        raise UsageProblem(
            f"no file name can be made from {name!r}.",
            remedy="Give it a name with a letter or a digit.",
            rule="paths-are-slugs",
        )
    return made
