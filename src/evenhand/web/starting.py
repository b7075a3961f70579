"""Start an installation: folder, keys, tables, the demo where it is empty, the server."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evenhand.web.accounts.passwords import draw_password
from evenhand.web.home import PRIVATE, Home

LOOPBACK = "127.0.0.1"
"""Served to this machine only; a service for others stands behind a proxy that speaks HTTPS."""

THREADS = 4  # a request waits for the database more than it computes
WORKERS = 2
FIRST = "admin"
"""The name of the first account."""


@dataclass(frozen=True, slots=True)
class Start:
    """What is ready: where, and by which names one can sign in where it is the demo."""

    address: str
    home: Path
    demo: bool
    sign_ins: dict[str, str]
    password: str

    def as_dict(self) -> dict[str, Any]:
        """The same facts for ``--json``."""
        return {
            "address": self.address,
            "home": str(self.home),
            "demo": self.demo,
            "sign_ins": self.sign_ins,
            "password": self.password or None,
        }

    def render(self) -> str:
        """What a person who typed the command reads."""
        lines = [f"The register is at {self.address}", f"Everything is kept in {self.home}"]
        if self.demo:
            lines.append("This is a demo: every word and person in it is made up. Sign in as")
            lines += [f"  {name:<12} {role}" for name, role in self.sign_ins.items()]
            lines.append(f"with the password {self.password}")
        elif self.password:
            lines.append("There was no account yet. Sign in as")
            lines += [f"  {name:<12} {role}" for name, role in self.sign_ins.items()]
            lines.append(f"with the password {self.password}")
            lines.append("and change it under “Your account”: it is not kept anywhere.")
        return "\n".join([*lines, "Press Ctrl-C to stop."])


def prepare(home: Home, *, demo: bool, port: int, lapse: bool = True) -> Start:
    """Bring the folder and tables up to date; load the demo into an empty register if wanted.

    Verdicts that have lapsed by the clock are written down, unless the caller does that itself.
    """
    home.prepare()
    set_up(home)
    from django.core.management import call_command

    from evenhand.web.ledger.keys import load_signing_key

    call_command("migrate", verbosity=0, interactive=False)
    load_signing_key()
    loaded = _load_demo(home) if demo else False
    if lapse:
        _lapse()
    made_up = loaded or _is_demo()
    if demo and made_up:
        _make_demo_site(home)
    sign_ins = _sign_ins() if made_up else {}
    password = _read_password(home) if made_up else ""
    return Start(f"http://{LOOPBACK}:{port}/", home.folder, made_up, sign_ins, password)


def open_first_account(start: Start) -> Start:
    """Make the first administrator where there is no account at all, so that somebody can begin.

    The password is told once, to whoever started the installation, and kept nowhere.
    """
    from django.utils import timezone

    from evenhand.web.accounts.founding import found_installation
    from evenhand.web.accounts.queries import list_accounts

    if list_accounts():
        return start
    password = draw_password()
    found_installation(
        name="First administrator", username=FIRST, password=password, at=timezone.now()
    )
    return replace(start, sign_ins={FIRST: "Administrator"}, password=password)


def serve(start: Start, *, port: int, as_json: bool) -> None:
    """Serve until stopped; the address is printed once the port is ours."""
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    from evenhand.web.wsgi import application

    connections.close_all()  # a connection to SQLite must not be carried into the workers

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn with our settings and no configuration file."""

        def load_config(self) -> None:
            """State the settings."""
            settings = {
                "bind": f"{LOOPBACK}:{port}",
                "workers": WORKERS,
                "threads": THREADS,
                "loglevel": "warning",
                "preload_app": True,
                "when_ready": lambda _server: _announce(start, as_json=as_json),
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            """The application."""
            return application

    connections.close_all()  # a connection must not be shared by the workers that are forked
    Server().run()


def _announce(start: Start, *, as_json: bool) -> None:
    text = json.dumps(start.as_dict(), ensure_ascii=False) if as_json else start.render()
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def set_up(home: Home) -> None:
    """Make this process one of the installation in a folder."""
    os.environ["EVENHAND_HOME"] = str(home.folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.web.settings")
    import django

    django.setup()


def _is_demo() -> bool:
    from evenhand.web.demo.queries import is_demo

    return is_demo()


def _load_demo(home: Home) -> bool:
    from django.utils import timezone

    from evenhand.web.demo.load import load_demo
    from evenhand.web.demo.measured import measure_demo, measure_demo_workforce
    from evenhand.web.ledger.export import make_checkpoint
    from evenhand.web.ledger.keys import load_signing_key
    from evenhand.web.ledger.queries import get_head

    if get_head().size:
        return False
    sys.stderr.write("Making up seven years of history; this takes a minute or two …\n")
    path = _password_file(home)
    password = draw_password()
    number = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, PRIVATE)
    with os.fdopen(number, "w") as stream:
        stream.write(password)
    now = timezone.now()
    load_demo(
        password=password,
        at=now,
        measured=[*measure_demo(home.folder, at=now), *measure_demo_workforce(home.folder, at=now)],
    )
    make_checkpoint(key=load_signing_key(), at=now)
    return True


def _lapse() -> None:
    """Verdicts lapse by the clock: at every start, and by the timer of whoever runs a service."""
    from django.utils import timezone

    from evenhand.web.judgement.writing.lapses import lapse_verdicts

    lapse_verdicts(at=timezone.now())


def _make_demo_site(home: Home) -> None:
    from django.utils import timezone

    from evenhand.web.demo.measured import first_month
    from evenhand.web.monitoring.making import make_demo_site

    make_demo_site(home, first=first_month(timezone.now()))


def _sign_ins() -> dict[str, str]:
    from evenhand.web.demo.cast import ADMINISTRATOR, BENCH, PARTS

    parts = (*PARTS, *BENCH[:1])  # one more panel member: the first is barred where they reviewed
    return {ADMINISTRATOR: "Administrator"} | {part.username: part.role.words for part in parts}


def _password_file(home: Home) -> Path:
    return home.folder / "demo-password"


def _read_password(home: Home) -> str:
    path = _password_file(home)
    return path.read_text() if path.exists() else ""
