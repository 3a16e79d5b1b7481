"""Everybody puts their own record right on their own page; what was frozen stays as it was."""

import pytest
from django.urls import reverse

from keti.accounts.models import Person
from keti.duties import actions as duties
from keti.intake.actions import correct_own
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import Cast

pytestmark = pytest.mark.django_db
KIND = "intake.person.corrected-own"


def typed(person: Person, **more: str) -> dict[str, str]:
    """The form as it stands, with what is typed anew."""
    names = ("name", "name_en", "honorific", "mobile", "language")
    facts = {name: getattr(person, name) for name in names}
    return facts | {"unit": person.unit.name_zh, "key": "1"} | more


def test_the_new_name_is_printed_and_the_secretariat_is_told(cast: Cast) -> None:
    duties.explain(cast.lu.act(), obligation=cast.duty("moon", "cell.red"), text="等数据。")
    client, send = cast.lu.client, reverse("site:own_record")
    assert send in client.get("/me/").content.decode()
    sent = typed(cast.lu.person, name="卢正（演示）", mobile="13800000000", language="en")
    assert client.post(send, sent).status_code == 302
    assert client.post(send, sent).status_code == 302
    person = Person.objects.get(pk=cast.lu.person.pk)
    assert (person.name, person.mobile, person.language) == ("卢正（演示）", "13800000000", "en")
    [line] = Entry.objects.filter(kind=KIND)
    assert line.programme == cast.programme
    assert line.content["facts"]["name"] == ["卢组长（演示）", "卢正（演示）"]
    assert line.content["facts"]["columns"] == ["language", "mobile", "name"]
    letter = Message.objects.get(kind="intake.corrected-own")
    assert letter.recipient_id == cast.qin.person.public_id
    assert "卢正（演示）" in letter.body
    before = Entry.objects.get(kind="duties.lateness.explained")
    assert before.content["actor"] == "卢组长（演示）"
    page = cast.qin.client.get(reverse("site:groups", args=["cast"])).content.decode()
    assert "卢正（演示）" in page
    assert "卢组长（演示）" not in page


def test_another_unit_is_asked_for_and_not_taken(cast: Cast) -> None:
    unit = cast.lu.person.unit
    sent = typed(cast.lu.person, unit="何氏研究所（演示）")
    assert cast.lu.client.post(reverse("site:own_record"), sent).status_code == 302
    assert Person.objects.get(pk=cast.lu.person.pk).unit == unit
    assert Entry.objects.get(kind=KIND).content["facts"]["unit"] == "何氏研究所（演示）"
    assert "何氏研究所（演示）" in Message.objects.get(kind="intake.corrected-own").body


def test_a_number_alone_writes_to_nobody(cast: Cast) -> None:
    correct_own(cast.lu.act(), person=cast.lu.person, changes={"mobile": "１３８00000000"})
    assert Person.objects.get(pk=cast.lu.person.pk).mobile == "13800000000"
    assert not Message.objects.filter(kind="intake.corrected-own").exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"name": " "}, "请填写姓名"),
        ({"mobile": "没有"}, "手机"),
        ({}, "没有"),
    ],
)
def test_what_is_refused_is_shown_with_what_was_typed(cast: Cast, more, words) -> None:
    sent = typed(cast.lu.person, honorific=cast.lu.person.honorific, **more)
    answer = cast.lu.client.post(reverse("site:own_record"), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Person.objects.get(pk=cast.lu.person.pk).mobile == ""
    assert not Entry.objects.filter(kind=KIND).exists()


def test_nobody_corrects_another_there(cast: Cast) -> None:
    for player in (cast.qin, cast.mao):
        with pytest.raises(Refused) as refused:
            correct_own(player.act(), person=cast.lu.person, changes={"name": "某人"})
        assert refused.value.code == "intake.only-ones-own-record"
