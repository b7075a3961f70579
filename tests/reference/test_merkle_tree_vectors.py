"""Roots and proofs of the tree, against the numbers published for RFC 6962 and RFC 9162.

The eight inputs, their roots and their proofs are those on which the Certificate Transparency
reference implementation tests itself: google/certificate-transparency,
``python/ct/crypto/merkle_test.py`` and ``cpp/merkletree/merkle_tree_test.cc`` (2013–2016); the same
values stand in transparency-dev/merkle, ``testonly/constants.go`` (2022). RFC 9162 kept RFC 6962's
tree hash, so they hold for both.
"""

from __future__ import annotations

import hashlib

import pytest

from evenhand.accountability.ledger import (
    EMPTY_ROOT,
    ConsistencyProof,
    Frontier,
    InclusionProof,
    build_consistency_proof,
    build_inclusion_proof,
    check_consistency,
    check_inclusion,
    leaf_hash,
    node_hash,
)

INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = [  # event (from 0), size, path
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
CONSISTENCY = [  # earlier size, later size, path
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
    (
        6,
        7,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
]
LEAVES = [leaf_hash(bytes.fromhex(text)) for text in INPUTS]


def subtree(level: int, index: int) -> bytes:
    return Frontier().extend(LEAVES[index << level : (index + 1) << level]).root


def as_hex(path: tuple[bytes, ...]) -> list[str]:
    return [step.hex() for step in path]


@pytest.mark.parametrize("size", range(9))
def test_the_root_is_the_published_one(size: int) -> None:
    assert Frontier().extend(LEAVES[:size]).root.hex() == ROOTS[size]


def test_the_empty_root_is_the_hash_of_nothing() -> None:
    assert hashlib.sha256().digest() == EMPTY_ROOT


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_the_inclusion_proof_is_the_published_one(index: int, size: int, path: list[str]) -> None:
    assert as_hex(build_inclusion_proof(index, size, node=subtree).path) == path
    published = InclusionProof(index, size, tuple(bytes.fromhex(step) for step in path))
    root = bytes.fromhex(ROOTS[size])
    assert check_inclusion(published, leaf=LEAVES[index], root=root) == ()


@pytest.mark.parametrize(("first", "second", "path"), CONSISTENCY)
def test_the_consistency_proof_is_the_published_one(
    first: int, second: int, path: list[str]
) -> None:
    assert as_hex(build_consistency_proof(first, second, node=subtree).path) == path
    published = ConsistencyProof(first, second, tuple(bytes.fromhex(step) for step in path))
    roots = [bytes.fromhex(ROOTS[size]) for size in (first, second)]
    assert check_consistency(published, first_root=roots[0], second_root=roots[1]) == ()


# RFC 9162 §2.1.5 draws a tree of seven entries d0 … d6: a … f are the hashes of d0 … d5 and j that
# of d6; g = (a, b), h = (c, d), i = (e, f), k = (g, h), l = (i, j); the root is (k, l).
LETTERS = dict(zip("abcdefj", LEAVES[:7], strict=True))
for _parent, _children in {"g": "ab", "h": "cd", "i": "ef", "k": "gh", "l": "ij"}.items():
    LETTERS[_parent] = node_hash(LETTERS[_children[0]], LETTERS[_children[1]])


def test_the_drawn_tree_has_the_drawn_root() -> None:
    assert Frontier().extend(LEAVES[:7]).root == node_hash(LETTERS["k"], LETTERS["l"])


@pytest.mark.parametrize(("entry", "path"), [(0, "bhl"), (3, "cgl"), (4, "fjk"), (6, "ik")])
def test_the_audit_paths_are_those_of_the_drawing(entry: int, path: str) -> None:
    expected = tuple(LETTERS[letter] for letter in path)
    assert build_inclusion_proof(entry, 7, node=subtree).path == expected


@pytest.mark.parametrize(("first", "path"), [(3, "cdgl"), (4, "l"), (6, "ijk")])
def test_the_consistency_proofs_are_those_of_the_drawing(first: int, path: str) -> None:
    expected = tuple(LETTERS[letter] for letter in path)
    assert build_consistency_proof(first, 7, node=subtree).path == expected
