"""Call, eligibility, decision, closing, appointments, founding."""

import pytest

from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.groups.actions import Place
from keti.groups.models import UNNUMBERED, Group, Seat
from keti.intake import actions
from keti.intake.enums import ApplicationState
from keti.intake.models import Application, Call
from keti.intake.tests.scene import checked, published, submitted
from keti.intake.tests.test_applications import refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import local


def test_the_call_is_numbered_worded_and_meets_its_duty(cast):
    call = published(cast)
    assert call.number == "测通知〔2030〕1号"
    assert call.title_zh == "测试课题征集通知"
    assert (call.opens_at, call.closes_at) == (
        local("2030-03-04T00:00"),
        local("2030-03-21T00:00"),
    )
    duty = cast.duty("invite")
    assert (duty.state, duty.with_id) == (DutyState.MET, call.public_id)
    entry = Entry.objects.get(kind="intake.call.published")
    assert entry.content["facts"]["number"] == call.number
    assert not Message.objects.filter(kind__startswith="intake").exists()


def test_a_call_is_published_once(cast):
    act = cast.qin.act(key="once")
    first = actions.publish_call(act, obligation=cast.duty("invite"))
    assert actions.publish_call(act, obligation=cast.duty("invite")) == first
    no = refused(lambda: published(cast))
    assert no.code == "intake.already-published"
    assert Call.objects.count() == 1


@pytest.mark.parametrize("who", ["lu", "mao", "ji", "ren", "gao"])
def test_only_the_secretariat_runs_intake(cast, who):
    act = cast.players[who].act()
    no = refused(lambda: actions.publish_call(act, obligation=cast.duty("invite")))
    assert no.code == "duties.not-yours"
    done = submitted(cast)
    act = cast.players[who].act()
    for do in (
        lambda: actions.check_eligibility(act, application=done, results=[]),
        lambda: actions.decide_application(act, application=done, admit=False, reason="无"),
        lambda: actions.appoint_members(
            act, places=[Place(cast.group("cell.red"), cast.role("hand"), person=cast.wu.person)]
        ),
    ):
        assert refused(do).code == "groups.only-the-secretariat"
    for kind in ("admit", "seat.cell", "form_up"):
        verb = {
            "admit": actions.close_admission,
            "seat.cell": actions.confirm_appointments,
            "form_up": actions.found,
        }[kind]
        assert (
            refused(lambda verb=verb, kind=kind: verb(act, obligation=cast.duty(kind))).code
            == "duties.not-yours"
        )


def test_a_stranger_runs_nothing(cast):
    no = refused(lambda: actions.publish_call(cast.wu.act(), obligation=cast.duty("invite")))
    assert no.code == "groups.no-seat"


def test_admission_seats_the_applicant_and_tells_them(cast):
    done = checked(cast, submitted(cast))
    decided = actions.decide_application(cast.qin.act(), application=done, admit=True)
    seat = Seat.objects.get(person=cast.wu.person)
    assert (decided.state, decided.seat, decided.group) == (
        ApplicationState.ADMITTED,
        seat,
        cast.group("cell.red"),
    )
    assert (seat.role, seat.order) == (cast.role("hand"), UNNUMBERED)
    letter = Message.objects.get(kind="intake.told-admitted")
    assert "红组" in letter.body


def test_a_unit_takes_its_seat_through_the_expert_it_named(cast):
    done = checked(
        cast,
        submitted(
            cast,
            track="firm",
            unit="乌有公司（演示）",
            delegate="武专家（演示）",
            delegate_mail="expert@example.org",
        ),
    )
    actions.decide_application(cast.qin.act(), application=done, admit=True)
    seat = Seat.objects.get(organisation__name_zh="乌有公司（演示）")
    assert (seat.person, seat.delegate.mail) == (None, "expert@example.org")


def test_rejection_needs_a_reason_and_the_applicant_reads_all_of_them(cast):
    done = checked(cast, submitted(cast), met=False)
    no = refused(
        lambda: actions.decide_application(
            cast.qin.act(), application=done, admit=False, reason="  "
        )
    )
    assert no.code == "intake.rejection-needs-a-reason"
    actions.decide_application(cast.qin.act(), application=done, admit=False, reason="名额已满。")
    body = Message.objects.get(kind="intake.told-rejected").body
    assert "名额已满。；名单上查不到。；名单上查不到。" in body
    assert not Seat.objects.filter(person=cast.wu.person).exists()


def test_unchecked_or_unmet_is_not_admitted(cast):
    done = submitted(cast)
    no = refused(lambda: actions.decide_application(cast.qin.act(), application=done, admit=True))
    assert (no.code, no.facts["count"]) == ("intake.checks-not-met", 2)
    checked(cast, done, met=False)
    no = refused(lambda: actions.decide_application(cast.qin.act(), application=done, admit=True))
    assert no.code == "intake.checks-not-met"


