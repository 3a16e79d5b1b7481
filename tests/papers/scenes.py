"""Every paper of the house, brought about in the cast's programme: where it is taken, by whom."""

from collections.abc import Callable
from dataclasses import replace

from keti.accounts.actions import PersonFacts, enter_person
from keti.accounts.models import WayInMeans
from keti.consultation.actions import Remark, comment, dispose, no_remarks, open_round
from keti.gatherings import actions as gatherings
from keti.groups.actions import issue_way_in
from keti.intake.actions import confirm_appointments, decide_application
from keti.intake.tests.scene import checked, published, submitted
from keti.meetings.actions import plan_meeting, record_minutes
from keti.meetings.rules import ItemFacts, MinutesFacts
from keti.monitoring.actions import answer_finding, reopen_finding
from keti.monitoring.tests.test_actions import raised
from keti.notify.actions import OwnWords
from keti.notify.models import Message
from keti.planning.actions import answer_amendment, propose_amendment
from keti.planning.models import Amendment
from keti.planning.tests.test_amending import EARLIER, GREEN, Proposal, file
from keti.release.tests.ending import AGREE, Walk
from keti.reports.tests.conftest import Desk
from keti.review.actions import open_gate
from keti.site.actions import OwnLetter, write_letter
from keti.work.actions import draft_task_books, issue_task_books
from tests.acts.recipes import BOOK
from tests.cast import Cast, Player, local
from tests.papers.judging import decision, judged, opinion, votes
from tests.papers.taking import Taken

LONG = "据第二节所列数据推算，样本覆盖四十二家单位，但未说明抽样办法、采集时间与缺失值的处理。" * 3


def finding(cast: Cast) -> Taken:
    """A finding answered, returned, waiting for another answer."""
    one = raised(cast)
    cast.at("2030-04-12T12:00")
    answer_finding(cast.lu.act("2030-04-11T10:00"), finding=one, text=LONG)
    reopen_finding(cast.ji.act("2030-04-12T10:00"), finding=one, reason="还缺一处来源。")
    return Taken(
        "monitoring:paper", ("cast", one.public_id), cast.lu, (cast.he, cast.ren, cast.wu),
        ("监控意见单", "核实意见", "还缺一处来源。", "卢组长（演示）（组长）"),
    )  # fmt: skip


def amendment(cast: Cast) -> Taken:
    """An amendment that one role has approved and the other has not."""
    cast.at("2030-04-02T09:00")
    _proposed(cast, cast.gao)
    cast.at("2030-04-03T10:00")
    made = _proposed(cast, cast.fang, EARLIER, GREEN)
    answer_amendment(cast.gao.act(), amendment=made, approve=True, reason="同意，请尽快落实。")
    return Taken(
        "planning:amendment_paper", ("cast", made.public_id), cast.mao, (cast.wu,),
        ("实施方案变更审批表", "变更前", "应各组要求。", "委托人意见", "绿组"),
    )  # fmt: skip


def _proposed(cast: Cast, player: Player, *changes: tuple[str, str]) -> Amendment:
    proposal = Proposal(file(*changes), "应各组要求。")
    return propose_amendment(player.act(), programme=cast.programme, proposal=proposal)


def comment_table(cast: Cast) -> Taken:
    """Two dozen comments, most of them answered, and two seats without any."""
    cast.at("2030-06-03T09:00")
    Desk(cast).plain("tao", "skeleton", bones="第一章写现状。第二章写建议。")
    on = open_round(cast.qin.act(), obligation=cast.duty("remarks"))
    for number in range(24):
        player = cast.mao if number % 3 else cast.hua
        said = Remark(LONG if number % 7 == 0 else f"第{number}处应先写现状。", "第二章 建议",
                      original="第二章写建议。" if number % 5 == 0 else "")  # fmt: skip
        made = comment(player.act(), round=on, remark=said)
        answer = ("adopted", "partly", "declined")[number % 3]
        if number < 22:
            dispose(cast.tao.act(), comment=made, disposition=answer, reason="已据此改写。")
    no_remarks(cast.lu.act(), round=on)
    no_remarks(cast.fang.act(), round=on)
    return Taken(
        "consultation:table", ("cast", on.public_id), cast.hua, (cast.ren, cast.wu),
        ("征求意见汇总处理表", "条款/章节", "部分采纳", "共24条意见", "审核人（签字）"),
    )  # fmt: skip


def draft_for_comment(cast: Cast) -> Taken:
    cast.at("2030-06-03T09:00")
    Desk(cast).plain("tao", "skeleton", bones="第一章写现状。第二章写建议。")
    on = open_round(cast.qin.act(), obligation=cast.duty("remarks"))
    return Taken(
        "consultation:{form}", ("cast", on.public_id), cast.hua, (cast.ren, cast.wu),
        ("第一章写现状。",),
    )  # fmt: skip


def call(cast: Cast) -> Taken:
    published(cast)
    return Taken("intake:call_{form}", ("cast",), cast.wu, (), ("盖章处",))


