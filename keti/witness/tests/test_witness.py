"""Partner units confirm checkpoints; a root that differs is refused, recorded and told."""

import json
from datetime import UTC, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from keti.accounts.models import Organisation
from keti.kernel.acts import Subject
from keti.kernel.refusals import Refused
from keti.ledger import rules
from keti.ledger.actions import keep_checkpoints, record
from keti.ledger.models import Entry
from keti.ledger.queries import checkpoint, checkpoints, export, history, public_key
from keti.ledger.rules import telling
from keti.ledger.rules.notes import encoded
from keti.notify.models import Message
from keti.witness.actions import confirm, dispute, withdraw, write_monthly
from keti.witness.models import Confirmation
from keti.witness.queries import lines_under
from tests.record import second

pytestmark = pytest.mark.django_db
PAGE = ("witness:page", ["cast"])


@pytest.fixture
def kept(cast):
    keep_checkpoints(cast.moment)
    return checkpoints(cast.programme).get()


def said(cast, who="lu", typed="", **more):
    return confirm(cast.players[who].act(**more), programme=cast.programme, typed=typed)


def text(cast):
    return "".join(f"{row}\n" for row in history(cast.programme, lines_under(cast.programme)))


def post(cast, who, typed):
    page = reverse(*PAGE[:1], args=PAGE[1])
    client = cast.players[who].client
    key = client.get(page).context["form"]["key"].value()
    return client.post(page, {"key": key, "typed": typed})


def test_a_unit_confirms_once_and_both_verifiers_read_it(cast, kept):
    made = said(cast, typed=f" {kept.root[:4]} {kept.root[4:9]}\n")
    assert (made.unit, made.by, made.checkpoint.pk) == (cast.lu.seat.unit, cast.lu.person, kept.pk)
    line = Entry.objects.latest("pk")
    assert line.kind == "witness.checkpoint.confirmed"
    assert line.content["facts"] == {
        "size": kept.size, "root": kept.root, "unit": "卢氏研究所（演示）",
    }  # fmt: skip
    with pytest.raises(Refused, match=r"witness\.confirmed-already"):
        said(cast, typed=kept.root)
    said(cast, "mao", kept.root)
    files = [telling.look("k.jsonl", text(cast).encode(), public_key())]
    telling.compare([*files, telling.look("l", "\n".join(export(cast.programme)).encode())])
    [found] = files
    assert found.faults == [] and second.checkpoints(text(cast).encode()) == []
    told = [facts for code, facts in found.said if code == "confirmed"]
    at = made.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    assert told == [
        {"unit": "卢氏研究所（演示）", "at": at, "size": kept.size},
        {"unit": "毛氏研究所（演示）", "at": at, "size": kept.size},
    ]


def test_a_confirmation_that_was_altered_is_found(cast, kept):
    said(cast, typed=kept.root)
    whole = text(cast)
    for was, now in (("卢氏研究所", "纪氏研究所"), ("/confirmed/", "/confirmed/x")):
        other = whole.replace(was, now).encode()
        found = telling.look("k.jsonl", other, public_key())
        assert found.faults == [(2, "ledger.confirmation-unsigned")], now
        assert second.checkpoints(other) == [2]
    line = json.loads(whole.split("\n")[1])["checkpoint"].split("\n")[-2]
    end = line.split(" ")[2]
    bytes_of = bytearray(rules.read_signature(line)[1])
    for place in (0, 5, 11, 12, 40, len(bytes_of) - 1):
        changed = bytearray(bytes_of)
        changed[place] ^= 1
        other = whole.replace(end, encoded(bytes(changed))).encode()
        assert telling.look("k.jsonl", other).faults == [(2, "ledger.confirmation-unsigned")]
        assert second.checkpoints(other) == [2]


def test_another_root_is_refused_recorded_and_told_to_the_secretariat_once(cast, kept):
    for _ in range(2):
        answer = post(cast, "lu", "AAAABBBBCC")
        assert answer.status_code == 422
        assert "没有确认" in answer.content.decode() and "AAAABBBBCC" in answer.content.decode()
    assert not Confirmation.objects.exists()
    lines = Entry.objects.filter(kind="witness.checkpoint.disputed")
    assert [one.content["facts"]["typed"] for one in lines] == ["AAAABBBBCC", "AAAABBBBCC"]
    [letter] = Message.objects.filter(kind="witness.disputed")
    assert letter.recipient_id == cast.qin.person.public_id
    assert "AAAABBBBCC" in letter.body and "卢氏研究所" in letter.subject
    with pytest.raises(Refused, match=r"witness\.agrees"):
        dispute(cast.lu.act(), programme=cast.programme, typed=kept.root)


