"""A call every year: each round with its own dates, applications, announcement and numbers."""

from collections.abc import Iterator

import pytest
from django.test import Client

from keti.accounts.models import Person
from keti.duties.models import Obligation
from keti.intake.actions import (
    Content,
    close_admission,
    decide_application,
    publish_call,
    save_application,
    submit_application,
)
from keti.intake.models import Application, Call
from keti.intake.queries import call_of, hanging
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from tests.cases.test_charters import text_of
from tests.cast import local
from tests.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Iterator[Town]:
    clock.stand_at(local("2023-02-01T09:00"))
    yield Town(text_of("173-yearly-call"), "2023-02-01T09:00")


def duty(kind: str, year: str) -> Obligation:
    found = Obligation.objects.select_related("programme", "group", "seat", "role")
    return found.get(kind=kind, period=f"{year}-03")


def applied(call: Call, name: str, at: str) -> Application:
    person, _ = Person.objects.get_or_create(name=name, mail=f"{name}@example.org")
    clock.stand_at(local(at))
    act = Act(by=person, recorded_at=local(at))
    content = Content("person", name=name, choices=("whole",), fields={"plan": "测量路灯。"})
    return submit_application(act, application=save_application(act, call=call, content=content))


def test_two_rounds_keep_apart(town):
    first = publish_call(town.act("2023-03-01T10:00"), obligation=duty("call", "2023"))
    assert (first.opens_at, first.closes_at) == (local("2023-03-08"), local("2023-04-08"))
    one, other = (applied(first, name, "2023-03-20T10:00") for name in ("ann", "bob"))
    owed = Obligation.objects.get(subject_id=one.public_id)
    assert owed.due_at == local("2023-04-29")
    assert [each.key for each in hanging(town.programme, local("2023-03-20"))] == [
        "chosen_list@whole/2023-03"
    ]
    decide_application(town.act("2023-04-20T10:00"), application=one, admit=True)
    with pytest.raises(Refused, match=r"intake\.undecided"):
        close_admission(town.act("2023-04-20T11:00"), obligation=duty("chosen_list", "2023"))
    decide_application(
        town.act("2023-04-21T10:00"), application=other, admit=False, reason="名额已满。"
    )
    close_admission(town.act("2023-04-21T11:00"), obligation=duty("chosen_list", "2023"))

    second = publish_call(town.act("2024-03-01T10:00"), obligation=duty("call", "2024"))
    assert (second.opens_at, second.closes_at) == (local("2024-03-08"), local("2024-04-08"))
    assert (first.number, second.number) == (
        "A call every year 2023/1", "A call every year 2024/1",
    )  # fmt: skip
    assert call_of(town.programme) == second
    with pytest.raises(Refused):
        applied(first, "cyd", "2024-03-20T10:00")
    again = applied(second, "bob", "2024-03-20T10:00")
    assert again.number.endswith("2024/1")
    assert Obligation.objects.get(subject_id=again.public_id).due_at == local("2024-04-29")
    decide_application(town.act("2024-04-10T10:00"), application=again, admit=True)
    close_admission(town.act("2024-04-10T11:00"), obligation=duty("chosen_list", "2024"))
    lines = Entry.objects.filter(kind="intake.admission.closed").order_by("seq")
    counts = [(one.content["facts"]["admitted"], one.content["facts"]["rejected"]) for one in lines]
    assert counts == [(1, 1), (1, 0)]


def test_the_public_page_shows_this_years_call(town, client: Client):
    publish_call(town.act("2023-03-01T10:00"), obligation=duty("call", "2023"))
    assert "2023/1" in client.get("/calls/town/").content.decode()
    publish_call(town.act("2024-03-01T10:00"), obligation=duty("call", "2024"))
    page = client.get("/calls/town/").content.decode()
    assert "2024/1" in page
    assert "2023/1" not in page
