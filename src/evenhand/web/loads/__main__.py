"""``python -m evenhand.web.loads``: the process that a page starts for work that takes long."""

from __future__ import annotations

import argparse
import sys

from evenhand.web.home import Home
from evenhand.web.starting import set_up


def main() -> int:
    """Carry out one job; how it ended is told in its folder, not here."""
    parser = argparse.ArgumentParser(prog="evenhand.web.loads")
    parser.add_argument("job")
    job = parser.parse_args().job
    set_up(Home.from_environment())
    from evenhand.web.loads.carrying import carry_out
    from evenhand.web.loads.jobs import find_job

    carry_out(find_job(job).order)
    return 0


if __name__ == "__main__":
    sys.exit(main())
