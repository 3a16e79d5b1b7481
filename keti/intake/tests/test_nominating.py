"""Whom a unit nominates is asked before they sit: until the answer the seat is proposed."""

from dataclasses import replace

import pytest
from django.urls import reverse

from keti.duties.tests.test_actions import stored
from keti.groups.actions import accept_nomination, decline_nomination, swap_delegate
from keti.groups.models import Seat
from keti.groups.permissions import acting_seat, sight_of
from keti.intake.actions import decide_application
from keti.intake.tests.scene import checked, submitted
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import Cast, Player

pytestmark = pytest.mark.django_db


def proposed(cast: Cast) -> Seat:
    """A unit is admitted that nominated somebody else than who applied."""
    sent = submitted(
        cast,
        name="吴路人（演示）",
        track="firm",
        unit="吴氏公司（演示）",
        delegate="武专家（演示）",
        delegate_mail="expert@example.org",
    )
    decide_application(cast.qin.act(), application=checked(cast, sent), admit=True)
    return Seat.objects.with_names().get(organisation__name_zh="吴氏公司（演示）")


def own(cast: Cast, seat: Seat, key: str = "n") -> Act:
    return replace(cast.qin.act(key=key), by=seat.delegate, seat=None)


def code_of(do) -> str:
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


def test_until_the_answer_nobody_sits_there(cast: Cast) -> None:
    seat = proposed(cast)
    assert (seat.delegate.name, seat.proposed_at) == ("武专家（演示）", cast.qin.moment)
    act = replace(cast.qin.act(), by=seat.delegate, seat=seat)
    refused = code_of(lambda: acting_seat(act, cast.programme))
    assert refused == "groups.nomination-unanswered"
    assert not sight_of(seat).inside
    letter = Message.objects.get(kind="groups.appointed", recipient_id=seat.delegate.public_id)
    assert "答复是否接受" in letter.body
    page = reverse("intake:seat", args=["cast", seat.public_id])
    assert "已提名，待本人答复" in cast.qin.client.get(page).content.decode()
    accept_nomination(own(cast, seat), seat=seat)
    seat = Seat.objects.with_names().get(pk=seat.pk)
    assert seat.proposed_at is None
    assert acting_seat(replace(act, seat=seat), cast.programme) == seat
    assert sight_of(seat).inside
    assert Entry.objects.filter(kind="groups.nomination.accepted").count() == 1
    told = Message.objects.get(kind="groups.nomination-accepted")
    assert told.recipient_id == cast.qin.person.public_id
    again = code_of(lambda: decline_nomination(own(cast, seat, "2"), seat=seat))
    assert again == "groups.no-nomination-waits"


def test_who_declines_leaves_the_seat_to_the_unit(cast: Cast) -> None:
    seat = proposed(cast)
    decline_nomination(own(cast, seat), seat=seat)
    seat = Seat.objects.with_names().get(pk=seat.pk)
    assert (seat.delegate, seat.organisation.name_zh) == (None, "吴氏公司（演示）")
    assert "没有代表人" in Message.objects.get(kind="groups.nomination-declined").body
    swap_delegate(cast.qin.act(), seat=seat, delegate=cast.wu.person, guest=True)
    assert Seat.objects.get(pk=seat.pk).proposed_at is None


def test_nobody_answers_for_them_without_their_paper(cast: Cast) -> None:
    seat = proposed(cast)
    for player in (cast.lu, cast.gao):
        refused = code_of(lambda who=player: accept_nomination(who.act(), seat=seat))
        assert refused == "groups.only-the-nominated-answers"
    without = code_of(lambda: accept_nomination(cast.qin.act(), seat=seat))
    assert without == "groups.on-behalf-needs-paper"
    act = cast.qin.act(evidence=stored(cast, cast.qin.act()))
    assert accept_nomination(act, seat=seat).proposed_at is None


def test_it_is_answered_on_the_own_page(cast: Cast) -> None:
    seat = proposed(cast)
    client = Player(seat.delegate, seat, cast.moment).client
    page = client.get("/me/").content.decode()
    send = reverse("site:nomination", args=["cast", seat.public_id])
    assert send in page
    assert "吴氏公司（演示）在“测试课题”中提名您" in page
    assert "单位提名您担任这一职务" in client.get("/p/cast/desk/").content.decode()
    assert cast.lu.client.post(send, {"key": "1", "answer": "accept"}).status_code == 404
    for _twice in range(2):
        answer = client.post(send, {"key": "1", "answer": "accept"})
        assert answer.url == reverse("site:desk", args=["cast"])
    assert Seat.objects.get(pk=seat.pk).proposed_at is None
    assert send not in client.get("/me/").content.decode()
