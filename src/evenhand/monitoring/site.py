"""The monitoring site: a front page of findings, a page and a pack for every place, the method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.disclosure import ReleasedTable
from evenhand.indicators import STOPS, Place
from evenhand.monitoring.about import build_method_page
from evenhand.monitoring.blocks import build_blocks
from evenhand.monitoring.pack import build_pack, label_of
from evenhand.monitoring.release import Release
from evenhand.monitoring.scene import Scene
from evenhand.publication import Notice, Page, PageKind, Provenance, Site


@dataclass(frozen=True, slots=True)
class Labels:
    """What the run is called, by whoever runs it."""

    title: str
    service: str
    source: str
    synthetic: bool = False


def build_site(
    release: Release,
    labels: Labels,
    *,
    notices: Sequence[Notice],
    quality: Page,
    provenance: Provenance,
) -> Site:
    """Lay a release out as pages; nothing is computed here that is not in its tables."""
    pages = [_build_place_page(release, place) for place in _in_reading_order(release)]
    return Site(
        title=labels.title,
        service=labels.service,
        period=release.period.words,
        lead="Is the power to stop and search people used evenly? What the records say, how sure "
        "we can be, and what they cannot show.",
        provenance=provenance,
        pages=(_build_front(release), *pages, quality, build_method_page(release)),
        notices=tuple(notices),
        synthetic=labels.synthetic,
        source=labels.source,
    )


def _in_reading_order(release: Release) -> list[Place]:
    """The whole, then each service followed by its units."""
    return sorted(release.places, key=lambda place: (place.service, place.unit))


def _build_front(release: Release) -> Page:
    return Page(
        path="",
        title="Findings",
        kind=PageKind.FRONT,
        lead="The findings that matter first. Each is one comparison, with its uncertainty.",
        findings=release.findings,
    )


def _build_place_page(release: Release, place: Place) -> Page:
    scene = Scene(release, release.by_place[place])
    blocks = build_blocks(scene)
    return Page(
        path=release.paths[place],
        title=label_of(scene),
        kind=PageKind.UNIT if place.unit else PageKind.SERVICE,
        lead=f"{len(STOPS)} questions about stop and search, {scene.period.words}.",
        parent=release.paths[Place(place.service)] if place.unit else "",
        findings=_own(scene),
        blocks=blocks,
        pack=build_pack(scene, blocks) if place.service else None,
    )


def _own(scene: Scene) -> ReleasedTable | None:
    found = scene.figures.listed
    return found if found and len(found.table) else None
