"""Checkpoints that are kept: once a day; and a record written anew is found by them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from keti.kernel.acts import Subject
from keti.ledger import rules
from keti.ledger.actions import keep_checkpoint, keep_checkpoints, record
from keti.ledger.models import Entry, StoredCheckpoint
from keti.ledger.queries import (
    checkpoint,
    checkpoints,
    export,
    history,
    public_key,
    receipt,
    wrong_checkpoint,
)
from keti.ledger.queries.signing import key_file
from keti.ledger.rules import telling
from tests.record import second

pytestmark = pytest.mark.django_db


def more(cast, count=1):
    for number in range(count):
        about = Subject("cast.thing", f"t{number}", "thing", "/")
        record(cast.qin.act(), "cast.thing.done", programme=cast.programme, about=about)


def told(*files, held=None):
    found = [telling.look(name, data.encode(), held) for name, data in files]
    telling.compare(found)
    return [one.faults for one in found]


def kept_text(cast):
    return "".join(f"{line}\n" for line in history(cast.programme))


def ledger_text(cast):
    return "".join(f"{line}\n" for line in export(cast.programme))


def test_a_checkpoint_is_kept_once_a_day_and_only_where_something_was_recorded(cast):
    now = cast.moment
    assert keep_checkpoints(now) == 1
    [first] = checkpoints(cast.programme)
    assert rules.read_note(first.note).checkpoint == checkpoint(cast.programme)
    assert rules.read_note(first.note).signed_by(public_key())
    more(cast)
    assert keep_checkpoints(now) == 0
    day = cast.programme.local(now).replace(hour=0, minute=0) + timedelta(days=1)
    assert keep_checkpoints(day - timedelta(minutes=1)) == 0
    assert keep_checkpoints(day) == 1
    assert keep_checkpoints(day + timedelta(days=1)) == 0
    sizes = [one.size for one in checkpoints(cast.programme)]
    assert sizes == [first.size + 1, first.size]


def test_what_was_kept_outlives_its_key_and_still_gives_receipts(cast):
    old = public_key()
    keep_checkpoints(cast.moment)
    [kept] = checkpoints(cast.programme)
    key_file().unlink()
    more(cast, 3)
    keep_checkpoint(cast.programme, cast.moment)
    assert public_key() != old
    assert wrong_checkpoint(cast.programme) is None
    entry = Entry.objects.get(book=cast.programme.public_id, seq=2)
    text = receipt(cast.programme, entry, kept).text()
    found, faults = rules.check_receipt(text, old)
    assert faults == [] and found is not None and second.receipt(text.encode())
    assert found.note.checkpoint.size == kept.size
    assert text == receipt(cast.programme, entry, kept).text()
    files = [("k.jsonl", kept_text(cast)), ("l.jsonl", ledger_text(cast)), ("r.txt", text)]
    assert told(*files) == [[], [], []]


def test_a_history_written_anew_is_not_that_of_what_was_kept(cast):
    keep_checkpoints(cast.moment)
    kept, rows = kept_text(cast), ledger_text(cast).split("\n")
    with transaction.atomic():
        more(cast, 1)
        other = ledger_text(cast)
        transaction.set_rollback(True)
    assert told(("k.jsonl", kept), ("l.jsonl", other)) == [[], []]
    made = rules.read_book(rows[:-1])
    forged = [rules.sealed_line("ab" * 32), *rows[1:-2]]
    hashes = [bytes.fromhex("ab" * 32), *made.hashes[1:]]
    head = rules.Checkpoint(f"keti/{cast.programme.slug}", len(hashes), rules.root(hashes))
    forged.append(rules.headed(head))
    assert rules.verify(forged) == []
    (history_faults, _) = told(("k.jsonl", kept), ("l.jsonl", "\n".join(forged) + "\n"))
    assert (2, "ledger.history-differs") in history_faults


def test_every_meddling_with_the_file_of_checkpoints_is_found_on_its_line(cast):
    keep_checkpoints(cast.moment)
    more(cast)
    keep_checkpoint(cast.programme, cast.moment)
    top, one, two = kept_text(cast).splitlines()

    def faults(*rows, held=None):
        return told(("k.jsonl", "\n".join(rows) + "\n"), held=held)[0]

    assert faults(top, one, two) == faults(top, one, two, held=public_key()) == []
    assert faults(top, two, one) == [(3, "ledger.history-broken")]
    assert faults(top, one, one) == [(3, "ledger.history-broken")]
    assert faults(top) == [(1, "ledger.history-broken")]
    other = top.replace("keti/", "keti/another-")
    assert [number for number, _ in faults(other, one, two)] == [2, 3]
    first, later = rules.read_book([one]).note, rules.read_book([two]).note
    swapped = rules.Note(later.checkpoint, first.signatures)
    row = two.replace(rules.canonical(later.text()), rules.canonical(swapped.text()))
    assert row != two
    assert faults(top, one, row) == [(3, "ledger.not-signed")]
    assert faults(top, one, two, held=rules.Key("other", b"\x01" * 32)) == [
        (2, "ledger.another-key"),
        (3, "ledger.another-key"),
    ]


def test_a_kept_checkpoint_of_another_history_is_named_by_the_doctor(cast):
    assert wrong_checkpoint(cast.programme) is None
    keep_checkpoints(cast.moment)
    assert wrong_checkpoint(cast.programme) is None
    good = checkpoints(cast.programme)[0]
    bad = StoredCheckpoint.objects.create(
        programme=cast.programme, size=1, signed_at=cast.moment, note=good.note, key=good.key
    )
    assert wrong_checkpoint(cast.programme) == bad


def test_what_was_kept_is_neither_changed_nor_deleted(cast):
    keep_checkpoints(cast.moment)
    for statement in (
        "UPDATE ledger_storedcheckpoint SET note = 'x'",
        "DELETE FROM ledger_storedcheckpoint",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert checkpoints(cast.programme).count() == 1
