"""Random histories over releases: whatever happens later, a released copy stays as it was.

A copy may leave the public side by a withdrawal, and its words by an erasure, both of them events
of their own; it may be replaced by another act. Nothing else changes a byte of what is served, and
nothing private is ever in it.
"""

from __future__ import annotations

import hashlib
import json
import random
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.core import EvenhandError
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.judgement import services as judging
from evenhand.web.judgement.queries import list_redactions
from evenhand.web.judgement.twins import Twin, load_twin
from evenhand.web.ledger.erasure import list_erased_events
from evenhand.web.ledger.models import Event
from evenhand.web.register import services as register
from evenhand.web.register.queries import list_items
from evenhand.web.releases import services as releasing
from evenhand.web.releases.attached import list_attached
from evenhand.web.releases.gathering import Asked, gather, list_words, view_at
from evenhand.web.releases.kept import SHELF
from evenhand.web.releases.models import FrozenFile, FrozenRecord, FrozenRelease
from evenhand.web.releases.queries.frozen import (
    find_version,
    get_file,
    get_record,
    list_addresses,
    list_records,
)
from evenhand.web.releases.queries.proposals import list_proposals
from evenhand.web.remnants.queries import list_remnants
from evenhand.web.work import services as work
from evenhand.web.work.choices import ErasureGround, EvidenceClass, Reliability
from evenhand.web.work.drafts import EvidenceDraft
from evenhand.web.work.queries import list_evidence, list_item_exceptions

ITEMS = ("lamp-2020/1", "lamp-2020/2", "lamp-2020/3/a")
SECRET, OPEN = "SECRET", "OPEN"
ERASABLE = ("update.posted", "redaction.prepared", "release.proposed", "release.approved")


