"""Two verifiers, one written from the document alone, over sound records and after meddling."""

import itertools
import json
import random
import subprocess
import sys
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keti.ledger import rules
from keti.ledger.rules import telling
from keti.ledger.rules.standalone import NAME, standalone
from keti.ledger.rules.tree import digest
from tests.record import second
from tests.record.making import FORGER, KEY, SIGNER, Made, faults_of, flipped, signed, touched

MADE = Made(40)
SAMPLE = 150
"""How many bits of each file are flipped here; `python -m tests.prove record` takes 10,000."""


def told(*files, held=None):
    """Each file's faults after all were compared: codes alone."""
    found = [telling.look(name, data, held) for name, data in files]
    telling.compare(found)
    return [[code for _, code in one.faults] for one in found]


def receipt_of(number, made=MADE):
    return made.receipt(number).text().encode()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 8, 40])
def test_both_verifiers_find_a_sound_record_sound(count):
    made = Made(count)
    assert (faults_of(made.file()), second.ledger(made.file())) == ([], [])
    for number in range(1, count + 1):
        receipt = receipt_of(number, made)
        assert rules.check_receipt(receipt.decode())[1] == []
        assert second.receipt(receipt)


def test_ten_thousand_bits_small_every_one_found_where_it_is():
    data = MADE.file()
    for bit in random.Random(1).sample(range(len(data) * 8), SAMPLE):
        bent = flipped(data, bit)
        found, other = faults_of(bent), second.ledger(bent)
        assert found and found[0] in touched(data, bit), bit
        assert other and other[0] in touched(data, bit), bit


def test_every_bit_of_a_receipt_is_found_in_its_part():
    data = receipt_of(23)
    parts = parts_of(data)
    for bit in random.Random(2).sample(range(len(data) * 8), SAMPLE):
        bent = flipped(data, bit)
        _, faults = rules.check_receipt(bent.decode("utf-8", "replace"))
        assert faults, bit
        assert parts[faults[0][0] - 1] in {parts[one - 1] for one in touched(data, bit)}, bit
        assert not second.receipt(bent), bit


def parts_of(data: bytes) -> list[str]:
    """Which part of a receipt each line is: head, key, line, proof or note."""
    rows = data.decode().split("\n")
    note = len(rows) - rows[::-1].index("", 1) - 4
    last = ["proof"] * (note - 5) + ["note"] * (len(rows) - note + 2)
    return ["head", "key", "line", "head", "head", *last]


def test_a_line_changed_and_hashed_anew_is_found_from_one_receipt():
    forged = Made(40, what="另一件{}")
    assert told(("l.jsonl", forged.file()), ("r.txt", receipt_of(9))) == [
        [], ["ledger.fork", "ledger.not-the-trusted-history"][::-1],
    ]  # fmt: skip
    longer = Made(41, what="另一件{}")
    assert told(("l.jsonl", longer.file()), ("r.txt", receipt_of(9)))[1] == [
        "ledger.not-the-trusted-history"
    ]
    assert told(("l.jsonl", Made(60).file()), ("r.txt", receipt_of(9))) == [[], []]


def test_a_record_cut_short_is_found_from_one_receipt():
    short = Made(30).file()
    assert told(("l.jsonl", short), ("r.txt", receipt_of(9)))[1] == ["ledger.cut-short"]


def test_two_receipts_of_a_fork_are_enough():
    other = receipt_of(9, Made(40, what="另一件{}"))
    assert told(("one", receipt_of(3)), ("two", other)) == [[], ["ledger.fork"]]
    assert told(("one", receipt_of(3)), ("two", receipt_of(9))) == [[], []]


def test_a_swapped_checkpoint_is_found():
    other = Made(40, what="另一件{}")
    text = MADE.receipt(9).text().replace(MADE.note.text(), other.note.text())
    assert [code for _, code in rules.check_receipt(text)[1]] == ["ledger.receipt-way"]
    forged = signed(MADE.note.checkpoint, FORGER).text()
    text = MADE.receipt(9).text().replace(MADE.note.text(), forged)
    assert [code for _, code in rules.check_receipt(text)[1]] == ["ledger.receipt-signature"]


def test_a_record_signed_with_another_key_is_found_by_who_holds_the_key():
    stranger = rules.Key("keti.example", FORGER.public_key().public_bytes_raw())
    assert told(("l.jsonl", MADE.file()), held=stranger) == [["ledger.another-key"]]
    assert told(("r.txt", receipt_of(9)), held=stranger) == [["ledger.another-key"]]
    assert told(("r.txt", receipt_of(9)), held=KEY) == [[]]


