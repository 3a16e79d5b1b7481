"""Every way back, by hand: a mistake is made, and taken back."""

from collections.abc import Callable

from keti.duties.actions import (
    extend,
    hand_in_file,
    take_back_extension,
    take_back_waiver,
    waive,
    withdraw_filing,
)
from keti.duties.tests.test_actions import stored
from keti.groups.actions import Place, appoint, end_standing_in, restyle_seat, stand_in
from keti.intake.actions import (
    annul_membership,
    decide_application,
    postpone_close,
    publish_erratum,
    put_in_reserve,
    replace_holder,
    return_application,
    take_back_decision,
)
from keti.intake.models import Call
from keti.intake.tests.scene import checked, submitted
from keti.kernel.acts import Text
from keti.meetings.actions import confirm_minutes, correct_attendance, plan_meeting, record_minutes
from keti.meetings.rules import MinutesFacts
from keti.reports.tests.conftest import Desk
from keti.work.actions import (
    BookContent,
    TaskSpec,
    accept_task_book,
    assign_task,
    draft_task_books,
    finish_task,
    issue_task_books,
    reopen_task,
    void_acceptance,
)
from tests.acts.rolling import laid_ahead, terms_run_out
from tests.cast import Cast, local

Scene = Callable[[Cast], None]
BOOK = BookContent(
    title="红组任务书",
    texts={"charge": "调查", "yield": "报告", "basis": "出处"},
    targets=["案例三个"],
)


def admissions_undone(cast: Cast) -> None:
    """Somebody is admitted by mistake; the call has a slip."""
    other = submitted(cast, "mi", name="米研究员（演示）")
    return_application(cast.qin.act(), application=other, reason="缺简历。")
    sent = checked(cast, submitted(cast))
    decided = decide_application(cast.qin.act(), application=sent, admit=True)
    take_back_decision(cast.qin.act(), application=decided, reason="点错了人。")
    put_in_reserve(cast.qin.act(), application=submitted(cast, "mao", name="毛研究员（演示）"))
    later = local("2030-03-28T00:00")
    postpone_close(cast.qin.act(), call=Call.objects.get(), closes_at=later, reason="临近假期。")
    slip = Text("第二条“九月”应为“十月”。", "In 2, read October for September.")
    publish_erratum(cast.qin.act(), call=Call.objects.get(), text=slip, reason="笔误。")


def seats_undone(cast: Cast) -> None:
    """Somebody is appointed by mistake; one is styled anew, leaves, and another comes."""
    place = Place(cast.group("cell.red"), cast.role("hand"), person=cast.wu.person)
    seat = appoint(cast.qin.act(), place=place)
    annul_membership(cast.qin.act(), seat=seat, reason="任错了组。")
    restyle_seat(cast.qin.act(), seat=cast.mi.seat, honorific="教授", order=1)
    replace_holder(cast.qin.act(), seat=cast.mi.seat, place=place, reason="调离。")


def deputies_undone(cast: Cast) -> None:
    """A deputy stands in for the lead of a group, and no longer."""
    made = stand_in(cast.qin.act(), seat=cast.he.seat, deputy=cast.hua.seat, reason="组长出国。")
    end_standing_in(cast.qin.act(), standing=made)


def duties_undone(cast: Cast) -> None:
    """The wrong duty is waived, the wrong one extended, the wrong file handed in."""
    red, blue = cast.duty("moon", "cell.red"), cast.duty("moon", "cell.blue")
    waive(cast.qin.act(), obligation=red, reason="本月无事。")
    take_back_waiver(cast.qin.act(), obligation=red, reason="说的是蓝组。")
    extend(cast.qin.act(), obligation=blue, to=local("2030-05-10T00:00"), reason="出差。")
    take_back_extension(cast.qin.act(), obligation=blue, reason="说的是红组。")
    act, paper = cast.tao.act(), cast.duty("paper")
    hand_in_file(act, obligation=paper, file=stored(cast, act), lines=["合作书"])
    withdraw_filing(cast.tao.act(), obligation=paper, reason="传错了文件。")


def work_undone(cast: Cast) -> None:
    """A task is reported finished that is not; a scan is recorded for the wrong member."""
    cast.at("2030-04-01T10:00")
    due = local("2030-05-01T18:00")
    spec = TaskSpec(cast.programme, cast.group("cell.red"), cast.mao.seat, "写案例", due)
    task = finish_task(cast.mao.act(), task=assign_task(cast.lu.act(), spec=spec), note="写完了。")
    reopen_task(cast.lu.act(), task=task, reason="交的是另一份。")
    brief = cast.duty("brief", "cell.red")
    draft_task_books(cast.lu.act(), obligation=brief, content=BOOK)
    book = issue_task_books(cast.lu.act(), obligation=brief)[0]
    act = cast.qin.act(on_behalf_of=book.seat)
    accepted = accept_task_book(act, task_book=book, scan=Desk(cast).file("qin", "签收.pdf"))
    void_acceptance(cast.qin.act(), task_book=accepted, reason="是另一位签的。")


def attendance_undone(cast: Cast) -> None:
    """Confirmed minutes say of somebody that they were absent."""
    cast.at("2030-04-08T10:00")
    talk, at = cast.duty("talk", "cell.red"), local("2030-04-11T14:00")
    met = plan_meeting(cast.lu.act(), obligation=talk, starts_at=at, place="三号会议室（演示）")
    cast.at("2030-04-11T17:00")
    there = {cast.lu.seat: "present", cast.mao.seat: "absent"}
    said = MinutesFacts(body="讨论了框架。", attendance=there, resolutions=[], action_items=[])
    met = record_minutes(cast.lu.act(), meeting=met, minutes=said)
    met = confirm_minutes(cast.lu.act(), meeting=met)
    correct_attendance(
        cast.lu.act(), meeting=met, seat=cast.mao.seat, kind="present", reason="签到表上有。"
    )


UNDOING: dict[Scene, set[str]] = {
    admissions_undone: {
        "intake.postpone_close",
        "intake.publish_erratum",
        "intake.put_in_reserve",
        "intake.return_application",
        "intake.take_back_decision",
    },
    seats_undone: {"groups.annul_seat", "groups.restyle_seat", "intake.replace_holder"},
    deputies_undone: {"groups.end_standing_in", "groups.stand_in"},
    duties_undone: {
        "duties.take_back_extension",
        "duties.take_back_waiver",
        "duties.withdraw_filing",
    },
    work_undone: {"work.reopen_task", "work.void_acceptance"},
    attendance_undone: {"meetings.correct_attendance"},
    laid_ahead: {"planning.lay_ahead"},
    terms_run_out: {"groups.renew_seat", "groups.end_term"},
}
