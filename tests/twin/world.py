"""One world: the cast lives ten weeks, and everything that must not be known happens in them.

Both worlds are built by the same acts in the same order, drawing the same ids.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person
from keti.charter.actions import CharterFile
from keti.charter.queries import in_force
from keti.consents.actions import give_consent
from keti.documents.actions import keep_upload
from keti.duties.actions import extend, hand_in_file, issue_link
from keti.groups.actions import Place, appoint, end_seat
from keti.groups.models import Seat
from keti.intake import actions as intake
from keti.intake.actions import CheckResult
from keti.intake.tests.scene import content, roster
from keti.kernel import ids
from keti.kernel.acts import Act
from keti.meetings.actions import (
    ItemFacts,
    MeetingPlan,
    MinutesFacts,
    announce_meeting,
    call_meeting,
    confirm_minutes,
    record_minutes,
)
from keti.monitoring.actions import answer_finding, raise_finding
from keti.monitoring.enums import Severity
from keti.planning import actions as planning
from keti.planning.actions import Proposal
from keti.planning.actions import save_draft as save_charter
from keti.planning.tests.test_amending import CHARTER, CLASSES
from keti.reports.actions import (
    Content,
    PlanItem,
    return_report,
    save_draft,
    start_report,
    submit_report,
)
from keti.reports.tests.conftest import PDF
from keti.review.actions import decide, declare_conflict, give_opinion, open_gate
from keti.review.queries import gate_by_key
from keti.work.actions import BookContent as BookContent
from keti.work.actions import TaskSpec, assign_task, draft_task_books, finish_task
from tests.cast import Cast, Player, local, recall
from tests.twin.research import research
from tests.twin.secrets import World

ROLES = """  adviser: {zh: 顾问, en: Adviser, in: core, can: [advise]}
  contact: {zh: 联络人, en: Contact, in: core, holder_kind: unit, can: [read]}
