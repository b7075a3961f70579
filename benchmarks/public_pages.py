"""How many public pages a second two workers serve from SQLite, and how fast each one is.

The demo register is made, released in part, and served as ``evenhand run`` serves it. A load
generator of our own asks from the same machine, over connections that stay open, for every public
page in random order: so the machine's cores carry server and generator together, and a service of
its own is faster. ``first`` is the pass in which each page is made once in each worker;
``unchanged`` asks with the version in hand. ``server_ms`` is the processor time that the server's
own processes spent on each answer: it holds also where other work is running beside. The peer is
the style sheet, which the same server sends from memory without touching the database.
"""

from __future__ import annotations

import functools
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

CONNECTIONS = 8
SECONDS = 8.0
HOST = "127.0.0.1"
PEER = "/static/register.css"
MAKE = """
import sys
from pathlib import Path
from evenhand.web.home import Home
from evenhand.web.starting import prepare
prepare(Home(Path(sys.argv[1])), demo=False, port=0)
from django.utils import timezone
from evenhand.web.demo.load import load_demo
load_demo(password="made-up-for-a-benchmark", at=timezone.now())
"""


@dataclass
class Answers:
    """What one connection got: how long each answer took, and how many there were by status."""

    took: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    bytes: int = 0


def run(seconds: float = SECONDS) -> dict[str, object]:
    """Serve the demo and ask it."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        server = _start(Path(folder), port)
        try:
            addresses = _list_addresses(port)
            ask = functools.partial(_ask, server.pid, port)
            first = ask(addresses, seconds=seconds / 2)
            pages = ask(addresses, seconds=seconds)
            unchanged = ask(addresses, seconds=seconds / 2, version=_version(port))
            peer = ask([PEER], seconds=seconds / 2)
        finally:
            server.terminate()
            server.communicate(timeout=30)
    return {
        "addresses": len(addresses),
        "connections": CONNECTIONS,
        "cores": os.cpu_count(),
        "first": first,
        "pages": pages,
        "unchanged": unchanged,
        "peer_style_sheet": peer,
        "pages_over_peer": round(pages["per_second"] / peer["per_second"], 2),
        "two_cores_serve_per_second": round(2000 / pages["server_ms"]),
    }


def _start(home: Path, port: int) -> subprocess.Popen[str]:
    subprocess.run([sys.executable, "-c", MAKE, str(home)], check=True)
    command = [sys.executable, "-m", "evenhand.web", "--home", str(home), "--port", str(port)]
    command += ["--no-demo", "--json"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    if server.stdout is None or not server.stdout.readline():
        raise RuntimeError("the server did not start")
    return server


def _list_addresses(port: int) -> list[str]:
    """The pages of every recommendation, of every inquiry, the whole and the changes."""
    with urllib.request.urlopen(f"http://{HOST}:{port}/public/everything.json") as answer:
        found = json.load(answer)
    records = found["recommendations"]
    inquiries = {record["inquiry"]["ref"] for record in records}
    return [
        "/public/",
        "/public/changes/",
        *(f"/public/inquiries/{ref}/" for ref in sorted(inquiries)),
        *(f"/public/recommendations/{record['address']}/" for record in records),
    ]


def _version(port: int) -> str:
    with urllib.request.urlopen(f"http://{HOST}:{port}/public/") as answer:
        return str(answer.headers["ETag"])


def _server_seconds(pid: int) -> float:
    """Processor time of a process and of its children so far."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ticks = 0
    for each in (pid, *children):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # proc(5): utime and stime
    return ticks / os.sysconf("SC_CLK_TCK")


def _ask(
    pid: int, port: int, addresses: list[str], *, seconds: float, version: str = ""
) -> dict[str, Any]:
    """Ask over all connections at once until the time is up."""
    every = [Answers() for _ in range(CONNECTIONS)]
    spent_before = _server_seconds(pid)
    until = perf_counter() + seconds
    threads = [
        threading.Thread(target=_connection, args=(port, addresses, until, version, answers, seed))
        for seed, answers in enumerate(every)
    ]
    start = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = perf_counter() - start
    took = sorted(each for answers in every for each in answers.took)
    statuses: dict[str, int] = {}
    for answers in every:
        for status, count in answers.statuses.items():
            statuses[status] = statuses.get(status, 0) + count
    return {
        "per_second": round(len(took) / spent),
        "server_ms": round((_server_seconds(pid) - spent_before) / len(took) * 1000, 2),
        "median_ms": round(took[len(took) // 2] * 1000, 2),
        "p95_ms": round(took[int(len(took) * 0.95)] * 1000, 2),
        "kib_each": round(sum(a.bytes for a in every) / len(took) / 1024, 1),
        "statuses": statuses,
    }


def _connection(
    port: int, addresses: list[str], until: float, version: str, answers: Answers, seed: int
) -> None:
    draw = random.Random(seed)
    more = f"If-None-Match: {version}\r\n" if version else ""
    link = None
    while perf_counter() < until:
        if link is None:
            link = socket.create_connection((HOST, port))
            stream = link.makefile("rb")
        request = f"GET {draw.choice(addresses)} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{more}\r\n"
        start = perf_counter()
        link.sendall(request.encode())
        status, length, closes = _read_head(stream)
        stream.read(length)
        answers.took.append(perf_counter() - start)
        answers.statuses[status] = answers.statuses.get(status, 0) + 1
        answers.bytes += length
        if closes:
            link.close()
            link = None
    if link is not None:
        link.close()


def _read_head(stream: object) -> tuple[str, int, bool]:
    """Status, length and whether the server ends the connection."""
    readline = stream.readline  # type: ignore[attr-defined]
    status = readline().split()[1].decode()
    length, closes = 0, False
    while (line := readline().strip().lower()) != b"":
        name, _, value = line.partition(b":")
        if name == b"content-length":
            length = int(value)
        elif name == b"connection":
            closes = value.strip() == b"close"
    return status, length, closes


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
