"""Pages of task books and tasks, as owner, neighbour and stranger see them."""

import pytest
from django.test.utils import CaptureQueriesContext
from django.db import connection

from keti.kernel.acts import Subject
from keti.work import actions
from keti.work.models import Task, TaskBook

from tests.cast import local


@pytest.fixture
def issued(cast):
    cast.at("2030-04-01T10:00")
    books = actions.issue_task_books(
        cast.lu.act(key="issue"), obligation=cast.duty("brief", "cell.red")
    )
    return {book.seat_id: book for book in books}


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection, ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


class TestPreview:
    def test_draft_preview_issue_by_clicks(self, cast):
        cast.at("2030-04-01T10:00")
        duty = cast.duty("brief", "cell.red")
        base = f"/p/cast/taskbooks/issue/{duty.public_id}/"
        assert cast.lu.client.get(f"/p/cast/taskbooks/for/{duty.public_id}/").url == base
        page = cast.lu.client.get(base)
        form = page.context["form"]
        data = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
        data["title"] = "治理框架研究"
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