def test_a_check_not_met_needs_its_reason(cast):
    done = submitted(cast)
    bad = [actions.CheckResult("known", False)]
    no = refused(lambda: actions.check_eligibility(cast.qin.act(), application=done, results=bad))
    assert no.code == "intake.check-needs-a-reason"
    assert done.checks.count() == 0


def test_of_two_chosen_groups_the_secretary_names_one(cast):
    done = checked(cast, submitted(cast, choices=("cell.red", "cell.blue")))
    no = refused(lambda: actions.decide_application(cast.qin.act(), application=done, admit=True))
    assert no.code == "intake.name-the-group"
    blue = cast.group("cell.blue")
    decided = actions.decide_application(cast.qin.act(), application=done, admit=True, place=blue)
    assert decided.group == blue


def test_a_decision_stands(cast):
    done = checked(cast, submitted(cast))
    actions.decide_application(cast.qin.act(), application=done, admit=True)
    no = refused(
        lambda: actions.decide_application(
            cast.qin.act(), application=done, admit=False, reason="改"
        )
    )
    assert no.code == "intake.already-decided"


def test_the_admission_closes_when_the_window_has_and_all_are_decided(cast):
    done = submitted(cast)
    no = refused(lambda: actions.close_admission(cast.qin.act(), obligation=cast.duty("admit")))
    assert no.code == "intake.window-still-open"
    cast.at("2030-03-21T00:00")
    no = refused(lambda: actions.close_admission(cast.qin.act(), obligation=cast.duty("admit")))
    assert (no.code, no.facts["count"]) == ("intake.undecided", 1)
    actions.decide_application(cast.qin.act(), application=done, admit=False, reason="名额已满。")
    duty = actions.close_admission(cast.qin.act(), obligation=cast.duty("admit"))
    assert duty.state == DutyState.MET
    facts = Entry.objects.get(kind="intake.admission.closed").content["facts"]
    assert facts == {"admitted": 0, "rejected": 1, "number": "测入选〔2030〕1号"}


def test_appointments_are_confirmed_when_no_seat_is_missing(cast):
    duty = cast.duty("seat.cell", "cell.blue")
    seat = Seat.objects.get(group__key="cell.blue", role__key="hand")
    actions.end_membership(cast.qin.act(), seat=seat, reason="调离")
    no = refused(lambda: actions.confirm_appointments(cast.qin.act(), obligation=duty))
    assert no.sentence("zh-hans") == "蓝组职务未满：组员 0/1。请先任命。"
    place = Place(cast.group("cell.blue"), cast.role("hand"), person=cast.wu.person)
    actions.appoint_members(cast.qin.act(), places=[place])
    done = actions.confirm_appointments(cast.qin.act(), obligation=duty)
    assert done.state == DutyState.MET


def test_an_appointment_gives_the_new_holder_the_open_duties(cast):
    seat = Seat.objects.get(group__key="cell.blue", role__key="captain")
    owed = Obligation.objects.filter(seat=seat).count()
    assert owed > 0
    actions.end_membership(cast.qin.act(), seat=seat, reason="调离")
    place = Place(cast.group("cell.blue"), cast.role("captain"), person=cast.wu.person)
    [new] = actions.appoint_members(cast.qin.act(), places=[place])
    assert Obligation.objects.filter(seat=new).count() == owed


def test_ending_a_seat_needs_its_reason(cast):
    seat = Seat.objects.get(group__key="cell.blue", role__key="hand")
    no = refused(lambda: actions.end_membership(cast.qin.act(), seat=seat, reason=" "))
    assert no.code == "intake.ending-needs-a-reason"


def test_places_are_filled_all_or_none(cast):
    red, hand = cast.group("cell.red"), cast.role("hand")
    places = [Place(red, hand, person=cast.wu.person), Place(red, hand, person=cast.mao.person)]
    no = refused(lambda: actions.appoint_members(cast.qin.act(key="k"), places=places))
    assert no.code == "groups.already-holds-it"
    assert not Seat.objects.filter(person=cast.wu.person).exists()


def test_founding_founds_the_groups_that_have_no_founding_of_their_own(cast):
    duty = actions.found(cast.qin.act("2030-04-01T09:00"), obligation=cast.duty("form_up"))
    assert duty.state == DutyState.MET
    assert set(Group.objects.values_list("founded_at", flat=True)) == {local("2030-04-01T09:00")}
    told = set(Message.objects.filter(kind="intake.founded").values_list("recipient_id", flat=True))
    assert cast.mao.person.public_id in told
    assert cast.wu.person.public_id not in told


def test_what_a_duty_needs_comes_first(cast):
    Obligation.objects.filter(kind="form_up").update(needs=["seat.core@core"])
    no = refused(lambda: actions.found(cast.qin.act(), obligation=cast.duty("form_up")))
    assert (no.code, no.facts["waiting"].zh) == ("intake.needs-first", "核心组任命")
    assert Application.objects.count() == 0
