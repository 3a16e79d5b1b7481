"""Receipts of lines, the installation's key, and the page that tells how to check."""

import os
import stat
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from keti.kernel import access
from keti.ledger import rules
from keti.ledger.actions import keep_checkpoints
from keti.ledger.models import Entry, HouseCheckpoint, StoredCheckpoint
from keti.ledger.queries import checkpoint, export
from keti.ledger.queries.signing import key_file, public_key, signed
from keti.ledger.rules import telling
from keti.ledger.rules.standalone import standalone
from keti.site import tick
from keti.site.doctor import examine
from tests.record import second

pytestmark = pytest.mark.django_db


def receipt(client, seq):
    return client.get(reverse("site:receipt", args=["cast", seq]))


def test_the_receipt_of_a_line_is_sound_for_both_verifiers_and_of_this_record(cast):
    seq = Entry.objects.filter(book=cast.programme.public_id).latest("seq").seq
    answer = receipt(cast.qin.client, seq)
    assert answer.headers["Content-Disposition"].endswith(f'"cast-{seq}-receipt.txt"')
    found, faults = rules.check_receipt(answer.content.decode(), public_key())
    assert faults == [] and second.receipt(answer.content)
    assert found.index == seq - 1
    assert found.note.checkpoint == checkpoint(cast.programme)
    ledger = ("\n".join(export(cast.programme)) + "\n").encode()
    files = [telling.look("l.jsonl", ledger, public_key()), telling.look("r", answer.content)]
    telling.compare(files)
    assert [one.faults for one in files] == [[], []]
    assert second.ledger(ledger) == []


def test_who_may_not_read_a_line_gets_no_receipt_of_it(cast):
    book = Entry.objects.filter(book=cast.programme.public_id)
    for entry in book:
        own = entry.actor_id == cast.mao.person.public_id
        shown = cast.mao.seat.public_id in entry.leaf or own
        assert receipt(cast.mao.client, entry.seq).status_code == (200 if shown else 404)
    assert receipt(cast.qin.client, 1).status_code == 200
    assert receipt(cast.qin.client, book.count() + 1).status_code == 404


def test_the_ledger_page_leads_to_the_receipt_of_each_line_and_carries_the_signature(cast):
    page = cast.qin.client.get(reverse("site:ledger", args=["cast"])).content.decode()
    assert f'href="{reverse("site:receipt", args=["cast", 1])}"' in page
    assert signed(checkpoint(cast.programme)).text() in page


def test_the_key_is_made_once_and_is_its_owners_alone(settings):
    settings.KETI_URL = "https://keti.example.org"
    key = public_key()
    assert key.name == "keti.example.org"
    assert stat.S_IMODE(os.stat(key_file()).st_mode) == 0o600
    settings.KETI_URL = "https://elsewhere.example.org"
    assert public_key() == key
    head = rules.Checkpoint("keti/x", 0, rules.root([]))
    assert signed(head).signed_by(key)
    key_file().unlink()
    assert public_key() != key
    assert not signed(head).signed_by(key)


def test_a_folder_that_is_played_signs_with_a_key_known_to_all(settings):
    settings.KETI_MODE = "play"
    assert public_key().name == "demo.keti.example"
    assert not key_file().exists()


def test_the_public_page_shows_the_key_and_hands_out_the_verifier(client):
    page = client.get(reverse("site:record")).content.decode()
    assert public_key().text() in page and public_key().short() in page
    assert str(settings.KETI_DATA) not in page
    answer = client.get(reverse("site:verifier"))
    assert answer.content.decode() == standalone()


def test_a_receipt_can_be_had_by_a_checkpoint_that_was_kept(cast):
    seq = Entry.objects.filter(book=cast.programme.public_id).latest("seq").seq
    keep_checkpoints(cast.moment)
    address = reverse("site:receipt", args=["cast", 2])
    answer = cast.qin.client.get(address, {"at": str(seq)})
    found, faults = rules.check_receipt(answer.content.decode(), public_key())
    assert faults == [] and found.note.checkpoint.size == seq
    for other in ("1", "x", "²", "-1", str(seq + 1), "9" * 40):
        assert cast.qin.client.get(address, {"at": other}).status_code == 404
    assert cast.mao.client.get(address, {"at": str(seq)}).status_code == 404


def test_the_programme_reads_its_kept_checkpoints_and_the_public_only_what_was_published(
    cast, client
):
    keep_checkpoints(cast.moment)
    address = reverse("site:checkpoints", args=["cast"])
    text = cast.mao.client.get(address).content
    found = telling.look("checkpoints.jsonl", text, public_key())
    assert found.faults == [] and len(found.history) == 1
    page = cast.mao.client.get(reverse("site:ledger", args=["cast"])).content.decode()
    assert cast.qin.client.get(address).content == text and f'href="{address}"' in page
    public = reverse("site:public_checkpoints", args=["cast"])
    assert (client.get(public).status_code, client.get(address).status_code) == (404, 302)
    assert public not in client.get(reverse("site:record")).content.decode()


def test_everybody_reads_what_was_signed_of_the_house(cast, client, monkeypatch):
    monkeypatch.setattr(tick, "back_up_due", lambda: None)
    address = reverse("site:house_checkpoints")
    assert client.get(address).status_code == 404
    assert address not in client.get(reverse("site:record")).content.decode()
    tick.write()
    found = telling.look("house.jsonl", client.get(address).content, public_key())
    assert found.faults == [] and len(found.history) == 1
    page = client.get(reverse("site:record")).content.decode()
    [kept] = HouseCheckpoint.objects.all()
    assert kept.root in page and f'href="{address}"' in page


def test_the_doctor_misses_the_end_of_a_day_of_the_access_log(cast, monkeypatch):
    monkeypatch.setattr(tick, "back_up_due", lambda: None)
    file = access.file_of(access.today() - timedelta(days=1))
    first = b'{"at":"","kind":"signed-in","before":""}\n'
    file.parent.mkdir()
    file.write_bytes(first + access._written(access.Access("x", "taken"), access._hash(first)))
    tick.write()
    assert dict(examine({"access log"})) == {"access log": ""}
    file.write_bytes(first)
    assert dict(examine({"access log"})) == {
        "access log": f"{file.name} was cut or written anew: line 2"
    }


def test_the_tick_keeps_a_checkpoint_and_the_doctor_reads_it(cast, monkeypatch):
    monkeypatch.setattr(tick, "back_up_due", lambda: None)
    tick.write()
    [kept] = StoredCheckpoint.objects.all()
    assert rules.read_note(kept.note).checkpoint.origin == "keti/cast"
    assert dict(examine({"kept checkpoints"})) == {"kept checkpoints": ""}
    StoredCheckpoint.objects.create(
        programme=cast.programme, size=1, signed_at=cast.moment, note=kept.note, key=kept.key
    )
    [(_, said)] = examine({"kept checkpoints"})
    assert said.startswith("cast: the record is not that of the checkpoint of 1 lines")
