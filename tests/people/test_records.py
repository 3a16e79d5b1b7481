"""People and units on record: found, put right, merged; colleagues in a unit's seat."""

import pytest
from django.urls import reverse

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person, open_account
from keti.accounts.models import Organisation, Person, WayInMeans
from keti.accounts.queries import by_mail, organisation_named
from keti.accounts.rules import is_credit_code
from keti.consents.actions import give_consent, withdraw_consent
from keti.consents.enums import Purpose
from keti.consents.queries import asked_of, consenting
from keti.documents.actions import keep_upload
from keti.duties.models import Obligation
from keti.duties.queries import owed_by_person
from keti.groups.actions import Place, appoint, fit_for_way_in, name_colleague, recuse
from keti.groups.models import Colleague, Recusal, Seat
from keti.groups.permissions import needs_paper, principal, sight_of
from keti.intake.actions import correct_unit, merge_people, merge_units
from keti.intake.tests.test_applications import refused
from keti.kernel.acts import Act
from keti.ledger.models import Entry
from keti.notify.models import Message
from keti.work.actions import TaskSpec, assign_task
from tests.cast import Cast, Player, local

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccff0"
    "bf1e000682027f0bd9a3c10000000049454e44ae426082"
)


def office(cast: Cast) -> str:
    """The unit of the secretariat."""
    return cast.qin.seat.organisation.name_zh


def newcomer(cast: Cast, name: str = "新同事（演示）", mail: str = "xin@example.org") -> Person:
    return enter_person(PersonFacts(name, mail=mail, unit=cast.qin.seat.organisation, is_demo=True))


def test_a_colleague_keeps_the_secretariat_in_their_own_name_until_they_part(cast: Cast) -> None:
    page = reverse("intake:seat", args=["cast", cast.qin.seat.public_id])
    form = {
        "colleague-key": "k1",
        "colleague-name": "新同事（演示）",
        "colleague-mail": "xin@x.example",
    }
    join = reverse("intake:colleague", args=["cast", cast.qin.seat.public_id])
    assert cast.qin.client.post(join, form).status_code == 302
    assert cast.qin.client.post(join, form).status_code == 302
    [one] = Colleague.objects.all()
    assert "新同事（演示）" in cast.qin.client.get(page).content.decode()
    assert Message.objects.get(kind="groups.colleague").recipient_id == one.person.public_id
    xin = Player(one.person, cast.qin.seat, cast.qin.moment)
    assert xin.client.get("/p/cast/desk/").status_code == 200
    assert xin.client.get(page).status_code == 200
    assert principal(xin.act(), cast.programme) == cast.qin.seat
    assert needs_paper(cast.qin.act()).allowed
    assert needs_paper(xin.act()).code == "groups.colleague-needs-paper"
    scan = keep_upload(xin.act(), programme=cast.programme, name="scan.png", data=PNG)
    assert needs_paper(xin.act(evidence=scan)).allowed
    assert asked_of(one.person) == []
    assert cast.lu.client.post(join, form).status_code == 404
    part = reverse("intake:part_colleague", args=["cast", cast.qin.seat.public_id, one.public_id])
    assert cast.qin.client.post(part, {"key": "k2"}).status_code == 302
    assert xin.client.get("/p/cast/desk/").status_code == 404
    assert refused(lambda: principal(xin.act(), cast.programme)).code == "groups.not-your-seat"
    kinds = list(Entry.objects.filter(kind__contains="colleague").values_list("kind", flat=True))
    assert kinds == ["groups.colleague.named", "groups.colleague.ended"]


