"""What no play reaches, by hand: the cast's programme is brought to the point, the act is done."""

from dataclasses import replace
from typing import Any

from allauth.mfa.models import Authenticator

from keti.accounts.actions import (
    PersonFacts,
    enter_person,
    open_account,
    renew_feed,
    reset_factor,
)
from keti.accounts.models import DutyLink, Person
from keti.consents.actions import give_consent, withdraw_consent
from keti.documents.actions import Upload
from keti.duties.actions import (
    accept_claim,
    announce,
    begin,
    decline_claim,
    explain,
    extend,
    issue_link,
    revoke_link,
    waive,
)
from keti.duties.models import Claim
from keti.duties.tests.test_actions import stored
from keti.groups.actions import (
    Place,
    appoint,
    end_colleague,
    end_seat,
    name_colleague,
)
from keti.intake.actions import (
    correct_own,
    correct_record,
    correct_unit,
    erase_person,
    merge_people,
    merge_units,
    read_roster,
    remove_roster,
    save_application,
    tell_seated,
    withdraw_application,
)
from keti.intake.tests.scene import content, published, roster, submitted
from keti.meetings.actions import (
    Beside,
    GuestFacts,
    MeetingPlan,
    announce_meeting,
    call_meeting,
    cancel_meeting,
    invite_beside,
    move_meeting,
    plan_meeting,
    uninvite,
)
from keti.monitoring.actions import (
    answer_finding,
    assign_finding,
    join_finding,
    leave_finding,
    reopen_finding,
)
from keti.monitoring.tests.test_actions import raised
from keti.notify.actions import OwnWords, prefer
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Message
from keti.planning.actions import (
    answer_amendment,
    apply_amendment,
    apply_due,
    attach_notice,
    propose_amendment,
    register_founder,
    withdraw_amendment,
)
from keti.planning.models import Amendment
from keti.planning.tests.test_amending import EARLIER, GREEN, Proposal, file
from keti.reports import actions as on_reports
from keti.reports.actions import hand_in_by_file, quote_parts, return_report
from keti.reports.queries import report_of
from keti.reports.tests.conftest import PDF, Desk
from keti.site.actions import OwnLetter, recall, remind, resend, write_letter
from keti.work.actions import (
    BookContent,
    TaskSpec,
    assign_task,
    decline_task,
    decline_task_book,
    draft_task_books,
    issue_task_books,
    reissue_task_book,
    save_draft,
)
from tests.acts.ending import ENDING
from tests.acts.entering import ENTERING
from tests.acts.gathering import GATHERING
from tests.acts.honouring import HONOURING
from tests.acts.judging import JUDGING
from tests.acts.researching import RESEARCHING
from tests.acts.showing import SHOWING
from tests.acts.undoing import UNDOING, Scene
from tests.acts.writing import WRITING
from tests.cast import Cast, local

TEXTS = {"charge": "调查", "yield": "报告", "basis": "出处"}
BOOK = BookContent(title="红组任务书", texts=TEXTS, targets=["案例三个"])
SHORTER = BookContent(title="红组任务书（二）", texts=TEXTS, targets=["案例两个"])
MONTH = {"gains": "四月", "snags": "无", "cures": "无"}
YAN = ["严新人", "严氏研究所", "红组", "组员", "", "9", "yan@example.org", "", "", ""]


def the_house(cast: Cast) -> None:
    """A calendar's address renewed, a lost factor reset; a first account where there is none."""
    renew_feed(cast.mao.act(), person=cast.mao.person)
    prefer(cast.mao.act(), person=cast.mao.person, duties="mail", news="daily")
    correct_own(cast.mao.act(), person=cast.mao.person, changes={"name": "毛明（演示）"})
    user = open_account(cast.mao.person)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    reset_factor(cast.qin.act(), person=cast.mao.person, reason="手机遗失。")
    Person.objects.update(may_found=False)
    first = PersonFacts("首位秘书（演示）", mail="first@example.org", is_demo=True)
    register_founder(at=cast.moment, facts=first, password="a long enough secret")


