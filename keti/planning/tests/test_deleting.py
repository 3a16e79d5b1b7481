"""A trial programme is deleted whole; one that has reached somebody is not, and says by what."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from keti.accounts.models import Organisation, Person
from keti.charter.actions import CharterFile
from keti.documents.models import StoredFile
from keti.drafts.models import Draft
from keti.duties.models import Obligation, Reminder
from keti.groups.actions import Place, appoint
from keti.groups.models import Group, Role, Seat
from keti.intake.actions import publish_call
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.ledger.queries.agreeing import LastWords, differences
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery, Message
from keti.planning.actions import Founding, delete_programme, found_programme
from keti.planning.models import CharterDraft
from keti.planning.permissions import TRIAL
from keti.planning.queries import reached
from keti.planning.tests.test_notice import scan
from keti.programmes.models import Deletion, Programme
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TEXT = (Path(__file__).resolve().parents[3] / "tests" / "cast.yaml").read_text()
PAGE = "/start/trial/trial/delete/"


def tables() -> dict[str, int]:
    """How many rows stand in every table of the house."""
    ours = [one for one in apps.get_models() if one.__module__.startswith("keti.")]
    return {one._meta.label: one._base_manager.count() for one in ours}


@pytest.fixture
def trial(cast: Cast) -> Programme:
    return tried(cast)


def tried(cast: Cast) -> Programme:
    """A second programme beside the cast's: a scan, people, drafts, a reminder, waiting letters."""
    qin, moment = cast.qin, cast.moment
    made = found_programme(
        Act(by=qin.person, recorded_at=moment),
        founder=qin.person,
        founding=Founding(CharterFile("trial.yaml", TEXT, ""), "trial", is_demo=True),
    )
    qin.client.post("/p/trial/charter/notice/", {"key": "n", "notice": scan()})
    home = Organisation.objects.create(name_zh="只为试用录入的单位（演示）", is_demo=True)
    new = Person.objects.create(name="只为试用录入的人（演示）", unit=home, is_demo=True)
    act = Act(by=qin.person, recorded_at=moment, seat=desk(cast, made))
    for who in (new, cast.mao.person):
        appoint(act, place=place(made, who))
    first = Obligation.objects.filter(programme=made)[0]
    Reminder.objects.create(obligation=first, step="x", sent_at=moment)
    qin.client.post("/p/trial/charter/draft/", {"key": "d"})
    Draft.objects.create(
        person=qin.person, form_key="x", place="/p/trial/charter/", title="x", typed="{}",
        begun="{}", size=2, saved_at=moment,
    )  # fmt: skip
    return made


def desk(cast: Cast, programme: Programme) -> Seat:
    return Seat.objects.of(cast.qin.person).with_names().get(programme=programme)


def place(programme: Programme, who: Person) -> Place:
    group = Group.objects.get(programme=programme, key="cell.red")
    return Place(group, Role.objects.get(programme=programme, key="hand"), person=who)


def sent(cast: Cast, key: str = "k", **more: str):
    said = {"key": key, "title": "测试课题", "reason": "试用完毕。"}
    return cast.qin.client.post(PAGE, said | more)


def test_what_its_book_said_of_who_stays_is_said_anew(cast: Cast) -> None:
    cast.mao.person.save()  # told by the next line, which is one of the trial's
    made = tried(cast)
    assert LastWords().last["accounts.Person"][cast.mao.person.pk].book == made.public_id
    assert sent(cast).status_code == 302
    assert LastWords().last["accounts.Person"][cast.mao.person.pk].book == "house"
    assert list(differences()) == []


def test_nothing_of_it_is_left_and_the_house_keeps_one_line(cast: Cast) -> None:
    cast.qin.client.get("/")
    before, untouched = tables(), state_of(cast.programme)
    made = tried(cast)
    assert {Reminder, CharterDraft} <= {one for one in PART_ROWS if one.objects.exists()}
    assert Message.objects.filter(programme=made).count() == 2
    lines = Entry.objects.filter(programme=made).count()
    page = cast.qin.client.get(PAGE).content.decode()
    assert "整个删除" in page
    assert "这个课题不能删除" not in page
    answer = sent(cast)
    assert (answer.status_code, answer.url) == (302, "/start/new/")
    assert tables() == before | {"ledger.Entry": before["ledger.Entry"] + 1} | HEAD_OF_HOUSE
    assert state_of(cast.programme) == untouched
    line = Entry.objects.get(kind="planning.programme.deleted")
    assert (line.book, line.actor_id) == ("house", cast.qin.person.public_id)
    facts = line.content["facts"]
    assert (facts["slug"], facts["title"], facts["reason"]) == ("trial", "测试课题", "试用完毕。")
    assert (facts["lines"], facts["people"], facts["units"]) == (lines, 1, 1)
    assert cast.mao.person == Person.objects.get(pk=cast.mao.person.pk)
    assert cast.qin.client.get(PAGE).status_code == 404
    again = sent(cast)
    assert (again.status_code, again.url) == (302, "/start/new/")
    assert Entry.objects.filter(kind="planning.programme.deleted").count() == 1
    shown = cast.qin.client.get("/installation/").content.decode()
    assert "测试课题" in shown
    assert "试用完毕。" in shown


