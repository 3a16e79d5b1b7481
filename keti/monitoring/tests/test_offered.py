"""Beside a duty raising a finding is offered to exactly those whom the act lets raise one."""

from keti.duties.doors import page_of
from keti.duties.models import Obligation
from keti.duties.permissions import raises_finding
from keti.monitoring.permissions import seat_may_raise

LINK = "就此事提出监控意见"


def test_it_is_offered_to_whom_the_act_lets(cast):
    mine = Obligation.objects.filter(programme=cast.programme, seat=cast.lu.seat).first()
    Obligation.objects.filter(pk=mine.pk).update(on_behalf=True)
    answers = {
        (who, duty.pk): raises_finding(player.seat, duty)
        for who, player in cast.players.items()
        if player.seat is not None
        for duty in Obligation.objects.filter(programme=cast.programme)
    }
    asked = {
        (who, duty.pk): bool(seat_may_raise(player.seat, duty.subject()))
        for who, player in cast.players.items()
        if player.seat is not None
        for duty in Obligation.objects.filter(programme=cast.programme)
    }
    assert answers == asked
    assert {who for who, _duty in answers if answers[who, mine.pk]} >= {"ji", "lu"}
    assert not answers["qin", mine.pk]


def test_the_page_offers_it_to_monitors_and_not_to_the_secretariat(cast):
    duty = Obligation.objects.filter(programme=cast.programme, seat=cast.lu.seat).first()
    path = page_of(duty)
    pages = {who: cast.players[who].client.get(path).content.decode() for who in ("ji", "qin")}
    assert LINK in pages["ji"]
    assert LINK not in pages["qin"]
