"""Many at once and what is said to many: groups confirmed, extended, signed for; who is awaited."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keti.duties.models import Obligation
from keti.reports.tests.conftest import PDF
from keti.work.actions import draft_task_books, issue_task_books
from keti.work.models import TaskBook
from tests.acts.undoing import BOOK
from tests.cast import Cast
from tests.house.test_several import key_of

pytestmark = pytest.mark.django_db
SEVERAL = "/p/cast/lists/{}/several/{}/"


def sent(client, address: str, wish: dict[str, object], **more: object):
    """Look at the preview, then send its form; the preview and the answer."""
    page = client.get(address, wish)
    form = {"key": key_of(page), "rows": page.context["form"]["rows"].value()}
    return page, client.post(address, form | more)


def test_all_groups_are_confirmed_and_founded_and_each_refusal_is_told(cast: Cast):
    confirm = SEVERAL.format("duties", "confirm")
    Obligation.objects.filter(kind="seat.cell").update(needs=[cast.duty("form_up").key])
    page, answer = sent(cast.qin.client, confirm, {"all": "1"})
    appointing = Obligation.objects.filter(form="appointment")
    assert len(page.context["going"]) + len(page.context["refused"]) >= appointing.count()
    assert answer.status_code == 302
    assert not appointing.filter(kind="seat.cell", state="met").exists()
    _page, answer = sent(cast.qin.client, confirm, {"kind": "seat.cell", "all": "1"}, reason="齐。")
    assert answer.status_code == 302
    assert set(appointing.filter(kind="seat.cell").values_list("state", flat=True)) == {"met"}
    found = SEVERAL.format("duties", "found")
    _page, answer = sent(cast.qin.client, found, {"kind": "form_up", "all": "1"}, reason="齐。")
    assert cast.duty("form_up").state == "met"
    assert cast.lu.client.get(confirm, {"all": "1"}).status_code == 404


def test_a_groups_duties_get_a_week_more_with_one_reason(cast: Cast):
    week, red = SEVERAL.format("duties", "week"), cast.group("cell.red")
    wish = {"kind": "moon", "group": red.public_id, "all": "1"}
    before = {one.pk: one.due_at for one in Obligation.objects.filter(kind="moon", group=red)}
    page, answer = sent(cast.qin.client, week, wish, reason="节假日。")
    assert answer.status_code == 302
    longer = Obligation.objects.filter(kind="moon", group=red, extended_to__isnull=False)
    assert longer.count() == len(page.context["going"]) == len(before)
    assert {(one.extended_to - one.due_at).days for one in longer} == {7}


def test_one_scan_stands_behind_several_signatures(cast: Cast):
    cast.at("2030-04-01T10:00")
    brief = cast.duty("brief", "cell.red")
    draft_task_books(cast.lu.act(), obligation=brief, content=BOOK)
    issue_task_books(cast.lu.act(), obligation=brief)
    signed = SEVERAL.format("taskbooks", "signed")
    page, answer = sent(cast.qin.client, signed, {"all": "1"})
    assert answer.status_code == 422
    scan = SimpleUploadedFile("签收.pdf", PDF, "application/pdf")
    page, answer = sent(cast.qin.client, signed, {"all": "1"}, paper=scan)
    assert answer.status_code == 302
    books = TaskBook.objects.filter(state="accepted", on_behalf=True)
    assert books.count() == len(page.context["going"]) == 2
    assert len({one.scan_id for one in books}) == 1
    assert cast.lu.client.get(signed, {"all": "1"}).status_code == 404


def test_who_has_not_handed_in_is_listed_and_asked_for(cast: Cast):
    cast.at("2030-05-02T09:00")
    missing = "/p/cast/reports/missing/"
    page = cast.qin.client.get(missing, {"kind": "moon"})
    assert page.context["missing"].page.paginator.count == 2
    assert page.content.decode().count("红组") >= 1
    every = cast.qin.client.get(missing, {"kind": "moon", "past": "all"})
    assert every.context["missing"].page.paginator.count > 2
    chat = "/p/cast/duties/announce/"
    named = cast.qin.client.get(chat, {"kind": "moon", "named": "1"}).content.decode()
    bare = cast.qin.client.get(chat, {"kind": "moon", "named": "0"}).content.decode()
    area = bare.partition("<textarea")[2].partition("</textarea>")[0]
    assert "红组" in named.partition("<textarea")[2].partition("</textarea>")[0]
    assert "红组" not in area
    assert "逾期" not in area
    assert "家没有收到" in area


def test_papers_that_came_by_post_are_recorded_on_one_page(cast: Cast):
    page, paper = "/p/cast/duties/post/", cast.duty("paper")
    talk = cast.duty("talk", "cell.red")
    assert cast.lu.client.get(page).status_code == 404
    assert cast.qin.client.get(page).status_code == 200
    scan = SimpleUploadedFile("合作书.pdf", PDF, "application/pdf")
    rows = {
        "r0-key": "a", "r0-duty": paper.public_id, "r0-line": "合作书", "r0-file": scan,
        "r1-key": "b", "r1-duty": talk.public_id, "r1-line": "没有扫描件的一件",
    }  # fmt: skip
    answer = cast.qin.client.post(page, rows)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "没有扫描件的一件" in text
    assert "已录入 1 件" in text
    paper.refresh_from_db()
    assert (paper.state, paper.on_behalf) == ("met", True)
    talk.refresh_from_db()
    assert talk.state == "open"
