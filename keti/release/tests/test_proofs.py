"""The proof round: entries put before their owners, answered, decided, closed, printed."""

import re

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from keti.consents.actions import give_consent, withdraw_consent
from keti.consents.enums import Purpose
from keti.duties.actions import issue_link, remind_due
from keti.duties.models import Obligation
from keti.ledger.models import Entry
from keti.notify.models import Message
from keti.release import actions, queries
from keti.release.enums import Answered, RollList
from keti.release.models import ProofEntry, RollRow
from keti.release.tests.ending import AGREE, Walk, refused
from tests.cast import local

pytestmark = pytest.mark.django_db
OPEN = "2030-07-15T11:00"
UNTIL = "2030-07-16T18:00"


@pytest.fixture
def round_(walk: Walk):
    walk.to_the_end()
    walk.consents(*AGREE, "ren")
    walk.close()
    walk.cast.at(OPEN)
    roll = walk.cast.duty("names")
    return actions.open_proof(walk.cast.qin.act(), obligation=roll, until=local(UNTIL))


def entry_of(cast, who):
    return next(
        one for one in queries.proof_entries(ProofEntry.objects.first().round)
        if one.seat == cast.players[who].seat
    )  # fmt: skip


def answered(cast, who, **wishes):
    said = actions.Wishes(**wishes) if wishes else None
    return actions.answer_proof(cast.players[who].act(), entry=entry_of(cast, who), wishes=said)


def test_each_owner_owes_an_answer_and_nobody_else_knows(cast, round_):
    owed = Obligation.objects.filter(programme=cast.programme, form="proof")
    assert owed.get(seat=cast.lu.seat).due_at == local(UNTIL)
    assert not owed.filter(seat=cast.mi.seat).exists()  # has not agreed to be named
    page = reverse("release:proof_entry", args=["cast", entry_of(cast, "lu").public_id])
    assert cast.lu.client.get(page).status_code == 200
    assert cast.mao.client.get(page).status_code == 404
    listed = cast.mao.client.get(reverse("release:proofs", args=["cast"])).content.decode()
    assert "卢组长" not in listed
    assert cast.qin.client.get(page).status_code == 200
    letters = Message.objects.filter(kind="release.proof")
    assert letters.filter(recipient_id=cast.lu.person.public_id).count() == 1
    cast.at("2030-07-15T18:30")
    assert remind_due(cast.moment) > 0


def test_the_roll_waits_for_the_round_and_takes_what_was_decided(walk, cast, round_):
    duty = cast.duty("names")
    assert refused(walk.roll).code == "release.cannot-draw-up-yet"
    answered(cast, "tao")
    answered(cast, "lu", name_zh="卢组长（演示）", honorific="教授")
    answered(cast, "he", name_zh="何组长（演示）", wish="应排在卢组长之前")
    said = refused(lambda: actions.close_proof(cast.qin.act(), round_=round_))
    assert said.code == "release.proof-unsettled"
    lu, he = entry_of(cast, "lu"), entry_of(cast, "he")
    form = actions.Form(lu.wished_zh, "", lu.wished_honorific, lu.order)
    actions.settle_proof(cast.qin.act(), entry=lu, form=form)
    said = refused(lambda: actions.settle_proof(cast.qin.act(), entry=he))
    assert said.code == "duties.give-a-reason"
    actions.settle_proof(cast.qin.act(), entry=he, reason="按实施方案的次序。")
    assert refused(lambda: actions.close_proof(cast.qin.act(), round_=round_)).code == (
        "release.proof-not-over"
    )
    cast.at("2030-07-16T18:00")
    closed = actions.close_proof(cast.qin.act(), round_=round_)
    counts = queries.proof_counts(closed)
    assert (counts["confirmed"], counts["taken"], counts["declined"]) == (1, 1, 1)
    assert counts["silent"] == sum(counts.values()) - 3 > 0
    assert not Obligation.objects.filter(programme=cast.programme, form="proof").open().exists()
    roll = walk.roll("2030-07-16T19:00")
    assert RollRow.objects.get(roll=roll, seat=cast.lu.seat.public_id).honorific == "教授"
    page = cast.mao.client.get(reverse("release:roll", args=["cast", duty.public_id]))
    assert re.search(r"没有答复</dt><dd class=\"num\">\d+", page.content.decode())


