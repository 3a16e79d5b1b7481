"""An applicant sits under the name and unit they typed; who may be somebody else is asked about."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from keti.accounts.actions import (
    PersonFacts,
    enter_organisation,
    enter_person,
    join_person,
    open_account,
)
from keti.accounts.models import NamedBy, Person, User
from keti.accounts.queries import by_mail
from keti.consents.actions import withdraw_consent
from keti.consents.queries import consenting
from keti.groups.actions import Place, appoint
from keti.groups.models import Seat
from keti.intake import actions
from keti.intake.actions import Said, correct_record
from keti.intake.models import Application
from keti.intake.tests.scene import checked, published
from keti.intake.tests.scene import content as typed
from keti.intake.tests.test_applications import refused
from keti.kernel.acts import Act
from keti.notify.channels.smtp.packing import Parcel, packed
from keti.notify.enums import DeliveryState
from keti.notify.models import Message
from keti.notify.tests.conftest import mail_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
UNIT, MAIL = "甲研究院（演示）", "li.si@civil.example"


def signed_up(mail: str = MAIL) -> Person:
    """Somebody who has proved an address, and whom nobody knows."""
    user = User.objects.create_user(mail)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    person = join_person(user)
    assert person is not None
    return person


def applied(cast: Cast, person: Person, track: str = "solo", **more) -> Application:
    """The application of this person, sent inside the window."""
    call = published(cast) if not cast.programme.calls.exists() else cast.programme.calls.get()
    cast.at("2030-03-10T10:00")
    act = Act(by=person, recorded_at=cast.qin.moment)
    draft = actions.save_application(act, call=call, content=typed(track, **more))
    return actions.submit_application(act, application=draft)


def admitted(cast: Cast, one: Application, said: Said | None = None) -> Application:
    one = checked(cast, one)
    act = cast.qin.act()
    return actions.decide_application(act, application=one, admit=True, said=said or Said())


def on_record(name: str, unit: str, mail: str = "") -> Person:
    return enter_person(PersonFacts(name, mail=mail, unit=enter_organisation(unit)))


def test_who_signed_up_sits_under_the_name_and_unit_they_typed(cast):
    one = admitted(cast, applied(cast, signed_up(), name="李四", unit=UNIT))
    person = one.seat.person
    assert (person.name, person.unit.name_zh, person.mail) == ("李四", UNIT, MAIL)
    assert person.public_id in consenting(cast.programme)


def test_two_of_one_name_and_unit_are_asked_about_and_stay_two(cast):
    known = on_record("李　四", UNIT)
    one = applied(cast, signed_up(), name="李四", unit="甲研究院(演示)")
    assert refused(lambda: admitted(cast, one)).code == "accounts.who-is-meant"
    done = admitted(cast, one, Said(who="new"))
    assert done.seat.person != known
    assert Person.objects.filter(name_key="李四").count() == 2


def test_the_one_on_record_takes_the_account_they_applied_with(cast):
    known, stray = on_record("李四", UNIT), signed_up()
    one = applied(cast, stray, name="李 四", unit=UNIT)
    done = admitted(cast, one, Said(who=known.public_id))
    stray.refresh_from_db()
    assert (done.seat.person, stray.same_as, by_mail(MAIL)) == (known, known, known)
    assert User.objects.get(email=MAIL).person == known
    assert known.public_id in consenting(cast.programme)
    told = Message.objects.get(kind="intake.told-admitted")
    assert told.recipient_id == known.public_id
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(User.objects.get(email=MAIL), backend=backend)
    assert client.get(done.receipt_path).status_code == 200


def test_who_sits_elsewhere_and_never_signed_in_is_not_taken_over(cast, elsewhere):
    known = elsewhere(on_record("李四", UNIT, "old@civil.example"))
    one = applied(cast, signed_up(), name="李四", unit=UNIT)
    said = Said(who=known.public_id)
    assert refused(lambda: admitted(cast, one, said)).code == "intake.signs-in-by-the-record"


@pytest.mark.parametrize("signs_in", [False, True])
def test_an_applicant_takes_nobodys_address_by_typing_their_name(cast, signs_in):
    known = on_record("李四", UNIT, "old@civil.example")
    if signs_in:
        open_account(known)
    seated(cast, known)
    one = applied(cast, signed_up(), name="李四", unit=UNIT)
    said = Said(who=known.public_id)
    no = refused(lambda: admitted(cast, one, said))
    assert no.code == "intake.signs-in-by-the-record"
    known.refresh_from_db()
    assert (known.mail, User.objects.get(email=MAIL).person == known) == (
        "old@civil.example",
        False,
    )


def test_an_address_out_of_use_is_emptied_knowingly_and_written_to(cast):
    known = on_record("李四", UNIT, "old@civil.example")
    place = Place(cast.group("cell.blue"), cast.role("hand"), person=known)
    appoint(cast.qin.act(), place=place)
    one = applied(cast, signed_up(), name="李四", unit=UNIT)
    act, programme = cast.qin.act(), cast.programme
    correct_record(act, programme=programme, person=known, changes={"mail": ""})
    letter = Message.objects.get(kind="intake.readdressed")
    assert (letter.address, mail_of(letter).state) == ("old@civil.example", DeliveryState.WAITING)
    done = admitted(cast, one, Said(who=known.public_id))
    assert (done.seat.person, by_mail(MAIL)) == (known, known)
    parcel = packed(mail_of(letter))
    assert isinstance(parcel, Parcel)
    assert parcel.to == "old@civil.example"


def test_who_sits_elsewhere_without_an_address_is_not_taken_over(cast, elsewhere):
    known = elsewhere(on_record("李四", UNIT))
    one = applied(cast, signed_up(), name="李四", unit=UNIT)
    said = Said(who=known.public_id)
    assert refused(lambda: admitted(cast, one, said)).code == "intake.addressed-elsewhere"


def test_an_address_on_record_under_another_name_is_asked_about(cast):
    known = on_record("王五", "乙公司（演示）", MAIL)
    open_account(known)
    one = applied(cast, known, name="李四", unit=UNIT)
    assert known.public_id not in consenting(cast.programme)
    assert refused(lambda: admitted(cast, one)).code == "accounts.another-name"
    done = admitted(cast, one, Said(who="new"))
    assert (done.seat.person.name, done.seat.person.mail) == ("李四", "")
    assert consenting(cast.programme) == frozenset()


def test_a_record_that_is_wrong_is_corrected_and_the_tick_is_theirs(cast):
    known = on_record("李si", "乙公司（演示）", MAIL)
    open_account(known)
    one = applied(cast, known, name="李四", unit=UNIT)
    done = admitted(cast, one, Said(who=known.public_id, correct=True))
    assert (done.seat.person, done.seat.person.name) == (known, "李四")
    assert done.seat.person.unit.name_zh == UNIT
    assert known.public_id in consenting(cast.programme)


def test_taken_back_before_the_admission_it_stays_taken_back(cast):
    known, stray = on_record("李四", UNIT), signed_up()
    one = applied(cast, stray, name="李四", unit=UNIT)
    appoint(cast.qin.act(), place=Place(cast.group("cell.blue"), cast.role("hand"), person=stray))
    act = Act(by=stray, recorded_at=cast.qin.moment)
    withdraw_consent(act, programme=cast.programme, person=stray)
    admitted(cast, one, Said(who=known.public_id))
    assert consenting(cast.programme) == frozenset()


@pytest.mark.parametrize(
    "named", [{}, {"delegate": "李 四", "delegate_mail": "LI.SI@civil.example"}]
)
def test_a_contact_may_name_himself(cast, named):
    one = applied(cast, signed_up(), "firm", name="李四", unit=UNIT, **named)
    done = admitted(cast, one)
    assert (done.seat.organisation.name_zh, done.seat.delegate.mail) == (UNIT, MAIL)
    assert done.seat.delegate.name == "李四"
    assert done.seat.delegate.public_id in consenting(cast.programme)


def test_the_contacts_tick_is_not_the_delegates(cast):
    one = applied(cast, signed_up(), "firm", name="李四", unit=UNIT, delegate="赵一")
    done = admitted(cast, one)
    assert done.seat.delegate.name == "赵一"
    assert done.seat.delegate.public_id not in consenting(cast.programme)


def test_a_delegate_with_the_contacts_own_address_is_asked_about(cast):
    stray = signed_up()
    more = {"delegate": "赵一", "delegate_mail": MAIL}
    one = applied(cast, stray, "firm", name="李四", unit=UNIT, **more)
    assert refused(lambda: admitted(cast, one)).code == "accounts.another-name"
    done = admitted(cast, one, Said(who="new"))
    assert (done.seat.delegate.name, done.seat.delegate.mail) == ("赵一", "")
    stray.refresh_from_db()
    assert stray.named_by == NamedBy.ADDRESS


def test_a_name_and_unit_alone_bind_nobody_on_record(cast):
    known = on_record("赵一", UNIT)
    more = {"delegate": "赵一", "delegate_mail": "zhao@civil.example"}
    one = applied(cast, signed_up(), "firm", name="李四", unit=UNIT, **more)
    assert refused(lambda: admitted(cast, one)).code == "accounts.who-is-meant"
    done = admitted(cast, one, Said(who=known.public_id))
    known.refresh_from_db()
    assert (done.seat.delegate, known.mail) == (known, "zhao@civil.example")


def test_the_decider_is_asked_on_the_page(cast):
    known = on_record("李四", UNIT)
    one = checked(cast, applied(cast, signed_up(), name="李四", unit=UNIT))
    form = {"key": "k", "do": "admit", "group": cast.group("cell.red").public_id, "reason": ""}
    page = cast.qin.client.post(f"{one.path}decide/", form)
    text = page.content.decode()
    assert page.status_code == 422
    assert "已有登记的人与“李四”同名" in text
    assert f'type="radio" name="who" value="{known.public_id}"' in text
    assert 'value="new"' in text
    done = cast.qin.client.post(f"{one.path}decide/", form | {"who": "new"})
    assert done.status_code == 302
    assert Seat.objects.get(group__key="cell.red", person__mail=MAIL).person != known


def seated(cast: Cast, person: Person) -> Seat:
    place = Place(cast.group("cell.red"), cast.role("hand"), person=person)
    return appoint(cast.qin.act(), place=place)


def test_the_secretary_corrects_a_record_and_letters_follow(cast):
    person = on_record("李si", UNIT)
    seated(cast, person)
    letter = Message.objects.get(recipient_id=person.public_id)
    assert (mail_of(letter).state, letter.language) == (DeliveryState.NO_ADDRESS, "zh-hans")
    path = reverse("intake:record", args=["cast", person.public_id])
    assert "李si" in cast.qin.client.get(path).content.decode()
    form = {"key": "k", "name": "李四", "unit": "乙公司（演示）", "mail": MAIL, "language": "en"}
    done = cast.qin.client.post(path, form, follow=True)
    assert "已更正。" in done.content.decode()
    person.refresh_from_db()
    assert (person.name, person.unit.name_zh, person.mail) == ("李四", "乙公司（演示）", MAIL)
    letter.refresh_from_db()
    assert (mail_of(letter).state, letter.language) == (DeliveryState.WAITING, "en")
    assert "You hold the seat" in letter.body
    assert cast.mao.client.get(path).status_code == 404
    unseated = reverse("intake:record", args=["cast", cast.wu.person.public_id])
    assert cast.qin.client.get(unseated).status_code == 404


def test_what_others_rest_on_is_not_corrected_here(cast, elsewhere):
    def wrong(person: Person, **changes: str) -> str:
        act, programme = cast.qin.act(), cast.programme
        return refused(
            lambda: correct_record(act, programme=programme, person=person, changes=changes)
        ).code

    person = elsewhere(on_record("李四", UNIT))
    seated(cast, person)
    assert wrong(person, name="李五") == "intake.bound-elsewhere"
    assert wrong(person, name="李四") == "intake.nothing-to-correct"
    assert wrong(cast.wu.person, name="吴") == "intake.not-seated-here"
    open_account(cast.lu.person)
    assert wrong(cast.lu.person, mail="x@civil.example") == "intake.signs-in-by-it"
    assert wrong(cast.mi.person, mail="mao@example.org") == "intake.mail-is-taken"
    assert wrong(cast.mi.person, mobile="abc") == "intake.roster-bad-mobile"
    assert wrong(cast.qin.person, unit="别的单位") == "intake.acts-for-a-unit"
    lu = cast.lu.act()
    changes = {"name": "米"}
    no = refused(
        lambda: correct_record(lu, programme=cast.programme, person=cast.mi.person, changes=changes)
    )
    assert no.code == "groups.only-the-secretariat"
    act = cast.qin.act()
    fill = {"mobile": "13800000000"}
    done = correct_record(act, programme=cast.programme, person=person, changes=fill)
    assert done.mobile == "13800000000"
