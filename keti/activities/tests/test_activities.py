"""Activities: who may take a place when, answers as duties, held as exhibits; sheets of regions."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from keti.activities import queries
from keti.activities.actions import (
    Announced,
    Came,
    Sheet,
    announce,
    cancel_activity,
    check_sheet,
    decline_places,
    enter_sheet,
    hold_activity,
    invite_guest,
    take_places,
    unhold_activity,
    withdraw_guest,
    withdraw_sheet,
)
from keti.activities.models import Activity, OutsideGuest, Spot
from keti.activities.rules import Window
from keti.documents.actions import keep_produced
from keti.duties.models import Obligation
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.promises.models import Exhibit

COVER = "outreach.cover"
SAID = Announced(
    "regional", "石家庄研讨（演示）", date(2030, 8, 20), date(2030, 8, 21), 5, date(2030, 8, 18),
    date(2030, 8, 10), COVER, "130100", "会堂", "丁协会（演示）",
)  # fmt: skip


def proof(cast, who="qin"):
    return keep_produced(
        cast.players[who].act(), programme=cast.programme, name="纪要.pdf",
        mime="application/pdf", data=b"%PDF-1.4 minutes",
    )  # fmt: skip


@pytest.fixture
def one(cast):
    cast.at("2030-08-01T09:00")
    return announce(cast.qin.act(), programme=cast.programme, said=SAID)


def refused(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.code


def take(cast, one, who, people=1):
    return take_places(cast.players[who].act(), activity=one, people=people)


def owed(cast):
    found = Obligation.objects.filter(programme=cast.programme, kind__startswith="activities.")
    return {row.seat.label: row.state for row in found.select_related("seat")}


def test_a_window_is_half_open(cast):
    before, first, until, last = (
        cast.at(f"2030-08-0{n}") for n in ("1T08:59", "1T09:00", "2T09:00", "3T09:00")
    )
    window = Window(first, until, last)
    said = [
        (window.refusal(at, entitled=True), window.refusal(at, entitled=False))
        for at in (before, first, until, last)
    ]
    assert said == [
        ("activities.not-open-yet", "activities.not-open-yet"),
        ("", "activities.priority-of-others"),
        ("", ""),
        ("activities.closed", "activities.closed"),
    ]


def test_inside_the_priority_only_the_entitled_take_places_and_afterwards_everybody(cast, one):
    assert take(cast, one, "mao").priority
    assert refused(lambda: take(cast, one, "lu")) == "activities.priority-of-others"
    assert not Spot.objects.filter(organisation=cast.lu.seat.unit).exists()
    cast.at("2030-08-10T23:59")
    assert refused(lambda: take(cast, one, "lu")) == "activities.priority-of-others"
    cast.at("2030-08-11T00:00")
    spot = take(cast, one, "lu")
    assert (spot.priority, spot.entitled) == (False, False)
    lines = Entry.objects.filter(kind="activities.place.taken").order_by("pk")
    facts = [line.content["facts"] for line in lines]
    assert [(row["entitled"], row["priority"]) for row in facts] == [(True, True), (False, False)]
    cast.at("2030-08-19T00:00")
    assert refused(lambda: take(cast, one, "ji")) == "activities.closed"


def test_places_end_and_one_unit_changes_its_word(cast, one):
    take(cast, one, "mao", 4)
    assert refused(lambda: take(cast, one, "mi", 2)) == "activities.too-few-left"
    assert refused(lambda: take(cast, one, "mao", 4)) == "activities.said-already"
    take(cast, one, "mao", 5)
    assert queries.places_left(one) == 0
    decline_places(cast.mao.act(), activity=one)
    assert (queries.places_left(one), Spot.objects.count()) == (5, 1)
    assert refused(lambda: take(cast, one, "mi", 0)) == "activities.how-many"


def test_who_goes_first_is_asked_and_what_is_over_asks_nobody(cast, one):
    asked = owed(cast)
    assert sorted(asked.values()) == ["open"] * 3
    take(cast, one, "mao")
    decline_places(cast.mi.act(), activity=one)
    assert sorted(owed(cast).values()) == ["met", "met", "open"]
    cancel_activity(cast.qin.act(), activity=one, reason="天气原因。")
    assert sorted(owed(cast).values()) == ["cancelled", "met", "met"]
    assert refused(lambda: take(cast, one, "lu")) == "activities.over"


def test_held_it_is_an_exhibit_and_goes_with_its_record(cast, one):
    spot = take(cast, one, "mao", 2)
    came = Came({spot.public_id: 3})
    cast.at("2030-08-19T10:00")
    act = cast.qin.act()
    assert refused(
        lambda: hold_activity(act, activity=one, came=came, file=None)
    ) == "activities.not-begun"  # fmt: skip
    cast.at("2030-08-22T10:00")
    file = proof(cast)

    def hold(said, kept):
        return hold_activity(cast.qin.act(), activity=one, came=said, file=kept)

    assert refused(lambda: hold(came, None)) == "activities.evidence-needed"
    assert refused(lambda: hold(came, file)) == "activities.more-than-taken"
    done = hold(replace(came, people={spot.public_id: 2}), file)
    [shown] = Exhibit.objects.filter(kind=COVER)
    assert (done.exhibit, shown.file, shown.withdrawn_at) == (shown, file, None)
    assert "2 人" in shown.title
    unhold_activity(cast.qin.act(), activity=done, reason="人数写错。")
    shown.refresh_from_db()
    assert (shown.withdrawn_at is not None, shown.reason) == (True, "人数写错。")
    hold(replace(came, people={spot.public_id: 1}), file)
    assert Exhibit.objects.filter(kind=COVER, withdrawn_at=None).count() == 1


def test_what_cannot_be_announced_is_told_where(cast):
    cast.at("2030-08-01T09:00")

    def told(**more):
        with pytest.raises(Refused) as found:
            announce(cast.qin.act(), programme=cast.programme, said=replace(SAID, **more))
        return found.value.code.partition(".")[2], found.value.field

    assert told(title=" ") == ("title-needed", "title")
    assert told(day=date(2030, 7, 1)) == ("day-over", "day")
    assert told(last_day=date(2030, 8, 19)) == ("ends-before-it-begins", "last_day")
    assert told(division="999900") == ("unknown-division", "division")
    assert told(promise="outreach.none") == ("unknown-promise", "promise")
    assert told(promise="outreach.uptake") == ("priority-unfounded", "promise")
    assert told(closing=date(2030, 8, 21)) == ("closes-too-late", "closing")
    assert told(priority=date(2030, 8, 19)) == ("priority-too-late", "priority")
    act = cast.mao.act()
    code = refused(lambda: announce(act, programme=cast.programme, said=SAID))
    assert code == "groups.only-the-secretariat"
    assert not Activity.objects.exists()


def test_a_guest_is_named_only_with_a_paper_and_never_in_the_record(cast, one):
    def invite(**more):
        said = {"body": "某市数据局（演示）", "post": "处长"} | more
        return invite_guest(cast.qin.act(), activity=one, **said)

    assert refused(lambda: invite(name="甲某（演示）")) == "activities.named-without-consent"
    made = invite(name="甲某（演示）", consent=proof(cast))
    assert made.name
    withdraw_guest(cast.qin.act(), guest=made)
    assert OutsideGuest.objects.get().name == ""
    lines = Entry.objects.filter(kind__startswith="activities.guest")
    assert lines.count() == 2
    assert "甲某" not in "".join(str(line.content) for line in lines)


def test_a_policy_has_its_source_a_scheme_its_seminar_and_somebody_else_checks(cast, one):
    said = Sheet(
        "130100", "算力补贴（演示）", "可申请。", date(2030, 7, 1), source="某号文（演示）"
    )

    def enter(who="mao", **more):
        act = cast.players[who].act()
        return enter_sheet(act, programme=cast.programme, said=replace(said, **more))

    assert refused(lambda: enter(source="")) == "activities.source-needed"
    assert refused(lambda: enter(as_of=date(2031, 1, 1))) == "activities.as-of-ahead"
    assert refused(lambda: enter(scheme=True)) == "activities.seminar-needed"
    far = {"scheme": True, "activity": one, "division": "440100"}
    assert refused(lambda: enter(**far)) == "activities.seminar-needed"
    assert enter(scheme=True, activity=one).edition == 1
    sheet = enter("lu")
    assert refused(lambda: check_sheet(cast.lu.act(), sheet=sheet)).endswith("own-sheet")
    assert refused(lambda: check_sheet(cast.mi.act(), sheet=sheet)).endswith("others-check")
    assert check_sheet(cast.ji.act(), sheet=sheet).checked_at
    withdraw_sheet(cast.lu.act(), sheet=sheet, reason="已废止。")
    assert enter("lu").edition == 2


def test_pages_show_who_could_when_and_each_unit_its_own_answer(cast, one, client):
    take(cast, one, "mao", 2)
    path = one.path
    page = cast.mi.client.get(path).content.decode()
    assert "贵单位享有优先资格" in page
    assert "毛氏研究所" not in page
    assert "毛氏研究所" in cast.qin.client.get(path).content.decode()
    page = cast.lu.client.get(path).content.decode()
    assert "还不能占名额" in page
    assert client.get(path).status_code in (302, 404)
    listed = cast.mi.client.get(reverse("activities:activities", args=["cast"])).content.decode()
    assert "石家庄研讨" in listed


def test_a_form_is_safe_twice_and_loses_nothing(cast, one):
    body = {"people": "2", "do": "take", "key": "k" * 20}
    assert cast.mi.client.post(one.path, body).status_code == 302
    assert cast.mi.client.post(one.path, body).status_code == 302
    taken = Entry.objects.filter(kind__endswith="place.taken").count()
    assert (Spot.objects.get().people, taken) == (2, 1)
    new = reverse("activities:new", args=["cast"])
    told = {
        "kind": "charity", "title": "<b>植树</b>（演示）", "day": "2030-08-20",
        "last_day": "2030-08-20", "places": "3", "closing": "2030-08-25", "key": "n" * 20,
    }  # fmt: skip
    page = cast.qin.client.post(new, told)
    assert page.status_code == 422
    assert "&lt;b&gt;植树" in page.content.decode()
    assert cast.qin.client.post(new, told | {"closing": "2030-08-19"}).status_code == 302
    assert cast.mao.client.post(new, told | {"key": "o" * 20}).status_code in (403, 422)