PART_ROWS = (Reminder, CharterDraft)
HEAD_OF_HOUSE = {"ledger.Head": 2}


def state_of(programme: Programme) -> tuple[int, ...]:
    ways = (Entry, Seat, Obligation, StoredFile, Message)
    return tuple(one._base_manager.filter(programme=programme).count() for one in ways)


def test_its_title_is_typed_and_a_reason_given_by_the_secretariat(
    cast: Cast, trial: Programme
) -> None:
    wrong = sent(cast, title="另一个课题")
    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == ["title"]
    assert "试用完毕。" in wrong.content.decode()
    assert sent(cast, reason="").status_code == 422
    assert cast.mao.client.get(PAGE).status_code == 404
    assert (
        cast.mao.client.post(PAGE, {"key": "z", "title": "测试课题", "reason": "x"}).status_code
        == 404
    )
    mao = Seat.objects.with_names().get(programme=trial, person=cast.mao.person)
    act = Act(by=cast.mao.person, recorded_at=cast.moment, seat=mao)
    with pytest.raises(Refused, match="由秘书处删除"):
        delete_programme(act, programme=trial, typed="测试课题", reason="x")
    assert Programme.objects.filter(pk=trial.pk).exists()


def test_a_published_call_stands_against_it(cast: Cast, trial: Programme) -> None:
    call = Obligation.objects.get(programme=trial, kind="invite")
    act = Act(by=cast.qin.person, recorded_at=cast.moment, seat=desk(cast, trial))
    publish_call(act, obligation=call)
    page = cast.qin.client.get(PAGE).content.decode()
    assert "发布征集通知（1次，首次 2030-03-01）" in page
    assert "<textarea" not in page
    refused = sent(cast)
    assert refused.status_code == 422
    assert "发布征集通知（1次" in refused.content.decode()
    assert Programme.objects.filter(pk=trial.pk).exists()


def test_letters_that_have_gone_stand_against_it_those_that_wait_do_not(
    cast: Cast, trial: Programme
) -> None:
    assert reached(trial) == []
    mine = Message.objects.filter(programme=trial, recipient_id=cast.mao.person.public_id)
    gone = Delivery.objects.filter(message__in=mine, way=Way.MAIL)
    gone.update(state=DeliveryState.SENT)
    assert [(one.kind, one.times, one.who) for one in reached(trial)] == [
        ("", 1, (cast.mao.person.label,))
    ]
    assert f"1封信已经送到{cast.mao.person.label}" in cast.qin.client.get(PAGE).content.decode()
    assert sent(cast).status_code == 422
    mine.update(recipient_id=cast.qin.person.public_id)
    assert reached(trial) == []


def test_the_database_lets_go_of_a_trial_alone(cast: Cast, trial: Programme) -> None:
    for rows in (Entry.objects.filter(programme=trial), StoredFile.objects.filter(programme=trial)):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows._raw_delete("default")
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(programme=trial).update(kind="x.y.z")
    publish_call(cast.qin.act(), obligation=cast.duty("invite"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Deletion.objects.create(programme=cast.programme, at=cast.moment)
    Deletion.objects.create(programme=trial, at=cast.moment)
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.qin.client.post("/p/trial/charter/notice/", {"key": "m", "notice": scan()})
        act = Act(by=cast.qin.person, recorded_at=cast.moment, seat=desk(cast, trial))
        appoint(act, place=place(trial, cast.mi.person))
    Deletion.objects.all().delete()


def test_the_database_knows_the_same_lines_as_the_rule() -> None:
    known = import_module("keti.ledger.migrations.0005_deleted_with_its_programme").TRIAL
    assert set(known) == TRIAL