def test_a_slip_an_unkept_root_and_too_few_signs_raise_no_alarm(cast, kept):
    about = Subject("cast.thing", "t", "thing", "/")
    record(cast.qin.act(), "cast.thing.done", programme=cast.programme, about=about)
    now = encoded(checkpoint(cast.programme).root)
    for typed, code in (
        (kept.root[:8].swapcase(), "slip"), (now[:8], "not-kept"), (kept.root[:7], "too-short"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=rf"witness\.{code}"):
            said(cast, typed=typed)
        assert post(cast, "lu", typed).status_code == 422
    assert not Message.objects.filter(kind="witness.disputed").exists()


def test_who_keeps_the_record_does_not_confirm_it(cast, kept):
    office = Organisation.objects.get(pk=cast.qin.seat.organisation_id)
    with pytest.raises(Refused, match=r"witness\.keeper"):
        said(cast, "qin", kept.root)
    cast.lu.person.unit = office
    cast.lu.person.save()
    cast.lu.seat.person = cast.lu.person
    with pytest.raises(Refused, match=r"witness\.keeper"):
        said(cast, "lu", kept.root)
    assert cast.wu.client.get(reverse(*PAGE[:1], args=PAGE[1])).status_code == 404


def test_it_is_taken_back_with_a_reason_by_its_own_unit(cast, kept):
    made = said(cast, typed=kept.root)
    with pytest.raises(Refused, match=r"witness\.only-its-unit"):
        withdraw(cast.mao.act(), confirmation=made, reason="看错。")
    with pytest.raises(Refused, match=r"witness\.reason-needed"):
        withdraw(cast.lu.act(), confirmation=made, reason=" ")
    away = reverse("witness:withdraw", args=["cast", made.public_id])
    key = cast.lu.client.get(away).context["form"]["key"].value()
    assert cast.lu.client.post(away, {"key": key, "reason": "看的是旧信。"}).status_code == 302
    made.refresh_from_db()
    assert (made.reason, made.withdrawn_by) == ("看的是旧信。", cast.lu.person)
    assert lines_under(cast.programme) == {}
    with pytest.raises(Refused, match=r"witness\.withdrawn-already"):
        withdraw(cast.lu.act(), confirmation=made, reason="再撤。")
    assert said(cast, typed=kept.root).pk != made.pk
    with pytest.raises(DatabaseError), transaction.atomic():
        Confirmation.objects.filter(pk=made.pk).update(reason="别的原因。")
    with pytest.raises(DatabaseError), transaction.atomic():
        Confirmation.objects.all().delete()


def test_the_page_keeps_the_first_signs_to_be_typed_and_shows_who_confirmed(cast, kept):
    page = reverse(*PAGE[:1], args=PAGE[1])
    shown = cast.lu.client.get(page).content.decode()
    assert kept.root[8:] in shown and kept.root[:8] not in shown
    assert post(cast, "lu", kept.root[:8]).headers["Location"] == f"{page}?confirmed={kept.size}"
    shown = cast.mao.client.get(page).content.decode()
    assert "卢氏研究所（演示）" in shown and "卢组长（演示）" in shown
    given = cast.mao.client.get(reverse("site:checkpoints", args=["cast"])).content.decode()
    assert "/confirmed/卢氏研究所（演示）" in given and given == text(cast)


def test_partners_are_written_the_checkpoint_once_a_month(cast, kept):
    first = write_monthly(cast.moment)
    letters = Message.objects.filter(kind="witness.monthly")
    assert first == letters.count() > 5
    assert not letters.filter(recipient_id=cast.qin.person.public_id).exists()
    assert all(kept.root in one.body and str(kept.size) in one.body for one in letters)
    assert write_monthly(cast.moment + timedelta(days=3)) == 0
    later = cast.at("2030-04-02T09:00")
    assert write_monthly(later) == 0
    keep_checkpoints(later)
    about = Subject("cast.thing", "t", "thing", "/")
    record(cast.qin.act(), "cast.thing.done", programme=cast.programme, about=about)
    keep_checkpoints(later + timedelta(days=1))
    assert write_monthly(later + timedelta(days=1)) == first
