"""Task books and tasks: who may, what is stored, what the database refuses."""

import pytest
from django.db import DatabaseError, transaction

from keti.documents.actions import keep_produced
from keti.duties.actions import seat_the_duties
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.duties.permissions import may_do
from keti.kernel.acts import Subject
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.ledger.queries import entries
from keti.notify.models import Message
from keti.work import actions, permissions
from keti.work.actions import BookContent, TaskSpec
from keti.work.models import Task, TaskBook
from tests.cast import local, seen_by
from tests.house.predicates import sees_book, sees_task

TEXTS = {"charge": "调查", "yield": "报告", "basis": "出处"}


@pytest.fixture
def duty(cast):
    cast.at("2030-04-01T10:00")
    return cast.duty("brief", "cell.red")


@pytest.fixture
def books(cast, duty):
    made = actions.issue_task_books(cast.lu.act(key="issue"), obligation=duty)
    return {book.seat_id: book for book in made}


@pytest.fixture
def book(cast, books):
    return books[cast.mao.seat.pk]


@pytest.fixture
def scan(cast):
    return keep_produced(
        cast.qin.act(),
        programme=cast.programme,
        name="签收页.pdf",
        mime="application/pdf",
        data=b"%PDF-1.4 signed",
    )


class TestIssuing:
    def test_every_member_gets_a_numbered_book_and_owes_its_acceptance(self, cast, duty, books):
        assert set(books) == {cast.mao.seat.pk, cast.mi.seat.pk}
        mao = books[cast.mao.seat.pk]
        assert (mao.number, mao.version, mao.state) == ("测任务书〔2030〕1号", 1, "issued")
        owed = mao.acceptance
        assert (owed.form, owed.seat, owed.subject_id) == (
            "acceptance",
            cast.mao.seat,
            mao.public_id,
        )
        assert owed.due_at == cast.duty("take_on", "cell.red").due_at == local("2030-04-11T00:00")
        duty.refresh_from_db()
        assert duty.state == DutyState.MET

    def test_a_book_starts_from_what_the_charter_asks_of_the_group(self, book):
        assert book.title == "红组任务书"
        assert book.content["targets"][1] == "中期报告：2030-05-15 周三 24:00 前提交"

    def test_the_members_are_told(self, cast, book):
        told = Message.objects.filter(kind="work.taskbook.issued").order_by("pk")
        assert [one.recipient_label for one in told] == ["毛研究员（演示）", "米研究员（演示）"]
        assert told[0].subject == "请签收任务书测任务书〔2030〕1号"

    def test_a_double_click_issues_once(self, cast, duty, books):
        again = actions.issue_task_books(cast.lu.act(key="issue"), obligation=duty)
        assert {book.pk for book in again} == {book.pk for book in books.values()}
        assert TaskBook.objects.count() == 2
        assert entries(cast.programme).filter(kind="work.taskbooks.issued").count() == 1

    def test_nobody_is_served_twice(self, cast, duty, books):
        with pytest.raises(Refused) as refused:
            actions.issue_task_books(cast.lu.act(key="more"), obligation=duty)
        assert refused.value.code == "work.nobody-to-issue-to"

    @pytest.mark.parametrize("name", ["he", "mao", "ji", "fang"])
    def test_only_who_owes_it_issues(self, cast, duty, name):
        with pytest.raises(Refused) as refused:
            actions.issue_task_books(cast.players[name].act(key="x"), obligation=duty)
        assert refused.value.code == "duties.not-yours"
        assert TaskBook.objects.count() == 0

    def test_the_stranger_has_no_seat(self, cast, duty):
        with pytest.raises(Refused) as refused:
            actions.issue_task_books(cast.wu.act(key="x"), obligation=duty)
        assert refused.value.code == "groups.no-seat"

    def test_the_secretariat_issues_on_behalf(self, cast, duty):
        act = cast.qin.act(key="x", on_behalf_of=cast.lu.seat)
        made = actions.issue_task_books(act, obligation=duty)
        assert made[0].issued_by == "卢组长（演示）（组长）"

    def test_an_incomplete_book_is_not_issued(self, cast, duty):
        with pytest.raises(Refused) as refused:
            actions.issue_task_books(
                cast.lu.act(key="x"), obligation=duty, content=BookContent("题", {"charge": "做"})
            )
        assert refused.value.sentence("en") == (
            "The task book of 毛研究员（演示）（组员） still lacks: Expected results, "
            "Evidence and material. Complete it, then issue."
        )


