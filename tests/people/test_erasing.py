"""Personal data are erased: what proves still proves, and nothing says any more what it said."""

import json

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from keti.accounts.actions import correct_person
from keti.accounts.models import Person, User
from keti.groups.actions import end_seat
from keti.intake.actions import erase_person
from keti.intake.rules.erased import ERASED, Mask
from keti.kernel.acts import Subject, Text
from keti.kernel.refusals import Refused
from keti.ledger import rules
from keti.ledger.actions import keep_checkpoints, record
from keti.ledger.models import Entry
from keti.ledger.queries import checkpoints, export, history, public_key, receipt, wrong_checkpoint
from keti.ledger.rules import telling
from keti.notify.actions import Letter, post
from keti.notify.models import Message
from keti.site.doctor import examine
from tests.record import second

pytestmark = pytest.mark.django_db
NAME, MAIL, MOBILE = "米研究员（演示）", "mi.left@example.org", "13800000000"


@pytest.fixture
def left(cast):
    return leave(cast)


def leave(cast):
    """Somebody who was written to, was named by others, and has left the programme."""
    correct_person(cast.mi.person, {"mail": MAIL, "mobile": MOBILE})
    cast.mi.client.get("/me/")
    about = Subject("cast.thing", "t", f"与{NAME}谈话", "/")
    facts = {"reason": f"电话 {MOBILE}", "who": [NAME]}
    record(cast.mao.act(), "cast.thing.done", programme=cast.programme, about=about, facts=facts)
    for who in (cast.mi, cast.mao):
        words = Text(f"致{NAME}", f"To {NAME}")
        post(cast.programme, Letter("cast.told", "k", words, words), to=[who.person],
             at=cast.moment)  # fmt: skip
    end_seat(cast.qin.act(), seat=cast.mi.seat, reason="离职。")
    keep_checkpoints(cast.moment)
    return Person.objects.get(pk=cast.mi.person.pk)


def erase(cast, person, **more):
    said = {"typed": person.name, "reason": f"{NAME}来信要求。"} | more
    return erase_person(cast.qin.act(), programme=cast.programme, person=person, **said)


def ledger(cast):
    return "".join(f"{line}\n" for line in export(cast.programme))


def found(*files):
    looked = [telling.look(name, text.encode(), public_key()) for name, text in files]
    telling.compare(looked)
    return [one.faults for one in looked], looked


def test_nothing_says_it_any_more_and_everything_still_proves(cast, left):
    lines = Entry.objects.filter(book=cast.programme.public_id)
    named = [one.seq for one in lines if NAME in json.dumps(one.content, ensure_ascii=False)]
    assert len(named) >= 3
    held = receipt(cast.programme, lines.get(seq=named[0]), checkpoints(cast.programme)[0]).text()
    kept = "".join(f"{one}\n" for one in history(cast.programme))
    hashes = list(lines.order_by("seq").values_list("leaf", "leaf_hash"))
    erase(cast, left)
    text = ledger(cast)
    for word in (NAME, MAIL, MOBILE):
        assert word not in text
        for entry in Entry.objects.all():
            assert word not in json.dumps(entry.content, ensure_ascii=False) + entry.leaf
        for one in Message.objects.all():
            assert word not in "".join((one.subject, one.body, one.other_body, one.address))
    assert list(lines.order_by("seq").values_list("leaf", "leaf_hash"))[: len(hashes)] == hashes
    faults, [book, *_] = found(("l.jsonl", text), ("k.jsonl", kept), ("r.txt", held))
    assert faults == [[], [], []]
    assert ("erased", {"count": len(named)}) in book.said
    assert second.ledger(text.encode()) == [] and second.receipt(held.encode())
    fresh = receipt(cast.programme, lines.get(seq=named[0])).text()
    assert rules.check_receipt(fresh, public_key())[1] == [] and second.receipt(fresh.encode())
    assert '"content":null' in fresh and NAME not in fresh
    assert wrong_checkpoint(cast.programme) is None
    wrong = {name: said for name, said in examine({"ledgers", "kept checkpoints", "erased lines",
                                                   "rows as the record says"}) if said}  # fmt: skip
    assert wrong == {}
    last = lines.latest("seq")
    assert last.kind == "intake.person.erased" and last.content["about"] == ERASED.zh
    assert last.content["facts"]["lines"][cast.programme.public_id] == named
    assert last.content["facts"]["reason"] == f"{ERASED.zh}来信要求。"


