"""``python -m evenhand.web.judgement``: let verdicts lapse by rule; check what they rest on.

lapse [--on 2026-03-01]    for a timer; run again it finds nothing more
check                      exit code 10 where what was judged is no longer what is there
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from evenhand.core import EvenhandError, LedgerBroken, UsageProblem
from evenhand.web.home import Home
from evenhand.web.starting import prepare


def main() -> int:
    """Do it, or say what went wrong as words or JSON with its exit code."""
    chosen = _read_arguments()
    home = Home(chosen.home.absolute()) if chosen.home else Home.from_environment()
    try:
        told = run(home, chosen.act, on=chosen.on)
    except EvenhandError as error:
        said = json.dumps({"error": error.as_dict()}, ensure_ascii=False)
        (sys.stdout if chosen.json else sys.stderr).write(
            f"{said}\n" if chosen.json else f"evenhand: {error}\n"
        )
        return error.exit_code
    lines = [f"{each['verdict']}: {each['why']}" for each in told["lapsed"]]
    words = "\n".join(lines or ["Nothing lapsed." if chosen.act == "lapse" else "All holds."])
    sys.stdout.write(f"{json.dumps(told, ensure_ascii=False) if chosen.json else words}\n")
    return 0


def run(home: Home, act: str, *, on: date | None) -> dict[str, Any]:
    """Lapse or check, over the register in this folder."""
    if not home.database.exists():
        raise UsageProblem(
            "there is no register in this folder.",
            remedy="Say where with --home, or make one with `evenhand run`.",
            rule="register-set-up",
        )
    prepare(home, demo=False, port=0, lapse=False)  # lapsed below, and told
    from django.utils import timezone

    from evenhand.web.foundation.as_of import LONDON, AsOf, day_of
    from evenhand.web.judgement.queries import check_verdicts
    from evenhand.web.judgement.writing.lapses import lapse_verdicts

    now = timezone.now()
    if act == "check":
        broken = check_verdicts(as_of=AsOf.now(now))
        if broken:
            raise LedgerBroken(
                "; ".join(map(str, broken)) + ".",
                remedy="Keep the database as it is, and compare it with an export of the ledger.",
                rule="verdict-bound-by-hash",
            )
        return {"lapsed": []}
    if on is not None and on > day_of(now):
        raise UsageProblem("nothing lapses on a day that has not come.", rule="lapse-is-past")
    at = datetime.combine(on, time(23, 59), tzinfo=LONDON) if on and on < day_of(now) else now
    lapsed = lapse_verdicts(at=at)
    return {"lapsed": [{"verdict": v.subject, "item": v.item, "why": w.why} for v, w in lapsed]}


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evenhand.web.judgement")
    parser.add_argument("act", choices=("lapse", "check"))
    parser.add_argument("--home", type=Path)
    parser.add_argument("--on", type=date.fromisoformat)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