class TestAnswering:
    def test_every_member_owes_the_acceptance_once(self, cast, duty):
        of_the_group = cast.duty("take_on", "cell.red")
        assert of_the_group.seat == cast.mao.seat
        actions.issue_task_books(cast.lu.act(key="issue"), obligation=duty)
        seat_the_duties(cast.programme, duty.due_at)
        owed = Obligation.objects.open().filter(form="acceptance", group=cast.group("cell.red"))
        assert sorted(owed.values_list("seat_id", "nature"), key=str) == sorted(
            [(None, "charter"), (cast.mao.seat.pk, "promise"), (cast.mi.seat.pk, "promise")],
            key=str,
        )
        of_the_group.refresh_from_db()
        verdict = may_do(cast.mao.act(), of_the_group)
        assert verdict.sentence() == "此事由各位组员各自办理，全部办完即办结。"
        own = owed.get(seat=cast.mi.seat)
        assert own.escalate == of_the_group.escalate == [[86400, "watcher"]]

    def test_the_last_acceptance_meets_the_charters_duty(self, cast, books):
        charter_duty = cast.duty("take_on", "cell.red")
        cast.at("2030-04-02T10:00")
        actions.accept_task_book(cast.mao.act(key="a"), task_book=books[cast.mao.seat.pk])
        charter_duty.refresh_from_db()
        assert charter_duty.state == DutyState.OPEN
        cast.at("2030-04-03T10:00")
        actions.accept_task_book(cast.mi.act(key="a"), task_book=books[cast.mi.seat.pk])
        charter_duty.refresh_from_db()
        assert (charter_duty.state, charter_duty.met_at) == ("met", local("2030-04-03T10:00"))
        told = Message.objects.get(kind="work.taskbooks.accepted")
        assert told.recipient_label == "卢组长（演示）"

    def test_a_double_click_accepts_once(self, cast, book):
        for _ in range(2):
            done = actions.accept_task_book(cast.mao.act(key="a"), task_book=book)
            assert done.state == "accepted"
        assert entries(cast.programme).filter(kind="work.taskbook.accepted").count() == 1

    def test_another_click_later_is_refused_with_the_number(self, cast, book):
        actions.accept_task_book(cast.mao.act(key="a"), task_book=book)
        with pytest.raises(Refused) as refused:
            actions.accept_task_book(cast.mao.act(key="b"), task_book=book)
        assert refused.value.sentence() == "任务书测任务书〔2030〕1号已经签收。"

    @pytest.mark.parametrize("name", ["lu", "mi", "he", "ji", "qin"])
    def test_nobody_else_accepts(self, cast, book, name):
        with pytest.raises(Refused) as refused:
            actions.accept_task_book(cast.players[name].act(key="a"), task_book=book)
        assert refused.value.code == "work.not-your-task-book"
        assert refused.value.ask == "毛研究员（演示）（组员）"

    def test_on_behalf_needs_the_paper(self, cast, book):
        act = cast.qin.act(key="a", on_behalf_of=cast.mao.seat)
        with pytest.raises(Refused) as refused:
            actions.accept_task_book(act, task_book=book)
        assert refused.value.code == "groups.on-behalf-needs-paper"

    def test_a_scan_recorded_late_counts_from_the_signature(self, cast, book, scan):
        cast.at("2030-04-20T10:00")
        act = cast.qin.act(key="a", on_behalf_of=cast.mao.seat, happened=local("2030-04-05T09:00"))
        done = actions.accept_task_book(act, task_book=book, scan=scan)
        assert (done.answered_at, done.recorded_late, done.on_behalf) == (
            local("2030-04-05T09:00"),
            True,
            True,
        )
        assert done.scan == scan
        owed = done.acceptance
        owed.refresh_from_db()
        assert (owed.met_at, owed.recorded_late) == (local("2030-04-05T09:00"), True)
        told = Message.objects.get(kind="groups.on-behalf")
        assert told.recipient_label == "毛研究员（演示）"
        entry = Entry.objects.get(kind="work.taskbook.accepted")
        assert entry.content["behalf"] == "毛研究员（演示）（组员）"
        assert entry.content["late"] is True

    def test_a_scan_on_time_is_not_late(self, cast, book, scan):
        act = cast.qin.act(key="a", on_behalf_of=cast.mao.seat)
        done = actions.accept_task_book(act, task_book=book, scan=scan)
        assert (done.recorded_late, done.on_behalf) == (False, True)

    def test_the_charters_duty_counts_from_the_latest_signature(self, cast, books, scan):
        cast.at("2030-04-06T10:00")
        actions.accept_task_book(cast.mi.act(key="a"), task_book=books[cast.mi.seat.pk])
        cast.at("2030-04-20T10:00")
        act = cast.qin.act(
            key="b", on_behalf_of=cast.mao.seat, happened=local("2030-04-05T09:00"), evidence=scan
        )
        actions.accept_task_book(act, task_book=books[cast.mao.seat.pk])
        assert cast.duty("take_on", "cell.red").met_at == local("2030-04-06T10:00")

    def test_declining_needs_a_reason_and_tells_the_lead(self, cast, book):
        with pytest.raises(Refused) as refused:
            actions.decline_task_book(cast.mao.act(key="d"), task_book=book, reason=" ")
        assert refused.value.code == "work.give-a-reason"
        done = actions.decline_task_book(cast.mao.act(key="d"), task_book=book, reason="期限冲突")
        assert (done.state, done.reason) == ("declined", "期限冲突")
        book.acceptance.refresh_from_db()
        assert book.acceptance.state == DutyState.CANCELLED
        told = Message.objects.get(kind="work.taskbook.declined")
        assert (told.recipient_label, told.body) == (
            "卢组长（演示）",
            "毛研究员（演示）（组员）退回了《红组任务书》，理由：期限冲突。可修订后重新下达。",
        )