def test_pages_search_lists_and_the_account_know_them_no_more(cast, left):
    assert User.objects.filter(person=left).exists()
    erase(cast, left)
    assert not User.objects.filter(person=left).exists()
    base = "/p/cast"
    for path in (
        f"{base}/ledger/", f"{base}/ledger/ledger.jsonl", f"{base}/ledger/lines.csv",
        f"{base}/people/", f"{base}/people/export.csv", "/search/?q=米研究员",
        f"{base}/mailbox/", f"{base}/groups/",
    ):  # fmt: skip
        answer = cast.qin.client.get(path)
        if answer.status_code == 404:
            pytest.fail(path)
        text = answer.getvalue().decode().replace('value="米研究员"', "")
        assert "米研究员（" not in text and MAIL not in text and MOBILE not in text, path
    page = cast.qin.client.get(f"{base}/ledger/").content.decode()
    assert "内容已删除" in page and ERASED.zh in page
    english = cast.qin.client.get(f"{base}/ledger/", headers={"Accept-Language": "en"})
    assert "· somebody erased" in english.content.decode()


def test_it_is_refused_where_somebody_still_acts_or_agrees_and_to_others(cast, left):
    def code(**more):
        with pytest.raises(Refused) as refused:
            erase(cast, **more)
        return refused.value.code

    assert code(person=cast.mao.person) == "intake.erase-still-seated"
    assert code(person=cast.qin.person) == "intake.founder-is-not-erased"
    assert code(person=cast.wu.person) == "intake.not-seated-here"
    assert code(person=left, typed="米") == "intake.erase-another-name"
    assert code(person=left, reason=" ") == "intake.erase-needs-a-reason"
    with pytest.raises(Refused):
        erase_person(cast.lu.act(), programme=cast.programme, person=left, typed=NAME, reason="要")
    gone = erase(cast, left)
    assert code(person=gone) == "intake.erased-already"


def test_the_page_says_what_goes_and_what_stays_and_asks_for_the_name(cast, left):
    page = reverse("intake:erase_person", args=["cast", left.public_id])
    assert cast.lu.client.get(page).status_code == 404
    shown = cast.qin.client.get(page)
    assert "什么留着" in shown.content.decode()
    sent = {"key": shown.context["form"]["key"].value(), "typed": "别人", "reason": "来信。"}
    again = cast.qin.client.post(page, sent)
    assert again.status_code == 422 and 'value="别人"' in again.content.decode()
    assert cast.qin.client.post(page, sent | {"typed": NAME, "key": "k2"}).status_code == 302
    left.refresh_from_db()
    assert (left.name, left.name_en, left.mail, left.mobile) == (ERASED.zh, ERASED.en, "", "")


def test_the_database_lets_go_of_words_once_and_of_nothing_else_and_the_doctor_finds_it(cast, left):
    line = Entry.objects.filter(book=cast.programme.public_id).order_by("seq")[0]
    for change in (
        {"content": {}}, {"salt": ""}, {"salt": "", "digest": None, "leaf": "{}"},
        {"salt": "", "digest": None, "kind": "x"}, {"salt": "", "digest": None, "state": "x"},
        {"salt": "a" * 32, "digest": None},
    ):  # fmt: skip
        if change == {"salt": ""} and line.digest is None:
            continue
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.filter(pk=line.pk).update(**change)
    forged = replace_words(line.content)
    Entry.objects.filter(pk=line.pk).update(salt="", digest=None, content=forged)
    [(_, said)] = examine({"erased lines"})
    assert said.startswith(f"line 1 of {cast.programme.public_id}")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=line.pk).update(salt="", digest=None, content={})


def replace_words(content):
    return content | {"actor": "别人"}


def test_a_short_name_is_taken_out_of_other_words_only_where_it_is_about_them():
    mask = Mask(["王伟", "", "w@e.example"])
    assert mask("王伟民、王伟（组长）、w@e.example", False) == (
        f"王伟民、{ERASED.zh}（组长）、{ERASED.zh}"
    )
    assert mask("请王伟来", True) == f"请{ERASED.zh}来"
    assert Mask(["诸葛亮"])("请诸葛亮来", False) == f"请{ERASED.zh}来"
    assert Mask([""])("都在", True) == "都在"
