"""The tree, the canonical line and the checkpoint, against facts from outside this house."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keti.ledger import rules
from keti.ledger.rules.tree import digest

# The reference tree of Certificate Transparency: eight leaves and the root after each of them.
LEAVES = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
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
VECTORS = Path(__file__).with_name("merkle-vectors.jsonl")
"""Inclusion and consistency, one case a line, as published in the folder `testdata` of
`transparency-dev/merkle` at 417fb0c, Apache-2.0."""


def hashed(leaf: bytes) -> bytes:
    return digest(b"\x00" + leaf)


@pytest.mark.parametrize("size", range(9))
def test_the_reference_tree(size):
    assert rules.root([hashed(one) for one in LEAVES[:size]]).hex() == ROOTS[size]


def test_a_leaf_is_hashed_apart_from_a_node():
    assert rules.leaf_hash("") == hashed(b"")
    assert rules.leaf_hash("甲") == digest(b"\x00" + "甲".encode())


@given(st.lists(st.binary(max_size=4), max_size=40))
def test_the_linear_root_is_the_root_of_the_definition(leaves):
    def defined(part: list[bytes]) -> bytes:
        if len(part) < 2:
            return part[0] if part else digest(b"")
        half = 1 << (len(part) - 1).bit_length() - 1
        return digest(b"\x01" + defined(part[:half]) + defined(part[half:]))

    hashes = [hashed(one) for one in leaves]
    assert rules.root(hashes) == defined(hashes)


def unpacked(case: dict) -> tuple:
    """The bytes of a public vector: base64, none where it says so."""

    def of(text: str | None) -> bytes:
        return base64.b64decode(text or "")

    proof = [of(one) for one in case["proof"] or []]
    if "leafHash" in case:
        return (of(case["leafHash"]), case["leafIdx"], case["treeSize"], proof, of(case["root"]))
    return (case["size1"], case["size2"], proof, of(case["root1"]), of(case["root2"]))


def test_the_public_vectors_of_inclusion_and_consistency_are_judged_as_they_say():
    cases = [json.loads(line) for line in VECTORS.read_text().splitlines()]
    judged = {"inclusion": rules.included, "consistency": rules.consistent}
    wrong = [
        case["case"]
        for case in cases
        if judged[case["case"].split("/")[0]](*unpacked(case)) == case["wantErr"]
    ]
    assert (len(cases), wrong) == (196, [])


HASHES = [hashed(str(one).encode()) for one in range(33)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31, 32, 33])
def test_every_leaf_proves_its_place_and_no_other(size):
    head = rules.root(HASHES[:size])
    for index in range(size):
        proof = rules.inclusion(HASHES[:size], index)
        assert rules.included(HASHES[index], index, size, proof, head)
        assert not rules.included(HASHES[index], index + 1, size, proof, head)
        assert not rules.included(HASHES[index], index, size, [*proof, head], head)
        assert not rules.included(head[:-1] + b"!", index, size, proof, head)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31, 32, 33])
def test_every_earlier_tree_proves_that_it_became_this_one(size):
    head = rules.root(HASHES[:size])
    for old in range(1, size + 1):
        proof = rules.consistency(HASHES[:size], old)
        before = rules.root(HASHES[:old])
        assert rules.consistent(old, size, proof, before, head)
        forked = rules.root([*HASHES[: old - 1], hashed(b"another")])
        assert not rules.consistent(old, size, proof, forked, head)


def test_the_canonical_text_is_sorted_and_bare():
    assert rules.canonical({"b": [1, True, None], "a": "甲\n"}) == '{"a":"甲\\n","b":[1,true,null]}'


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_the_canonical_text_reads_back_as_itself(value):
    text = rules.canonical(value)
    assert rules.canonical(json.loads(text)) == text


def test_a_commitment_needs_its_salt():
    assert rules.commitment("a", {"x": 1}) != rules.commitment("b", {"x": 1})


def test_a_checkpoint_is_three_lines_and_reads_back():
    one = rules.Checkpoint("keti/cast", 8, bytes.fromhex(ROOTS[8]))
    assert one.text() == "keti/cast\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
    assert rules.read_checkpoint(one.text()) == one
    assert one.short() == "8-5dc9da79a706"


@pytest.mark.parametrize(
    "text", ["", "keti/cast\n8\n", "keti/cast\n8\nAAAA", "keti/cast\neight\n" + "A" * 43 + "="]
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        rules.read_checkpoint(text)


def test_the_edge_kept_with_the_head_gives_the_root_of_all_lines_at_every_size():
    edge, hashes = [], []
    for size in range(70):
        assert len(edge) == size.bit_count()
        assert rules.crown(edge) == rules.root(hashes)
        leaf = rules.leaf_hash(str(size))
        edge, hashes = rules.grown(edge, size, leaf), [*hashes, leaf]
