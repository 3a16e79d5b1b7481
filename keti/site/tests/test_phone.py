"""One duty by a personal link: opening consumes nothing, sending hands it in once."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from keti.accounts.models import DutyLink
from keti.documents.rules.doc1 import schema
from keti.documents.tests.words import document
from keti.duties import actions as duties
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.duties.tests.test_actions import PNG
from keti.groups.actions import end_seat
from keti.ledger.models import Entry
from keti.reports.models import Version
from keti.reports.tests.conftest import Desk
from keti.reports.tests.test_headings import MESSY
from keti.work.actions import BookContent as BookContent
from keti.work.actions import draft_task_books, issue_task_books
from keti.work.models import Task, TaskBook
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def link(cast: Cast, duty: Obligation) -> str:
    return f"/d/{duties.issue_link(cast.qin.act(), obligation=duty)}/"


def plain(content: bytes, url: str) -> str:
    """The page without its own address, its form secrets, and whether a form was answered."""
    text = (
        content.decode().replace(url, "").replace("/d/unknown/", "").replace(" data-answered", "")
    )
    return re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken)[^>]*', "", text)


def facts(key: str = "k", **more: str) -> dict[str, object]:
    scan = SimpleUploadedFile("scan.png", PNG, "image/png")
    return {"key": key, "file": scan, "line1": "合作书已签"} | more


def test_opening_consumes_nothing_and_tells_nobody(cast: Cast, client: Client) -> None:
    duty = cast.duty("paper")
    url = link(cast, duty)
    for _ in range(3):
        answer = client.get(url)
        assert answer.status_code == 200
    text = answer.content.decode()
    assert "提交合作书" in text
    assert "陶教授" in text
    assert "2030-03-14 周四 24:00" in text
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    duty.refresh_from_db()
    assert (duty.state, DutyLink.objects.get().used_at) == (DutyState.OPEN, None)


def test_a_file_and_a_line_hand_it_in_by_the_person_of_the_link(cast: Cast, client: Client) -> None:
    duty = cast.duty("paper")
    url = link(cast, duty)
    for _ in range(2):
        sent = client.post(url, facts())
        assert sent.status_code in (302, 422)
    duty.refresh_from_db()
    assert (duty.state, duty.filings.count(), duty.on_behalf) == (DutyState.MET, 1, False)
    entry = Entry.objects.get(kind="duties.filing.handed-in")
    assert entry.actor_id == cast.tao.person.public_id
    receipt = client.get(url).content.decode()
    assert "已收到" in receipt
    assert f"收〔{cast.programme.local(entry.recorded_at).year}〕{entry.seq}号" in receipt
    assert DutyLink.objects.get().used_at is not None


def test_a_link_takes_one_file_and_answers_the_next_with_its_receipt(
    cast: Cast, client: Client
) -> None:
    duty = cast.duty("paper")
    url = link(cast, duty)
    client.post(url, facts())
    again = client.post(url, facts() | {"key": "another"})
    assert (again.status_code, again.url) == (302, url)
    assert duty.filings.count() == 1


def test_a_monthly_report_asks_its_parts_and_its_plan(cast: Cast, client: Client) -> None:
    duty = cast.duty("moon", "cell.red", "2030-04")
    url = link(cast, duty)
    assert "下月计划" in client.get(url).content.decode()
    cast.at("2030-04-25T10:00")
    said = {"s0": "合作书已签", "s1": "案例不足", "p0-title": "补充两家案例"}
    answer = client.post(url, facts(**said))
    assert answer.status_code == 422
    assert "继续" not in answer.content.decode()
    assert "scan.png" in answer.content.decode()
    plan = {"s2": "无", "p0-who": cast.mao.seat.public_id, "p0-due": "2030-05-20"}
    sent = client.post(url, {"key": "k"} | said | plan)
    assert sent.status_code == 302
    version = Version.objects.get()
    assert [one["text"] for one in version.sections] == ["合作书已签", "案例不足", "无"]
    assert (version.file.name, Task.objects.get().title) == ("scan.png", "补充两家案例")
    duty.refresh_from_db()
    assert duty.state == DutyState.MET
    after = link(cast, cast.duty("moon", "cell.red", "2030-05"))
    assert "补充两家案例" in client.get(after).content.decode()


def shown(page: HttpResponse) -> dict[str, str]:
    """The fields of the page as they would be sent back."""
    form = page.context["form"]
    return {one.html_name: str(one.value() or "") for one in form if one.name != "file"}


def test_a_word_file_by_a_link_is_seen_before_it_is_handed_in(cast: Cast, client: Client) -> None:
    duty = cast.duty("moon", "cell.red", "2030-04")
    url = link(cast, duty)
    word = document(["一、本月成果", "签了合作书。", "二、存在问题", "无", "三、解决措施", "继续。",
                     "下月计划", "1. 写案例"])  # fmt: skip
    named = SimpleUploadedFile("月报.docx", word)
    answer = client.post(url, {"key": "w", "file": named, "s1": "自己写的。"})
    assert (answer.status_code, Version.objects.count()) == (200, 0)
    said = shown(answer)
    assert (said["s0"], said["s1"], said["p0-title"]) == ("签了合作书。", "自己写的。", "写案例")
    plan = {"p0-who": cast.mao.seat.public_id, "p0-due": "2030-05-20"}
    assert client.post(url, said | plan).status_code == 302
    words = [one["text"] for one in Version.objects.get().sections]
    assert words == ["签了合作书。", "自己写的。", "继续。"]
    assert Task.objects.get().title == "写案例"


def test_its_headings_go_where_the_sender_says_with_all_they_hold(
    cast: Cast, client: Client
) -> None:
    url = link(cast, cast.duty("moon", "cell.red", "2030-04"))
    page = client.post(url, {"key": "w", "file": SimpleUploadedFile("月报.docx", MESSY)})
    text = page.content.decode()
    assert "还没有提交" in text and "<td>205</td>" in text
    titles = {title: bound.html_name for title, bound in page.context["heads"]}
    said = shown(page)
    assert said[titles["二、存在的问题"]] == "snags"
    there = {titles["一、本月进展"]: "gains", titles["四、需要协调的事项"]: "cures"}
    page = client.post(url, said | there | {"lay": "1"})
    assert (page.status_code, Version.objects.count()) == (200, 0)
    said = shown(page)
    assert said["s2"] == "四、需要协调的事项\n请协调补交数据。"
    plan = {}
    for place in (0, 1):
        plan |= {f"p{place}-who": cast.mao.seat.public_id, f"p{place}-due": "2030-05-20"}
    done = client.post(url, said | plan)
    assert done.status_code == 302, done.content.decode()
    version = Version.objects.get()
    gains = schema.read(version.sections[0]["text"])
    assert [one["kind"] for one in gains["blocks"]] == ["heading", "paragraph", "table", "figure"]
    assert [one.title for one in Task.objects.order_by("pk")] == ["写案例", "访谈"]


def test_another_file_on_the_page_is_read_anew(cast: Cast, client: Client) -> None:
    url = link(cast, cast.duty("moon", "cell.red", "2030-04"))
    first = document(["一、本月成果", "旧的一句。"])
    page = client.post(url, {"key": "w", "file": SimpleUploadedFile("旧.docx", first)})
    other = SimpleUploadedFile("新.docx", document(["一、本月成果", "新的一句。"]))
    page = client.post(url, shown(page) | {"file": other})
    assert (page.status_code, shown(page)["s0"]) == (200, "新的一句。")
    assert Version.objects.count() == 0


def test_by_a_link_nothing_of_the_draft_is_shown(cast: Cast, client: Client) -> None:
    cast.at("2030-04-28T10:00")
    Desk(cast).written(gains="只给本组看的草稿。")
    url = link(cast, cast.duty("moon", "cell.red", "2030-04"))
    word = document(["二、存在问题", "无"])
    page = client.post(url, {"key": "w", "file": SimpleUploadedFile("月报.docx", word)})
    assert page.status_code == 200
    assert "只给本组看的草稿" not in page.content.decode()


def test_a_refusal_keeps_the_text(cast: Cast, client: Client) -> None:
    url = link(cast, cast.duty("paper"))
    bad = facts() | {"file": SimpleUploadedFile("x.exe", b"MZ\x00\x00", "application/exe")}
    answer = client.post(url, bad)
    assert answer.status_code == 422
    assert "合作书已签" in answer.content.decode()


def test_ended_revoked_and_unknown_links_look_the_same(cast: Cast, client: Client) -> None:
    url = link(cast, cast.duty("paper"))
    pages = [client.get("/d/unknown/")]
    DutyLink.objects.update(revoked_at=cast.moment)
    pages.append(client.get(url))
    DutyLink.objects.update(revoked_at=None, expires_at=cast.moment)
    pages.append(client.get(url))
    pages.append(client.post(url, facts()))
    assert [page.status_code for page in pages] == [404] * 4
    assert len({plain(page.content, url) for page in pages}) == 1


def test_a_link_of_an_ended_seat_opens_nothing(cast: Cast, client: Client) -> None:
    url = link(cast, cast.duty("paper"))
    end_seat(cast.qin.act(), seat=cast.tao.seat, reason="调离")
    assert client.get(url).status_code == 404


def test_too_many_attempts_are_refused(cast: Cast, client: Client) -> None:
    url = link(cast, cast.duty("paper"))
    codes = [client.post(url, {"key": str(number)}).status_code for number in range(31)]
    assert codes[:30] == [422] * 30
    assert codes[30] == 429


def test_the_page_speaks_the_language_of_its_person(cast: Cast, client: Client) -> None:
    cast.tao.person.language = "en"
    cast.tao.person.save()
    assert "Hand in: Agreement" in client.get(link(cast, cast.duty("paper"))).content.decode()


def test_a_task_book_asks_for_the_signed_paper_alone(cast: Cast, client: Client) -> None:
    brief = cast.duty("brief", "cell.blue")
    texts = {"charge": "调查", "yield": "报告", "basis": "出处"}
    content = BookContent("蓝组任务书", texts=texts, targets=["案例两个"])
    draft_task_books(cast.he.act(), obligation=brief, content=content)
    issue_task_books(cast.he.act(), obligation=brief)
    url = link(cast, Obligation.objects.with_names().get(form="acceptance", seat=cast.hua.seat))
    page = client.get(url).content.decode()
    assert "签字或盖章的任务书" in page and "摘要" not in page
    empty = client.post(url, {"key": "k"})
    assert (empty.status_code, "请选择文件，或拍照。" in empty.content.decode()) == (422, True)
    scan = SimpleUploadedFile("scan.png", PNG, "image/png")
    done = client.post(url, {"key": "k", "file": scan}, follow=True)
    assert "已收到" in done.content.decode()
    assert TaskBook.objects.get(seat=cast.hua.seat).state == "accepted"


def test_why_it_is_late_is_said_by_the_link_and_leaves_it_open(cast: Cast, client: Client) -> None:
    duty = cast.duty("paper")
    url, before = link(cast, duty), duty.due_instant
    page = client.get(url).content.decode()
    assert "不能按时交，说明原因" in page and "您已说明" not in page
    said = {"do": "explain", "why-key": "k", "why-text": "", "why-expected": ""}
    empty = client.post(url, said)
    assert empty.status_code == 422 and "<details open>" in empty.content.decode()
    past = client.post(url, said | {"why-text": "等数据。", "why-expected": "2029-01-01"})
    assert past.status_code == 422 and "等数据。</textarea>" in past.content.decode()
    for _ in range(2):
        assert client.post(url, said | {"why-text": "等第三方数据。"}).status_code == 302
    duty.refresh_from_db()
    assert (duty.said, duty.is_open, duty.due_instant) == ("等第三方数据。", True, before)
    assert Entry.objects.filter(kind="duties.lateness.explained").count() == 1
    assert "您已说明" in client.get(url).content.decode()