def task_book(cast: Cast) -> Taken:
    cast.at("2030-04-01T10:00")
    brief = cast.duty("brief", "cell.red")
    draft_task_books(cast.lu.act(), obligation=brief, content=BOOK)
    issued = issue_task_books(cast.lu.act(), obligation=brief)
    book = next(one for one in issued if one.seat_id == cast.mao.seat.pk)
    return Taken(
        "work:book_{form}", ("cast", book.public_id), cast.mao, (cast.he, cast.wu),
        ("案例三个", "签字："),
    )  # fmt: skip


def report(cast: Cast) -> Taken:
    cast.at("2030-04-28T10:00")
    version = Desk(cast).submitted(gains=LONG)
    return Taken(
        "reports:{form}", ("cast", version.report.public_id), cast.mao, (cast.hua, cast.wu),
        ("样本覆盖四十二家单位",),
    )  # fmt: skip


def version(cast: Cast) -> Taken:
    taken = report(cast)
    return replace(taken, route="reports:version_{form}", args=(*taken.args, 1))


def minutes(cast: Cast) -> Taken:
    cast.at("2030-04-08T10:00")
    met = plan_meeting(
        cast.lu.act(), obligation=cast.duty("talk", "cell.red"),
        starts_at=local("2030-04-11T14:00"), place="三号会议室（演示）",
    )  # fmt: skip
    cast.at("2030-04-11T17:00")
    said = MinutesFacts(
        LONG,
        {cast.lu.seat: "present", cast.mao.seat: "present", cast.mi.seat: "excused"},
        ["案例由毛研究员执笔。", "六月前交初稿。"],
        [ItemFacts("写案例", cast.mao.seat, local("2030-05-01T00:00"))],
    )
    met = record_minutes(cast.lu.act(), meeting=met, minutes=said)
    return Taken(
        "meetings:{form}", ("cast", met.public_id), cast.mao, (cast.hua, cast.wu),
        ("三号会议室", "案例由毛研究员执笔。"),
    )  # fmt: skip


def sign_off(cast: Cast) -> Taken:
    walk = Walk(cast)
    walk.to_the_panel()
    on = open_gate(cast.qin.act("2030-07-11T09:00"), gate=walk.gate("end@core"))
    cast.at("2030-07-11T10:00")
    return Taken(
        "review:sheet", ("cast", on.public_id), cast.gao, (cast.lu, cast.wu), ("批示意见",)
    )


def closing(cast: Cast) -> Taken:
    walk = Walk(cast)
    walk.to_the_end()
    walk.close()
    cast.at("2030-07-15T11:00")
    duty = cast.duty("wind_up")
    return Taken(
        "release:closing_file",
        ("cast", duty.public_id),
        cast.mao,
        (cast.wu,),
        ("结题",),
        letter=True,
    )


def roll(cast: Cast) -> Taken:
    walk = Walk(cast)
    walk.to_the_end()
    walk.consents(*AGREE)
    walk.close()
    walk.roll()
    cast.at("2030-07-16T11:00")
    duty = cast.duty("names")
    return Taken("release:roll_file", ("cast", duty.public_id), cast.mao, (cast.wu,), ("名册",))


def proof(cast: Cast) -> Taken:
    taken = roll(cast)
    duty = cast.duty("go_public")
    return replace(
        taken, route="release:proof", args=("cast", duty.public_id), who=cast.qin,
        strangers=(cast.mao, cast.wu), words=("编印说明",),
    )  # fmt: skip


def for_ministries(cast: Cast) -> Taken:
    taken = roll(cast)
    return replace(
        taken, route="release:roll_submitted", who=cast.qin, strangers=(cast.mao, cast.wu)
    )


def run_sheet(cast: Cast) -> Taken:
    """A gathering with a part, a guest and a signer; its run sheet."""
    at = local("2030-07-18T09:00")
    ends = local("2030-07-18T12:00")
    what = gatherings.Arranged("conference", "治理大会（演示）", "一号厅", at, ends)
    one = gatherings.arrange(cast.qin.act(), programme=cast.programme, what=what)
    part = gatherings.Part(at, 20, "发布报告", speaker=cast.lu.person)
    gatherings.add_slot(cast.qin.act(), gathering=one, what=part)
    guest = {"unit": "某省主管部门（演示）", "office": "处长"}
    gatherings.invite(cast.qin.act(), gathering=one, name="来宾甲（演示）", **guest)
    gatherings.list_signer(cast.qin.act(), gathering=one, paper="合作书", party="卢氏（演示）")
    args = ("cast", one.public_id)
    strangers = (cast.mao, cast.wu)
    return Taken("gatherings:run_sheet", args, cast.qin, strangers, ("发布报告",))


def guest_list(cast: Cast) -> Taken:
    return replace(run_sheet(cast), route="gatherings:guest_list", words=("来宾甲",))


def signing_list(cast: Cast) -> Taken:
    return replace(run_sheet(cast), route="gatherings:signing_list", words=("合作书",))


def progress(cast: Cast) -> Taken:
    cast.at("2030-04-10T10:00")
    return Taken("site:progress_paper", ("cast",), cast.gao, (cast.wu,), ("各组进展",))