def one_duty(cast: Cast) -> None:
    """A lead reminds; the letter is sent again; one duty is linked, unlinked, extended, waived."""
    month = cast.duty("moon", "cell.red")
    remind(cast.lu.act(), obligation=month)
    letter = Message.objects.filter(kind="site.reminder").latest("pk")
    letter.deliveries.filter(way=Way.MAIL).update(state=DeliveryState.FAILED)
    resend(cast.qin.act(), message=letter)
    held = {"held_until": local("2031-01-01T00:00"), "by_id": cast.qin.person.public_id}
    Message.objects.filter(pk=letter.pk).update(**held)
    letter.refresh_from_db()
    recall(cast.qin.act(), message=letter, reason="写错了。")
    words = OwnWords("通知：{姓名}", "请于周五前交齐。")
    write_letter(
        cast.qin.act(),
        programme=cast.programme,
        letter=OwnLetter([cast.mao.seat, cast.hua.seat], words),
    )
    issue_link(cast.qin.act(), obligation=month)
    [link] = DutyLink.objects.filter(obligation_id=month.public_id)
    revoke_link(cast.qin.act(), obligation=month, link_id=link.pk)
    explain(cast.lu.act(), obligation=month, text="等第三方数据。")
    extend(cast.qin.act(), obligation=month, to=local("2030-05-10T00:00"), reason="出差。")
    waive(cast.qin.act(), obligation=month, reason="本月无事。")
    announce(cast.qin.act(), programme=cast.programme, text="本周应办：月报。")


def claims(cast: Cast) -> None:
    """Two leads hand in late and say it was done earlier; one is believed, the other is not."""
    cast.at("2030-05-03T10:00")
    for player, group in ((cast.lu, "cell.red"), (cast.he, "cell.blue")):
        act = player.act("2030-05-03T10:00", happened=local("2030-04-29T10:00"))
        act = replace(act, evidence=stored(cast, act))
        duty = cast.duty("moon", group, "2030-04")
        none = on_reports.Content(MONTH, [on_reports.PlanItem("无")])
        handed = on_reports.Handed(none)
        hand_in_by_file(act, obligation=duty, file=stored(cast, act), handed=handed)
    believed, other = Claim.objects.order_by("pk")
    accept_claim(cast.qin.act(), claim=believed)
    decline_claim(cast.ji.act(), claim=other, reason="图片上看不出时间。")


def people(cast: Cast) -> None:
    """A seat is ended, a roster read and taken away, who was never told is written to, an
    application entered from paper, another taken back; a record is put right, a consent recorded
    and withdrawn by letter."""
    end_seat(cast.qin.act(), seat=cast.mi.seat, reason="调离。")
    read = read_roster(cast.qin.act(), programme=cast.programme, file=roster(cast, [YAN]))
    remove_roster(cast.qin.act(), report=read)
    place = Place(cast.group("cell.red"), cast.role("hand"), person=cast.wu.person)
    appoint(cast.qin.act(), place=place, tell=False)
    tell_seated(cast.qin.act(), programme=cast.programme)
    xu = enter_person(PersonFacts("徐申报（演示）", is_demo=True))
    act = cast.qin.act(evidence=Desk(cast).file("qin", "申报表.pdf"))
    save_application(act, call=published(cast), content=content(name=xu.name), applicant=xu)
    sent = submitted(cast)
    withdraw_application(cast.wu.act(), application=sent)
    mao, changes = cast.mao.person, {"mobile": "13800000000"}
    correct_record(cast.qin.act(), programme=cast.programme, person=mao, changes=changes)
    act = cast.qin.act(evidence=Desk(cast).file("qin", "来信.pdf"))
    tao = cast.tao.person
    give_consent(act, programme=cast.programme, person=tao)
    withdraw_consent(act, programme=cast.programme, person=tao)