class TestNextVersion:
    def test_it_rises_by_one_and_supersedes(self, cast, book):
        fresh = actions.reissue_task_book(
            cast.lu.act(key="r"),
            task_book=book,
            content=BookContent("新题", TEXTS, ["一"]),
            why="调整",
        )
        book.refresh_from_db()
        assert (fresh.version, fresh.replaces, fresh.state) == (2, book, "issued")
        assert book.state == "superseded"
        book.acceptance.refresh_from_db()
        assert book.acceptance.state == DutyState.CANCELLED
        assert fresh.acceptance.state == DutyState.OPEN

    def test_after_the_charters_date_a_week_is_left(self, cast, book):
        cast.at("2030-05-01T10:00")
        fresh = actions.reissue_task_book(
            cast.lu.act(key="r"), task_book=book, content=BookContent("新题", TEXTS), why="调整"
        )
        assert fresh.acceptance.due_at == local("2030-05-08T10:00")

    def test_the_same_content_is_refused(self, cast, book):
        kept = book.content
        same = BookContent(
            kept["title"], {one["key"]: one["text"] for one in kept["sections"]}, kept["targets"]
        )
        with pytest.raises(Refused) as refused:
            actions.reissue_task_book(cast.lu.act(key="r"), task_book=book, content=same, why="x")
        assert refused.value.code == "work.nothing-changed"

    @pytest.mark.parametrize("name", ["he", "mao", "ji"])
    def test_only_the_lead(self, cast, book, name):
        with pytest.raises(Refused) as refused:
            actions.reissue_task_book(
                cast.players[name].act(key="r"),
                task_book=book,
                content=BookContent("新", TEXTS),
                why="x",
            )
        assert refused.value.code == "work.only-the-lead-revises"


class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "change",
        [
            {"content": {"title": "x", "sections": [], "targets": []}},
            {"number": "别号"},
            {"version": 7},
            {"state": "draft"},
            {"sha256": "0" * 64},
        ],
    )
    def test_a_change_of_what_was_issued(self, book, change):
        with pytest.raises(DatabaseError), transaction.atomic():
            TaskBook.objects.filter(pk=book.pk).update(**change)

    def test_its_removal(self, book):
        with pytest.raises(DatabaseError), transaction.atomic():
            TaskBook.objects.filter(pk=book.pk).delete()

    def test_two_live_books_of_one_seat(self, book):
        with pytest.raises(DatabaseError), transaction.atomic():
            TaskBook.objects.create(
                programme=book.programme,
                group=book.group,
                seat=book.seat,
                version=2,
                replaces=book,
                content=book.content,
                state="issued",
                number="n",
                sha256="s",
                issued_at=book.issued_at,
            )

    def test_taking_an_acceptance_back(self, cast, book):
        actions.accept_task_book(cast.mao.act(key="a"), task_book=book)
        with pytest.raises(DatabaseError), transaction.atomic():
            TaskBook.objects.filter(pk=book.pk).update(state="issued")


