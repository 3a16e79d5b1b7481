"""Who sits in another programme and has no address is not given one here: by it one signs in."""

import pytest
from django.urls import reverse

from keti.accounts.models import Person
from keti.groups.actions import end_seat
from keti.groups.models import Seat
from keti.intake import actions
from keti.intake.actions import correct_record
from keti.intake.tests.sheets import kept, row
from keti.intake.tests.test_applications import refused
from tests.people.test_who_is_who import MAIL, UNIT, on_record, seated

pytestmark = pytest.mark.django_db
ROSTER = "/p/cast/roster/"


@pytest.fixture
def seated_there(elsewhere) -> Person:
    """Seated in the other programme alone, under a name and a unit that everybody may know."""
    return elsewhere(on_record("李四", UNIT))


def left(person: Person) -> None:
    """Their seat in the other programme has ended."""
    Seat.objects.of(person).exclude(programme__slug="cast").update(ends_at="2031-01-01T00:00Z")


def read(cast, cells, **answers: str):
    file = kept(cast, [cells])
    act, programme = cast.qin.act(), cast.programme
    return actions.read_roster(act, programme=programme, file=file, answers=answers)


def row_of(cast, cells, **answers: str):
    """The one row of a roster: what it does, entered where it does something."""
    report = read(cast, cells, **answers)
    act, programme = cast.qin.act(), cast.programme
    actions.import_roster(act, programme=programme, file=report.file, shown=report)
    return report.lines[0]


@pytest.mark.parametrize("ended", [False, True])
def test_a_row_of_a_roster_gives_no_address(cast, seated_there, ended):
    if ended:
        left(seated_there)
    cells = row("李四", UNIT, 邮箱=MAIL)
    asked = row_of(cast, cells)
    assert (asked["kind"], [one["ref"] for one in asked["among"]]) == (
        "asked",
        [seated_there.public_id],
    )
    line = row_of(cast, cells, **{"2": seated_there.public_id})
    assert line["kind"] == "problem"
    assert "不能在这里补填" in line["problems"][0]["what"][0]
    seated_there.refresh_from_db()
    assert seated_there.mail == ""
    assert row_of(cast, cells, **{"2": "new"})["kind"] == "new"
    assert Person.objects.get(mail=MAIL) != seated_there


def test_seated_elsewhere_while_the_roster_goes_in_the_row_is_set_aside(cast, elsewhere):
    person = on_record("李四", UNIT)
    seated(cast, person)
    report = read(cast, row("李四", UNIT, 邮箱=MAIL))
    assert report.lines[0]["kind"] == "changed"
    elsewhere(person)
    act, programme = cast.qin.act(), cast.programme
    actions.import_roster(act, programme=programme, file=report.file, shown=report)
    person.refresh_from_db()
    assert person.mail == ""


def test_the_record_page_gives_no_address(cast, seated_there):
    seated(cast, seated_there)
    path = reverse("intake:record", args=["cast", seated_there.public_id])
    form = {"key": "k", "name": "李四", "unit": UNIT, "mail": MAIL, "language": "zh-hans"}
    page = cast.qin.client.post(path, form)
    assert page.status_code == 422
    assert "登记中没有邮箱" in page.content.decode()
    left(seated_there)
    assert cast.qin.client.post(path, form | {"key": "l"}).status_code == 422
    seated_there.refresh_from_db()
    assert seated_there.mail == ""
    more = form | {"key": "m", "mail": "", "mobile": "13800000000"}
    assert cast.qin.client.post(path, more).status_code == 302


def test_an_appointment_gives_no_address(cast, seated_there):
    path = f"{ROSTER}appoint/"
    form = {
        "key": "k", "group": cast.group("cell.red").public_id, "role": "hand", "unit": UNIT,
        "name": "李四", "mail": MAIL,
    }  # fmt: skip
    for who in ("", seated_there.public_id):
        page = cast.qin.client.post(path, form | {"who": who})
        text = page.content.decode()
        assert (page.status_code, "登记中没有邮箱" in text) == (422, True)
        assert 'type="radio" name="who" value="new"' in text
    done = cast.qin.client.post(path, form | {"key": "l", "who": "new"})
    assert done.status_code == 302
    seated_there.refresh_from_db()
    assert seated_there.mail == ""
    assert Seat.objects.get(programme=cast.programme, person__mail=MAIL).person != seated_there


def test_naming_a_delegate_gives_no_address(cast, seated_there):
    held = cast.qin.seat if cast.qin.seat.organisation_id else None
    held = held or Seat.objects.filter(programme=cast.programme).exclude(organisation=None).first()
    Person.objects.filter(pk=seated_there.pk).update(unit=held.organisation)
    path = f"{ROSTER}seats/{held.public_id}/"
    form = {"key": "k", "name": "李四", "mail": MAIL, "who": seated_there.public_id}
    page = cast.qin.client.post(path, form)
    assert (page.status_code, "登记中没有邮箱" in page.content.decode()) == (422, True)
    seated_there.refresh_from_db()
    assert seated_there.mail == ""


def test_who_left_another_programme_is_still_reached_as_they_were(cast, elsewhere):
    person = elsewhere(on_record("李四", UNIT, "old@civil.example"))
    end_seat(cast.qin.act(), seat=seated(cast, person), reason="调离。")
    left(person)
    line = row_of(cast, row("李四", UNIT, 邮箱=MAIL), **{"2": person.public_id})
    assert (line["kind"], line["problems"][0]["column"]) == ("problem", "mail")
    act, programme, changes = cast.qin.act(), cast.programme, {"mail": MAIL}
    no = refused(lambda: correct_record(act, programme=programme, person=person, changes=changes))
    assert no.code == "intake.bound-elsewhere"


def test_a_preview_tells_no_address_and_no_number_of_somebody_not_of_the_programme(cast):
    person = on_record("李四", UNIT, "old@civil.example")
    Person.objects.filter(pk=person.pk).update(mobile="13800000001")
    cells = row("李四", UNIT, 邮箱=MAIL, 手机="13900000002")
    report = read(cast, cells, **{"2": person.public_id})
    assert report.lines[0]["kind"] == "problem"
    shown = cast.qin.client.get(report.path).content.decode()
    for kept_back in ("old@civil.example", "13800000001"):
        assert kept_back not in shown
        assert kept_back not in str(report.lines)


def test_the_appointing_form_tells_no_unit_of_somebody_not_of_the_programme(cast):
    on_record("李四", "机密所（演示）", MAIL)
    form = {
        "key": "k", "group": cast.group("cell.red").public_id, "role": "hand", "unit": UNIT,
        "name": "李四", "mail": MAIL,
    }  # fmt: skip
    page = cast.qin.client.post(f"{ROSTER}appoint/", form)
    text = page.content.decode()
    assert (page.status_code, "机密所" in text, "登记的单位不显示" in text) == (422, False, True)