def blank_form(cast: Cast) -> Taken:
    published(cast)
    return Taken("intake:blank", ("cast", "solo"), cast.wu, (), ("姓名", "申报人承诺", "□"))


def blank_report(cast: Cast) -> Taken:
    duty = cast.duty("moon", "cell.red", "2030-04")
    strangers = (cast.he, cast.ren, cast.wu)
    words = ("本月成果", "下月计划", "承担人", "完成日期")
    return Taken("reports:blank", ("cast", duty.public_id), cast.lu, strangers, words)


def own_application(cast: Cast) -> Taken:
    sent = submitted(cast)
    return Taken(
        "intake:received", ("cast", sent.public_id), cast.wu, (cast.mao, cast.gao),
        ("吴路人（演示）", "收到时间", "测试方法"),
    )  # fmt: skip


def application(cast: Cast) -> Taken:
    sent = checked(cast, submitted(cast))
    return Taken(
        "intake:application_paper", ("cast", sent.public_id), cast.qin, (cast.mao, cast.wu),
        ("资格审查", "审核意见", "签字（盖章）"),
    )  # fmt: skip


def admissions(cast: Cast) -> Taken:
    sent = checked(cast, submitted(cast))
    decide_application(cast.qin.act(), application=sent, admit=True)
    return Taken(
        "intake:admitted", ("cast",), cast.qin, (cast.mao, cast.wu),
        ("入选名单", "吴路人（演示）", "红组"),
    )  # fmt: skip


def appointments(cast: Cast) -> Taken:
    """A group's appointments, confirmed under a number of their series."""
    cast.at("2030-04-01T10:00")
    duty = cast.duty("seat.cell", "cell.red")
    confirm_appointments(cast.qin.act(), obligation=duty)
    return Taken(
        "intake:named", ("cast", duty.public_id), cast.qin, (cast.wu,),
        ("任命名单", "测任命〔2030〕1号", "卢组长（演示）"),
    )  # fmt: skip


def contacts(cast: Cast) -> Taken:
    enter_person(PersonFacts("毛研究员（演示）", mail="mao@example.org", mobile="13800000000"))
    return Taken(
        "intake:contacts", ("cast",), cast.qin, (cast.mao, cast.wu),
        ("通讯录", "毛氏研究所（演示）", "13800000000", "mao@example.org"),
    )  # fmt: skip


def invitation(cast: Cast) -> Taken:
    cast.at("2030-04-08T10:00")
    met = plan_meeting(
        cast.lu.act(), obligation=cast.duty("talk", "cell.red"),
        starts_at=local("2030-04-11T14:00"), place="三号会议室（演示）",
    )  # fmt: skip
    return Taken(
        "meetings:notice", ("cast", met.public_id), cast.mao, (cast.hua, cast.wu),
        ("关于召开小组会的通知", "三号会议室（演示）", "议程"),
    )  # fmt: skip


def letter(cast: Cast) -> Taken:
    cast.at("2030-04-10T10:00")
    words = OwnWords("关于报送材料的函：{姓名}", "请于周五前交齐。\n联系人：秦秘书。")
    write_letter(cast.qin.act(), programme=cast.programme, letter=OwnLetter([cast.mao.seat], words))
    sent = Message.objects.get(by_id=cast.qin.person.public_id)
    return Taken(
        "site:letter", ("cast", sent.public_id), cast.qin, (cast.lu, cast.wu),
        ("关于报送材料的函", "请于周五前交齐。"), letter=True,
    )  # fmt: skip


def slips(cast: Cast) -> Taken:
    """Three ways in to be handed over: a row and a half."""
    for player in (cast.mao, cast.mi, cast.hua):
        issue_way_in(cast.qin.act(), seat=player.seat, means=WayInMeans.HAND)
    return Taken(
        "intake:slips", ("cast",), cast.qin, (cast.lu, cast.gao, cast.wu),
        ("专用入口", "毛研究员（演示）", "只供您本人使用", "一人一条"),
    )  # fmt: skip


Scene = Callable[[Cast], Taken]
SCENES: dict[str, Scene] = {
    "intake:call_{form}": call,
    "intake:blank": blank_form,
    "reports:blank": blank_report,
    "intake:received": own_application,
    "intake:application_paper": application,
    "intake:admitted": admissions,
    "intake:named": appointments,
    "intake:slips": slips,
    "intake:contacts": contacts,
    "work:book_{form}": task_book,
    "reports:{form}": report,
    "reports:version_{form}": version,
    "meetings:notice": invitation,
    "meetings:{form}": minutes,
    "consultation:{form}": draft_for_comment,
    "consultation:table": comment_table,
    "review:sheet": sign_off,
    "review:opinion_sheet": opinion,
    "review:pinned_paper": judged,
    "review:votes": votes,
    "review:decision": decision,
    "monitoring:paper": finding,
    "planning:amendment_paper": amendment,
    "release:closing_file": closing,
    "release:roll_file": roll,
    "release:proof": proof,
    "release:roll_submitted": for_ministries,
    "gatherings:run_sheet": run_sheet,
    "gatherings:guest_list": guest_list,
    "gatherings:signing_list": signing_list,
    "site:letter": letter,
    "site:progress_paper": progress,
}
