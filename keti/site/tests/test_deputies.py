"""A deputy of the charter acts for their lead, from when to when somebody says so."""

import pytest
from django.urls import reverse

from keti.groups.actions import end_seat, end_standing_in, stand_in
from keti.groups.models import Colleague, Seat
from keti.groups.queries import may_deputise, minding
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from keti.work.actions import TaskSpec, assign_task
from tests.cast import Cast, Player, local

pytestmark = pytest.mark.django_db
WHY = "组长出国两周。"


def standing_in(cast: Cast) -> Colleague:
    return stand_in(cast.lu.act(), seat=cast.lu.seat, deputy=cast.mao.seat, reason=WHY)


def refusal(act: Act, seat: Seat, deputy: Seat, reason: str = WHY) -> str:
    with pytest.raises(Refused) as refused:
        stand_in(act, seat=seat, deputy=deputy, reason=reason)
    return refused.value.code


def assigned(cast: Cast, player: Player):
    """A task of the red group, as its lead's seat assigns it."""
    due = local("2030-05-01T18:00")
    spec = TaskSpec(cast.programme, cast.group("cell.red"), cast.mi.seat, "写案例", due)
    act = Act(by=player.person, recorded_at=player.moment, seat=cast.lu.seat)
    return assign_task(act, spec=spec)


def test_the_charter_says_who_deputises(cast: Cast) -> None:
    assert may_deputise(cast.mao.seat, cast.lu.seat)
    assert not may_deputise(cast.lu.seat, cast.mao.seat)
    assert not may_deputise(cast.hua.seat, cast.lu.seat)
    assert not may_deputise(cast.lu.seat, cast.lu.seat)


def test_who_stands_in_does_what_the_lead_does_in_their_own_name(cast: Cast) -> None:
    with pytest.raises(Refused):
        assigned(cast, cast.mao)
    made = standing_in(cast)
    assert assigned(cast, cast.mao).seat == cast.mi.seat
    line = Entry.objects.get(kind="work.task.assigned")
    assert (line.content["actor"], line.actor_id) == ("毛研究员（演示）", cast.mao.person.public_id)
    assert minding([cast.lu.seat]) == [cast.lu.person, cast.mao.person]
    told = Message.objects.get(kind="groups.stands-in")
    assert told.recipient_id == cast.mao.person.public_id
    end_standing_in(cast.mao.act(), standing=made)
    with pytest.raises(Refused):
        assigned(cast, cast.mao)


def test_it_ends_with_the_seat_of_the_deputy(cast: Cast) -> None:
    made = standing_in(cast)
    end_seat(cast.qin.act(), seat=cast.mao.seat, reason="调离。")
    made.refresh_from_db()
    assert made.until == cast.moment


def test_nobody_else_decides_it_and_no_other_stands_in(cast: Cast) -> None:
    lead, deputy = cast.lu.seat, cast.mao.seat
    for player in (cast.mao, cast.he, cast.ji):
        assert refusal(player.act(), lead, deputy) == "groups.only-the-holder-lets-stand-in"
    act = cast.qin.act()
    assert refusal(act, lead, deputy, " ") == "groups.standing-in-needs-a-reason"
    assert refusal(act, lead, deputy, "长" * 301) == "kernel.too-long"
    assert refusal(act, lead, cast.hua.seat) == "groups.does-not-deputise"
    assert refusal(act, deputy, lead) == "groups.does-not-deputise"
    made = standing_in(cast)
    with pytest.raises(Refused) as refused:
        end_standing_in(cast.he.act(), standing=made)
    assert refused.value.code == "groups.only-the-holder-lets-stand-in"


def test_the_page_lets_stand_in_and_ends_it(cast: Cast) -> None:
    group = cast.group("cell.red")
    page = reverse("site:deputies", args=["cast", group.public_id])
    assert page in cast.lu.client.get(group.path).content.decode()
    seat = cast.lu.seat.public_id
    facts = {"seat": seat, f"{seat}-key": "1", f"{seat}-by_whom": cast.mao.seat.public_id}
    answer = cast.lu.client.post(page, facts)
    assert (answer.status_code, "请副职代行" in answer.content.decode()) == (422, True)
    for _twice in range(2):
        assert cast.lu.client.post(page, facts | {f"{seat}-reason": WHY}).status_code == 302
    [made] = Colleague.objects.filter(deputy_id=cast.mao.seat.public_id)
    assert "毛研究员（演示）（组员）代行中" in cast.hua.client.get(page).content.decode()
    assert cast.mao.client.post(page, facts | {f"{seat}-reason": WHY}).status_code == 422
    ending = reverse("site:end_standing_in", args=["cast", group.public_id, made.public_id])
    assert ending not in cast.hua.client.get(page).content.decode()
    assert ending in cast.mao.client.get(page).content.decode()
    assert cast.lu.client.post(ending, {"key": "2"}).status_code == 302
    made.refresh_from_db()
    assert made.until == cast.moment
    assert cast.wu.client.get(page).status_code == 404
