"""Topics born by admission: an accepted application founds its group with its lead."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from keti.accounts.actions import open_account
from keti.accounts.models import Person
from keti.charter.queries import compiled, in_force
from keti.charter.rules.lint import lint
from keti.duties.models import Obligation
from keti.groups.models import Group
from keti.intake.actions import (
    Content,
    decide_application,
    publish_call,
    save_application,
    submit_application,
    take_back_decision,
)
from keti.intake.models import Application, Call
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.ledger.models import Entry
from keti.planning.models import Amendment
from tests.cases.test_charters import text_of
from tests.cast import local
from tests.town import Town

pytestmark = pytest.mark.django_db
TEXT = text_of("174-topics-born")


@pytest.fixture
def town() -> Iterator[Town]:
    yield Town(TEXT, "2023-02-01T09:00")


def called(town: Town, year: str = "2023") -> Call:
    duty = Obligation.objects.select_related("programme", "group", "seat", "role")
    return publish_call(
        town.act(f"{year}-03-01T10:00"), obligation=duty.get(kind="call", period=f"{year}-03")
    )


def applied(call: Call, name: str, topic: str, at: str = "2023-03-20T10:00") -> Application:
    person, _ = Person.objects.get_or_create(name=name, mail=f"{name}@example.org")
    clock.stand_at(local(at))
    act = Act(by=person, recorded_at=local(at))
    content = Content("person", name=name, fields={"topic": topic, "plan": "测量。"})
    return submit_application(act, application=save_application(act, call=call, content=content))


def test_none_is_there_before_and_each_admission_founds_one(town):
    assert not Group.objects.filter(kind="topic").exists()
    call = called(town)
    one, other, out = (applied(call, name, f"Lamps of {name}") for name in ("ann", "bob", "cyd"))
    decide_application(town.act("2023-04-20T10:00"), application=one, admit=True)
    decide_application(town.act("2023-04-25T10:00"), application=other, admit=True)
    decide_application(town.act("2023-04-25T11:00"), application=out, admit=False, reason="满。")
    topics = Group.objects.filter(programme=town.programme, kind="topic").order_by("pk")
    told = [(one.key, one.title_en, one.parent.key if one.parent else "") for one in topics]
    assert told == [("topic.a1", "Lamps of ann", "whole"), ("topic.a2", "Lamps of bob", "whole")]
    assert {group.founded_at for group in topics} == {
        local("2023-04-20T10:00"), local("2023-04-25T10:00"),
    }  # fmt: skip
    one.refresh_from_db()
    assert one.seat is not None
    assert (one.seat.group.key, one.seat.role.key) == ("topic.a1", "lead")
    due = {
        duty.key: (duty.due_at, duty.seat and duty.seat.group.key)
        for duty in Obligation.objects.filter(kind="outline").select_related("seat__group")
    }
    assert due == {
        "outline@topic.a1": (local("2023-05-21"), "topic.a1"),
        "outline@topic.a2": (local("2023-05-26"), "topic.a2"),
    }


def test_the_charter_says_which_there_are_and_the_record_why(town):
    before = in_force(town.programme).text
    call = called(town)
    mine = applied(call, "ann", "Lamps")
    decide_application(town.act("2023-04-20T10:00"), application=mine, admit=True)
    after = in_force(town.programme).text
    assert "by_admission: true" in after
    assert "born: 2023-04-20" in after
    assert before.partition("roles:")[2] == after.partition("roles:")[2]
    assert [one for one in lint(after, "x") if one.severity == "error"] == []
    made = Amendment.objects.get(programme=town.programme)
    assert (made.klass, made.state, made.approvers) == ("by_admission", "applied", [])
    lines = Entry.objects.filter(programme=town.programme).order_by("seq")
    kinds = list(lines.values_list("kind", flat=True))
    assert kinds.count("planning.amendment.applied") == 1
    assert kinds[-1] in ("intake.application.decided", "ledger.rows.followed")
    assert compiled(town.programme).group("topic.a1").title.en == "Lamps"


@pytest.mark.parametrize(
    "topic",
    ["{a: b}, c: 'd' # e", "- x\n- y", 'He said "no": yes', "路灯：一号、二号", "*ref &a !!int 7",
     "no", "0x1F", "x" * 500],
)  # fmt: skip
def test_a_topic_is_called_what_was_typed_whatever_that_is(town, topic):
    call = called(town)
    mine = applied(call, "ann", topic)
    decide_application(town.act("2023-04-20T10:00"), application=mine, admit=True)
    group = Group.objects.get(programme=town.programme, kind="topic")
    assert group.title_zh == " ".join(topic.split())[:80].strip()


def test_a_later_round_brings_more_and_those_of_before_are_not_offered(town):
    first = called(town)
    mine = applied(first, "ann", "Lamps")
    decide_application(town.act("2023-04-20T10:00"), application=mine, admit=True)
    second = called(town, "2024")
    mine = applied(second, "dan", "Benches", "2024-03-20T10:00")
    decide_application(town.act("2024-04-20T10:00"), application=mine, admit=True)
    keys = Group.objects.filter(programme=town.programme, kind="topic").order_by("pk")
    assert list(keys.values_list("key", flat=True)) == ["topic.a1", "topic.a2"]
    final = Obligation.objects.get(key="final@topic.a2")
    assert final.due_at == local("2024-10-21")
    admission = compiled(town.programme).admission
    assert admission is not None
    assert (admission.choices, admission.tracks[0].choices) == ((), ())


def test_a_decision_taken_back_frees_the_seat_and_the_topic_stays(town):
    call = called(town)
    mine = applied(call, "ann", "Lamps")
    decide_application(town.act("2023-04-20T10:00"), application=mine, admit=True)
    mine.refresh_from_db()
    take_back_decision(town.act("2023-04-20T11:00"), application=mine, reason="误。")
    group = Group.objects.get(programme=town.programme, kind="topic")
    assert group.ended_at is None
    assert Obligation.objects.get(key="outline@topic.a1").seat is None


def test_the_office_admits_on_the_page_twice_the_same(town, client: Client):
    call = called(town)
    mine = applied(call, "ann", "Lamps")
    client.force_login(open_account(town.founder, password="Lamp-post-19-north"))
    town.act("2023-04-20T10:00")
    page = client.get(mine.path).content.decode()
    assert 'name="group"' not in page
    url = reverse("intake:decide", args=["town", mine.public_id])
    for _again in range(2):
        assert client.post(url, {"key": "k", "do": "admit", "reason": ""}).status_code == 302
    assert Group.objects.filter(programme=town.programme, kind="topic").count() == 1
    found = client.get(reverse("site:groups", args=["town"])).content.decode()
    assert "Lamps" in found


@pytest.mark.parametrize(
    ("before", "after", "number", "path"),
    [
        ("role: lead}", "role: clerk}", "SHP201", "groups.topic"),
        ("named_by: topic", "named_by: subject", "SHP202", "groups.topic.named_by"),
        ("due: born + P30D", "due: bern + P30D", "SHP136", "deliverables.outline.due"),
        ("opens: start, due: 2023-02-15", "opens: start, due: born + P3D", "SHP136",
         "obligations.seats.due"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_place(before, after, number, path):
    found = lint(TEXT.replace(before, after), "x")
    assert (number, path) in [(one.number, one.path) for one in found if one.severity == "error"]