def test_what_the_office_decides_waits_for_it_and_stays(cast, round_):
    answered(cast, "lu", name_zh="卢某（演示）")
    waits = Obligation.objects.get(programme=cast.programme, kind="release.decide")
    assert waits.pool == "managers" and waits.is_open
    answered(cast, "lu")
    waits.refresh_from_db()
    assert not waits.is_open
    answered(cast, "lu", name_zh="卢某（演示）")
    actions.settle_proof(cast.qin.act(), entry=entry_of(cast, "lu"), reason="与身份证件不符。")
    waits.refresh_from_db()
    assert waits.state == "met"
    said = refused(lambda: answered(cast, "lu"))
    assert said.code == "release.proof-settled-already"
    assert Message.objects.filter(kind="release.proof-settled").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        ProofEntry.objects.filter(state=Answered.DECLINED).update(reason="另一个理由")


def test_no_line_of_the_record_tells_who_agreed_to_be_named(cast, round_):
    answered(cast, "lu", name_zh="卢某（演示）", wish="次序")
    lines = Entry.objects.filter(kind__startswith="release.proof")
    told = "".join(str(one.content) for one in lines.exclude(kind="release.proof.opened"))
    assert "卢某" not in told and cast.lu.person.label not in told
    assert cast.lu.seat.public_id not in told


def test_from_a_phone_without_an_account(client, cast, round_):
    duty = Obligation.objects.get(form="proof", seat=cast.lu.seat)
    token = issue_link(cast.qin.act(), obligation=duty)
    page = reverse("site:phone", args=[token])
    shown = client.get(page)
    assert shown.status_code == 200 and "卢组长" in shown.content.decode()
    key = shown.context["form"]["key"].value()
    bad = client.post(page, {"key": key, "right": "wrong", "name_zh": "", "wish": "次序不对"})
    assert bad.status_code == 422 and "次序不对" in bad.content.decode()
    for _ in range(2):
        said = {"key": key, "right": "wrong", "name_zh": "卢某某（演示）", "wish": ""}
        assert client.post(page, said).status_code == 302
    assert entry_of(cast, "lu").wished_zh == "卢某某（演示）"
    assert Entry.objects.filter(kind="release.proof.answered").count() == 1
    assert client.get(page).status_code == 200


def test_ministries_get_who_agreed_to_exactly_that(cast, walk, round_):
    def named():
        return {one.name_zh for one in queries.submitted(cast.programme, cast.moment)}

    cast.at("2030-07-16T20:00")
    about = {"programme": cast.programme, "person": cast.lu.person}
    assert "卢组长（演示）" not in named()
    give_consent(cast.lu.act(), **about, purpose=Purpose.SUBMISSION)
    assert "卢组长（演示）" in named() and "何组长（演示）" not in named()
    withdraw_consent(cast.lu.act(), **about, purpose=Purpose.SUBMISSION)
    assert "卢组长（演示）" not in named()
    assert "卢组长（演示）" in {
        one.name_zh for one in queries.proposed(cast.programme, cast.moment).entries
    }
    duty = cast.duty("names")
    paper = reverse("release:roll_submitted", args=["cast", duty.public_id, "pdf"])
    assert cast.lu.client.get(paper).status_code == 404


def test_who_judged_stands_apart_from_who_wrote(cast, round_):
    lists = {one.seat: one.list for one in queries.proposed(cast.programme, cast.moment).entries}
    assert lists[cast.ren.seat.public_id] == RollList.EXPERT
    assert lists[cast.tao.seat.public_id] == RollList.PERSON


def test_a_round_is_refused_where_it_cannot_be(cast, round_):
    roll = cast.duty("names")

    def again() -> object:
        return actions.open_proof(cast.qin.act(), obligation=roll, until=local(UNTIL))

    assert refused(again).code == "release.proof-open-already"
    assert refused(
        lambda: actions.open_proof(cast.mao.act(), obligation=roll, until=local(UNTIL))
    ).code.startswith("duties.")
    nothing = {"name_zh": "卢组长（演示）"}
    assert (
        refused(lambda: answered(cast, "lu", **nothing)).code == "release.proof-nothing-corrected"
    )

    def other() -> object:
        return actions.answer_proof(cast.mao.act(), entry=entry_of(cast, "lu"))

    assert refused(other).code == "duties.not-yours"