def records(cast: Cast) -> None:
    """A colleague comes and goes, a unit is put right, what stands twice becomes one."""
    desk, here = cast.qin.seat, {"programme": cast.programme}
    xin = enter_person(PersonFacts("新同事（演示）", unit=desk.organisation, is_demo=True))
    end_colleague(cast.qin.act(), colleague=name_colleague(cast.qin.act(), seat=desk, person=xin))
    gone, kept = cast.mao.seat.unit, cast.mi.seat.unit
    correct_unit(cast.qin.act(), unit=kept, changes={"name_en": "Mi Institute (demo)"}, **here)
    merge_units(cast.qin.act(), gone=gone, kept=kept, **here)
    merge_people(cast.qin.act(), gone=cast.mi.person, kept=cast.mao.person, **here)
    end_seat(cast.qin.act(), seat=cast.hua.seat, reason="离职。")
    who = cast.hua.person
    erase_person(cast.qin.act(), person=who, typed=who.name, reason="来信要求。", **here)


def meetings(cast: Cast) -> None:
    """A meeting planned, announced, moved, called off; another that no duty asks for."""
    cast.at("2030-04-08T10:00")
    talk = cast.duty("talk", "cell.red")
    room, later = "三号会议室（演示）", local("2030-04-13T14:00")
    at = local("2030-04-11T14:00")
    met = plan_meeting(cast.lu.act(), obligation=talk, starts_at=at, place=room)
    announce_meeting(cast.lu.act(), meeting=met, text="四月小组会。")
    met = move_meeting(cast.lu.act(), meeting=met, starts_at=later, place=room)
    guest = GuestFacts("白处长（演示）", "bai@example.org")
    met = invite_beside(cast.lu.act(), meeting=met, beside=Beside([cast.he.seat], [guest]))
    met = uninvite(cast.lu.act(), meeting=met, whom=cast.he.seat)
    cancel_meeting(cast.lu.act(), meeting=met, reason="改期再议。")
    plan = MeetingPlan(local("2030-04-12T14:00"), room, ["案例"], title="案例会")
    call_meeting(cast.lu.act(), group=cast.group("cell.red"), plan=plan)


def findings(cast: Cast) -> None:
    """A finding given to a member, followed and left; an answer that does not settle it."""
    finding = raised(cast)
    join_finding(cast.qin.act("2030-04-10T11:00"), finding=finding)
    reason = "组长出差，请代为答复。"
    assign_finding(
        cast.qin.act("2030-04-10T11:00"), finding=finding, seat=cast.mao.seat, reason=reason
    )
    leave_finding(cast.qin.act("2030-04-10T12:00"), finding=finding)
    answer_finding(cast.mao.act("2030-04-11T10:00"), finding=finding, text="已补充来源。")
    reopen_finding(cast.ji.act("2030-04-12T10:00"), finding=finding, reason="还缺一处。")


def books(cast: Cast) -> None:
    """Task books drafted, edited, issued; one given back, one issued anew; a task declined."""
    cast.at("2030-04-01T10:00")
    brief = cast.duty("brief", "cell.red")
    drafts = draft_task_books(cast.lu.act(), obligation=brief, content=BOOK)
    save_draft(cast.lu.act(), task_book=drafts[0], content=SHORTER)
    mine, other = issue_task_books(cast.lu.act(), obligation=brief)
    holder = next(one for one in (cast.mao, cast.mi) if one.seat.pk == mine.seat_id)
    decline_task_book(holder.act(), task_book=mine, reason="指标过高。")
    reissue_task_book(cast.lu.act(), task_book=other, content=SHORTER, why="调减。")
    due = local("2030-05-01T18:00")
    spec = TaskSpec(cast.programme, cast.group("cell.red"), cast.mao.seat, "写案例", due)
    task = assign_task(cast.lu.act(), spec=spec)
    decline_task(cast.mao.act(), task=task, reason="另有任务。")


