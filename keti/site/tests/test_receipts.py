"""Receipts of lines, the installation's key, and the page that tells how to check."""

import os
import stat

import pytest
from django.conf import settings
from django.urls import reverse

from keti.ledger import rules
from keti.ledger.models import Entry
from keti.ledger.queries import checkpoint, export
from keti.ledger.queries.signing import key_file, public_key, signed
from keti.ledger.rules import telling
from keti.ledger.rules.standalone import standalone
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