def test_who_may_not_be_a_colleague_is_told_why(cast: Cast) -> None:
    def no(seat: Seat, person: Person) -> str:
        return refused(lambda: name_colleague(cast.qin.act(), seat=seat, person=person)).code

    assert no(cast.lu.seat, cast.mao.person) == "groups.only-units-have-colleagues"
    assert no(cast.qin.seat, cast.qin.person) == "groups.is-the-delegate"
    assert no(cast.qin.seat, cast.mao.person) == "groups.delegate-of-another-unit"
    Person.objects.filter(pk=cast.ji.person.pk).update(unit=cast.qin.seat.organisation)
    cast.ji.person.refresh_from_db()
    place = Place(
        cast.group("cell.red"), cast.role("hand"), organisation=cast.qin.seat.organisation
    )
    held = appoint(cast.qin.act(), place=place)
    assert no(held, cast.ji.person) == "groups.roles-exclude-each-other"
    mine = newcomer(cast)

    def by_lu() -> Colleague:
        return name_colleague(cast.lu.act(), seat=cast.qin.seat, person=mine)

    assert refused(by_lu).code == "groups.only-the-delegate-keeps-the-team"


def test_a_colleague_stands_aside_from_what_they_stand_aside_from_elsewhere(cast: Cast) -> None:
    mine = newcomer(cast)
    name_colleague(cast.qin.act(), seat=cast.qin.seat, person=mine)
    other = appoint(
        cast.qin.act(), place=Place(cast.group("cell.red"), cast.role("hand"), person=mine)
    )
    duty = Obligation.objects.filter(seat=cast.lu.seat)[0]
    recuse([other], [duty.public_id], cast.moment)
    assert sight_of(cast.qin.seat, mine).stands_aside_from(duty.public_id)
    assert not sight_of(cast.lu.seat).stands_aside_from(duty.public_id)


@pytest.mark.parametrize("typed", ["毛 研究员（演示）", "毛氏研究所(演示)", "MAO@example.org"])
def test_somebody_is_found_under_any_writing_by_the_secretariat_alone(
    cast: Cast, typed: str
) -> None:
    page = reverse("intake:people", args=["cast"])
    found = cast.qin.client.get(page, {"q": typed}).content.decode()
    assert "毛研究员（演示）" in found
    assert "米研究员（演示）" not in found
    assert cast.mao.client.get(page).status_code == 404
    assert cast.wu.client.get(page).status_code == 404


def test_a_unit_is_put_right_and_found_under_the_name_it_had(cast: Cast) -> None:
    unit = cast.mao.seat.unit
    page = reverse("intake:unit", args=["cast", unit.public_id])
    assert "毛研究员（演示）" in cast.qin.client.get(page).content.decode()
    form = {
        "key": "k", "name_zh": "毛氏科学研究院（演示）", "name_en": "Mao Institute (demo)",
        "credit_code": "91350100m000100y43", "renamed": "on",
    }  # fmt: skip
    shown = cast.qin.client.post(page, form, follow=True).content.decode()
    assert "已更正。" in shown and "曾用名：毛氏研究所（演示）" in shown
    assert "校验位不对" not in shown
    unit.refresh_from_db()
    assert (unit.name_zh, unit.credit_code) == ("毛氏科学研究院（演示）", "91350100M000100Y43")
    assert organisation_named("毛氏研究所（演示）") == unit
    assert enter_organisation("毛氏 研究所(演示)") == unit
    odd = form | {"key": "k2", "credit_code": "91350100M000100Y44"}
    assert "校验位不对" in cast.qin.client.post(page, odd, follow=True).content.decode()
    taken = form | {"key": "k3", "name_zh": "米氏研究所（演示）"}
    again = cast.qin.client.post(page, taken)
    assert again.status_code == 422
    assert "请用“合并”" in again.content.decode()
    assert cast.mao.client.get(page).status_code == 404
    line = Entry.objects.filter(kind="intake.unit.corrected").first()
    assert line is not None and line.subject_id == unit.public_id


@pytest.mark.parametrize(
    ("code", "right"),
    [("91350100M000100Y43", True), ("91350100M000100Y44", False), ("91350100M000100Y4", False),
     ("9135010OM000100Y43", False), ("", False)],
)  # fmt: skip
def test_a_credit_code_is_checked_by_its_last_sign(code: str, right: bool) -> None:
    assert is_credit_code(code) is right