class TestSight:
    def test_the_predicate_agrees_with_the_list(self, cast, duty, books):
        he_duty = cast.duty("brief", "cell.blue")
        actions.draft_task_books(cast.he.act(key="d"), obligation=he_duty)
        seen = {}
        for name, player in cast.players.items():
            found = set(permissions.visible_books(seen_by(player.seat), TaskBook.objects.all()))
            every = TaskBook.objects.all()
            told = {one for one in every if sees_book(seen_by(player.seat), one)}
            assert found == told, name
            seen[name] = len(found)
        assert (seen["lu"], seen["mao"], seen["he"], seen["hua"]) == (2, 2, 1, 0)
        assert (seen["qin"], seen["ji"], seen["ren"], seen["wu"]) == (3, 2, 0, 0)


class TestTasks:
    def spec(self, cast, title="访谈三家企业", source=None):
        return TaskSpec(
            cast.programme,
            cast.group("cell.red"),
            cast.mao.seat,
            title,
            local("2030-04-20T00:00"),
            source,
        )

    def test_assigned_owed_and_finished(self, cast, duty):
        task = actions.assign_task(cast.lu.act(key="t"), spec=self.spec(cast))
        assert (task.obligation.form, task.obligation.seat) == ("task", cast.mao.seat)
        assert Message.objects.get(kind="work.task.assigned").recipient_label == "毛研究员（演示）"
        done = actions.finish_task(cast.mao.act(key="f"), task=task, note="访谈了四家")
        assert (done.state, done.note) == ("done", "访谈了四家")
        done.obligation.refresh_from_db()
        assert (done.obligation.state, done.obligation.with_id) == ("met", task.public_id)

    def test_one_act_assigns_several_and_none_twice(self, cast, duty):
        source = Subject("reports.report", "plan-1", "四月月报")
        for _ in range(2):
            for title in ("甲", "乙"):
                actions.assign_task(cast.lu.act(key="t"), spec=self.spec(cast, title, source))
        assert [task.title for task in Task.objects.order_by("pk")] == ["甲", "乙"]
        actions.assign_task(cast.lu.act(key="later"), spec=self.spec(cast, "甲", source))
        assert Task.objects.count() == 2

    @pytest.mark.parametrize("name", ["he", "mao", "ji"])
    def test_only_the_lead_assigns(self, cast, duty, name):
        with pytest.raises(Refused) as refused:
            actions.assign_task(cast.players[name].act(key="t"), spec=self.spec(cast))
        assert refused.value.code == "work.only-the-lead-assigns"

    def test_not_to_the_neighbour(self, cast, duty):
        spec = TaskSpec(
            cast.programme, cast.group("cell.red"), cast.hua.seat, "x", local("2030-04-20T00:00")
        )
        with pytest.raises(Refused) as refused:
            actions.assign_task(cast.lu.act(key="t"), spec=spec)
        assert refused.value.code == "work.assignee-elsewhere"

    def test_only_the_assignee_finishes(self, cast, duty):
        task = actions.assign_task(cast.lu.act(key="t"), spec=self.spec(cast))
        for name in ("lu", "mi", "he"):
            with pytest.raises(Refused) as refused:
                actions.finish_task(cast.players[name].act(key="f"), task=task, note="x")
            assert refused.value.code == "work.not-your-task"

    def test_declined_with_a_reason_and_no_longer_owed(self, cast, duty):
        task = actions.assign_task(cast.lu.act(key="t"), spec=self.spec(cast))
        done = actions.decline_task(cast.mao.act(key="d"), task=task, reason="出差")
        assert (done.state, done.note) == ("declined", "出差")
        done.obligation.refresh_from_db()
        assert done.obligation.state == DutyState.CANCELLED
        told = Message.objects.get(kind="work.task.declined")
        assert told.recipient_label == "卢组长（演示）"

    def test_the_predicate_agrees_with_the_list(self, cast, duty):
        actions.assign_task(cast.lu.act(key="t"), spec=self.spec(cast))
        for name, player in cast.players.items():
            found = set(permissions.visible_tasks(seen_by(player.seat), Task.objects.all()))
            told = {one for one in Task.objects.all() if sees_task(seen_by(player.seat), one)}
            assert found == told, name
            assert len(found) == (name in {"lu", "mao", "mi", "qin", "ji", "gao"}), name


@pytest.mark.parametrize("do", [actions.draft_task_books, actions.issue_task_books])
def test_a_duty_of_another_form_is_not_met_by_task_books(cast, do):
    """The lead owes the month's report too; issuing task books does not hand it in."""
    cast.at("2030-04-28T10:00")
    other = cast.duty("moon", "cell.red")
    with pytest.raises(Refused) as refused:
        do(cast.lu.act(), obligation=other)
    assert refused.value.code == "work.other-form"
    other.refresh_from_db()
    assert other.state == DutyState.OPEN
