"""Promises: owed by their days, shown, settled, given; the public page; who may what."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from keti.duties.models import Obligation
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.promises import permissions, queries
from keti.promises.actions import (
    Exhibited,
    Given,
    confirm_benefit,
    exhibit,
    give,
    settle,
    withdraw_benefit,
    withdraw_exhibit,
)
from keti.promises.models import Benefit, Exhibit, Settlement
from keti.promises.rules import Reading, Shown, reached

COVER = "outreach.cover"
NOW = "2030-08-20T10:00"


def duty(cast, kind=COVER):
    return Obligation.objects.with_names().filter(programme=cast.programme, kind=kind).first()


def clipping(outlet, **more):
    link = f"https://example.org/{outlet}"
    return Exhibited(
        "clipping", f"{outlet}的报道", date(2030, 8, 19), outlet=outlet, link=link, **more
    )


def reading(outlet, value, day=19, unit="viewers"):
    return Exhibited(
        "measure", f"{outlet}读数", date(2030, 8, day), outlet=outlet, unit=unit, value=value,
        source="后台导出", link=f"https://example.org/{outlet}/{day}/{value}",
    )  # fmt: skip


def show(cast, *what, kind=COVER):
    mine = duty(cast, kind)
    return [exhibit(cast.qin.act(), obligation=mine, what=one) for one in what]


def refused(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.code


def test_promises_are_owed_by_the_days_the_charter_says(cast):
    found = Obligation.objects.filter(programme=cast.programme, form="promise").order_by("due_at")
    rows = [(one.key, cast.programme.local(one.due_at).isoformat()) for one in found]
    assert rows == [
        ("outreach.cover@core", "2030-08-31T00:00:00+08:00"),
        ("outreach.uptake@core/2030-12", "2030-12-31T00:00:00+08:00"),
        ("outreach.uptake@core/2031-06", "2031-07-01T00:00:00+08:00"),
    ]
    assert cast.programme.local(cast.programme.ends_at).date() == date(2030, 8, 1)


def test_readings_are_never_one_figure():
    rows = [
        Shown("measure", "甲台", "viewers", 400, date(2030, 8, 1)),
        Shown("measure", "甲台", "viewers", 700, date(2030, 8, 2)),
        Shown("measure", "乙台", "viewers", 600, date(2030, 8, 2)),
        Shown("measure", "乙台", "views", 9000, date(2030, 8, 2)),
        Shown("clipping", "丙报", "", None, date(2030, 8, 2)),
        Shown("clipping", "丙报 ".strip(), "", None, date(2030, 8, 3)),
    ]
    viewers, count, views = reached(rows, {"viewers": "1,000", "count": 1})
    assert (viewers.best, viewers.together, viewers.reached) == (700, 1300, False)
    assert viewers.readings == (
        Reading("甲台", 700, date(2030, 8, 2)), Reading("乙台", 600, date(2030, 8, 2))
    )  # fmt: skip
    assert (count.best, count.reached) == (1, True)
    assert (views.unit, views.target, views.best, views.reached) == ("views", None, 9000, False)


def test_kept_needs_what_shows_it_and_its_targets(cast):
    cast.at(NOW)
    mine = duty(cast)

    def say(outcome, reason=""):
        return settle(cast.qin.act(), obligation=mine, outcome=outcome, reason=reason)

    assert refused(lambda: say("kept")) == "promises.show-something"
    assert refused(lambda: say("partly", "只有一家。")) == "promises.show-something"
    show(cast, clipping("甲报"), clipping("甲报二版"), reading("甲台", 900), reading("乙台", 800))
    assert refused(lambda: say("kept")) == "promises.target-missed"
    assert refused(lambda: say("partly")) == "promises.reason-needed"
    first = say("partly", "观看人数没有达到。")
    mine.refresh_from_db()
    assert (mine.state, mine.with_id) == ("met", first.public_id)
    assert refused(lambda: say("partly", "观看人数没有达到。")) == "promises.same-again"
    show(cast, reading("甲台", 1200, day=20))
    say("kept")
    assert [one.outcome for one in queries.settlements(mine)] == ["kept", "partly"]
    line = Entry.objects.filter(kind="promises.settled").order_by("-pk").first()
    assert line.content["facts"]["measured"] == {"count": [2, 2], "viewers": [1200, 1000]}


def test_a_promise_openly_not_kept_meets_its_duty(cast):
    cast.at(NOW)
    settle(cast.qin.act(), obligation=duty(cast), outcome="not_kept", reason="会议没有开成。")
    assert duty(cast).state == "met"
    assert Settlement.objects.get().reason == "会议没有开成。"


def test_an_exhibit_can_be_checked_is_there_once_and_goes_with_a_reason(cast):
    cast.at(NOW)
    plain = clipping("甲报")
    [one] = show(cast, plain)

    def again(what):
        return refused(lambda: show(cast, what))

    assert again(replace(plain, title="换个标题")) == "promises.shown-twice"
    assert again(replace(plain, link="")) == "promises.nothing-to-see"
    assert again(replace(plain, outlet="")) == "promises.clipping-incomplete"
    assert again(replace(reading("甲台", 5), source="")) == "promises.measure-incomplete"
    assert again(replace(plain, day=date(2030, 8, 21), link="https://x.example")) == (
        "promises.day-ahead"
    )

    def gone(why):
        return withdraw_exhibit(cast.qin.act(), exhibit=one, reason=why)

    assert refused(lambda: gone(" ")) == "promises.why-withdraw"
    gone("链接写错。")
    assert refused(lambda: gone("再撤一次。")) == "promises.withdrawn-already"
    assert not queries.standing(duty(cast)).exists()
    show(cast, plain)


def test_what_was_shown_and_said_is_frozen(cast):
    cast.at(NOW)
    [one] = show(cast, clipping("甲报"))
    made = settle(cast.qin.act(), obligation=duty(cast), outcome="partly", reason="只有一家。")
    for table, key, column in (
        ("promises_exhibit", one.pk, "title"),
        ("promises_settlement", made.pk, "reason"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = 'x' WHERE id = {key}")
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE id = {key}")


def test_a_unit_is_given_what_is_for_it_confirms_it_and_sees_its_own(cast):
    cast.at(NOW)
    unit, other = cast.mao.seat.unit, cast.ren.seat.unit
    given = Given(COVER, unit, "报道合订本", date(2030, 8, 20))

    def hand(one):
        return give(cast.qin.act(), programme=cast.programme, given=one)

    if other is not None:
        assert refused(lambda: hand(replace(given, unit=other))) == "promises.not-entitled"
    made = hand(given)
    assert refused(lambda: confirm_benefit(cast.ji.act(), benefit=made)) == "promises.only-its-unit"
    confirm_benefit(cast.mao.act(), benefit=made)
    page = reverse("promises:units", args=[cast.programme.slug])
    assert "报道合订本" in cast.mao.client.get(page).content.decode()
    assert "报道合订本" not in cast.lu.client.get(page).content.decode()
    withdraw_benefit(cast.qin.act(), benefit=made, reason="发错了单位。")
    assert Benefit.objects.get().reason == "发错了单位。"


def test_only_who_answers_for_it_or_the_secretariat_settles_and_shows(cast):
    cast.at(NOW)
    mine = duty(cast)
    may = {
        who: (
            bool(permissions.may_settle(player.act(), mine)),
            bool(permissions.may_show(player.act(), cast.programme, COVER)),
            bool(permissions.may_give(player.act(), cast.programme)),
        )
        for who, player in cast.players.items()
        if player.seat is not None
    }
    assert {who for who, (settles, _, _) in may.items() if settles} == {"qin"}
    assert {who for who, (_, shows, _) in may.items() if shows} == {"qin"}
    assert {who for who, (_, _, gives) in may.items() if gives} == {"qin"}


def test_the_pages_add_settle_and_refuse_in_words(cast):
    cast.at(NOW)
    mine, slug = duty(cast), cast.programme.slug
    page = reverse("promises:promise", args=[slug, mine.public_id])
    new = reverse("promises:show", args=[slug, mine.public_id])
    facts = {
        "key": "k1", "nature": "clipping", "title": "甲报的报道", "day": "2030-08-19",
        "outlet": "甲报", "tier": "central", "link": "https://example.org/1",
    }  # fmt: skip
    missing = cast.qin.client.post(new, facts | {"link": "", "key": "k0"})
    assert missing.status_code == 422
    assert "请附上文件或写上网址" in missing.content.decode()
    assert "甲报的报道" in missing.content.decode()
    assert cast.qin.client.post(new, facts).status_code == 302
    assert cast.qin.client.post(new, facts).status_code == 302
    assert Exhibit.objects.count() == 1
    said = {"key": "k2", "outcome": "kept", "reason": ""}
    assert "目标是" in cast.qin.client.post(page, said).content.decode()
    done = cast.qin.client.post(
        page, said | {"outcome": "partly", "reason": "只有一家。", "key": "k3"}
    )
    assert done.status_code == 302
    shown = cast.lu.client.get(page).content.decode()
    assert "部分兑现" in shown
    assert "甲报的报道" in shown
    listed = cast.lu.client.get(reverse("promises:promises", args=[slug])).content.decode()
    assert "媒体报道" in listed
    assert cast.lu.client.get(new).status_code == 200
    assert cast.lu.client.post(new, facts | {"key": "k4"}).status_code == 422
    assert Exhibit.objects.count() == 1


def test_an_exhibit_is_read_downloaded_and_withdrawn_on_its_page(cast):
    cast.at(NOW)
    mine, slug = duty(cast), cast.programme.slug
    new = reverse("promises:show", args=[slug, mine.public_id])
    facts = {"key": "k1", "nature": "item", "title": "签收单", "day": "2030-08-19"}
    scan = SimpleUploadedFile("签收单.txt", "签收三份。".encode(), "text/plain")
    assert cast.qin.client.post(new, facts | {"file": scan}).status_code == 302
    one = Exhibit.objects.get()
    page = reverse("promises:exhibit", args=[slug, one.public_id])
    file = reverse("promises:exhibit_file", args=[slug, one.public_id])
    assert b"".join(cast.lu.client.get(file)) == "签收三份。".encode()
    assert cast.wu.client.get(file).status_code == 404
    assert cast.lu.client.post(page, {"key": "k2", "reason": "不是我的。"}).status_code == 422
    assert cast.qin.client.post(page, {"key": "k3", "reason": "传错了。"}).status_code == 302
    shown = cast.qin.client.get(page).content.decode()
    assert "传错了。" in shown
    again = cast.qin.client.get(f"{new}?again={one.public_id}").content.decode()
    assert 'value="签收单"' in again


def test_what_was_given_is_taken_back_on_its_page(cast):
    cast.at(NOW)
    slug, unit = cast.programme.slug, cast.mao.seat.unit
    facts = {
        "key": "g1", "kind": COVER, "unit": unit.public_id, "what": "合订本", "day": "2030-08-19",
    }  # fmt: skip
    give_page = reverse("promises:give", args=[slug])
    assert cast.lu.client.post(give_page, facts | {"key": "g0"}).status_code == 422
    assert cast.qin.client.post(give_page, facts).status_code == 302
    one = Benefit.objects.get()
    confirm = reverse("promises:confirm", args=[slug, one.public_id])
    assert cast.lu.client.post(confirm, {"key": "g2"}).status_code == 404
    assert cast.mao.client.post(confirm, {"key": "g3"}).status_code == 302
    away = reverse("promises:withdraw", args=[slug, one.public_id])
    assert cast.qin.client.post(away, {"key": "g4", "reason": "没有寄出。"}).status_code == 302
    one.refresh_from_db()
    assert (one.confirmed_at is not None, one.reason) == (True, "没有寄出。")


def test_nothing_is_public_before_the_report_is(cast):
    path = reverse("promises:public", args=[cast.programme.slug])
    assert cast.qin.client.get(path).status_code == 404
