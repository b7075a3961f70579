"""One spelling for every fact, so that the same fact always has the same hash.

The form is RFC 8785 (JSON Canonicalization Scheme) over narrower values: whole numbers only,
within the range every JSON reader holds exactly, and text in Unicode normal form C. What lies
outside is refused, never rounded: a proportion is recorded as text ("0.553") or as two counts.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from json.encoder import encode_basestring
from types import MappingProxyType
from typing import Any, Never

from evenhand.core import LedgerBroken, UsageProblem

Json = Any
"""None, bool, int, str, and lists and text-keyed mappings of these (a recursive type)."""

LARGEST_INTEGER = 2**53 - 1  # RFC 7493 §2.2: beyond this, readers may round
DEEPEST = 32  # nesting; facts are shallow, and a bound keeps a hostile file from the stack
LONGEST = 1 << 20  # bytes in one canonical value: ten times the longest report's recommendation

_RULE = "canonical-facts"


def canonical_bytes(value: Json) -> bytes:
    """What are the bytes of this fact, the same on every machine and in every year?

    Parameters
    ----------
    value
        None, bool, whole number within ±(2⁵³ − 1), text, list or tuple, or mapping with text keys;
        nested at most :data:`DEEPEST` deep.

    Returns
    -------
    UTF-8 without spaces, keys in order of their UTF-16 code units, at most :data:`LONGEST` bytes.

    Raises
    ------
    UsageProblem
        For a float (nan and infinities with it), a date or any other type, a lone surrogate, two
        keys that are one after normalisation, and for what is too deep or too long.

    Notes
    -----
    Not for values whose exact code points matter: text is normalised (NFC) first.

    References
    ----------
    Rundgren, Jordan and Erdtman (2020), RFC 8785, §3.2. Bray (2015), RFC 7493, §2.

    Examples
    --------
    >>> canonical_bytes({"level": "practised", "events": 12}).decode()
    '{"events":12,"level":"practised"}'

    The order in which the facts were given does not matter: a hash of these bytes names the facts.
    """
    try:
        body = _text(value, 0).encode("utf-8")
    except UnicodeEncodeError:
        _refuse("text holds half of a surrogate pair", "Give text that UTF-8 can carry.")
    if len(body) > LONGEST:
        _refuse(f"{len(body):,} bytes is above {LONGEST:,}", "Record a hash of it and keep it by.")
    return body


def frozen(value: Json) -> Json:
    """A read-only copy of a canonical value: mappings and lists inside cannot be changed later."""
    if isinstance(value, Mapping):
        return MappingProxyType({_nfc(key): frozen(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(frozen(item) for item in value)
    return _nfc(value) if isinstance(value, str) else value


def read_canonical(body: bytes) -> Json:
    """Parse bytes that must already be canonical; anything else is :class:`LedgerBroken`."""
    try:
        text = body.decode("utf-8")
        value, _ = _READER.raw_decode(text)  # what follows the value fails the comparison below
        if not _plainly_canonical(text, value) and canonical_bytes(value) != body:
            raise LedgerBroken("the record is not in its canonical form.", rule=_RULE)
    except (ValueError, RecursionError):  # UsageProblem and UnicodeDecodeError are ValueErrors
        raise LedgerBroken("the record is not canonical JSON.", rule=_RULE) from None
    return value


def _plainly_canonical(text: str, value: Json) -> bool:
    """True is proof; False only says that the slow comparison must decide."""
    if len(text) > LONGEST // 4 or text.count("{") + text.count("[") > DEEPEST:
        return False
    if not text.isascii():
        in_one_unit = len(text.encode("utf-16-le")) == 2 * len(text)
        if not (in_one_unit and unicodedata.is_normalized("NFC", text)):
            return False  # key order by code point and by UTF-16 differ only outside the BMP
    return _WRITER.encode(value) == text


def _text(value: Json, depth: int) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return str(encode_basestring(_nfc(value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(_bounded(value))
    if isinstance(value, Mapping | list | tuple):
        return _nested(value, depth + 1)
    return _refuse(
        f"a {type(value).__name__} has no single spelling",
        "Give text, whole numbers, true, false, null, lists or mappings of these.",
    )


def _nested(value: Mapping[str, Json] | list[Json] | tuple[Json, ...], depth: int) -> str:
    if depth > DEEPEST:
        _refuse(f"facts are nested more than {DEEPEST} deep", "Flatten them.")
    if not isinstance(value, Mapping):
        return "[" + ",".join(_text(item, depth) for item in value) + "]"
    items = {_key(key): item for key, item in value.items()}
    if len(items) != len(value):
        _refuse("two keys are the same text after normalisation", "Keep one of them.")
    order = sorted(items) if all(map(str.isascii, items)) else sorted(items, key=_utf16)
    return "{" + ",".join(f"{encode_basestring(k)}:{_text(items[k], depth)}" for k in order) + "}"


def _key(key: object) -> str:
    if not isinstance(key, str):
        _refuse(f"a key is a {type(key).__name__}, not text", "Name every fact by text.")
    return _nfc(key)


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def _nfc(text: str) -> str:
    """Normal form C, as exact ``str`` (an enumeration's member becomes its value)."""
    return unicodedata.normalize("NFC", str.__str__(text))


def _bounded(number: int) -> int:
    if not -LARGEST_INTEGER <= number <= LARGEST_INTEGER:
        _refuse("a whole number is beyond ±(2⁵³ − 1)", "Write it as text.")
    return number


def _refuse(problem: str, remedy: str) -> Never:
    raise UsageProblem(f"a fact cannot be recorded: {problem}.", remedy=remedy, rule=_RULE)


def _read_integer(digits: str) -> int:
    return _bounded(int(digits))


def _read_other(_literal: str) -> Never:
    raise ValueError("only whole numbers are canonical")


_READER = json.JSONDecoder(
    parse_int=_read_integer, parse_float=_read_other, parse_constant=_read_other
)
_WRITER = json.JSONEncoder(  # a value that was parsed cannot hold itself
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
)
