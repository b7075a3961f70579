"""Signatures and keys, against the values published for Ed25519 and for signed notes."""

from __future__ import annotations

import base64

from evenhand.accountability.ledger import SigningKey, VerifyingKey, read_key

# Josefsson and Liusvaara (2017), RFC 8032, §7.1, tests 1 and 2.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]

# The example in the documentation of golang.org/x/mod/sumdb/note (and its note_test.go): the key's
# name is part of what is hashed, so it stands as published.
NOTE_NAME = "PeterNeumann"
NOTE_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
NOTE_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
NOTE_SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)


def test_ed25519_gives_the_published_signatures() -> None:
    for seed, public, message, signature in RFC_8032:
        key = SigningKey("a", bytes.fromhex(seed))
        assert key.public == VerifyingKey("a", bytes.fromhex(public))
        assert key.sign(bytes.fromhex(message)).hex() == signature
        assert key.public.verifies(bytes.fromhex(signature), bytes.fromhex(message))
        assert not key.public.verifies(bytes.fromhex(signature), b"other")


def test_the_key_of_the_published_note_has_the_published_line_and_id() -> None:
    key = SigningKey(NOTE_NAME, NOTE_SEED)
    assert key.public.render() == NOTE_KEY
    assert read_key(NOTE_KEY) == key.public


def test_the_published_note_has_the_published_signature() -> None:
    key = SigningKey(NOTE_NAME, NOTE_SEED)
    raw = base64.b64decode(NOTE_SIGNATURE)
    assert key.public.id == raw[:4]
    assert key.sign(NOTE_TEXT.encode()) == raw[4:]
    assert key.public.verifies(raw[4:], NOTE_TEXT.encode())