def test_what_other_programmes_rest_on_is_neither_renamed_nor_merged(cast, elsewhere) -> None:
    person = elsewhere(enter_person(PersonFacts("李四", unit=enter_organisation("甲院（演示）"))))
    seat = Place(cast.group("cell.red"), cast.role("hand"), person=person)
    appoint(cast.qin.act(), place=seat)
    act, here = cast.qin.act(), {"programme": cast.programme}

    def no(do) -> str:
        return refused(do).code

    changes = {"name_zh": "乙院（演示）"}
    assert (
        no(lambda: correct_unit(act, unit=person.unit, changes=changes, **here))
        == "intake.unit-bound-elsewhere"
    )
    correct_unit(act, unit=person.unit, changes={"name_en": "Institute A (demo)"}, **here)
    kept = cast.mao
    assert no(lambda: merge_people(act, gone=person, kept=kept.person, **here)) == (
        "intake.bound-elsewhere"
    )
    assert no(lambda: merge_units(act, gone=person.unit, kept=kept.seat.unit, **here)) == (
        "intake.unit-bound-elsewhere"
    )


def twice(cast: Cast) -> Person:
    """Mao once more on record, with a seat in the other group, an account and a consent."""
    other = enter_person(
        PersonFacts("毛研究员", mail="mao2@example.org", mobile="13911112222", is_demo=True)
    )
    place = Place(cast.group("cell.blue"), cast.role("hand"), person=other)
    appoint(cast.qin.act(), place=place)
    return other


def test_two_records_of_one_person_become_one_without_losing_anything(cast: Cast) -> None:
    other, mao = twice(cast), cast.mao.person
    open_account(other)
    give_consent(Act(by=other, recorded_at=cast.moment), programme=cast.programme, person=other)
    seat = Seat.objects.with_names().get(person=other)
    spec = TaskSpec(cast.programme, seat.group, seat, "整理资料", local("2030-03-20T10:00"))
    assign_task(cast.he.act(), spec=spec)
    Recusal.objects.create(
        programme=cast.programme, person=other, subject_id="x", since=cast.moment
    )
    lines = Entry.objects.count()
    page = reverse("intake:merge_people", args=["cast", mao.public_id])
    form = {"key": "k", "other": other.public_id}
    assert cast.qin.client.post(page, form).status_code == 422
    assert cast.qin.client.post(page, form | {"sure": "on"}).status_code == 302
    assert cast.qin.client.post(page, form | {"sure": "on"}).status_code in (302, 422)
    mao.refresh_from_db()
    assert mao.mobile == "13911112222"
    held = Seat.objects.of(mao).values_list("group__key", flat=True)
    assert sorted(held) == ["cell.blue", "cell.red"]
    assert by_mail("mao2@example.org") == mao
    assert mao.public_id in consenting(cast.programme)
    assert Recusal.objects.filter(person=mao, subject_id="x").exists()
    told = Entry.objects.exclude(kind="ledger.rows.followed")  # the duties that followed the seats
    assert told.count() == lines + 1
    line = Entry.objects.filter(kind="intake.people.merged").get()
    assert line.subject_id == mao.public_id
    told = Message.objects.filter(kind="intake.merged")
    assert sorted(told.values_list("recipient_id", flat=True)) == sorted(
        [mao.public_id, other.public_id]
    )
    withdrawn_once_for_both(cast, other)


def withdrawn_once_for_both(cast: Cast, other: Person) -> None:
    """Whoever signs in by the old address is the one on record, who takes the consent back."""
    mao = cast.mao.person
    by_old = Player(other, None, cast.moment)
    assert by_old.client.get("/p/cast/desk/").status_code == 200
    owed = owed_by_person(mao).values_list("title_zh", flat=True)
    assert "整理资料" in owed
    gone = reverse("intake:record", args=["cast", other.public_id])
    assert cast.qin.client.get(gone).status_code == 404
    withdraw_consent(Act(by=mao, recorded_at=cast.moment), programme=cast.programme, person=mao)
    assert mao.public_id not in consenting(cast.programme)


