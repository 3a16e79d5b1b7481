"""Who owes something late says why; the date stays, and not everybody hears it."""

from datetime import date

import pytest
from django.urls import reverse

from keti.duties import actions
from keti.duties.models import Obligation
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LATE, WHY = "2030-05-06T10:00", "等第三方数据。"


def moon(cast: Cast) -> Obligation:
    return cast.duty("moon", "cell.red", "2030-04")


def code_of(do) -> str:
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


def test_the_holder_says_why_and_the_due_date_stays(cast: Cast) -> None:
    cast.at(LATE)
    before = moon(cast).due_instant
    duty = actions.explain(
        cast.lu.act(), obligation=moon(cast), text=f" {WHY} ", expected=date(2030, 5, 9)
    )
    assert (duty.said, duty.expected_on, duty.due_instant) == (WHY, date(2030, 5, 9), before)
    line = Entry.objects.get(kind="duties.lateness.explained")
    assert (line.content["facts"]["reason"], line.subject_id) == (WHY, duty.public_id)
    letter = Message.objects.get(kind="duties.explained")
    assert letter.recipient_id == cast.qin.person.public_id
    assert "说明：等第三方数据。预计 2030-05-09 周四 交。期限仍是" in letter.body
    again = actions.explain(cast.lu.act(key="2"), obligation=duty, text="周四交。")
    assert (again.said, again.expected_on) == ("周四交。", None)


def test_no_words_a_past_day_and_what_is_done_are_refused(cast: Cast) -> None:
    cast.at(LATE)
    act, duty = cast.lu.act(), moon(cast)
    assert code_of(lambda: actions.explain(act, obligation=duty, text=" ")) == "duties.say-why"
    past = date(2030, 5, 5)
    assert (
        code_of(lambda: actions.explain(act, obligation=duty, text=WHY, expected=past))
        == "duties.expected-is-past"
    )
    actions.meet(act, obligation=duty, with_=duty.subject())
    assert (
        code_of(lambda: actions.explain(act, obligation=duty, text=WHY))
        == "duties.nothing-to-explain"
    )


@pytest.mark.parametrize("who", ["mao", "he", "qin", "gao"])
def test_nobody_else_says_it_in_their_own_name(cast: Cast, who: str) -> None:
    act = getattr(cast, who).act()
    code = code_of(lambda: actions.explain(act, obligation=moon(cast), text=WHY))
    assert code == "duties.not-yours"


def test_the_page_takes_it_and_shows_it_to_whom_lateness_is_shown(cast: Cast) -> None:
    cast.at(LATE)
    duty = moon(cast)
    page = reverse("duties:duty", args=["cast", duty.public_id])
    send = reverse("duties:explain", args=["cast", duty.public_id])
    assert send in cast.lu.client.get(page).content.decode()
    assert send not in cast.he.client.get(page).content.decode()
    refused = cast.lu.client.post(send, {"key": "1", "text": WHY, "expected": "2030-05-01"})
    assert refused.status_code == 422
    assert WHY in refused.content.decode()
    assert "预计交的日子已经过去" in refused.content.decode()
    sent = {"key": "2", "text": WHY, "expected": "2030-05-09"}
    assert cast.lu.client.post(send, sent).status_code == 302
    assert cast.lu.client.post(send, sent).status_code == 302
    assert Entry.objects.filter(kind="duties.lateness.explained").count() == 1
    for reader, hears in ((cast.lu, True), (cast.qin, True), (cast.ji, True), (cast.he, False)):
        assert (WHY in reader.client.get(page).content.decode()) is hears
