"""Nobody takes a unit by naming it first; only an admission binds one, and one alone."""

import pytest
from django.db import DatabaseError, transaction

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person
from keti.accounts.models import NamedBy, Organisation, Person
from keti.groups.models import Seat
from keti.intake import actions
from keti.intake.actions import Said
from keti.intake.models import Application
from keti.intake.queries import perhaps_the_same
from keti.intake.tests.scene import checked, submitted
from keti.intake.tests.test_applications import refused

FIRM, ALIKE, OTHER = "名企3（演示）", "名企３ (演示)", "名企4（演示）"


def admit(cast, one: Application, **more) -> Application:
    return actions.decide_application(
        cast.qin.act(), application=checked(cast, one), admit=True, said=Said(**more)
    )


def applied(cast, who: str, unit: str, **more) -> Application:
    name = cast.players[who].person.name
    return submitted(cast, who, track="firm", unit=unit, name=name, **more)


def test_a_stranger_who_names_the_unit_first_shuts_nobody_out(cast):
    stranger = applied(cast, "wu", FIRM)
    unit = applied(cast, "mi", ALIKE)
    assert (stranger.organisation, unit.organisation) == (None, None)
    assert not Organisation.objects.filter(name_zh__startswith="名企").exists()
    assert list(perhaps_the_same(stranger)) == [unit]
    assert list(perhaps_the_same(unit)) == [stranger]


def test_another_unit_and_a_withdrawn_application_are_not_shown_beside_it(cast):
    mine = applied(cast, "wu", FIRM)
    applied(cast, "mi", OTHER)
    gone = applied(cast, "mao", ALIKE)
    actions.withdraw_application(cast.mao.act(), application=gone)
    assert list(perhaps_the_same(mine)) == []


def test_the_secretariat_reads_them_side_by_side_and_admits_one(cast):
    stranger, unit = applied(cast, "wu", FIRM), applied(cast, "mi", ALIKE)
    page = cast.qin.client.get(stranger.path).content.decode()
    assert "可能是同一单位" in page
    assert unit.number in page
    assert "mi@example.org" in page
    done = admit(cast, unit, guest=True)
    assert (done.organisation.name_zh, done.seat.organisation) == (ALIKE, done.organisation)
    assert done.seat.delegate == cast.mi.person
    no = refused(lambda: admit(cast, stranger))
    assert (no.code, no.facts["number"]) == ("intake.unit-already-admitted", unit.number)
    assert Organisation.objects.filter(name_zh__startswith="名企").count() == 1


def test_the_database_binds_a_unit_once_and_only_with_the_admission(cast):
    one, other = applied(cast, "wu", FIRM), applied(cast, "mi", ALIKE)
    unit = enter_organisation(FIRM)
    for change in ({"organisation": unit}, {"unit_key": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Application.objects.filter(pk=one.pk).update(**change)
    done = admit(cast, one)
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=done.pk).update(organisation=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=other.pk).update(
            organisation=unit, state="admitted", decided_at=cast.moment, seat=done.seat
        )


def test_who_applied_is_known_by_the_name_they_gave_once_admitted_and_not_before(cast):
    Person.objects.filter(pk=cast.wu.person.pk).update(name="wu", named_by=NamedBy.ADDRESS)
    cast.wu.person.refresh_from_db()
    mine = submitted(cast, "wu", name="吴研究员（演示）", unit=OTHER)
    assert Person.objects.get(pk=cast.wu.person.pk).name == "wu"
    admit(cast, mine)
    known = Person.objects.get(pk=cast.wu.person.pk)
    assert (known.name, known.named_by, known.unit.name_zh) == ("吴研究员（演示）", "office", OTHER)


def test_a_delegate_named_by_an_applicant_is_asked_about_never_renamed(cast):
    facts = {"delegate": "冒名者（演示）", "delegate_mail": "ji@example.org"}
    mine = applied(cast, "wu", FIRM, **facts)
    assert refused(lambda: admit(cast, mine)).code == "accounts.another-name"
    assert Person.objects.get(pk=cast.ji.person.pk).name == cast.ji.person.name


def test_a_delegate_of_another_unit_is_asked_about_on_the_page(cast):
    mine = checked(cast, applied(cast, "mi", FIRM))
    form = {"key": "k", "do": "admit", "group": cast.group("cell.red").public_id}
    page = cast.qin.client.post(f"{mine.path}decide/", form)
    text = page.content.decode()
    assert page.status_code == 422
    assert "不是“名企3（演示）”" in text
    assert 'type="checkbox" name="guest"' in text
    done = cast.qin.client.post(f"{mine.path}decide/", {**form, "guest": "on"})
    assert done.status_code == 302
    assert Seat.objects.get(organisation__name_zh=FIRM).delegate == cast.mi.person


def test_the_name_on_record_is_asked_about_on_the_appointment_and_corrected_by_a_tick(cast):
    enter_person(PersonFacts("张建国（演示）", mail="zhang@civil.example"))
    form = {
        "key": "k",
        "group": cast.group("cell.red").public_id,
        "role": "hand",
        "name": "章建国（演示）",
        "unit": "甲研究院（演示）",
        "mail": "Zhang@Civil.example",
        "order": "1",
    }
    address = f"/p/{cast.programme.slug}/roster/appoint/"
    page = cast.qin.client.post(address, form)
    text = page.content.decode()
    assert page.status_code == 422
    assert "已登记在他人名下" in text
    assert "张建国（演示）" not in text
    assert 'type="radio" name="who"' in text
    assert 'type="checkbox" name="correct"' in text
    assert cast.qin.client.post(address, {**form, "correct": "on"}).status_code == 302
    seated = Seat.objects.get(person__mail_key="zhang@civil.example")
    assert (seated.person.name, seated.person.unit.name_zh) == (
        "章建国（演示）",
        "甲研究院（演示）",
    )
