"""Ledgers and receipts made without an installation, and ways of meddling with them."""

from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keti.ledger import rules

SIGNER = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
KEY = rules.Key("keti.example", SIGNER.public_key().public_bytes_raw())
START = datetime(2030, 1, 1, tzinfo=UTC)
FORGER = Ed25519PrivateKey.from_private_bytes(b"f" * 32)


def leaf_and_rest(number: int, what: str = "第{}件") -> tuple[str, str, object]:
    """Leaf, salt and content of line `number`."""
    content = {"actor": "秦秘书（演示）", "facts": {"what": what.format(number), "n": number}}
    salt = f"{number:032x}"
    at = f"{START + timedelta(minutes=number):%Y-%m-%dT%H:%M}:00.000Z"
    leaf = {"v": 1, "seq": number, "kind": "reports.report.handed-in", "recorded": at}
    leaf |= {"happened": at, "actor": "a" * 26, "seat": "", "behalf": "", "evidence": ""}
    leaf |= {"about": ["reports.report", "b" * 26], "content": rules.commitment(salt, content)}
    return rules.canonical(leaf), salt, content


def signed(head: rules.Checkpoint, signer: Ed25519PrivateKey = SIGNER) -> rules.Note:
    """The checkpoint with a signature."""
    line = KEY.line(signer.sign(head.text().encode()))
    return rules.read_note(f"{head.text()}\n{line}")


class Made:
    """A sound ledger of so many lines; some sealed, some erased."""

    def __init__(self, count: int, *, what: str = "第{}件", origin: str = "keti/cast") -> None:
        self.hashes: list[bytes] = []
        self.rows: list[str] = []
        self.leaves: list[tuple[str, str, object]] = []
        for number in range(1, count + 1):
            leaf, salt, content = leaf_and_rest(number, what)
            self.leaves.append((leaf, salt, content))
            self.hashes.append(rules.leaf_hash(leaf))
            self.rows.append(self._row(number, leaf, salt, content))
        self.note = signed(rules.Checkpoint(origin, count, rules.root(self.hashes)))

    def _row(self, number: int, leaf: str, salt: str, content: object) -> str:
        if number % 7 == 5:
            return rules.sealed_line(self.hashes[-1].hex())
        if number % 7 == 6:
            return rules.line(leaf, None, None)
        return rules.line(leaf, salt, content)

    def file(self) -> bytes:
        """`ledger.jsonl`."""
        return ("\n".join([*self.rows, rules.checkpoint_line(self.note, KEY)]) + "\n").encode()

    def receipt(self, number: int) -> rules.Receipt:
        """The receipt of line `number`."""
        proof = tuple(rules.inclusion(self.hashes, number - 1))
        row = rules.line(*self.leaves[number - 1])
        return rules.Receipt(row, number - 1, proof, self.note, KEY)


def flipped(data: bytes, bit: int) -> bytes:
    """The same bytes but for one bit."""
    bent = bytearray(data)
    bent[bit // 8] ^= 1 << bit % 8
    return bytes(bent)


def touched(data: bytes, bit: int) -> set[int]:
    """The numbers of the lines that a flipped bit belongs to: a line end stands between two."""
    place = bit // 8
    number = data.count(b"\n", 0, place) + 1
    return {number, number + 1} if data[place : place + 1] == b"\n" else {number}


def faults_of(data: bytes) -> list[int]:
    """The lines that keti's own verifier finds wrong."""
    rows = data.decode("utf-8", "replace").split("\n")
    found = rules.read_book(rows[:-1] if rows[-1] == "" else rows).faults
    return [number for number, _ in found]
