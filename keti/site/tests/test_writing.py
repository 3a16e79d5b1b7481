"""A letter of one's own: chosen, shown, and only then sent; nothing typed is lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keti.accounts.models import Person
from keti.duties.actions import waive
from keti.ledger.models import Entry
from keti.notify.actions import deliver_due
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery, Message, Written
from tests.cast import Cast
from tests.office import Office, opened, words

BOX = "/p/cast/mailbox/"
PAGE = f"{BOX}write/"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def field(page: str, name: str) -> str:
    """The value of a hidden box."""
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def form(cast: Cast, **more: object) -> dict[str, object]:
    key = field(cast.qin.client.get(PAGE).content.decode(), "key")
    said = {"key": key, "subject": "致{姓名}", "text": "{单位}{组别}的{职务}：\n\n请于周五前交齐。"}
    return said | {"step": "look"} | more


def shown(cast: Cast, sent: dict[str, object], who: str = "qin") -> str:
    answer = getattr(cast, who).client.post(PAGE, sent)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def send(cast: Cast, sent: dict[str, object], who: str = "qin"):
    """Look, then send what was seen."""
    page = shown(cast, sent, who)
    files = {name for name, one in sent.items() if isinstance(one, SimpleUploadedFile)}
    again = {name: one for name, one in sent.items() if name not in files}
    again |= {"step": "send", "seen": field(page, "seen"), "key": field(page, "key")}
    return getattr(cast, who).client.post(PAGE, again), again


def own() -> list[Message]:
    return list(Message.objects.filter(kind="site.letter").order_by("pk"))


def red(cast: Cast) -> dict[str, object]:
    return {"groups": [cast.group("cell.red").public_id]}


def test_it_is_shown_first_and_sent_only_then(cast):
    silent = Person.objects.get(pk=cast.mi.person.pk)
    silent.mail = ""
    silent.save()
    sent = form(cast, **red(cast))
    page = shown(cast, sent)
    assert own() == []
    assert "将发给 3 人" in page
    assert "1 人没有邮箱" in page
    assert f"致{cast.lu.person.name}" in page
    answer, again = send(cast, sent)
    assert answer.url == f"{BOX}?box=out&written=3"
    assert cast.qin.client.post(PAGE, again).status_code == 302
    assert [one.subject for one in own()] == [
        f"致{who.person.name}" for who in (cast.lu, cast.mao, cast.mi)
    ]
    assert "红组的组员" in own()[1].body
    line = Entry.objects.get(kind="site.letter.written")
    assert line.content["facts"] == {"to": 3, "files": []}
    states = Delivery.objects.filter(message=own()[2]).values_list("way", "state")
    assert dict(states)[Way.MAIL] == DeliveryState.NO_ADDRESS
    assert f"致{cast.mao.person.name}" in cast.mao.client.get(BOX).content.decode()


def test_what_was_not_shown_is_not_sent(cast):
    sent = form(cast, **red(cast))
    seen = field(shown(cast, sent), "seen")
    for change in ({"text": "别的内容"}, {"roles": ["captain"]}, {"subject": "别的"}, {"seen": ""}):
        answer = cast.qin.client.post(PAGE, sent | {"step": "send", "seen": seen} | change)
        assert answer.status_code in (200, 422)
    assert own() == []
    assert (
        "请再看一遍"
        in cast.qin.client.post(
            PAGE, sent | {"step": "send", "seen": seen, "text": "别的内容"}
        ).content.decode()
    )


WHO = {
    "a role": ({"roles": ["captain"]}, ("lu", "he")),
    "a role in a group": ({"roles": ["captain"], "groups": ["red"]}, ("lu",)),
    "by hand": ({"seats": ["mao"]}, ("mao",)),
    "by hand beside a role in a group": (
        {"roles": ["captain"], "groups": ["red"], "seats": ["hua"]}, ("lu", "hua"),
    ),
    "who owes": ({"owing": ["moon/2030-04"]}, ("lu", "he")),
}  # fmt: skip


@pytest.mark.parametrize("choice", WHO)
def test_the_audience_is_who_was_chosen(cast, choice):
    cast.at("2030-04-20T10:00")
    chosen, wanted = WHO[choice]
    chosen = dict(chosen)
    if "groups" in chosen:
        chosen["groups"] = [cast.group("cell.red").public_id]
    if "seats" in chosen:
        chosen["seats"] = [getattr(cast, who).seat.public_id for who in chosen["seats"]]
    send(cast, form(cast, **chosen))
    people = {getattr(cast, who).person.public_id for who in wanted}
    assert {one.recipient_id for one in own()} == people


def test_who_owes_no_more_is_no_audience(cast):
    cast.at("2030-04-20T10:00")
    waive(cast.qin.act(), obligation=cast.duty("moon", "cell.red", "2030-04"), reason="免。")
    send(cast, form(cast, owing=["moon/2030-04"]))
    assert [one.recipient_id for one in own()] == [cast.he.person.public_id]


REFUSED = {
    "nobody": ({}, "还没有收件人"),
    "no subject": ({"roles": ["captain"], "subject": ""}, ""),
    "no text": ({"roles": ["captain"], "text": " "}, ""),
    "an unknown place": (
        {"roles": ["captain"], "text": "{姓名}您好，{电话}{工资}"}, "不认识这些占位：{电话} {工资}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("wrong", REFUSED)
def test_refused_it_keeps_everything_typed(cast, wrong):
    change, words_of_it = REFUSED[wrong]
    file = SimpleUploadedFile("附件.pdf", PDF, "application/pdf")
    sent = form(cast, **({"subject": "标题甲", "text": "正文乙"} | change), file1=file)
    answer = cast.qin.client.post(PAGE, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words_of_it in page
    for name in ("subject", "text"):
        assert str(sent[name]).strip() in page
    assert "已选：附件.pdf" in page
    assert own() == []


def test_files_wait_between_looking_and_sending_and_arrive(cast, settings):
    file = SimpleUploadedFile("通知.pdf", PDF, "application/pdf")
    answer, _ = send(cast, form(cast, roles=["captain"], file1=file))
    assert answer.status_code == 302, answer.content.decode()
    message = own()[0]
    (enclosed,) = message.written.enclosures.all()
    path = f"{BOX}{message.public_id}/file/{enclosed.file.public_id}/"
    assert path in cast.lu.client.get(BOX).content.decode()
    assert b"".join(cast.lu.client.get(path).streaming_content) == PDF
    assert b"".join(cast.qin.client.get(path).streaming_content) == PDF
    for who in ("mao", "ji", "gao"):
        assert getattr(cast, who).client.get(path).status_code == 404
    settings.KETI_MODE, settings.EMAIL_HOST = "normal", "127.0.0.1"
    with opened(Office()) as office:
        settings.EMAIL_PORT = office.port
        deliver_due(cast.qin.moment)
    letter = next(mail for _, mail in office.kept if words(mail) == message.subject)
    parts = {part.get_filename(): part for part in letter.walk()}
    assert parts["通知.pdf"].get_payload(decode=True) == PDF


def test_files_too_heavy_together_are_refused_in_words(cast, monkeypatch):
    monkeypatch.setattr("keti.site.actions.letters.LIMIT_MB", 0)
    file = SimpleUploadedFile("通知.pdf", PDF, "application/pdf")
    answer, _ = send(cast, form(cast, roles=["captain"], file1=file))
    assert answer.status_code == 422
    assert "附件合计" in answer.content.decode()
    assert own() == []


def test_a_lead_writes_to_the_own_group_and_to_nobody_else(cast):
    page = cast.lu.client.get(PAGE).content.decode()
    assert cast.mao.seat.public_id in page
    assert cast.hua.seat.public_id not in page
    sent = form(cast, seats=[cast.mao.seat.public_id]) | {"key": field(page, "key")}
    assert send(cast, sent, "lu")[0].status_code == 302
    assert [one.recipient_id for one in own()] == [cast.mao.person.public_id]
    stranger = sent | {"seats": [cast.hua.seat.public_id], "key": "other"}
    assert cast.lu.client.post(PAGE, stranger).status_code == 422
    assert len(own()) == 1
    for who in ("mao", "ji"):
        assert 'name="subject"' not in getattr(cast, who).client.get(PAGE).content.decode()
        getattr(cast, who).client.post(PAGE, sent | {"step": "send", "key": "third"})
    assert len(own()) == 1


def test_recalled_and_written_again_it_is_one_letter(cast, settings):
    settings.KETI_MODE, settings.KETI_MAIL_HOLD = "normal", 15
    sent = form(cast, roles=["captain"])
    assert send(cast, sent)[0].status_code == 302
    first = own()
    cast.qin.client.post(f"{BOX}{first[0].public_id}/recall/", {"key": "back"})
    written = Written.objects.get()
    page = cast.qin.client.get(f"{PAGE}?again={written.public_id}").content.decode()
    assert "致{姓名}" in page
    more = {"again": written.public_id, "key": field(page, "key"), "text": "改过的正文。"}
    assert send(cast, sent | more)[0].status_code == 302
    assert [one.public_id for one in own()] == [one.public_id for one in first]
    assert {one.body for one in own()} == {"改过的正文。"}
    assert Written.objects.count() == 1
    assert cast.lu.client.get(f"{PAGE}?again={written.public_id}").content.decode().find("致{") < 0
