"""What became of a recommendation: said by one, found true by another, withdrawn, shown."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from keti.kernel.refusals import Refused
from keti.notify.models import Message
from keti.research import queries
from keti.research.actions import (
    Became,
    say_uptake,
    settle,
    unlink,
    verify_uptake,
    withdraw_uptake,
)
from keti.research.models import Node, Uptake

DAY = date(2030, 1, 2)
LETTER = "部办公厅来函（演示）"


def refused(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.code


@pytest.fixture
def asked(chain, cast):
    """A settled recommendation that answers a demand of a member and is addressed to a ministry."""
    node = chain.enter("recommendation", "设立试点", "lu", "cell.red")
    ministry = settle(cast.qin.act(), node=chain.enter("addressee", "某部（演示）"))
    demand = chain.enter("demand", "要试点", "mao", "cell.red", confidential=False)
    chain.tie = chain.link(node, ministry, "addresses", "lu")
    chain.link(node, demand, "answers", "lu")
    chain.node, chain.ministry = settle(cast.lu.act(), node=node), ministry
    return chain


def say(asked, by="qin", state="acknowledged", day=DAY, evidence=LETTER, **more):
    became = Became(state, day, evidence=evidence, **more)
    act = asked.cast.players[by].act()
    return say_uptake(act, recommendation=asked.node, addressee=asked.ministry, became=became)


def test_said_by_one_found_true_by_another_and_those_who_had_a_part_are_told(asked, cast):
    one = say(asked)
    assert refused(lambda: verify_uptake(cast.qin.act(), uptake=one)) == (
        "research.uptake-of-ones-own"
    )
    assert refused(lambda: verify_uptake(cast.mao.act(), uptake=one)) == (
        "research.uptake-who-verifies"
    )
    assert not Message.objects.filter(kind="research.uptake").exists()
    verify_uptake(cast.ji.act(), uptake=one)
    told = Message.objects.filter(kind="research.uptake").values_list("recipient_id", flat=True)
    assert set(told) == {cast.lu.person.public_id, cast.mao.person.public_id}
    letter = Message.objects.filter(kind="research.uptake").first()
    assert "设立试点" in letter.body and "某部（演示），已收悉，截至 2030-01-02" in letter.body
    again = refused(lambda: verify_uptake(cast.ji.act(), uptake=one))
    assert again == "research.uptake-verified-already"


@pytest.mark.parametrize(
    "code, more",
    [
        ("research.no-such-choice", {"state": "loved"}),
        ("research.uptake-day-to-come", {"day": date(2031, 1, 1)}),
        ("research.uptake-shown-by-nothing", {"evidence": "  "}),
        ("research.uptake-share-missing", {"state": "adopted"}),
        ("research.uptake-share-missing", {"state": "partly", "share": "wholly"}),
        ("research.uptake-share-of-nothing", {"share": "refers"}),
    ],
)
def test_what_is_refused(asked, code, more):
    assert refused(lambda: say(asked, **more)) == code
    assert not Uptake.objects.exists()


def test_unknown_needs_nothing_that_shows_it(asked):
    assert say(asked, state="unknown", evidence="").evidence == ""


def test_who_does_not_know_the_addressee_is_not_told_of_it(chain, cast):
    """Nor does the page that everybody reads name an addressee that is a draft."""
    node = chain.enter("recommendation", "设立试点", "hua", "cell.blue")
    node = settle(cast.he.act(), node=node)
    secret = chain.enter("addressee", "密处（演示）", "lu", "cell.red", confidential=True)
    draft = chain.enter("addressee", "草处（演示）", "qin")
    for office in (secret, draft):
        chain.link(node, office, "addresses")
        became = Became("sent", DAY, evidence=LETTER)
        one = say_uptake(cast.qin.act(), recommendation=node, addressee=office, became=became)
        verify_uptake(cast.ji.act(), uptake=one)
    assert not Message.objects.filter(kind="research.uptake").exists()
    assert queries.public_uptakes(cast.programme) == []
    settle(cast.qin.act(), node=draft)
    [shown] = queries.public_uptakes(cast.programme)
    assert shown.addressee_id == draft.pk


def test_only_of_settled_recommendations_where_they_are_addressed(asked, chain, cast):
    unlink(cast.lu.act(), link=chain.tie)
    assert refused(lambda: say(asked)) == "research.uptake-not-addressed"
    asked.node = asked.ministry
    assert refused(lambda: say(asked)) == "research.uptake-not-settled"


def test_the_last_day_that_stands_counts(asked, cast):
    first = say(asked, "mao", "sent", date(2029, 12, 1))
    last = say(asked, "lu", "adopted", DAY, share="coincides")
    say(asked, "ji", "under_study", date(2029, 12, 20))
    found = queries.uptakes(cast.programme)
    assert [one.pk for one in queries.latest(found)] == [last.pk]
    assert queries.state_words(last).zh == "已采纳（与建议一致，未见说明出处）"
    assert refused(lambda: withdraw_uptake(cast.mao.act(), uptake=last, reason="不是。")) == (
        "research.uptake-who-withdraws"
    )
    assert refused(lambda: withdraw_uptake(cast.lu.act(), uptake=last, reason=" ")) == (
        "research.give-a-reason"
    )
    withdraw_uptake(cast.lu.act(), uptake=last, reason="说的是另一份文件。")
    assert [one.state for one in queries.latest(queries.uptakes(cast.programme))] == ["under_study"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Uptake.objects.filter(pk=first.pk).update(evidence="改过")
    with pytest.raises(IntegrityError), transaction.atomic():
        Uptake.objects.filter(pk=first.pk).delete()


def test_sent_twice_it_stands_once(asked, cast):
    act = cast.lu.act(key="once")
    became = Became("sent", DAY, evidence=LETTER)
    for _time in range(2):
        say_uptake(act, recommendation=asked.node, addressee=asked.ministry, became=became)
    assert Uptake.objects.count() == 1


def test_the_public_reads_what_another_found_true_and_nothing_confidential(asked, cast):
    one = say(asked)
    assert queries.public_uptakes(cast.programme) == []
    verify_uptake(cast.ji.act(), uptake=one)
    assert queries.public_uptakes(cast.programme) == [one]
    Node.objects.filter(pk=asked.ministry.pk).update(confidential=True)
    assert queries.public_uptakes(cast.programme) == []
    Node.objects.filter(pk=asked.ministry.pk).update(confidential=False)
    withdraw_uptake(cast.qin.act(), uptake=one, reason="说错了。")
    assert queries.public_uptakes(cast.programme) == []


def test_through_the_pages(asked, cast):
    url = reverse("research:say_uptake", args=["cast", asked.node.public_id])
    page = reverse("research:node", args=["cast", asked.node.public_id])
    sent = {"key": "k1", "addressee": asked.ministry.public_id, "state": "adopted",
            "day": "2030-01-02", "evidence": LETTER}  # fmt: skip
    answer = cast.lu.client.post(url, sent)
    assert answer.status_code == 422
    assert "采纳或部分采纳的，请选" in answer.content.decode() and LETTER in answer.content.decode()
    assert cast.lu.client.post(url, sent | {"share": "refers"}).status_code == 302
    shown = cast.ji.client.get(page).content.decode()
    assert "某部（演示） · 已采纳（文件或讲话提到了本课题）" in shown and "待核实" in shown
    one = Uptake.objects.get()
    verify = reverse("research:verify_uptake", args=["cast", one.public_id])
    assert "自己登记的，由别人核实" in cast.lu.client.get(verify).content.decode()
    assert cast.ji.client.post(verify, {"key": "k2"}).status_code == 302
    listed = cast.mao.client.get(reverse("research:uptakes", args=["cast"])).content.decode()
    assert "已核实" in listed and "设立试点" in listed
    sheet = cast.mao.client.get(reverse("research:uptakes_export", args=["cast", "csv"]))
    assert LETTER in b"".join(sheet).decode()


def test_of_a_confidential_recommendation_nothing_is_seen(asked, cast, chain):
    one = say(asked)
    type(asked.node).objects.filter(pk=asked.node.pk).update(confidential=True)
    verify_uptake(cast.ji.act(), uptake=one)
    told = Message.objects.filter(kind="research.uptake").values_list("recipient_id", flat=True)
    assert list(told) == [cast.lu.person.public_id]
    verify = reverse("research:verify_uptake", args=["cast", one.public_id])
    assert cast.mao.client.get(verify).status_code == 404
    listed = cast.mao.client.get(reverse("research:uptakes", args=["cast"])).content.decode()
    assert "设立试点" not in listed and LETTER not in listed
