"""The canonical form, against the examples of RFC 8785 that lie within whole numbers and NFC."""

from __future__ import annotations

import json

from evenhand.accountability.ledger import canonical_bytes

# Rundgren, Jordan and Erdtman (2020), RFC 8785, §3.2.2: the input's "string" and "literals" (its
# "numbers" are fractions, which a record refuses), and their bytes from §3.2.4.
SAMPLE = r"""
{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}
"""
SAMPLE_BYTES = (
    "7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c"
    "22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c"
    "5c 22 2f 22 7d"
)

# RFC 8785 §3.2.3: keys in order of UTF-16 code units. The RFC's seventh key, U+FB33, is left out:
# normal form C writes it as two letters. U+FF5E stands for it, above the surrogates as it is.
SORTED = [
    ("\r", "Carriage Return"),
    ("1", "One"),
    ("\u0080", "Control"),
    ("\u00f6", "Latin Small Letter O With Diaeresis"),
    ("\u20ac", "Euro Sign"),
    ("\U0001f600", "Emoji: Grinning Face"),
    ("\uff5e", "Fullwidth Tilde"),
]


def test_the_sample_has_the_published_bytes() -> None:
    assert canonical_bytes(json.loads(SAMPLE)) == bytes.fromhex(SAMPLE_BYTES)


def test_keys_stand_in_the_published_order() -> None:
    given = dict(sorted(SORTED))
    assert list(given) != [key for key, _ in SORTED]
    assert list(json.loads(canonical_bytes(given)).items()) == SORTED
