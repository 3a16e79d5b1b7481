"""How a seat is styled and where it stands, put right by the secretariat through its page."""

import pytest
from django.urls import reverse

from keti.groups.actions import end_seat, restyle_seat
from keti.groups.models import UNNUMBERED, Seat
from keti.groups.queries import standing
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from tests.cast import Cast, Player

pytestmark = pytest.mark.django_db
KIND = "groups.seat.restyled"


def hands(cast: Cast) -> list[str]:
    """The members of the red group as lists print them."""
    found = standing(cast.programme, cast.moment).filter(group=cast.group("cell.red"))
    return [one.person.name for one in found if one.role.key == "hand"]


def sent(player: Player, seat: Seat, key: str = "1", **typed: str):
    address = reverse("intake:restyle", args=["cast", seat.public_id])
    facts = {f"style-{name}": text for name, text in typed.items()}
    return player.client.post(address, {"style-key": key} | facts)


def styled(act: Act, seat: Seat, order: int) -> str:
    """Why it is refused."""
    with pytest.raises(Refused) as refused:
        restyle_seat(act, seat=seat, honorific="教授", order=order)
    return refused.value.code


def test_the_page_moves_a_seat_and_styles_it(cast: Cast) -> None:
    seat = cast.mi.seat
    assert hands(cast) == ["毛研究员（演示）", "米研究员（演示）"]
    page = reverse("intake:seat", args=["cast", seat.public_id])
    assert reverse("intake:restyle", args=["cast", seat.public_id]) in (
        cast.qin.client.get(page).content.decode()
    )
    Seat.objects.filter(pk=cast.mao.seat.pk).update(order=5)
    for _twice in range(2):
        assert sent(cast.qin, seat, honorific="教授", order="2").status_code == 302
    assert hands(cast) == ["米研究员（演示）", "毛研究员（演示）"]
    assert "教授" in cast.lu.client.get(seat.group.path).content.decode()
    [line] = Entry.objects.filter(kind=KIND)
    assert line.content["facts"]["after"] == ["教授", 2]
    assert sent(cast.qin, seat, "2", honorific="教授", order="").status_code == 302
    assert Seat.objects.get(pk=seat.pk).order == UNNUMBERED


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"honorific": "教授", "order": "-1"}, "教授"),
        ({"honorific": "", "order": "2"}, "没有变动"),
    ],
)
def test_what_is_refused_is_shown_with_what_was_typed(cast: Cast, typed, words) -> None:
    Seat.objects.filter(pk=cast.mi.seat.pk).update(order=2)
    answer = sent(cast.qin, cast.mi.seat, **typed)
    assert words in answer.content.decode()
    assert not Entry.objects.filter(kind=KIND).exists()


def test_only_the_secretariat_and_only_of_a_seat_that_stands(cast: Cast) -> None:
    seat = cast.mi.seat
    assert sent(cast.lu, seat, honorific="教授").status_code == 404
    for player in (cast.lu, cast.mi, cast.gao):
        act = player.act()
        assert styled(act, seat, 1) == "groups.only-the-secretariat"
    assert styled(cast.qin.act(), seat, -1) == "groups.order-is-none"
    end_seat(cast.qin.act(), seat=seat, reason="调离。")
    assert styled(cast.qin.act(key="2"), seat, 1) == "groups.seat-has-ended"