def test_time_runs_forward_and_nothing_happens_after_it_was_recorded():
    rows = MADE.file().decode().splitlines()

    def bent(number, **fields):
        value = json.loads(rows[number - 1])
        leaf = rules.canonical(value["leaf"] | fields)
        row = rules.line(leaf, value["salt"], value["content"])
        return ("\n".join([*rows[: number - 1], row, *rows[number:]]) + "\n").encode()

    for number, fields, code in (
        (9, {"recorded": "2029-12-31T00:00:00.000Z", "happened": "2029-12-31T00:00:00.000Z"},
         "ledger.time-went-back"),
        (9, {"happened": "2031-01-01T00:00:00.000Z"}, "ledger.happened-after-recorded"),
    ):  # fmt: skip
        data = bent(number, **fields)
        assert rules.read_book(data.decode().splitlines()).faults[0] == (number, code)
        assert second.ledger(data)[0] == number


def test_what_is_sealed_and_erased_is_counted():
    book = rules.read_book(MADE.file().decode().splitlines())
    assert (book.sealed, book.erased) == (6, 5)


def test_a_published_file_is_named_by_its_line():
    data = b"%PDF-1.7 a report"
    made = Made(3, what=digest(data).hex())
    assert told(("l.jsonl", made.file()), ("report.pdf", data)) == [[], []]
    assert told(("l.jsonl", made.file()), ("report.pdf", data + b"!"))[1] == ["ledger.unknown-file"]


def test_the_standalone_file_needs_nothing_and_says_what_the_command_says(tmp_path):
    (tmp_path / NAME).write_text(standalone())
    (tmp_path / "ledger.jsonl").write_bytes(MADE.file())
    (tmp_path / "receipt.txt").write_bytes(receipt_of(9))
    (tmp_path / "bent.txt").write_bytes(receipt_of(9).replace(b'"n":9', b'"n":8'))

    def run(*words):
        command = [sys.executable, "-I", "-S", NAME, *words, "--lang", "en"]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return ran.returncode, ran.stdout, ran.stderr

    code, said, wrong = run("ledger.jsonl", "receipt.txt", "--key", KEY.text())
    assert (code, wrong) == (0, "")
    assert "ledger.jsonl: 40 lines, each as it was written" in said
    assert "receipt.txt: line 9 stands in the record: 2030-01-01T00:09:00.000Z" in said
    code, said, wrong = run("bent.txt")
    assert (code, said) == (1, "")
    assert wrong.startswith("bent.txt:3: The content of this line does not match its commitment")
    assert run("absent.txt")[0] == 2


def test_the_parts_of_the_standalone_file_do_not_tread_on_each_other():
    names = [
        row.split("(")[0].split(":")[0].split(" ")[1]
        for row in standalone().splitlines()
        if row.startswith(("def ", "class "))
    ]
    assert len(names) == len(set(names))
    assert "keti." not in "".join(
        row for row in standalone().splitlines() if row.startswith(("import", "from"))
    )


def kept_file() -> bytes:
    """`checkpoints.jsonl` of the record when it had 3, 17 and 40 lines."""
    notes = [
        signed(rules.Checkpoint("keti/cast", n, rules.root(MADE.hashes[:n]))) for n in (3, 17, 40)
    ]
    rows = [rules.history_line("keti/cast"), *(rules.checkpoint_line(one, KEY) for one in notes)]
    return "".join(f"{row}\n" for row in rows).encode()


def changed_key() -> bytes:
    """`keti-keys.txt`: one key follows another, which is followed by a third."""
    third = Ed25519PrivateKey.from_private_bytes(b"t" * 32)
    keys = [(KEY, SIGNER)]
    keys += [
        (rules.Key("keti.example", one.public_key().public_bytes_raw()), one)
        for one in (FORGER, third)
    ]
    text = ""
    for (old, first), (new, second_) in itertools.pairwise(keys):
        change = rules.KeyChange(old, new, "2030-01-02T03:04:05Z")
        body = change.body().encode()
        text += replace(change, signatures=(first.sign(body), second_.sign(body))).text()
    return text.encode()


def first_history(data: bytes) -> list[int]:
    """The lines of `checkpoints.jsonl` that keti's own verifier finds wrong."""
    return [number for number, _ in telling.look("checkpoints.jsonl", data, None).faults]


def test_every_bit_of_the_kept_checkpoints_is_found_by_both():
    data = kept_file()
    assert (first_history(data), second.checkpoints(data)) == ([], [])
    for bit in random.Random(3).sample(range(len(data) * 8), SAMPLE):
        bent = flipped(data, bit)
        assert first_history(bent), bit
        assert second.checkpoints(bent), bit


def test_every_bit_of_a_change_of_key_is_found_by_both():
    data = changed_key()
    assert len(rules.read_changes(data.decode())) == 2
    assert second.change_of_key(data)
    for bit in random.Random(4).sample(range(len(data) * 8), SAMPLE):
        bent = flipped(data, bit)
        with pytest.raises(ValueError):
            rules.read_changes(bent.decode())
        assert not second.change_of_key(bent), bit
