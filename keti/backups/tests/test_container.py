"""Each byte of a backup is accounted for: what is not as it was written is found."""

import hashlib
import io
import random
import tarfile

import pytest

from keti.backups.messages import MESSAGES
from keti.backups.rules import Damaged, Manifest, Writer, walk

FILES = {"keti.sqlite3": b"rows " * 150, "files/ab/cd/abcd": b"", "secret-key": b"k" * 512}


def written() -> bytes:
    out = io.BytesIO()
    writer = Writer(out)
    for name, data in FILES.items():
        writer.add(name, len(data), io.BytesIO(data))
    at = "2030-03-01T09:00:00+00:00"
    writer.finish(Manifest("0.1.0", at, "sqlite", [["ledger", "0001"]], {}, writer.parts))
    return out.getvalue()


def place(data: bytes) -> dict[str, object]:
    """What is said of a file that is not whole; its sentence exists and takes these facts."""
    with pytest.raises(Damaged) as wrong:
        walk(io.BytesIO(data))
    for words in MESSAGES[wrong.value.code]:
        words.format(file="f", **wrong.value.facts)
    return wrong.value.facts


def test_what_is_whole_is_read_and_any_tar_reads_it_too():
    taken = {}
    manifest = walk(io.BytesIO(written()), lambda name, _size, p: taken.update({name: b"".join(p)}))
    assert taken == FILES
    assert [one.name for one in manifest.parts] == list(FILES)
    assert manifest.parts[0].sha256 == hashlib.sha256(FILES["keti.sqlite3"]).hexdigest()
    with tarfile.open(fileobj=io.BytesIO(written())) as known:
        assert known.getnames() == [*FILES, "manifest.json", "manifest.sha256"]


def test_one_flipped_bit_anywhere_is_refused_and_its_place_named():
    data, dice = written(), random.Random(7)
    for at in range(dice.randrange(3), len(data), 3):
        wrong = bytearray(data)
        wrong[at] ^= 1 << dice.randrange(8)
        facts = place(bytes(wrong))
        first = int(str(facts.get("byte", 0)))
        last = int(str(facts.get("last", first + 1024)))
        assert first - 512 <= at <= last + 512, (at, facts)


def test_whatever_is_cut_off_or_put_behind_is_refused():
    data = written()
    for size in range(0, len(data), 7):
        place(data[:size])
    place(data[:-1])
    place(data + b"\0")
    place(data[:-1024])


def test_parts_that_changed_places_or_are_missing_are_refused():
    data = written()
    first, second = data[: 512 + 1024], data[512 + 1024 : 512 + 1024 + 512]
    place(second + first + data[len(first) + len(second) :])
    place(data[len(first) :])
    place(first + data)


def test_a_source_that_ends_early_is_no_part():
    with pytest.raises(EOFError):
        Writer(io.BytesIO()).add("x", 9, io.BytesIO(b"short"))