"""
SEED = 20300301
SOON = "2030-05-18T09:00"


class Story:
    """The acts of ten weeks, told in the words of one world."""

    def __init__(self, world: World) -> None:
        ids.seed(SEED)
        self.say = world
        self.pick = world.pick
        self.text = world.text
        self.cast: Cast = recall()

    def lived(self) -> Cast:
        """Everything, in order; the clock stands on the eighteenth of May."""
        for chapter in (
            self.people,
            self.applications,
            self.books,
            self.meeting,
            self.finding,
            lambda: research(self),
            self.duties,
            self.reports,
            self.gates,
            self.office,
        ):
            chapter()
        self.cast.at(SOON)
        for player in self.cast.players.values():
            _ = player.client
        ids.unseed()
        return self.cast

    def decided(self) -> Cast:
        """A day later: everybody else gives their word over the red cell, and it is decided."""
        ids.seed(SEED + 1)
        self.cast.at("2030-05-19T09:00")
        red = gate_by_key(self.cast.programme, "half@cell.red")
        declare_conflict(self.act("rao"), gate=red, has=False)
        free = ["ruo"] if not self.pick("aside", "yes", "") else []
        for who in (self.pick("voter", "rong", "ren"), "rao", *free):
            give_opinion(self.act(who), gate=red, verdict="revise", comment=self.text("请补充。"))
        decide(self.act("qin"), gate=red, outcome="revise", reasons=self.text("补充两个案例。"))
        ids.unseed()
        return self.cast

    def act(self, who: str, **more: object) -> Act:
        """An act of one of the cast, now."""
        return self.cast.players[who].act(**more)

    def file(self, who: str, name: str, data: bytes = PDF) -> Any:
        return keep_upload(self.act(who), programme=self.cast.programme, name=name, data=data)

    def people(self) -> None:
        """Two more roles; an adviser, a unit's contact, three reviewers, a member who leaves."""
        text = CHARTER.read_text().replace("  captain: {", f"{ROLES}  captain: {{") + CLASSES
        proposal = Proposal(
            CharterFile("cast.yaml", text, ""), self.text("补上顾问、联络人和调整办法。")
        )
        planning.propose_amendment(
            self.act("gao"), programme=self.cast.programme, proposal=proposal
        )
        unit = self.cast.hua.person.unit
        self._seated("an", "安顾问（演示）", "core", "adviser")
        self._seated("lian", "连联络（演示）", "core", "contact", unit=unit)
        self._seated("rao", "饶专家（演示）", "core", "referee")
        self._seated("ruo", "若专家（演示）", "core", "referee")
        self._seated("yu", "余研究员（演示）", "cell.red", "hand")
        mail = self.pick("mail", "mo.one@example.org", "molly@example.com")
        mobile = self.pick("mobile", "13800010001", "13900020002")
        self._seated("mo", "莫研究员（演示）", "cell.red", "hand", mail=mail, mobile=mobile)
        self.cast.reseat()

    def _seated(self, name: str, label: str, group: str, role: str, **more: Any) -> None:
        unit = more.pop("unit", None)
        facts = {"mail": f"{name}@example.org", **more}
        home = unit or enter_organisation(f"{label[0]}氏中心（演示）", is_demo=True)
        person = enter_person(PersonFacts(label, unit=home, is_demo=True, **facts))
        place = Place(
            group=self.cast.group(group),
            role=self.cast.role(role),
            organisation=unit,
            person=None if unit else person,
            delegate=person if unit else None,
            order=len(self.cast.players),
        )
        seat = appoint(self.act("qin"), place=place)
        full = Seat.objects.with_names().get(pk=seat.pk)
        self.cast.players[name] = Player(person, full, self.cast.moment)

    def applications(self) -> None:
        """Four apply; one is checked, one refused, one came on paper, one only looks on."""
        cast = self.cast
        cast.at("2030-03-04T09:00")
        call = intake.publish_call(self.act("qin"), obligation=cast.duty("invite"))
        cast.at("2030-03-10T10:00")
        sent = {}
        for name, label in (("su", "苏"), ("pan", "潘"), ("shen", "沈")):
            person = enter_person(
                PersonFacts(f"{label}申报（演示）", mail=f"{name}@example.org", is_demo=True)
            )
            cast.players[name] = Player(person, None, cast.moment)
            topic = self.say("application") if name == "su" else self.text("测试方法")
            cast.players[name].moment = local("2030-03-10T10:00")
            mine = content(
                name=person.name, fields={"topic": topic, "offer": self.text("写第一章。")}
            )
            draft = intake.save_application(self.act(name), call=call, content=mine)
            sent[name] = intake.submit_application(self.act(name), application=draft)
        other = enter_person(PersonFacts(self.say("applicant"), is_demo=True))
        act = self.act("qin", evidence=self.file("qin", f"{self.text('申报表')}.pdf"))
        fields = {"topic": self.text("测试方法"), "offer": self.text("写第一章。")}
        paper = content(name=other.name, fields=fields)
        draft = intake.save_application(act, call=call, content=paper, applicant=other)
        intake.submit_application(act, application=draft)
        cast.at("2030-03-22T10:00")
        unmet = [CheckResult("known", False, self.say("check")), CheckResult("lawful", True)]
        intake.check_eligibility(self.act("qin"), application=sent["su"], results=unmet)
        intake.decide_application(
            self.act("qin"), application=sent["pan"], admit=False, reason=self.say("rejected")
        )

    def books(self) -> None:
        """Task books drafted and not issued; two tasks, one finished."""
        cast = self.cast
        cast.at("2030-04-01T10:00")
        texts = {"charge": self.say("bookdraft")}
        texts |= {"yield": self.text("报告"), "basis": self.text("出处")}
        book = BookContent(self.text("红组任务书"), texts=texts, targets=[self.text("案例三个")])
        duty = cast.duty("brief", "cell.red")
        draft_task_books(self.act("lu"), obligation=duty, content=book)
        for title, done in ((self.say("task"), False), (self.text("写案例"), True)):
            due = local("2030-05-25T18:00")
            spec = TaskSpec(cast.programme, cast.group("cell.red"), cast.mao.seat, title, due)
            task = assign_task(self.act("lu"), spec=spec)
            if done:
                finish_task(self.act("mao"), task=task, note=self.say("tasknote"))

    def meeting(self) -> None:
        """The red cell meets: announced, recorded, confirmed, with something left to do."""
        cast = self.cast
        cast.at("2030-04-08T10:00")
        starts = local("2030-04-11T14:00")
        agenda = [self.say("agenda")]
        plan = MeetingPlan(starts, self.say("meetingplace"), agenda, title=self.say("meetingtitle"))
        made = call_meeting(self.act("lu"), group=cast.group("cell.red"), plan=plan)
        announce_meeting(self.act("lu"), meeting=made, text=self.say("announced"))
        cast.at("2030-04-11T17:00")
        item = ItemFacts(self.say("item"), cast.mao.seat, local("2030-05-28T00:00"))
        said = MinutesFacts(
            body=self.say("minutes"),
            attendance={cast.lu.seat: "present", cast.mao.seat: "present"},
            resolutions=[self.say("resolution")],
            action_items=[item],
        )
        made = record_minutes(self.act("lu"), meeting=made, minutes=said)
        confirm_minutes(self.act("lu"), meeting=made)

    def finding(self) -> None:
        """The monitor raises something on the red cell; it is answered, and waits."""
        cast = self.cast
        cast.at("2030-04-15T10:00")
        for answered in (True, False):
            found = raise_finding(
                self.act("ji"),
                programme=cast.programme,
                subject=cast.group("cell.red").subject(),
                group=cast.group("cell.red"),
                title=self.say("findingtitle"),
                text=self.say("findingtext"),
                severity=Severity.BLOCKING,
            )
            if answered:
                answer_finding(self.act("lu"), finding=found, text=self.say("answer"))

    def duties(self) -> None:
        """One duty extended, one met by a file, one opened by a personal link."""
        cast = self.cast
        cast.at("2030-04-20T10:00")
        month = cast.duty("moon", "cell.red", "2030-05")
        extend(
            self.act("qin"),
            obligation=month,
            to=local("2030-06-10T00:00"),
            reason=self.say("extension"),
        )
        whose = self.pick("link", "cell.red", "cell.blue")
        issue_link(self.act("qin"), obligation=cast.duty("moon", whose, "2030-06"))
        text = self.say("filetext").encode()
        kept = self.file("lu", f"{self.say('filename')}.txt", text)
        talk = cast.duty("talk", "cell.red", "2030-04")
        hand_in_file(self.act("lu"), obligation=talk, file=kept, lines=[self.say("fileline")])

    def reports(self) -> None:
        """A month handed in, returned, and under work again; both cells' half-way reports."""
        cast = self.cast
        cast.at("2030-04-27T10:00")
        item = PlanItem(self.text("写案例"), cast.mao.seat.public_id, date(2030, 5, 20))
        month = self._report("lu", "moon", "2030-04", self.say("month"), item)
        cast.at("2030-04-28T10:00")
        month = return_report(self.act("fang"), report=month, reason=self.say("returned"))
        again = Content({"gains": self.say("draft"), **self._rest()}, [])
        save_draft(self.act("lu"), report=month, content=again, base=month.revision)
        cast.at("2030-05-14T10:00")
        self._report("lu", "halfway", "", self.say("pinned"))
        self._report("he", "halfway", "", self.text("蓝组成果。"))

    def _rest(self) -> dict[str, str]:
        return {"snags": self.text("无"), "cures": self.text("继续观察。")}

    def _report(self, who: str, kind: str, period: str, text: str, *plan: PlanItem) -> Any:
        group = self.cast.players[who].seat.group.key
        duty = self.cast.duty(kind, group, period)
        report = start_report(self.act(who), obligation=duty)
        said = Content({"gains": text, **self._rest()}, list(plan))
        report = save_draft(self.act(who), report=report, content=said, base=report.revision)
        submit_report(self.act(who), report=report)
        return report

    def gates(self) -> None:
        """The blue cell is sent back by two; over the red one two declare and one gives a word."""
        cast = self.cast
        cast.at("2030-05-16T10:00")
        red, blue = (self._opened(f"half@cell.{one}") for one in ("red", "blue"))
        words = [self.text("请补充案例。"), self.text("请核对数据，并写明来源。")]
        first, second = words if self.pick("wrote", "1", "2") == "1" else words[::-1]
        for who, comment in (("ren", first), ("rong", second)):
            declare_conflict(self.act(who), gate=blue, has=False)
            give_opinion(self.act(who), gate=blue, verdict="revise", comment=comment)
        decide(self.act("qin"), gate=blue, outcome="revise", reasons=self.text("补充案例。"))
        declare_conflict(self.act("rui"), gate=red, has=True, text=self.say("conflict"))
        has = self.pick("aside", "yes", "") == "yes"
        declare_conflict(
            self.act("ruo"), gate=red, has=has, text=self.text("曾合作。") if has else ""
        )
        for who in ("ren", "rong"):
            declare_conflict(self.act(who), gate=red, has=False)
        voter = self.pick("voter", "ren", "rong")
        verdict = self.pick("verdict", "approve", "revise")
        give_opinion(self.act(voter), gate=red, verdict=verdict, comment=self.say("opinion"))

    def _opened(self, key: str) -> Any:
        return open_gate(self.act("qin"), gate=gate_by_key(self.cast.programme, key))

    def office(self) -> None:
        """A charter under work, a roster read, one who agrees to be named, one who leaves."""
        cast = self.cast
        cast.at("2030-05-17T10:00")
        standing = in_force(cast.programme)
        draft = planning.open_draft(
            self.act("fang"),
            person=cast.fang.person,
            file=CharterFile("cast.yaml", standing.text, ""),
            programme=cast.programme,
            base=standing.sha256,
        )
        changed = standing.text.replace("zh: 测试课题,", f"zh: {self.say('charter')},", 1)
        save_charter(self.act("fang"), draft=draft, text=changed, base=draft.revision)
        row = ["", "", "红组", self.say("rosterrow"), "", "x", "not-an-address", "", "", ""]
        intake.read_roster(
            self.act("qin"),
            programme=cast.programme,
            file=roster(cast, [row], name=f"{self.text('名单')}.xlsx"),
        )
        agrees = cast.players[self.pick("consent", "mao", "mi")]
        give_consent(
            replace(agrees.act(), seat=None), programme=cast.programme, person=agrees.person
        )
        end_seat(self.act("qin"), seat=cast.yu.seat, reason=self.text("调离。"))