def reports(cast: Cast) -> None:
    """A month on paper, and a consolidated report that quotes it afterwards."""
    cast.at("2030-04-28T10:00")
    desk = Desk(cast)
    merged = desk.start("fang", "sum")
    month = cast.duty("moon", "cell.red", "2030-04")
    handed = desk.handed()
    hand_in_by_file(cast.lu.act(), obligation=month, file=desk.file("lu"), handed=handed)
    quote_parts(cast.fang.act(), report=merged)
    returned = return_report(cast.fang.act(), report=report_of(month), reason="计划再议。")
    none = on_reports.Content(handed.content.sections, [on_reports.PlanItem("无")])
    again = on_reports.Handed(none)
    hand_in_by_file(
        cast.lu.act(), obligation=returned.obligation, file=desk.file("lu"), handed=again
    )
    on_reports.take_back_report(cast.lu.act(), report=report_of(month), reason="传错了。")


def amendments(cast: Cast) -> None:
    """Answered and applied, withdrawn, overtaken: what becomes of a proposal."""
    cast.at("2030-04-02T09:00")
    attach_notice(cast.qin.act(), programme=cast.programme, upload=Upload("通知.pdf", PDF))
    _proposed(cast, cast.gao)
    cast.at("2030-04-03T10:00")
    withdraw_amendment(
        cast.fang.act(), amendment=_proposed(cast, cast.fang, EARLIER), reason="另议。"
    )
    made = _proposed(cast, cast.fang, EARLIER)
    overtaken = _proposed(cast, cast.fang, EARLIER, GREEN)
    answer_amendment(cast.qin.act(), amendment=made, approve=True, reason="")
    answer_amendment(cast.gao.act(), amendment=overtaken, approve=True, reason="")
    cast.at("2030-04-06T10:00")
    apply_amendment(cast.qin.act(), amendment=made)
    cast.at("2030-04-12T10:00")
    begin(cast.duty("moon", "cell.red", "2030-05"), local("2030-04-11T09:00"))
    apply_due(local("2030-04-12T10:00"))


def _proposed(cast: Cast, player: Any, *changes: tuple[str, str]) -> Amendment:
    proposal = Proposal(file(*changes), "应各组要求。")
    return propose_amendment(player.act(), programme=cast.programme, proposal=proposal)


SCENES: dict[Scene, set[str]] = {
    the_house: {
        "accounts.renew_feed",
        "accounts.reset_factor",
        "intake.correct_own",
        "notify.prefer",
        "planning.register_founder",
    },
    one_duty: {
        "duties.announce",
        "duties.explain",
        "duties.extend",
        "duties.issue_link",
        "duties.revoke_link",
        "duties.waive",
        "site.recall",
        "site.remind",
        "site.resend",
        "site.write_letter",
    },
    **ENTERING,
    **RESEARCHING,
    claims: {"duties.accept_claim", "duties.decline_claim"},
    people: {
        "consents.withdraw_consent",
        "groups.end_seat",
        "intake.correct_record",
        "intake.read_roster",
        "intake.remove_roster",
        "intake.save_application",
        "intake.withdraw_application",
    },
    records: {
        "groups.end_colleague",
        "groups.name_colleague",
        "intake.correct_unit",
        "intake.erase_person",
        "intake.merge_people",
        "intake.merge_units",
    },
    meetings: {
        "meetings.announce_meeting",
        "meetings.call_meeting",
        "meetings.cancel_meeting",
        "meetings.invite_beside",
        "meetings.move_meeting",
        "meetings.uninvite",
    },
    findings: {
        "monitoring.assign_finding",
        "monitoring.join_finding",
        "monitoring.leave_finding",
        "monitoring.reopen_finding",
    },
    books: {
        "work.decline_task",
        "work.decline_task_book",
        "work.draft_task_books",
        "work.reissue_task_book",
        "work.save_draft",
    },
    **HONOURING,
    **JUDGING,
    reports: {
        "reports.hand_in_by_file",
        "reports.quote_parts",
        "reports.take_back_report",
        "work.withdraw_dropped",
    },
    amendments: {
        "planning.answer_amendment",
        "planning.apply_amendment",
        "planning.attach_notice",
        "planning.carry_out",
        "planning.lapse",
        "planning.propose_amendment",
        "planning.withdraw_amendment",
    },
    **ENDING,
    **GATHERING,
    **UNDOING,
    **WRITING,
    **SHOWING,
}
