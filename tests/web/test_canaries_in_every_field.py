"""A mark in every text of every table, whatever it is: only what the allowlist names goes out.

The test walks the models, so a field that somebody adds tomorrow is marked tomorrow. It knows three
lists: what may go out, what holds a code that the program reads (and cannot be overwritten), and
what is the public side itself. Everything else is private until somebody says otherwise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client

from evenhand.datasets.papers import read_paper
from evenhand.web.accounts.models import Party
from evenhand.web.imports.services import keep_draft
from evenhand.web.ledger.models import CheckpointRow
from evenhand.web.register.models import Publication
from evenhand.web.releases.attached import list_attached
from evenhand.web.releases.gathering import Asked, gather, view_at
from evenhand.web.releases.kept import SHELF
from evenhand.web.releases.services import approve_release, propose_release

PUBLIC = frozenset(
    {
        "register.Inquiry.title",
        "register.ScaleRow.title",
        "register.ScaleLevel.words",
        "register.Publication.title",
        "register.Publication.author",
        "register.Publication.report_number",
        "register.Recommendation.number",
        "register.Recommendation.heading",
        "register.Recommendation.text",
        "register.Recommendation.page",
        "accounts.Party.name of a body",
        "accounts.Party.name of a team",
        "judgement.Claim.level_words",
        "judgement.Redaction.left_out",
    }
)
"""What goes out: official wording, levels, names of bodies and teams, and what two people chose."""

OURS = ("admin", "auth", "contenttypes", "sessions", "axes")
"""Apps of Django and others: they hold no text of the register."""

FROZEN = frozenset({"FrozenRelease", "FrozenRecord", "FrozenFile"})
"""The public side itself."""

CODES = frozenset(
    {
        # references, by which rows and the ledger know each other
        "ref", "key", "subject", "actor", "by", "asked_by", "made_by", "reviewed_by",
        "taken_by", "begun_by", "offered_by", "recorded_by", "proposed_by", "brought_by",
        "for_owner", "for_secretariat", "evidence", "publication", "scope_ref", "load", "lake_id",
        # codes that the program reads
        "kind", "code", "level", "command", "commitment", "classification", "media_type", "dataset",
        "indicator", "step", "policy", "characteristic", "section", "share", "scopes", "signal",
        "scale", "field", "code_version", "username", "password",
        # the ledger’s own head, and values in canonical JSON
        "ledger.HeadRow.text",
        "definitions", "loads", "policies", "absent", "strata", "report", "asked", "read",
        "corrected", "lines", "ours", "theirs", "bundle", "content", "figure", "changed",
    }
)  # fmt: skip
"""Fields that cannot be overwritten, by name. Their values are looked for as they are."""

PUBLIC_CODES = frozenset(
    {
        "register.Inquiry.ref",
        "register.Publication.ref",
        "register.Recommendation.ref",
        "register.ScaleLevel.code",
        "judgement.Redaction.sha256",
        "judgement.Redaction.media_type",
        "judgement.Verdict.bundle_sha256",
        "meetings.PaperText.section",  # a plain word
    }
)
"""Codes that go out: addresses, levels, and the hashes by which a reader can check a copy."""

DISTINCT = 12  # letters from which on a code found in a page is no coincidence
SENTENCE = 40  # letters of a text inside a value, where the words of a form are many


def _list_fields() -> list[tuple[type[models.Model], models.Field]]:
    return [
        (model, field)
        for model in apps.get_models()
        if model._meta.app_label not in OURS and model.__name__ not in FROZEN
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
    ]


def _is_coded(field: models.Field) -> bool:
    hashed = field.name.endswith("sha256") or field.name == "root"
    names = {field.name, f"{field.model._meta.label}.{field.name}"}
    return bool(field.choices) or bool(names & CODES) or hashed


class Marks:
    """A short mark for each kind of text, and the table of what each stands for."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.planted: set[str] = set()

    def draw(self, name: str) -> str:
        if name not in self.names:
            self.names.append(name)
        return f"Zq{self.names.index(name):03}q"

    def find(self, content: bytes) -> set[str]:
        return {self.names[int(number)] for number in re.findall(rb"Zq(\d{3})q", content)}