def test_a_seat_that_both_held_stands_once_and_its_duties_pass_on(cast: Cast) -> None:
    other = enter_person(PersonFacts("毛研究员", mail="mao2@example.org", is_demo=True))
    place = Place(cast.group("cell.red"), cast.role("hand"), person=other)
    double = appoint(cast.qin.act(), place=place)
    merge_people(cast.qin.act(), programme=cast.programme, gone=other, kept=cast.mao.person)
    standing = Seat.objects.filter(person=cast.mao.person, ends_at=None)
    assert [one.pk for one in standing] == [cast.mao.seat.pk]
    double.refresh_from_db()
    assert double.ends_at == cast.moment


def test_who_is_not_merged_is_told_why(cast: Cast) -> None:
    act, here = cast.qin.act(), {"programme": cast.programme}
    other, mao = twice(cast), cast.mao.person

    def no(gone: Person, kept: Person, by: Act = act) -> str:
        return refused(lambda: merge_people(by, gone=gone, kept=kept, **here)).code

    assert no(mao, mao) == "intake.merge-two-records"
    assert no(other, cast.ji.person) == "groups.roles-exclude-each-other"
    assert no(cast.qin.person, mao) == "intake.founder-stays"
    assert no(cast.wu.person, mao) == "intake.not-seated-here"
    assert no(other, mao, cast.lu.act()) == "groups.only-the-secretariat"
    own = Act(by=mao, recorded_at=cast.moment)
    for purpose in (Purpose.ABROAD, Purpose.ROLL):
        for one in (other, mao):
            act = Act(by=one, recorded_at=cast.moment)
            give_consent(act, **here, person=one, purpose=purpose)
        withdraw_consent(own, **here, person=mao, purpose=purpose)
        assert no(other, mao) == "intake.merge-consents-differ"
        give_consent(own, **here, person=mao, purpose=purpose)
    withdraw_consent(own, **here, person=mao)
    assert Seat.objects.filter(person=other, ends_at=None).exists()


def test_two_records_of_one_unit_become_one(cast: Cast) -> None:
    gone, kept = cast.mao.seat.unit, cast.mi.seat.unit
    assert isinstance(gone, Organisation) and isinstance(kept, Organisation)
    page = reverse("intake:merge_units", args=["cast", kept.public_id])
    form = {"key": "k", "other": gone.public_id, "sure": "on"}
    assert cast.qin.client.post(page, form).status_code == 302
    cast.mao.person.refresh_from_db()
    assert cast.mao.person.unit == kept
    assert organisation_named("毛氏研究所(演示)") == kept
    shown = cast.qin.client.get(reverse("intake:units", args=["cast"])).content.decode()
    assert "米氏研究所（演示）" in shown and "毛氏研究所（演示）" not in shown
    assert Entry.objects.filter(kind="intake.units.merged").get().subject_id == kept.public_id


def test_who_works_in_a_seat_elsewhere_is_handed_no_way_in_here(cast: Cast, elsewhere) -> None:
    """Whoever hands a way in over could use it: not where others rest on its person."""
    desk = Seat.objects.exclude(programme=cast.programme).get(organisation__isnull=False)
    both = enter_person(PersonFacts("两头人（演示）", is_demo=True))
    seat = appoint(
        cast.qin.act(), place=Place(cast.group("cell.red"), cast.role("hand"), person=both)
    )
    assert fit_for_way_in(seat, WayInMeans.HAND).allowed
    Colleague.objects.create(seat=desk, person=both, since=cast.moment)
    assert fit_for_way_in(seat, WayInMeans.HAND).code == "groups.way-in-by-letter-only"
