"""Recording: one line an act, once a key, forward in time."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from keti.kernel.acts import Act, Subject
from keti.kernel.refusals import Refused
from keti.ledger import rules
from keti.ledger.actions import key_to_show, record, repeated
from keti.ledger.models import Entry
from keti.ledger.queries import checkpoint, entries, export, of_subject
from tests.cast import Cast, local

THING = Subject("x.thing", "a" * 26, "一件事", "/x/")
KIND = "x.thing.done"
RACE = "import django; django.setup(); from keti.ledger.tests.racing import main; main()"


def write(cast: Cast, act: Act) -> Entry:
    return record(act, KIND, programme=cast.programme, about=THING, facts={"at": act.recorded_at})


def test_a_line_says_who_when_in_which_seat_and_about_what(cast):
    act = cast.lu.act(at="2030-04-02T10:00")
    entry = write(cast, act)
    leaf = rules.canonical(
        {
            "v": 1,
            "seq": entry.seq,
            "kind": KIND,
            "recorded": "2030-04-02T02:00:00.000Z",
            "happened": "2030-04-02T02:00:00.000Z",
            "actor": cast.lu.person.public_id,
            "seat": cast.lu.seat.public_id,
            "behalf": "",
            "about": ["x.thing", "a" * 26],
            "evidence": "",
            "content": rules.commitment(entry.salt, entry.content),
        }
    )
    assert entry.leaf == leaf
    assert entry.content["actor"] == cast.lu.person.name
    assert entry.content["facts"] == {"at": "2030-04-02T02:00:00.000Z"}
    assert list(of_subject(cast.programme, THING.id)) == [entry]


def test_names_stand_in_the_content_and_not_in_the_leaf(cast):
    entry = write(cast, cast.lu.act())
    assert cast.lu.person.name not in entry.leaf
    assert cast.lu.person.name in str(entry.content)


def test_numbers_follow_without_a_gap_and_the_export_verifies(cast):
    for _ in range(3):
        write(cast, cast.lu.act())
    numbers = list(entries(cast.programme).values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    lines = list(export(cast.programme))
    assert len(lines) == len(numbers) + 1
    assert rules.verify(lines, checkpoint(cast.programme).text()) == []


def test_an_act_with_a_key_is_found_again_and_written_once(cast):
    act = replace(cast.lu.act(), key="k1")
    assert repeated(act, KIND, programme=cast.programme) is None
    entry = write(cast, act)
    assert repeated(act, KIND, programme=cast.programme) == entry
    assert repeated(act, "x.thing.undone", programme=cast.programme) is None
    assert repeated(replace(cast.mao.act(), key="k1"), KIND, programme=cast.programme) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        write(cast, act)


def test_an_act_without_a_key_is_never_a_repetition(cast):
    write(cast, cast.lu.act())
    assert repeated(cast.lu.act(), KIND, programme=cast.programme) is None


def test_a_clock_a_moment_behind_takes_the_moment_before(cast):
    write(cast, cast.lu.act(at="2030-04-02T10:00"))
    entry = write(cast, replace(cast.lu.act(), recorded_at=local("2030-04-02T09:59:30")))
    assert entry.recorded_at == local("2030-04-02T10:00")
    assert entry.happened_at == local("2030-04-02T09:59:30")


def test_an_act_that_waited_long_is_recorded_after_those_it_waited_for(cast):
    """It happened when it was received; nobody recorded it late."""
    cast.at("2030-04-02T10:00")
    write(cast, cast.lu.act())
    entry = write(cast, replace(cast.mao.act(), recorded_at=local("2030-04-02T08:00")))
    assert entry.recorded_at == local("2030-04-02T10:00")
    assert entry.happened_at == local("2030-04-02T08:00")
    assert entry.content["late"] is False
    assert rules.verify(list(export(cast.programme))) == []


def test_a_clock_that_ran_back_is_refused(cast):
    write(cast, cast.lu.act(at="2030-04-02T10:00"))
    late = local("2030-04-02T10:00") - timedelta(seconds=61)
    before = checkpoint(cast.programme)
    with pytest.raises(Refused) as refused:
        write(cast, replace(cast.lu.act(), recorded_at=late))
    assert refused.value.code == "ledger.time-runs-back"
    assert checkpoint(cast.programme) == before


@pytest.mark.django_db
def test_the_house_has_a_book_of_its_own(cast):
    entry = record(cast.qin.act(), "x.house.done", programme=None, about=THING)
    assert (entry.book, entry.seq, entry.programme) == ("house", 2, None)


@pytest.mark.fault
def test_two_connections_make_one_line_and_no_gap(tmp_path):
    """Two senders of one act at the same moment, each with a connection of its own."""
    shown = {one: value for one, value in os.environ.items() if one != "DATABASE_URL"}
    environment = shown | {
        "KETI_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "keti.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
    }
    ran = subprocess.run(
        [sys.executable, "-c", RACE],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(ran.stdout) == {"answers": 8, "different": 1, "lines": 1, "faults": []}


def test_a_key_stands_for_what_was_sent_with_it(cast):
    act = replace(cast.lu.act(), key="k1", digest="a" * 64)
    entry = write(cast, act)
    assert (entry.digest, repeated(act, KIND, programme=cast.programme)) == ("a" * 64, entry)
    with pytest.raises(Refused) as refused:
        repeated(replace(act, digest="b" * 64), KIND, programme=cast.programme)
    assert refused.value.code == "ledger.sent-with-other-content"
    assert key_to_show("k1") != "k1"
    assert key_to_show("k2") == "k2"


def test_a_line_without_a_digest_answers_as_before(cast):
    entry = write(cast, replace(cast.lu.act(), key="k1"))
    sent = replace(cast.lu.act(), key="k1", digest="b" * 64)
    assert repeated(sent, KIND, programme=cast.programme) == entry
