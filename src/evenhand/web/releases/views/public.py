"""The public side: pages, files and feeds made from frozen copies and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from evenhand.accountability.releases import tell_story
from evenhand.publication.figures import list_figures
from evenhand.web.foundation.errors import NotThere
from evenhand.web.releases import files
from evenhand.web.releases.choices import ASPECTS, WORDS
from evenhand.web.releases.feeds import FeedEntry, render_feed
from evenhand.web.releases.kept import Kept
from evenhand.web.releases.queries import frozen
from evenhand.web.releases.queries.frozen import RecordRow, ReleaseRow
from evenhand.web.releases.serving import public, render_page
from evenhand.web.releases.whole import Whole, build_whole

CSV = "text/csv; charset=utf-8"
JSON = "application/json"
ATOM = "application/atom+xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@public
def front(newest: ReleaseRow | None, *, base: str) -> Kept:  # noqa: ARG001
    """The whole: charts of how the released recommendations stand, and where to go on."""
    rows = frozen.list_records()
    public_rows = [row for row in rows if not row.is_withdrawn]
    whole = build_whole(row.read() for row in public_rows)
    return render_page(
        "front",
        newest,
        inquiries=_list_inquiries(rows),
        figures=[(block, list_figures(block)) for block in whole.blocks],
        total=len(public_rows),
        withdrawn=len(rows) - len(public_rows),
    )


@public
def inquiry(newest: ReleaseRow | None, *, base: str, ref: str) -> Kept:  # noqa: ARG001
    """What one inquiry recommended, and where each of it stands."""
    rows = frozen.list_records(inquiry=ref)
    if not rows:
        raise NotThere("nothing of this inquiry was ever released.", rule="address-exists")
    title = rows[0].read()["inquiry"]["title"]
    lines = [(row, row.read()) for row in rows]
    return render_page("inquiry", newest, ref=ref, title=title, lines=lines)


@public
def record(newest: ReleaseRow | None, *, base: str, address: str) -> Kept:  # noqa: ARG001
    """One recommendation: its words, its story, and the log of what was public when."""
    row = frozen.get_record(address)
    releases = {each.number: each for each in frozen.list_releases()}
    found = row.read()
    if row.is_withdrawn:
        act = releases[row.release]
        return render_page("withdrawn", newest, status=410, row=row, record=found, act=act)
    return render_page(
        "record",
        newest,
        row=row,
        record=found,
        story=tell_story(found),
        aspects=_list_aspects(found),
        words=[(WORDS[each["kind"]], each) for each in found["words"]],
        log=[(entry, releases[entry["release"]]) for entry in found["log"]][::-1],
        names=ASPECTS,
        known=frozen.list_addresses(),
    )


@public
def record_json(_newest: ReleaseRow | None, *, base: str, address: str) -> Kept:  # noqa: ARG001
    """The frozen copy itself, byte for byte as the manifest’s hash is over it."""
    row = frozen.get_record(address)
    return Kept(row.body.encode(), JSON, 410 if row.is_withdrawn else 200)


@public
def file(newest: ReleaseRow | None, *, base: str, address: str, name: str) -> Kept:  # noqa: ARG001
    """A public twin of evidence, byte for byte; a notice where it is public no more."""
    found = frozen.get_file(address, name)
    if found.content is not None:
        return Kept(found.content, found.media_type, filename=found.name)
    act = frozen.get_release(found.record.release)
    return render_page(
        "withdrawn-file",
        newest,
        status=410,
        row=found.record,
        record=found.record.read(),
        act=act,
        reason=files.say_reason(act),
        name=found.name,
    )


@public
def changes(newest: ReleaseRow | None, *, base: str) -> Kept:  # noqa: ARG001
    """Every act on the public side with its reason, and what each changed."""
    rows = frozen.list_records()
    releases = frozen.list_releases()
    lines = files.list_change_lines(rows, {each.number: each for each in releases})
    by_release: dict[str, list[Mapping[str, str]]] = {}
    for line in lines:
        by_release.setdefault(line["release"], []).append(line)
    acts = [(each, by_release.get(str(each.number), [])) for each in releases]
    return render_page("changes", newest, acts=acts)


@public
def release(newest: ReleaseRow | None, *, base: str, number: int) -> Kept:  # noqa: ARG001
    """One act: why, what it put out, and how to check that it is unchanged."""
    act = frozen.get_release(number)
    status = 410 if act.withdrawn_by is not None else 200
    rows = [] if act.withdrawn_by is not None else frozen.list_records(release=number)
    reason = files.say_reason(act)
    return render_page("release", newest, status=status, act=act, rows=rows, reason=reason)


@public
def manifest(_newest: ReleaseRow | None, *, base: str, number: int) -> Kept:  # noqa: ARG001
    """The hashes of every copy of a release, as ``sha256sum`` writes them."""
    return Kept(frozen.get_release(number).manifest.encode(), TEXT)


@public
def sheet(newest: ReleaseRow | None, *, base: str, name: str, kind: str) -> Kept:  # noqa: ARG001
    """A table as CSV, or the description of its columns (CSV on the Web)."""
    if newest is None:
        raise NotThere("nothing has been released yet.", rule="address-exists")
    rows = frozen.list_records()
    releases = {each.number: each for each in frozen.list_releases()}
    whole: Whole = build_whole(row.read() for row in rows if not row.is_withdrawn)
    sheets = files.build_sheets(rows, files.list_change_lines(rows, releases), whole, newest)
    if name not in sheets:
        raise NotThere("there is no table of this name.", rule="address-exists")
    found = sheets[name]
    return Kept(found.csv, CSV) if kind == "csv" else Kept(found.metadata, JSON)


@public
def everything(newest: ReleaseRow | None, *, base: str) -> Kept:  # noqa: ARG001
    """All that is public in one JSON file."""
    if newest is None:
        raise NotThere("nothing has been released yet.", rule="address-exists")
    return Kept(files.render_all(frozen.list_records(), newest), JSON)


@public
def feed(newest: ReleaseRow | None, *, base: str, ref: str = "") -> Kept:
    """Public changes as an Atom feed: of everything, or of one inquiry."""
    rows = frozen.list_records(inquiry=ref)
    if ref and not rows:
        raise NotThere("nothing of this inquiry was ever released.", rule="address-exists")
    root = base.rstrip("/")
    own = reverse("public:inquiry-feed", args=[ref]) if ref else reverse("public:feed")
    page = reverse("public:inquiry", args=[ref]) if ref else reverse("public:front")
    about = f": {rows[0].read()['inquiry']['title']}" if ref else ""
    content = render_feed(
        title=f"Recommendations to the police{about}",
        own=f"{root}{own}",
        page=f"{root}{page}",
        updated=newest.moment if newest else None,
        entries=_list_entries(rows, root),
    )
    return Kept(content, ATOM)


@public
def absent(newest: ReleaseRow | None, *, base: str, rest: str) -> Kept:  # noqa: ARG001
    """Whatever else is asked for under this address is not there."""
    raise NotThere("there is no page.", rule="address-exists")


def _list_entries(rows: Sequence[RecordRow], root: str) -> list[FeedEntry]:
    releases = {each.number: each for each in frozen.list_releases()}
    found = []
    for row in rows:
        read = row.read()
        title = f"{read['publication']['title']}, {read['wording']['number']}"
        address = f"{root}{reverse('public:record', args=[row.address])}"
        for entry in read["log"]:
            act = releases[entry["release"]]
            told = [
                f"{ASPECTS.get(c['what'], c['what'])}: {c['after'] or 'nothing'}"
                for c in entry["changes"]
            ]
            words = " ".join([f"{'; '.join(told)}." if told else "", files.say_reason(act)])
            ident = f"{address}#release-{act.number}"
            withdrawn = ": withdrawn" if entry["act"] == "withdrawn" else ""
            found.append(
                FeedEntry(ident, f"{title}{withdrawn}", address, act.moment, words.strip())
            )
    return sorted(found, key=lambda entry: entry.updated, reverse=True)


def _list_aspects(found: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    status = found["status"]
    return [(words, status[name]) for name, words in ASPECTS.items() if name in status]


def _list_inquiries(rows: Sequence[RecordRow]) -> list[dict[str, Any]]:
    """Each inquiry with its reports and how many of its recommendations are public."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        read = row.read()
        each = found.setdefault(
            row.inquiry, {"ref": row.inquiry, "title": read["inquiry"]["title"], "public": 0}
        )
        each["public"] += not row.is_withdrawn
    return list(found.values())
