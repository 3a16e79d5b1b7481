"""One world in which every role, every kind of row and every way to lose a right occurs."""

from typing import Any

from keti.accounts.actions import PersonFacts, enter_person
from keti.consultation.actions import Remark, comment, open_round
from keti.documents.actions import keep_upload
from keti.groups.actions import Place, appoint
from keti.groups.models import Recusal, Seat
from keti.jobs.models import Job
from keti.kernel import ids
from keti.meetings.actions import ItemFacts, MeetingPlan, MinutesFacts, call_meeting, record_minutes
from keti.reports.actions import Content, save_draft, start_report, submit_report
from keti.review.actions import MarkedCopy, decide, give_opinion
from keti.review.queries import gate_by_key
from keti.work.actions import BookContent as BookContent
from keti.work.actions import accept_task_book, draft_task_books, issue_task_books
from tests.cast import Cast, Player, local
from tests.mutants import elsewhere
from tests.twin.secrets import World
from tests.twin.world import Story


class Whole(Story):
    """The ten weeks of the twin worlds, and three more."""

    def __init__(self) -> None:
        super().__init__(World())

    def lived(self) -> Cast:
        """Everything, in order; the clock stands on the fifth of June."""
        cast = super().lived()
        ids.seed(20300605)
        for chapter in (
            self.judged,
            self.handed,
            self.lent,
            self.outline,
            self.work,
            self.neighbour,
        ):
            chapter()
        cast.at("2030-06-05T10:00")
        ids.unseed()
        return cast

    def judged(self) -> None:
        """The gate over the red cell is decided by the two who do not stand aside."""
        cast = self.cast
        red = gate_by_key(cast.programme, "half@cell.red")
        cast.at("2030-05-20T10:00")
        act, name, data = self.act("rong"), "批注稿.txt", "第二段请改。".encode()
        file = keep_upload(act, programme=cast.programme, name=name, data=data)
        copy = MarkedCopy(file, {"unread": True})
        give_opinion(act, gate=red, verdict="approve", comment="论证充分。", copy=copy)
        decide(self.act("qin"), gate=red, outcome="approve", reasons="材料完整。")

    def handed(self) -> None:
        """The blue cell's task books are issued, one accepted; a colleague of a recused unit."""
        cast = self.cast
        cast.at("2030-05-24T10:00")
        texts = {"charge": "调查", "yield": "报告", "basis": "出处"}
        duty = cast.duty("brief", "cell.blue")
        content = BookContent(title="蓝组任务书", texts=texts, targets=["案例两个"])
        draft_task_books(self.act("he"), obligation=duty, content=content)
        for book in issue_task_books(self.act("he"), obligation=duty):
            if book.seat_id == cast.hua.seat.pk:
                accept_task_book(self.act("hua"), task_book=book)
        unit = cast.rui.person.unit
        self._colleague("yan", "颜督察（演示）", "watcher", unit)

    def _colleague(self, name: str, label: str, role: str, unit: Any) -> None:
        from_unit = PersonFacts(label, mail=f"{name}@example.org", unit=unit, is_demo=True)
        self.cast.players[name] = self._placed(from_unit, "core", role)

    def _placed(self, facts: PersonFacts, group: str, role: str) -> Player:
        person = enter_person(facts)
        order = len(self.cast.players)
        place = Place(
            group=self.cast.group(group), role=self.cast.role(role), person=person, order=order
        )
        seat = appoint(self.act("qin"), place=place)
        return Player(person, Seat.objects.with_names().get(pk=seat.pk), self.cast.moment)

    def lent(self) -> None:
        """The red cell meets, and somebody of the blue one is to do something for it."""
        cast = self.cast
        plan = MeetingPlan(
            local("2030-05-24T14:00"), "三号会议室（演示）", ["案例"], title="核对会"
        )
        made = call_meeting(self.act("lu"), group=cast.group("cell.red"), plan=plan)
        cast.at("2030-05-24T17:00")
        item = ItemFacts("核对数据", cast.hua.seat, local("2030-06-28T00:00"))
        attended = {cast.lu.seat: "present"}
        said = MinutesFacts(body="核对。", attendance=attended, action_items=[item])
        record_minutes(self.act("lu"), meeting=made, minutes=said)

    def outline(self) -> None:
        """The outline is laid before everybody; one of the red cell stands aside from it."""
        cast = self.cast
        cast.at("2030-06-03T10:00")
        report = start_report(self.act("tao"), obligation=cast.duty("skeleton"))
        said = Content({"bones": "第一章写现状。"}, [])
        report = save_draft(self.act("tao"), report=report, content=said, base=report.revision)
        submit_report(self.act("tao"), report=report)
        found = open_round(self.act("qin"), obligation=cast.duty("remarks"))
        comment(self.act("lu"), round=found, remark=Remark(text="请补充案例。"))
        Recusal.objects.create(
            programme=cast.programme,
            person=cast.mi.person,
            subject_id=report.public_id,
            since=cast.moment,
        )

    def work(self) -> None:
        """The secretariat asked for a paper that takes long."""
        Job.objects.create(
            person=self.cast.qin.person,
            kind="intake.sheet",
            key="one",
            title_zh="申报汇总表",
            asked_at=self.cast.moment,
            not_before=self.cast.moment,
        )

    def neighbour(self) -> None:
        """The other programme, and who keeps its secretariat."""
        self.cast.players["zhu"] = elsewhere.assemble().qin
