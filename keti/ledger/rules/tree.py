"""The tree of RFC 6962: hashes, the right edge that grows, proofs and their check."""

import hashlib
from collections.abc import Sequence

HASH_BYTES = 32


def digest(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def leaf_hash(leaf: str) -> bytes:
    """Hash of one leaf (RFC 6962, 2.1)."""
    return digest(b"\x00" + leaf.encode())


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of what stands over two subtrees (RFC 6962, 2.1)."""
    return digest(b"\x01" + left + right)


def grown(edge: Sequence[bytes], size: int, leaf: bytes) -> list[bytes]:
    """The right edge of a tree of `size` leaves after one more: the roots of its full subtrees, one
    for every bit of its size, the widest first."""
    standing, node = list(edge), leaf
    while size & 1:
        node = node_hash(standing.pop(), node)
        size >>= 1
    return [*standing, node]


def crown(edge: Sequence[bytes]) -> bytes:
    """The Merkle tree head above a right edge."""
    if not edge:
        return digest(b"")
    *wider, node = edge
    for left in reversed(wider):
        node = node_hash(left, node)
    return node


def root(hashes: Sequence[bytes]) -> bytes:
    """Merkle tree head over leaf hashes (RFC 6962, 2.1), in linear time."""
    edge: list[bytes] = []
    for size, leaf in enumerate(hashes):
        edge = grown(edge, size, leaf)
    return crown(edge)


def inclusion(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of leaf `index` (RFC 6962, 2.1.1), nearest first.

    Floor by floor: a last node without a neighbour goes up as it is.
    """
    floor, proof = list(hashes), []
    while len(floor) > 1:
        beside = index ^ 1
        if beside < len(floor):
            proof.append(floor[beside])
        pairs = zip(floor[::2], floor[1::2], strict=False)
        above = [node_hash(left, right) for left, right in pairs]
        floor = above + floor[-1:] if len(floor) & 1 else above
        index >>= 1
    return proof


def consistency(hashes: Sequence[bytes], old: int) -> list[bytes]:
    """The proof that the tree over the first `old` leaves is a beginning of this one (2.1.2)."""
    if not 0 < old < len(hashes):
        return []
    low, high, whole = 0, len(hashes), True
    proof: list[bytes] = []
    while old != high:
        half = low + (1 << (high - low - 1).bit_length() - 1)
        if old <= half:
            proof.append(root(hashes[half:high]))
            high = half
        else:
            proof.append(root(hashes[low:half]))
            low, whole = half, False
    return [*([] if whole else [root(hashes[low:high])]), *reversed(proof)]


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], head: bytes) -> bool:
    """Does the audit path lead from the leaf to the head (RFC 9162, 2.1.3.2)?"""
    if not 0 <= index < size or any(len(one) != HASH_BYTES for one in (leaf, head, *proof)):
        return False
    place, last, node = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(beside, node)
            place, last = _up(place, last)
        else:
            node = node_hash(node, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and node == head


def consistent(old: int, new: int, proof: Sequence[bytes], before: bytes, after: bytes) -> bool:
    """Does the proof show that the tree of `old` leaves became that of `new` (2.1.4.2)?"""
    if old == new:
        return old > 0 and not proof and before == after
    if not 0 < old < new or any(len(one) != HASH_BYTES for one in (before, after, *proof)):
        return False
    path = [before, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    then = now = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            then, now = node_hash(beside, then), node_hash(beside, now)
            place, last = _up(place, last)
        else:
            now = node_hash(now, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and then == before and now == after


def _up(place: int, last: int) -> tuple[int, int]:
    """Up past the floors on which the node has no left neighbour."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