class _History:
    """Random commands about recommendations, twins and releases; the rules refuse some."""

    def __init__(self, cast: dict[str, Any], draw: random.Random) -> None:
        self.cast, self.draw, self.done, self.said = cast, draw, dict[str, int](), 0

    def step(self, at: datetime) -> None:
        acts: list[Callable[[datetime, str], Any]] = [
            self.tell, self.tell, self.retitle, self.respond, self.due, self.show, self.twin,
            self.twin, self.tighten, self.untwin, *[self.release] * 3, *[self.withdraw] * 2,
            *[self.erase] * 3,
        ]  # fmt: skip
        act = self.draw.choice(acts)
        try:
            act(at, self.draw.choice(ITEMS))
        except (EvenhandError, IndexError):  # refused, or nothing of the kind is there yet
            return
        self.done[act.__name__] = self.done.get(act.__name__, 0) + 1

    def by(self, name: str, at: datetime) -> dict[str, Any]:
        return {"by": self.cast[name], "at": at}

    def words(self, mark: str) -> str:
        self.said += 1
        return f"{mark} words, number {self.said} of this history."

    def tell(self, at, ref):
        progress = self.words(self.draw.choice((SECRET, OPEN)))
        work.post_update(
            recommendation=ref, as_at=day_of(at), progress=progress, **self.by("secretariat", at)
        )

    def retitle(self, at, ref):
        title = self.words(SECRET)
        register.retitle(recommendation=ref, title=title, **self.by("secretariat", at))

    def respond(self, at, ref):
        register.record_response(
            recommendation=ref,
            verb=self.draw.choice(("accept", "accept_in_part", "reject")),
            reason=self.words(SECRET),
            responded_on=day_of(at),
            **self.by("secretariat", at),
        )

    def due(self, at, ref):
        on = day_of(at) + timedelta(self.draw.randint(5, 60))
        reason, keeper = self.words(SECRET), self.by("secretariat", at)
        if self.draw.random() < 0.5:
            register.set_due_date(recommendation=ref, due_on=on, reason=reason, **keeper)
        else:
            register.extend_due_date(recommendation=ref, to=on, reason=reason, **keeper)

    def draft(self, at, classification) -> EvidenceDraft:
        return EvidenceDraft(
            day_of(at) - timedelta(90),
            day_of(at),
            self.words(SECRET),
            Reliability.HIGH,
            classification,
            content=self.words(SECRET).encode(),
            filename=f"{SECRET}.txt",
            media_type="text/plain",
        )

    def show(self, at, ref):
        kind = self.draw.choice((EvidenceClass.INTERNAL, EvidenceClass.RESTRICTED))
        work.offer_evidence(
            recommendation=ref,
            title=self.words(SECRET),
            draft=self.draft(at, kind),
            **self.by("secretariat", at),
        )

    def twin(self, at, _ref):
        evidence = self.draw.choice(list_evidence(as_of=AsOf.now(at)))
        twin = Twin(
            self.words(OPEN).encode(), f"{SECRET}.txt", "text/plain", self.words("Left out:")
        )
        ref = judging.prepare_redaction(evidence=evidence.ref, twin=twin, **self.by("analyst", at))
        if self.draw.random() < 0.8:
            judging.review_redaction(redaction=ref, verb="pass", **self.by("secretariat", at))

    def tighten(self, at, _ref):
        """A later version of evidence whose content is that of a twin: it is private from now."""
        twin = self.draw.choice(list_redactions(as_of=AsOf.now(at), only_passed=True))
        same = load_twin(twin.sha256)
        draft = replace(self.draft(at, EvidenceClass.RESTRICTED), content=same)
        work.revise_evidence(evidence=twin.evidence, draft=draft, **self.by("secretariat", at))

    def untwin(self, at, _ref):
        twin = self.draw.choice(list_redactions(as_of=AsOf.now(at), only_passed=True))
        judging.withdraw_redaction(
            redaction=twin.ref, reason=self.words(SECRET), **self.by("secretariat", at)
        )

    def release(self, at, ref):
        view = view_at(at)
        some = Asked(recommendations=(ref,))
        if self.draw.random() < 0.5:
            some = Asked(publications=("lamp-2020",))
        rows = [each.row for each in gather(some, as_of=view)]
        words = [each.id for each in list_words(rows, as_of=view) if each.text.startswith(OPEN)]
        files = [each.id for each in list_attached(rows, as_of=view) if not each.why_not]
        asked = Asked(
            some.publications,
            some.recommendations,
            frozenset(self.draw.sample(words, k=len(words) // 2)),
            frozenset(each for each in files if self.draw.random() < 0.8),
        )
        later = at + timedelta(minutes=2)
        proposal = releasing.propose_release(
            title="Spring",
            statement=self.words(OPEN),
            reasons=self.words(SECRET),
            asked=asked,
            **self.by("secretariat", at + timedelta(minutes=1)),
        )
        if self.draw.random() < 0.1:
            releasing.decline_release(
                release=proposal, reason=self.words(SECRET), **self.by("member", later)
            )
        else:
            releasing.approve_release(release=proposal, **self.by("member", later))

    def withdraw(self, at, _ref):
        record = self.draw.choice([row for row in list_records() if not row.is_withdrawn])
        numbers = {each.number: each for each in list_proposals(state="released")}
        released = numbers[record.release]
        some = [record.address] if self.draw.random() < 0.7 else []
        releasing.withdraw_release(
            release=released.ref,
            reason=self.words(OPEN),
            recommendations=some,
            **self.by("secretariat", at),
        )

    def erase(self, at, _ref):
        events = Event.objects.filter(kind__in=ERASABLE).order_by("sequence")
        event = self.draw.choice(list(events.values_list("sequence", flat=True)))
        work.erase_words(event=event, ground=ErasureGround.ASKED, **self.by("admin", at))


class _Watcher:
    """What was frozen, as it was first seen; and what each address served before the last step."""

    def __init__(self) -> None:
        self.first: dict[tuple[str, int], tuple[str, ...]] = {}
        self.version, self.served = "0", dict[str, str]()

    def look(self) -> None:
        self._look_at_rows()
        self._look_at_manifests()
        version, served = find_version(), {each: _serve(each) for each in list_addresses()}
        touched = {each for each in served if served[each] != self.served.get(each)}
        assert version != self.version or not touched, "what is served changed without an act"
        self.version, self.served = version, served

    def _look_at_rows(self) -> None:
        erased = list_erased_events(as_of=None)
        for kind, row, text, digest in _list_rows():
            seen = (text, row.sha256, row.address, str(row.release_id))
            was = self.first.setdefault((kind, row.pk), seen)
            assert seen[1:] == was[1:]
            if text == ERASED:
                assert row.event_id in erased, "words leave a copy by a recorded erasure only"
            else:
                assert text == was[0]
                assert digest == row.sha256
                assert SECRET not in text

    def _look_at_manifests(self) -> None:
        rows = {(row.release_id, row.address): row.sha256 for row in FrozenRecord.objects.all()}
        for release in FrozenRelease.objects.all():
            assert hashlib.sha256(release.manifest.encode()).hexdigest() == release.sha256
            assert json.loads(release.event.body)["after"]["sha256"] == release.sha256
            assert SECRET not in release.manifest + release.statement + release.title
            for line in release.manifest.splitlines():
                digest, address = line.split("  ")
                address, _, name = address.partition("/files/")
                if name:
                    assert FrozenFile.objects.filter(address=address, sha256=digest).exists()
                else:
                    assert rows[release.pk, address] == digest


def _list_rows():
    """Every frozen row with its text and the hash over what the text stands for."""
    for row in FrozenRecord.objects.all():
        yield "record", row, row.body, hashlib.sha256(row.body.encode()).hexdigest()
    for row in FrozenFile.objects.all():
        content = b"" if row.content == ERASED else b64decode(row.content)
        assert SECRET.encode() not in content
        yield "file", row, row.content, hashlib.sha256(content).hexdigest()


def _serve(address: str) -> str:
    """What an address says now, its files with it, as one text."""
    row = get_record(address)
    names = [each["name"] for each in row.read().get("files", ())]
    return row.body + "".join(repr(get_file(address, name).content) for name in names)


@pytest.fixture(autouse=True)
def _fresh_shelf():
    """Pages of another test’s database are not kept."""
    SHELF.__init__()  # type: ignore[misc]


@pytest.mark.parametrize("seed", range(3))
def test_a_released_copy_changes_by_a_recorded_act_and_by_nothing_else(seed, cast, lamp, at):
    draw = random.Random(seed)
    history, watcher, said, now = _History(cast, draw), _Watcher(), {}, at
    for _ in range(80):
        now += timedelta(hours=draw.randint(5, 60))
        history.step(now)
        watcher.look()
        view = AsOf.now(now + timedelta(hours=1))
        said[day_of(now)] = _told(view)
    enough = {"release": 5, "withdraw": 2, "erase": 2, "twin": 2, "tell": 3}
    assert all(history.done.get(name, 0) >= least for name, least in enough.items()), history.done
    assert FrozenFile.objects.exists(), "the history is too short to prove anything"
    for day, then in said.items():
        assert _told(AsOf.end_of(day, at=now)) == then, day
    _serve_all(watcher)


def _told(view: AsOf) -> tuple[Any, ...]:
    """What is due about copies, and every exception, from a viewpoint."""
    due = [(row.ref, row.title, row.step, row.state) for row in list_remnants(as_of=view)]
    return sorted(due), list_item_exceptions(list_items(as_of=view), as_of=view)


def _serve_all(watcher: _Watcher) -> None:
    """Over the wire it is the same: the copy or a notice, and nothing private in either."""
    client = Client()
    for address in watcher.served:
        page = client.get(reverse("public:record", args=[address]))
        copy = client.get(reverse("public:record-json", args=[address]))
        assert {page.status_code, copy.status_code} in ({200}, {410})
        assert watcher.served[address].startswith(copy.content.decode())
        assert SECRET not in page.content.decode() + copy.content.decode()