def _plant(marks: Marks) -> None:
    """Overwrite every text that is not a code."""
    with connection.cursor() as cursor:
        for model, field in _list_fields():
            table = model._meta.db_table
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update{on}")
            if _is_coded(field):
                continue
            name = _name(model, field)
            for row in model._base_manager.all():
                of = f"{name} of a {row.kind}" if model is Party else name
                words = f"{marks.draw(of)}{row.pk}"
                assert len(words) <= (field.max_length or len(words)), f"{name} is a code: say so"
                model._base_manager.filter(pk=row.pk).update(**{field.name: words})
                marks.planted.add(of)


def _list_codes() -> Iterator[tuple[str, str]]:
    """Every private code, and every sentence inside a value in JSON, with the name of its field."""
    coded = [(m, f) for m, f in _list_fields() if _is_coded(f) and not f.choices]
    public = {v for m, f in coded if _name(m, f) in PUBLIC_CODES for v in _list_values(m, f)}
    for model, field in coded:
        for value in _list_values(model, field):
            for text in _list_leaves(_read(value)):
                least = DISTINCT if text == value else SENTENCE
                if len(text) >= least and text not in public:
                    yield _name(model, field), text


def _name(model: type[models.Model], field: models.Field) -> str:
    return f"{model._meta.label}.{field.name}"


def _list_values(model: type[models.Model], field: models.Field) -> Iterator[str]:
    return model._base_manager.values_list(field.name, flat=True).distinct()


def _read(value: object) -> object:
    try:
        return json.loads(str(value))
    except ValueError:
        return value


def _list_leaves(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for each in value:
            yield from _list_leaves(each)
    elif isinstance(value, str):
        yield value


def _crawl() -> dict[str, bytes]:
    """Whatever an address found on a page that needs no account leads to, headers included."""
    client, seen, waiting = Client(), {}, ["/", "/public/", "/api/v1/openapi.json", "/monitoring/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        response = client.get(address)
        seen[address] = response.content + str(response.headers).encode()
        found = re.findall(rb"(?:href|src)=[\"'](/[^\"'#?]*)", response.content)
        waiting += [each.decode() for each in found if not each.startswith(b"/static/")]
        if response.headers.get("Location", "").startswith("/"):
            waiting.append(response.headers["Location"])
    return seen


@pytest.fixture(autouse=True)
def _fresh_shelf():
    """Pages of another test’s database are not kept."""
    SHELF.__init__()  # type: ignore[misc]


@pytest.fixture
def marks(measured_demo, at) -> Marks:
    """Every text marked, then every report released with every public twin there is."""
    found, now = Marks(), at + timedelta(1)
    paper = read_paper(b"Recommendation 1\nTrain every team.\n", filename="paper.txt")
    keep_draft(paper=paper, by=measured_demo.users["secretariat"], at=at)
    CheckpointRow.objects.create(size=1, at=at, note="A note.")
    _plant(found)
    users, asked = measured_demo.users, Asked(publications=_list_reports())
    rows = [each.row for each in gather(asked, as_of=view_at(now))]
    files = [each.id for each in list_attached(rows, as_of=view_at(now)) if not each.why_not]
    assert files, "there is a twin to release"
    ref = propose_release(
        title="All",
        statement="All of it.",
        reasons=found.draw("releases.Release.reasons"),
        asked=replace(asked, files=frozenset(files)),
        by=users["secretariat"],
        at=now,
    )
    approve_release(release=ref, by=users["member"], at=now + timedelta(hours=1))
    return found


def _list_reports() -> tuple[str, ...]:
    return tuple(Publication.objects.order_by("ref").values_list("ref", flat=True))


def test_no_private_text_or_code_of_any_table_is_in_any_byte_of_the_public_side(marks):
    whole = b"".join(_crawl().values())
    assert marks.find(whole) == PUBLIC
    sought = set(_list_codes())
    assert len(sought) > 1_000
    assert sorted((name, code) for name, code in sought if code.encode() in whole) == []
    unmarked = {_name(m, f) for m, f in _list_fields() if not _is_coded(f)} - marks.planted
    assert unmarked == {"accounts.Party.name"}, "a table in which this register has nothing"
