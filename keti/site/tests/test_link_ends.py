"""A personal link ends with its duty, its holder or a word of the secretariat, for good."""

import pytest
from django.test import Client

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person
from keti.accounts.models import DutyLink
from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.groups.actions import Place, appoint, end_seat, swap_delegate
from keti.kernel.acts import Subject
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry

pytestmark = pytest.mark.django_db
THING = Subject("x.thing", "a" * 26, "一件事", "/x/")


def link(cast, duty: Obligation) -> str:
    return f"/d/{duties.issue_link(cast.qin.act(), obligation=duty)}/"


def opens(path: str) -> bool:
    return Client().get(path).status_code == 200


@pytest.fixture
def duty(cast):
    return cast.duty("moon", "cell.red")


def test_a_new_link_ends_the_older_one_of_that_person(cast, duty):
    older = link(cast, duty)
    assert opens(older)
    newer = link(cast, duty)
    assert (opens(older), opens(newer)) == (False, True)


def test_another_duty_keeps_its_link(cast, duty):
    other = link(cast, cast.duty("moon", "cell.blue"))
    link(cast, duty)
    assert opens(other)


def test_met_it_shows_the_receipt_and_after_a_return_it_stays_closed(cast, duty):
    path = link(cast, duty)
    duties.meet(cast.lu.act(), obligation=duty, with_=THING)
    assert opens(path)
    duties.hand_back(duty, cast.moment)
    assert not opens(path)
    assert opens(link(cast, Obligation.objects.get(pk=duty.pk)))


def test_it_takes_nothing_after_a_return(cast, duty):
    path = link(cast, duty)
    duties.meet(cast.lu.act(), obligation=duty, with_=THING)
    duties.hand_back(duty, cast.moment)
    assert Client().post(path, {"key": "k", "line1": "一"}).status_code == 404


def test_waived_or_cancelled_it_never_opens_again(cast, duty):
    path = link(cast, duty)
    duties.waive(cast.qin.act(), obligation=duty, reason="不需要")
    Obligation.objects.filter(pk=duty.pk).update(state="open")
    assert not opens(path)
    again = link(cast, Obligation.objects.get(pk=duty.pk))
    duties.cancel(cast.programme, [duty.key], by=THING)
    Obligation.objects.filter(pk=duty.pk).update(state="open")
    assert not opens(again)


def test_it_ends_with_the_seat(cast, duty):
    path = link(cast, duty)
    end_seat(cast.qin.act(), seat=cast.lu.seat, reason="调离")
    assert not opens(path)


def test_it_ends_when_the_duty_passes_to_another_seat(cast, duty):
    path = link(cast, duty)
    duties.pass_on(duty, cast.mao.seat)
    assert not opens(path)


def test_it_ends_when_another_delegate_is_named_and_stays_so_when_the_first_comes_back(cast, duty):
    end_seat(cast.qin.act(), seat=cast.lu.seat, reason="调离")
    unit = enter_organisation("甲研究院（演示）")
    first, second = (
        enter_person(PersonFacts(f"{one}代表（演示）", mail=f"{at}@civil.example", unit=unit))
        for at, one in enumerate("甲乙")
    )
    place = Place(cast.group("cell.red"), cast.role("captain"), organisation=unit, delegate=first)
    seat = appoint(cast.qin.act(), place=place)
    cast.reseat()
    path = link(cast, Obligation.objects.get(pk=duty.pk))
    assert opens(path)
    for one in (second, first):
        swap_delegate(cast.qin.act(), seat=seat, delegate=one)
        assert not opens(path)


def test_the_secretariat_sees_the_links_and_ends_one(cast, duty):
    path = link(cast, duty)
    page = cast.qin.client.get(where(duty))
    assert 'id="links"' in page.content.decode()
    assert "卢组长" in page.content.decode()
    [issued] = DutyLink.objects.all()
    answer = cast.qin.client.post(f"{where(duty)}link/end/", {"key": "k", "link": issued.pk})
    assert answer.status_code == 302
    assert not opens(path)
    line = Entry.objects.get(kind="duties.link.revoked")
    assert line.content["facts"]["to"] == cast.lu.person.label
    duties.revoke_link(cast.qin.act(), obligation=duty, link_id=issued.pk)
    assert Entry.objects.filter(kind="duties.link.revoked").count() == 1


def where(duty: Obligation) -> str:
    return f"/p/cast/duties/{duty.public_id}/"


def test_nobody_else_sees_or_ends_a_link(cast, duty):
    path = link(cast, duty)
    [issued] = DutyLink.objects.all()
    assert 'id="links"' not in cast.lu.client.get(where(duty)).content.decode()
    with pytest.raises(Refused) as refused:
        duties.revoke_link(cast.lu.act(), obligation=duty, link_id=issued.pk)
    assert refused.value.code == "groups.only-the-secretariat"
    with pytest.raises(Refused) as refused:
        other = cast.duty("moon", "cell.blue")
        duties.revoke_link(cast.qin.act(), obligation=other, link_id=issued.pk)
    assert refused.value.code == "duties.no-such-link"
    assert opens(path)


def test_no_link_for_what_is_not_open(cast, duty):
    duties.meet(cast.lu.act(), obligation=duty, with_=THING)
    with pytest.raises(Refused) as refused:
        link(cast, Obligation.objects.get(pk=duty.pk))
    assert refused.value.code == "duties.link-for-open-duties"


def test_the_path_of_a_link_is_told_to_no_other_page(cast, duty):
    answer = Client().get(link(cast, duty))
    assert answer.headers["Referrer-Policy"] == "strict-origin"
