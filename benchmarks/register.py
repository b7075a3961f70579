"""How fast every page type of the register answers over five inquiries of 200 and seven years.

The history is the demo's, played through the ordinary commands: 1,000 items. Each page is asked for
several times by a signed-in member, in this process, through every layer of middleware. Told are
the median of the processor's time and of the clock's, and how many questions went to the database.
``python -m benchmarks.register FOLDER`` keeps the register in a folder, for another look.
"""

from __future__ import annotations

import json
import os
import secrets
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

PER_INQUIRY = 200
REPEATS = 7
MOST_MS = 150
"""What the product promises at the median, on two cores."""
APPENDS = 600
PROMISED_APPENDS = 300


def run(folder: Path | None = None) -> dict[str, object]:
    """Make the register where the folder is empty; ask for every page type; append."""
    if folder is not None:
        return _run(folder)
    with tempfile.TemporaryDirectory() as temporary:
        return _run(Path(temporary) / "home")


def _run(folder: Path) -> dict[str, object]:
    loading = _prepare(folder)
    pages = {name: _measure(address) for name, address in _list_addresses()}
    slowest = max(pages, key=lambda name: float(pages[name]["median_ms"]))
    return {
        "items": _count_items(),
        "events": _count_events(),
        "loading_seconds": loading,
        "pages": pages,
        "slowest": slowest,
        "all_within_150_ms": all(page["median_cpu_ms"] < MOST_MS for page in pages.values()),
        "appends_per_second": _append_events(),
        "commands_per_second": _append(),
    }


def _prepare(folder: Path) -> float:
    os.environ |= {
        "EVENHAND_HOME": str(folder),
        "EVENHAND_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "evenhand.web.settings",
    }
    from evenhand.web.home import Home

    Home(folder).prepare()
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0, interactive=False)
    from evenhand.web.demo.load import load_demo
    from evenhand.web.demo.reports import REPORTS

    if _count_events():
        return 0.0
    long_ago = max(report.days_ago for report in REPORTS)
    reports = tuple(
        replace(
            report,
            count=PER_INQUIRY,
            for_police=PER_INQUIRY,
            days_ago=long_ago - place,
            lettered=(),
        )
        for place, report in enumerate(REPORTS)
    )
    start = perf_counter()
    load_demo(password=secrets.token_hex(16), at=timezone.now(), reports=reports)
    return round(perf_counter() - start, 1)


def _list_addresses() -> Iterator[tuple[str, str]]:
    """Every page type, where there is something to show on it."""
    from django.urls import reverse
    from django.utils import timezone

    from evenhand.web.foundation.as_of import AsOf
    from evenhand.web.register.queries import list_links, list_policies, list_themes
    from evenhand.web.work.queries import list_updates

    now = AsOf.now(timezone.now())
    item = list_updates(as_of=now)[0].item
    yield "exceptions", reverse("work:exceptions")
    yield "exceptions as of a past day", f"{reverse('work:exceptions')}?as_of=2023-05-01"
    yield "exceptions of one kind", f"{reverse('work:exceptions')}?exception=overdue"
    yield "recommendations", reverse("work:items")
    yield "recommendations as of a past day", f"{reverse('work:items')}?as_of=2023-05-01"
    yield "recommendations, searched", f"{reverse('work:items')}?words=training+records"
    yield "recommendation", reverse("work:item", args=[item])
    yield "history", reverse("work:history", args=[item])
    for name in ("questions", "actions"):
        yield name, reverse(f"work:{name}")
    for name in ("publications", "scales", "links", "overlaps", "themes", "policies", "uncovered"):
        yield name, reverse(f"register:{name}")
    yield "link", reverse("register:link", args=[list_links(as_of=now)[0].ref])
    yield "theme", reverse("register:theme", args=[list_themes(as_of=now)[0].ref])
    yield "policy", reverse("register:policy", args=[list_policies(as_of=now)[0].ref])
    yield "propose a link", reverse("register:propose-link", args=[item])
    yield "ledger", reverse("ledger:head")


def _measure(address: str) -> dict[str, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from evenhand.web.accounts.queries import get_account

    client = Client()
    client.force_login(get_account("secretariat"), "django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as captured:
        first = client.get(address)
    queries = len(captured)  # now: the next request empties the list
    if first.status_code != 200:
        raise RuntimeError(f"{address} answered {first.status_code}")
    processor, clock = [], []
    for _ in range(REPEATS):
        begun, on_clock = process_time(), perf_counter()
        client.get(address)
        processor.append(process_time() - begun)
        clock.append(perf_counter() - on_clock)
    return {
        "median_cpu_ms": round(1000 * statistics.median(processor), 1),
        "median_ms": round(1000 * statistics.median(clock), 1),
        "queries": queries,
        "kib": round(len(first.content) / 1024),
    }


def _append_events() -> float:
    """Events alone, each in a transaction of its own, by the clock: every commit is flushed."""
    from django.db import transaction
    from django.utils import timezone

    from evenhand.web.ledger.recording import SYSTEM, record_event

    begun = perf_counter()
    for number in range(APPENDS):
        with transaction.atomic():
            record_event(
                kind="note.made",
                subject=f"benchmark:{number % 50}",
                by=SYSTEM,
                at=timezone.now(),
                after={"text": "A note as long as what people usually say of what was done."},
            )
    return APPENDS / (perf_counter() - begun)


def _append() -> dict[str, Any]:
    """Events a second when commands come one by one, each in a transaction of its own."""
    from django.utils import timezone

    from evenhand.web.accounts.queries import get_account
    from evenhand.web.foundation.as_of import AsOf
    from evenhand.web.register.queries import list_items
    from evenhand.web.register.services import retitle

    keeper = get_account("secretariat")
    refs = [row.ref for row in list_items(as_of=AsOf.now(timezone.now()))]
    begun, on_clock = process_time(), perf_counter()
    for turn in range(APPENDS):
        ref = refs[turn % len(refs)]
        retitle(recommendation=ref, title=f"Title {turn}", by=keeper, at=timezone.now())
    processor, clock = process_time() - begun, perf_counter() - on_clock
    return {
        "by_the_clock": round(APPENDS / clock),
        "by_the_processor": round(APPENDS / processor),
        "promised": PROMISED_APPENDS,
    }


def _count_events() -> int:
    from evenhand.web.ledger.queries import get_head

    return int(get_head().size)


def _count_items() -> int:
    from django.utils import timezone

    from evenhand.web.foundation.as_of import AsOf
    from evenhand.web.register.queries import list_items

    return len(list_items(as_of=AsOf.now(timezone.now())))


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]) if sys.argv[1:] else None), indent=2))
