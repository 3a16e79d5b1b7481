"""Pages of task books and tasks, as owner, neighbour and stranger see them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from keti.work import actions
from keti.work.actions import BookContent, TaskSpec
from keti.work.models import Task, TaskBook
from tests.cast import local

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def issued(cast):
    cast.at("2030-04-01T10:00")
    books = actions.issue_task_books(
        cast.lu.act(key="issue"), obligation=cast.duty("brief", "cell.red")
    )
    return {book.seat_id: book for book in books}


@pytest.fixture
def book(cast, issued):
    return issued[cast.mao.seat.pk]


def counted(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def typed(form):
    """What a browser would send back from the form as it was shown."""
    shown = {name: form.get_initial_for_field(one, name) for name, one in form.fields.items()}
    return {name: value for name, value in shown.items() if value is not None}


class TestPreview:
    def test_draft_preview_issue_by_clicks(self, cast):
        cast.at("2030-04-01T10:00")
        duty = cast.duty("brief", "cell.red")
        base = f"/p/cast/taskbooks/issue/{duty.public_id}/"
        assert cast.lu.client.get(f"/p/cast/taskbooks/for/{duty.public_id}/").url == base
        page = cast.lu.client.get(base)
        data = typed(page.context["form"]) | {"title": "治理框架研究"}
        answer = cast.lu.client.post(base, data)
        assert answer.status_code == 302
        assert answer.url == f"{base}preview/"
        assert TaskBook.objects.filter(state="draft").count() == 2
        page = cast.lu.client.get(answer.url)
        text = page.content.decode()
        assert "将下达 2 份任务书" in text
        assert "毛研究员（演示）" in text and "米研究员（演示）" in text
        answer = cast.lu.client.post(answer.url, {"key": "go"})
        assert answer.status_code == 302
        assert TaskBook.objects.filter(state="issued").count() == 2
        duty.refresh_from_db()
        assert duty.state == "met"

    def test_the_neighbour_reads_why_not_and_cannot_issue(self, cast):
        cast.at("2030-04-01T10:00")
        duty = cast.duty("brief", "cell.red")
        url = f"/p/cast/taskbooks/issue/{duty.public_id}/preview/"
        page = cast.he.client.get(f"/p/cast/taskbooks/issue/{duty.public_id}/")
        assert "此事由卢组长（演示）（组长）办理" in page.content.decode()
        assert cast.he.client.post(url, {"key": "x"}).status_code == 422
        assert TaskBook.objects.count() == 0

    def test_the_stranger_finds_nothing(self, cast):
        duty = cast.duty("brief", "cell.red")
        assert cast.wu.client.get(f"/p/cast/taskbooks/issue/{duty.public_id}/").status_code == 404
        assert cast.wu.client.get("/p/cast/taskbooks/").status_code == 404


class TestAnswering:
    def test_the_member_accepts_by_click(self, cast, book):
        there = cast.mao.client.get(f"/p/cast/taskbooks/for/{book.acceptance.public_id}/").url
        assert there == book.path
        assert "请签收" in cast.mao.client.get(there).content.decode()
        for _ in range(2):
            assert cast.mao.client.post(f"{there}accept/", {"a-key": "k"}).status_code == 302
        book.refresh_from_db()
        assert book.state == "accepted"

    def test_the_secretariat_records_the_signed_paper(self, cast, book):
        cast.at("2030-04-20T10:00")
        data = {
            "a-key": "k",
            "a-on_behalf_of": cast.mao.seat.public_id,
            "a-happened_at": "2030-04-05T09:00",
        }
        url = f"{book.path}accept/"
        assert cast.qin.client.post(url, data).status_code == 422
        scan = SimpleUploadedFile("签收页.pdf", PDF, "application/pdf")
        assert cast.qin.client.post(url, data | {"a-evidence": scan}).status_code == 302
        book.refresh_from_db()
        assert (book.state, book.recorded_late) == ("accepted", True)
        assert book.answered_at == local("2030-04-05T09:00")
        text = cast.mao.client.get(book.path).content.decode()
        assert "代录" in text and "补录" in text
        assert cast.mao.client.get(f"{book.path}scan/").getvalue() == PDF

    def test_a_colleague_reads_and_is_told_why_not(self, cast, book):
        text = cast.mi.client.get(book.path).content.decode()
        assert "任务书由毛研究员（演示）（组员）签收" in text
        assert cast.mi.client.post(f"{book.path}accept/", {"a-key": "k"}).status_code == 422

    def test_a_refused_decline_keeps_nothing(self, cast, book):
        url = f"{book.path}decline/"
        assert cast.mao.client.post(url, {"d-key": "k", "d-reason": ""}).status_code == 422
        assert cast.mao.client.post(url, {"d-key": "k", "d-reason": "冲突"}).status_code == 302
        book.refresh_from_db()
        assert (book.state, book.reason) == ("declined", "冲突")


class TestRevising:
    def test_before_and_after_come_first(self, cast, book):
        url = f"{book.path}revise/"
        data = typed(cast.lu.client.get(url).context["form"])
        data |= {"s_charge": "改为牵头调查", "why": "分工调整"}
        page = cast.lu.client.post(url, data)
        assert [one["after"] for one in page.context["changes"]] == ["改为牵头调查"]
        assert TaskBook.objects.filter(seat=book.seat).count() == 1
        answer = cast.lu.client.post(url, data | {"confirm": "1"})
        fresh = TaskBook.objects.get(seat=book.seat, version=2)
        assert answer.url == fresh.path
        assert "此版已被替代" in cast.mao.client.get(book.path).content.decode()


class TestFiles:
    def test_word_and_pdf(self, cast, book):
        word = cast.mao.client.get(f"{book.path}docx/")
        text = "\n".join(part.text for part in Document(io.BytesIO(word.content)).paragraphs)
        assert "研究任务" in text and "参加“红组”的研究" in text
        pdf = cast.mao.client.get(f"{book.path}pdf/")
        assert pdf.content[:5] == b"%PDF-"
        assert pdf["Content-Type"] == "application/pdf"
        assert "attachment" in pdf["Content-Disposition"]

    def test_english(self, cast, book):
        cast.mao.client.cookies["django_language"] = "en"
        text = cast.mao.client.get(book.path).content.decode()
        assert "Accept the task book" in text
        assert "Expected results" in text


class TestWhoSees:
    @pytest.mark.parametrize("tail", ["", "docx/", "pdf/", "revise/"])
    def test_neighbour_and_stranger_find_nothing(self, cast, book, tail):
        for player in (cast.he, cast.hua, cast.ren, cast.wu):
            assert player.client.get(f"{book.path}{tail}").status_code == 404

    def test_the_list_shows_only_ones_own_group(self, cast, book):
        assert book.number in cast.mi.client.get("/p/cast/taskbooks/").content.decode()
        assert book.number not in cast.hua.client.get("/p/cast/taskbooks/").content.decode()


class TestTasks:
    def test_assigned_and_finished_by_clicks(self, cast, issued):
        data = {
            "key": "t",
            "title": "访谈三家企业",
            "seat": cast.mao.seat.public_id,
            "due_at": "2030-04-20T00:00",
        }
        assert cast.lu.client.post("/p/cast/tasks/assign/", data).status_code == 302
        task = Task.objects.get()
        duty = task.obligation
        assert cast.mao.client.get(f"/p/cast/tasks/for/{duty.public_id}/").url == task.path
        file = SimpleUploadedFile("访谈.pdf", PDF, "application/pdf")
        data = {"f-key": "f", "f-note": "访谈了四家", "f-file": file}
        assert cast.mi.client.post(f"{task.path}finish/", data | {"f-file": ""}).status_code == 422
        assert cast.mao.client.post(f"{task.path}finish/", data).status_code == 302
        task.refresh_from_db()
        assert (task.state, task.note) == ("done", "访谈了四家")
        assert cast.lu.client.get(f"{task.path}file/").getvalue() == PDF
        assert cast.he.client.get(task.path).status_code == 404

    def test_a_member_has_no_form_to_assign(self, cast, issued):
        assert cast.mao.client.get("/p/cast/tasks/").context["form"] is None


class TestQueries:
    def test_books_cost_the_same_at_two_and_four(self, cast, issued):
        url = "/p/cast/taskbooks/?state=issued"
        first = counted(cast.qin.client, url)
        made = actions.issue_task_books(
            cast.he.act(key="i"), obligation=cast.duty("brief", "cell.blue")
        )
        assert len(made) == 1
        for number, book in enumerate(issued.values()):
            texts = {"charge": "调查", "yield": "报告", "basis": "出处"}
            actions.reissue_task_book(
                cast.lu.act(key=f"r{number}"),
                task_book=book,
                content=BookContent("新", texts),
                why="x",
            )
        assert counted(cast.qin.client, "/p/cast/taskbooks/?state=issued") == first

    def test_tasks_cost_the_same_at_one_and_three(self, cast, issued):
        due = local("2030-04-20T00:00")
        for title in ("甲", "乙", "丙"):
            spec = TaskSpec(cast.programme, cast.group("cell.red"), cast.mao.seat, title, due)
            actions.assign_task(cast.lu.act(key=title), spec=spec)
            if title == "甲":
                first = counted(cast.lu.client, "/p/cast/tasks/")
        assert counted(cast.lu.client, "/p/cast/tasks/") == first
