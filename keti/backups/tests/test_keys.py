"""The key that signs is changed: who holds the old one can check the new one, and the reverse."""

import os
import random
import subprocess
import sys
from dataclasses import replace

import pytest
from django.urls import reverse

from keti.backups.actions import change_key
from keti.kernel.refusals import Refused
from keti.ledger import rules
from keti.ledger.actions import keep_checkpoints
from keti.ledger.models import Entry, KeyChange
from keti.ledger.queries import export, history, public_key, receipt
from keti.ledger.queries.signing import NEXT, key_file, take_next
from keti.ledger.rules.standalone import standalone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_prepared():
    key_file().with_name(NEXT).unlink(missing_ok=True)
    yield
    key_file().with_name(NEXT).unlink(missing_ok=True)


def code(do):
    with pytest.raises(Refused) as said:
        do()
    return said.value.code


def text_of(cast, seq):
    entry = Entry.objects.get(book=cast.programme.public_id, seq=seq)
    return receipt(cast.programme, entry).text()


def test_the_older_key_vouches_for_the_newer_one_offline(
    cast, tmp_path, client, django_capture_on_commit_callbacks
):
    old = public_key()
    before = text_of(cast, 1)
    keep_checkpoints(cast.moment)
    with django_capture_on_commit_callbacks(execute=True):
        change_key(cast.qin.act(), reason="例行更换")
    new = public_key()
    assert new != old and new.name and not key_file().with_name(NEXT).exists()
    keys = client.get(reverse("site:key_changes")).content.decode()
    [change] = rules.read_changes(keys)
    assert (change.old, change.new) == (old, new)
    page = client.get(reverse("site:record")).content.decode()
    at = cast.programme.local(cast.moment).strftime("%Y-%m-%d %H:%M")
    assert f"{at}  {old.short()} → {new.short()}" in page
    line = Entry.objects.get(kind="backups.key.changed")
    assert line.content["facts"] == {"old": old.text(), "new": new.text(), "reason": "例行更换"}
    files = {
        "verify.py": standalone(),
        "keys.txt": keys,
        "old.txt": before,
        "new.txt": text_of(cast, 2),
        "kept.jsonl": "".join(f"{one}\n" for one in history(cast.programme)),
        "ledger.jsonl": "".join(f"{one}\n" for one in export(cast.programme)),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def ran(key, *names):
        words = [sys.executable, "-I", "verify.py", *names, "--key", key.text()]
        return subprocess.run(words, cwd=tmp_path, capture_output=True, check=False).returncode

    given = [name for name in files if name != "verify.py"]
    assert [ran(key, *given) for key in (old, new)] == [0, 0]
    assert [ran(old, "new.txt"), ran(new, "old.txt"), ran(new, "kept.jsonl")] == [1, 1, 1]
    stranger = rules.Key("keti.example.org", old.public[::-1])
    assert ran(stranger, *given) == 1


def test_no_bit_of_a_change_can_be_altered(cast):
    change_key(cast.qin.act(), reason="例行更换")
    data = KeyChange.objects.get().text.encode()
    assert rules.read_changes(data.decode())
    for bit in random.Random(3).sample(range(len(data) * 8), 60):
        bent = bytearray(data)
        bent[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ValueError):
            rules.read_changes(bent.decode("utf-8", "replace"))


def test_whoever_keeps_the_installation_changes_it_with_a_reason_and_not_in_a_play(cast, settings):
    change = change_key
    assert code(lambda: change(cast.lu.act(), reason="x")) == (
        "backups.only-founders-change-the-key"
    )
    assert code(lambda: change(cast.qin.act(), reason=" ")) == "backups.key-needs-a-reason"
    settings.KETI_MODE = "play"
    assert code(lambda: change(cast.qin.act(), reason="x")) == "backups.key-of-a-demo"
    assert not KeyChange.objects.exists()


def test_what_broke_off_between_row_and_file_is_finished_with_the_same_key(cast):
    act = replace(cast.qin.act(), key="once")
    old = public_key()
    change_key(act, reason="例行更换")
    change_key(act, reason="例行更换")
    assert public_key() == old
    change_key(cast.qin.act(), reason="再试一次")
    [kept] = KeyChange.objects.all()
    assert Entry.objects.filter(kind="backups.key.changed").count() == 1
    take_next()
    assert public_key().text() == kept.new


def test_a_key_written_at_the_same_tick_of_the_clock_is_told_apart(cast):
    old = public_key()
    change_key(cast.qin.act(), reason="例行更换")
    [kept] = KeyChange.objects.all()
    tick = key_file().stat().st_mtime_ns
    os.utime(key_file().with_name(NEXT), ns=(tick, tick))
    take_next()
    assert public_key().text() == kept.new != old.text()


def test_there_is_no_list_of_changes_before_the_first(client):
    assert client.get(reverse("site:key_changes")).status_code == 404
