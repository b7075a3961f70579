"""Pages, charts, packs and open data, drawn only from tables that are released."""

from evenhand.core import Signal
from evenhand.publication.charts import (
    Bars,
    Chart,
    Funnel,
    Intervals,
    Layout,
    Limits,
    Scale,
    SmallMultiples,
    Trend,
)
from evenhand.publication.model import (
    Block,
    KeyFigure,
    Link,
    Load,
    MethodNote,
    Notice,
    Pack,
    Page,
    PageKind,
    Provenance,
    Site,
)
from evenhand.publication.site import Progress, SiteReport, write_site
from evenhand.publication.slugs import slug
from evenhand.publication.swap import is_site, require_site
from evenhand.publication.view import TableView

__all__ = [
    "Bars",
    "Block",
    "Chart",
    "Funnel",
    "Intervals",
    "KeyFigure",
    "Layout",
    "Limits",
    "Link",
    "Load",
    "MethodNote",
    "Notice",
    "Pack",
    "Page",
    "PageKind",
    "Progress",
    "Provenance",
    "Scale",
    "Signal",
    "Site",
    "SiteReport",
    "SmallMultiples",
    "TableView",
    "Trend",
    "is_site",
    "require_site",
    "slug",
    "write_site",
]
