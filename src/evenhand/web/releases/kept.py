"""Rendered public pages, kept in memory while the release they were made from is the newest.

A public page is a function of the frozen tables and its address. It is therefore made once a
process for each release, and every later visitor is given the same bytes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_BYTES = 64 << 20  # a process: every page of a register of several thousand recommendations


@dataclass(frozen=True, slots=True)
class Kept:
    """A response as it goes out; one with a ``filename`` is to be saved, never opened in place."""

    content: bytes
    media_type: str
    status: int = 200
    filename: str = ""


class Shelf:
    """The pages of one release, the least recently asked for dropped when there is no room."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._held = most_bytes, 0
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._release = ""
        self._lock = threading.Lock()

    def get(self, address: str, *, release: str, make: Callable[[], Kept]) -> Kept:
        """The page at this address under this release, made where it is not there yet."""
        with self._lock:
            if release != self._release:
                self._pages.clear()
                self._held, self._release = 0, release
            found = self._pages.get(address)
            if found is not None:
                self._pages.move_to_end(address)
                return found
        made = make()  # outside the lock: two may make the same page, and it is the same
        self._keep(address, made, release)
        return made

    def _keep(self, address: str, made: Kept, release: str) -> None:
        with self._lock:
            if release != self._release or len(made.content) > self._most:
                return
            earlier = self._pages.pop(address, None)
            self._held -= len(earlier.content) if earlier else 0
            self._pages[address] = made
            self._held += len(made.content)
            while self._held > self._most:
                _, dropped = self._pages.popitem(last=False)
                self._held -= len(dropped.content)


SHELF = Shelf()
