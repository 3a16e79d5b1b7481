"""Reports that come as files: their parts are found, pointed at or written, and stand for good."""

import io

import pytest
from django.http import HttpResponse

from keti.documents.doors import readings
from keti.documents.rules.render import render
from keti.documents.rules.through_office import office
from keti.documents.tests.words import document
from keti.jobs.actions import at_once
from keti.jobs.models import Job
from keti.reports import queries
from keti.reports.models import Report, Version
from keti.work.models import Task
from tests.cast import Cast, Player

from .conftest import PDF, Desk

MONTH = [
    "金融组四月报告", "一、本月成果", "办了两次研讨。", "二、其他工作", "搬了办公室。",
    "三、存在问题", "无", "四、解决措施", "继续观察。", "五、下月计划", "1. 写案例", "2. 访谈",
]  # fmt: skip
NO_FILE = {"key": "k"}


def where(cast: Cast, kind: str = "moon", group: str = "cell.red", period: str = "2030-04") -> str:
    return f"/p/cast/reports/for/{cast.duty(kind, group, period).public_id}/file/"


def named(data: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def choose(player: Player, url: str, data: bytes, name: str = "月报.docx") -> HttpResponse:
    """The first step, and the wait where a worker reads."""
    with at_once():
        sent = player.client.post(url, NO_FILE | {"file": named(data, name), "read": "1"})
    return player.client.get(f"{url}?of=k") if sent.status_code == 202 else sent


def fields(answer: HttpResponse) -> dict[str, str]:
    """The form as it would be sent from the page."""
    form = answer.context["form"]
    shown = {bound.html_name: bound.value() for bound in form if bound.name != "file"}
    return {name: str(value) for name, value in shown.items() if value not in (None, "")}


def planned(cast: Cast, *titles: str) -> dict[str, str]:
    facts = {}
    for row, title in enumerate(titles):
        facts |= {
            f"p{row}-title": title,
            f"p{row}-who": cast.mao.seat.public_id,
            f"p{row}-due": "2030-05-20",
        }
    return facts


def test_a_word_file_by_its_headings(cast: Cast, desk: Desk) -> None:
    page = choose(cast.lu, where(cast), document(MONTH))
    said = fields(page)
    assert [said.get(f"s{n}") for n in range(3)] == ["办了两次研讨。", "无", "继续观察。"]
    assert [said.get(f"p{n}-title") for n in range(3)] == ["写案例", "访谈", None]
    loose = [(said[f"r{n}-words"], said.get(f"r{n}-to")) for n in range(2)]
    assert loose == [("金融组四月报告", " none"), ("二、其他工作\n搬了办公室。", None)]
    unplaced = cast.lu.client.post(where(cast), said | planned(cast, "写案例", "访谈"))
    assert unplaced.status_code == 422
    assert "请选定这段文字放到哪里" in unplaced.content.decode()
    said["r1-to"] = "gains"
    refused = cast.lu.client.post(where(cast), said)
    assert refused.status_code == 422
    assert "月报.docx" in refused.content.decode()
    assert fields(refused)["s0"] == "办了两次研讨。"
    done = cast.lu.client.post(where(cast), said | planned(cast, "写案例", "访谈"))
    version = Version.objects.get()
    assert done.headers["Location"] == version.path
    assert version.sections[0]["text"] == "办了两次研讨。\n\n二、其他工作\n搬了办公室。"
    assert version.file.name == "月报.docx"
    assert sorted(Task.objects.values_list("title", flat=True)) == ["写案例", "访谈"]
    shown = cast.lu.client.get(version.path).content.decode()
    assert "搬了办公室。" in shown
    assert "金融组四月报告" not in shown


def test_headings_that_differ_a_little(cast: Cast, desk: Desk) -> None:
    lines = [
        "一、本月工作成果", "办了两次研讨。", "二、存在的问题", "无", "三、解决措施和办法",
        "继续。", "四、调研计划", "去三地。", "五、经费", "够用。",
    ]  # fmt: skip
    page = choose(cast.lu, where(cast), document(lines))
    said = fields(page)
    assert [said.get(f"s{n}") for n in range(3)] == [
        "办了两次研讨。",
        "无",
        "三、解决措施和办法\n继续。",
    ]
    assert [said.get(f"r{n}-words") for n in range(3)] == [
        "四、调研计划\n去三地。", "五、经费\n够用。", None,
    ]  # fmt: skip
    assert not [name for name in said if name.endswith("-to")]
    assert page.content.decode().count("像是计划") == 1


PLANS = {
    "lines": ["五、下月计划", "1. 写案例（毛研究员，5月20日前）", "2. 访谈"],
    "table": [
        "五、下月计划",
        [
            ["事项", "承担人", "完成时间"],
            ["写案例", "毛研究员（演示）", "5月20日"],
            ["访谈", "", ""],
        ],
    ],
}


@pytest.mark.parametrize("kind", sorted(PLANS))
def test_a_plan_says_who_and_when_where_nothing_else_can_be_meant(
    cast: Cast, desk: Desk, kind: str
) -> None:
    said = fields(choose(cast.lu, where(cast), document([*MONTH[:9], *PLANS[kind]])))
    assert [said.get(f"p{n}-title") for n in range(3)] == ["写案例", "访谈", None]
    assert (said["p0-who"], said["p0-due"]) == (cast.mao.seat.public_id, "2030-05-20")
    assert "p1-who" not in said and "p1-due" not in said


def test_the_consolidated_report_quotes_the_parts_of_a_file(cast: Cast, desk: Desk) -> None:
    said = fields(choose(cast.lu, where(cast), document(MONTH))) | {"r1-to": "gains"}
    cast.lu.client.post(where(cast), said | planned(cast, "写案例", "访谈"))
    text = desk.start("fang", "sum").sections["whole"]
    assert "（一）红组\n办了两次研讨。\n\n二、其他工作\n搬了办公室。" in text
    assert "- 访谈 · 毛" in text


def test_what_is_sent_away_from_a_section_stays_in_the_original(cast: Cast, desk: Desk) -> None:
    said = fields(choose(cast.lu, where(cast), document(MONTH)))
    moved = said | {"r0-to": "^gains", "r1-to": "cures"} | planned(cast, "写案例", "访谈")
    cast.lu.client.post(where(cast), moved)
    texts = [one["text"] for one in Version.objects.get().sections]
    assert texts[0] == "金融组四月报告\n\n办了两次研讨。"
    assert texts[2] == "继续观察。\n\n二、其他工作\n搬了办公室。"


def printed(cast: Cast, desk: Desk) -> bytes:
    """The month as a PDF with a text layer: what this house prints of another cell's."""
    version = desk.submitted("he", gains="蓝组开了会。", cures="再看。")
    return render(queries.paper(version, "zh-hans"), "pdf").data


def test_a_pdf_by_pointing_at_its_pages(cast: Cast, desk: Desk) -> None:
    data = printed(cast, desk)
    page = choose(cast.lu, where(cast), data, "月报.pdf")
    assert page.status_code == 200
    count = page.context["read"].pages
    assert count >= 1
    assert fields(page)["s0"] == "蓝组开了会。"
    last = page.context["read"].lines[-1].page
    blank = {f"s{n}": "" for n in range(3)}
    taken = cast.lu.client.post(
        where(cast), NO_FILE | blank | {"from0": "1", "to0": str(last), "take": "1"}
    )
    assert fields(taken)["s0"] == "蓝组开了会。"
    said = fields(taken) | {"s1": "无", "s2": "再看。"} | planned(cast, "写案例")
    wrong = cast.lu.client.post(where(cast), said | {"to0": str(count + 1)})
    assert wrong.status_code == 422
    assert "页码不对" in wrong.content.decode()
    assert cast.lu.client.post(where(cast), said).status_code == 302
    version = Version.objects.get(report__group__key="cell.red")
    assert version.sections[0]["pages"] == [1, last]
    assert f"{version.path}file/#page=1" in cast.lu.client.get(version.path).content.decode()


def test_a_scan_says_where_to_look(cast: Cast, desk: Desk) -> None:
    page = choose(cast.lu, where(cast), PDF, "扫描.pdf")
    assert "没有从文件读到文字" in page.content.decode()
    said = {"s0": "成果。", "from1": "1", "s2": "无"} | planned(cast, "写案例")
    assert cast.lu.client.post(where(cast), NO_FILE | said).status_code == 302
    version = Version.objects.get()
    shown = cast.lu.client.get(version.path).content.decode()
    assert "见原件《扫描.pdf》第1页。" in shown
    english = cast.lu.client.get(version.path, headers={"Accept-Language": "en"}).content.decode()
    assert "See page 1 of the original, 扫描.pdf." in english
    paper = queries.paper(version, "zh-hans")
    assert ("原件", "扫描.pdf") in paper.facts
    assert any("见原件《扫描.pdf》第1页。" in getattr(one, "words", "") for one in paper.body)


def test_another_original_is_kept_and_its_parts_are_written(cast: Cast, desk: Desk) -> None:
    page = choose(cast.lu, where(cast), b"\xe6\x9c\x88\xe6\x8a\xa5", "月报.txt")
    assert page.status_code == 200
    none = cast.lu.client.post(where(cast), NO_FILE | {"s0": "一", "p0-title": "无"})
    assert none.status_code == 422
    assert "存在问题" in none.content.decode()
    said = {"s0": "一", "s1": "二", "s2": "三", "p0-title": "无"}
    assert cast.lu.client.post(where(cast), NO_FILE | said).status_code == 302
    assert Task.objects.count() == 0


def test_more_rows_keep_what_was_typed(cast: Cast, desk: Desk) -> None:
    said = fields(choose(cast.lu, where(cast), document(MONTH)))
    more = cast.lu.client.post(where(cast), said | {"more": "1"} | {"s1": "有两处。"})
    assert fields(more)["s1"] == "有两处。"
    assert more.context["form"].rows == said_rows(said) + 3
    assert Report.objects.count() == 0


def said_rows(said: dict[str, str]) -> int:
    return len([name for name in said if name.endswith("-title")])


def test_the_draft_is_shown_beside_the_file(cast: Cast, desk: Desk) -> None:
    desk.written(gains="组员写了一段。")
    answer = choose(cast.lu, where(cast), document(MONTH[:7]))
    page = answer.content.decode()
    assert [str(one["source"]) for one in answer.context["parts"]] == [
        "读自文件", "读自文件", "来自本组在线草稿",
    ]  # fmt: skip
    assert "组员写了一段。" in page
    shown = [(one["text"], one["filled"]) for one in answer.context["drafted"]]
    assert shown == [("组员写了一段。", False), ("继续观察。", True)]


def test_pages_of_a_file_that_is_still_read_are_not_taken(
    cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "ask_to_read", lambda *_: Job(kind=readings.KIND))
    said = NO_FILE | {"file": named(PDF, "扫描.pdf"), "s0": "成果。", "s1": "无", "from2": "900"}
    early = cast.lu.client.post(where(cast), said | planned(cast, "写案例"))
    assert early.status_code == 422
    assert "文件还在读取" in early.content.decode()
    assert fields(early)["s0"] == "成果。"
    assert Version.objects.count() == 0


def test_a_long_file_is_read_by_a_worker(
    cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keti.documents.doors.readings.QUICK", 10)
    long = document([*MONTH, "很长的文件。"])
    page = choose(cast.lu, where(cast), long)
    assert Job.objects.get().kind == readings.KIND
    assert fields(page)["s0"] == "办了两次研讨。"


def test_a_neighbour_finds_no_page(cast: Cast, desk: Desk) -> None:
    for player in (cast.he, cast.hua, cast.ren):
        assert player.client.get(where(cast)).status_code == 404
        assert player.client.post(where(cast), {"key": "x"}).status_code == 404


@pytest.mark.skipif(not office(), reason="LibreOffice is not installed")
def test_an_older_file_is_read_by_way_of_libreoffice_and_said_so(cast: Cast) -> None:
    words = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in "\\par ".join(MONTH))
    data = f"{{\\rtf1\\ansi {words}\\par}}".encode("ascii")
    answer = choose(cast.mao, where(cast), data, "月报.rtf")
    shown = fields(answer)
    assert shown["s0"].strip() == "办了两次研讨。"
    assert shown["s2"].strip() == "继续观察。"
    assert "由 LibreOffice 转换成 Word 后读取" in answer.content.decode()
