"""The house's own book is signed once a day, and in it stands where the access log ended."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from keti.kernel import access
from keti.kernel.access import Kind
from keti.ledger import rules
from keti.ledger.actions import keep_house_checkpoint
from keti.ledger.models import HouseCheckpoint
from keti.ledger.queries import (
    checkpoint,
    entries,
    export,
    history,
    noted_days,
    public_key,
    wrong_checkpoint,
)
from keti.ledger.rules import telling, verify

pytestmark = pytest.mark.django_db
MORNING = datetime(2031, 5, 2, 6, tzinfo=UTC)


@pytest.fixture
def yesterday(cast, time_machine):
    """Three lines of the first of May, one of the second, which is not over."""
    time_machine.move_to(MORNING - timedelta(days=1), tick=False)
    for address in ("10.0.0.1", "10.0.0.2", "10.0.0.3"):
        access.note(Kind.SIGNED_IN, person="p", address=address)
    time_machine.move_to(MORNING, tick=False)
    access.note(Kind.SIGNED_OUT, person="p")
    return access.file_of(access.days()[-1])


def test_a_day_that_is_over_is_told_and_signed_once(yesterday):
    kept = keep_house_checkpoint(MORNING)
    note = rules.read_note(kept.note)
    assert note.checkpoint == checkpoint(None)
    assert (note.checkpoint.origin, note.signed_by(public_key())) == ("keti:house", True)
    [(day, number, end)] = noted_days()
    assert (day, number, [end]) == ("2031-05-01", 3, access.ends()["2031-05-01"][1:])
    line = entries(None).last()
    assert (line.kind, line.actor_id, line.content["actor"]) == ("ledger.access.noted", "", "平台")
    assert keep_house_checkpoint(MORNING + timedelta(hours=3)) is None
    assert entries(None).count() == kept.size
    assert verify(export(None), kept.note) == []
    assert wrong_checkpoint(None) is None


def test_lines_that_are_cut_or_written_anew_are_found(yesterday):
    keep_house_checkpoint(MORNING)
    [noted] = noted_days()
    whole = yesterday.read_bytes()
    assert access.cut(*noted) == ""
    yesterday.write_bytes(whole + b"more\n")  # a clock that was put back writes there once more
    assert access.cut(*noted) == ""
    yesterday.write_bytes(whole[: whole[:-1].rindex(b"\n") + 1])
    assert access.cut(*noted) == "2031-05-01.jsonl was cut or written anew: line 3"
    assert access.wrong(access.days()[-1]) == ""  # the chain of hashes alone does not tell
    yesterday.unlink()
    assert access.cut(*noted) == "2031-05-01.jsonl is gone"


def test_a_day_let_go_as_the_settings_say_is_not_missed(yesterday, time_machine):
    keep_house_checkpoint(MORNING)
    [noted] = noted_days()
    later = MORNING + timedelta(days=202)
    time_machine.move_to(later, tick=False)
    assert access.sweep(later) > 0
    assert access.cut(*noted) == ""


def test_what_was_signed_of_the_house_stays_and_can_be_checked_elsewhere(yesterday):
    keep_house_checkpoint(MORNING)
    text = "".join(f"{line}\n" for line in history(None)).encode()
    ledger = "".join(f"{line}\n" for line in export(None)).encode()
    found = [telling.look(name, data, None) for name, data in (("c", text), ("l", ledger))]
    telling.compare(found)
    assert [one.faults for one in found] == [[], []]
    for change in (
        "UPDATE ledger_housecheckpoint SET note = 'x'",
        "DELETE FROM ledger_housecheckpoint",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    one = HouseCheckpoint.objects.get()
    HouseCheckpoint.objects.create(size=one.size + 1, signed_at=MORNING, note=one.note, key=one.key)
    assert wrong_checkpoint(None).size == one.size + 1
