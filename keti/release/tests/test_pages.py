"""Pages: who gets in by which door, what everybody may read, and when there is nothing to read."""

import hashlib
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from keti.documents.actions import read
from keti.jobs.actions import work
from keti.jobs.models import Job
from keti.jobs.tests.waiting import WAITING
from keti.kernel.ids import new_id
from keti.kernel.refusals import Refused
from keti.notify.models import Message
from keti.release import queries
from keti.release.actions import order_again, retract
from keti.release.models import Closure, Correction, Publication, Roll
from keti.release.tests.ending import AGREE, FRAME, Walk
from tests.cast import Cast

ONLY_THE_CLERK = "此事由测试秘书处（演示）（秘书）办理"
STEPS = {"wind_up": "closing", "names": "roll", "go_public": "publication"}


def page(cast: Cast, kind: str, tail: str = "") -> str:
    return f"/p/cast/release/{STEPS[kind]}/{cast.duty(kind).public_id}/{tail}"


def every_door(cast: Cast) -> list[str]:
    seat = cast.lu.seat.public_id if cast.lu.seat else ""
    return [
        "/p/cast/release/",
        f"/p/cast/release/for/{cast.duty('wind_up').public_id}/",
        *(page(cast, kind) for kind in STEPS),
        page(cast, "wind_up", "pdf/"),
        page(cast, "names", "docx/"),
        page(cast, "names", f"entry/{seat}/"),
        page(cast, "go_public", "proof/pdf/"),
    ]


def test_strangers_find_no_door(cast: Cast, walk: Walk) -> None:
    walk.published()
    cast.at("2030-07-19T10:00")
    for address in every_door(cast):
        assert cast.wu.client.get(address).status_code == 404
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    assert cast.wu.client.post(page(cast, "go_public", "retract/"), {"key": "k"}).status_code == 404


def test_a_duty_leads_to_its_step(cast: Cast) -> None:
    for kind in STEPS:
        duty = cast.duty(kind)
        answer = cast.lu.client.get(f"/p/cast/release/for/{duty.public_id}/")
        assert answer["Location"] == page(cast, kind)
    other = cast.duty("moon", "cell.red")
    assert cast.lu.client.get(f"/p/cast/release/for/{other.public_id}/").status_code == 404
    assert cast.lu.client.get(f"/p/cast/release/roll/{other.public_id}/").status_code == 404


def test_the_secretary_walks_the_three_steps(cast: Cast, walk: Walk, real_press: None) -> None:
    walk.to_the_end()
    walk.consents(*AGREE)
    cast.at("2030-07-15T10:00")
    client = cast.qin.client
    for kind in ("wind_up", "names"):
        answer = client.post(page(cast, kind), {"key": new_id()})
        assert (answer.status_code, answer["Location"]) == (302, page(cast, kind))
    assert client.get(page(cast, "go_public", "proof/pdf/")).content.startswith(b"%PDF-")
    version = queries.approval(cast.duty("go_public")).version
    assert version is not None
    sent = {"key": "once", "version": version.public_id}
    assert client.post(page(cast, "go_public"), sent).status_code == 302
    assert client.post(page(cast, "go_public"), sent).status_code == 302
    counts = [one.objects.count() for one in (Closure, Roll, Publication)]
    assert counts == [1, 1, 1]
    again = client.post(page(cast, "go_public"), sent | {"key": "twice"})
    assert again.status_code == 422
    assert "报告已经发布，文号 测发布〔2030〕1号。" in again.content.decode()
    overview = client.get("/p/cast/release/").content.decode()
    assert [words in overview for words in ("看公开页", "还不能办理")] == [True, False]
    assert client.get(page(cast, "wind_up", "pdf/")).content.startswith(b"%PDF-")
    roll = Document(io.BytesIO(client.get(page(cast, "names", "docx/")).content))
    rows = [[cell.text for cell in row.cells] for table in roll.tables for row in table.rows]
    assert ["序号", "姓名", "单位", "职务"] in rows
    assert ["1", "卢组长（演示）", "卢氏研究所（演示）", "组长"] in rows


def test_others_see_the_state_but_not_who_is_left_out(cast: Cast, walk: Walk) -> None:
    walk.to_the_end()
    walk.consents("lu")
    walk.roll()
    cast.at("2030-07-17T10:00")
    for who in ("lu", "he", "ren"):
        client = cast.players[who].client
        seen = client.get(page(cast, "names")).content.decode()
        assert "组长：卢组长（演示）" in seen
        assert "毛研究员" not in seen
        assert (
            client.get(
                page(cast, "names", f"entry/{cast.lu.seat.public_id if cast.lu.seat else ''}/")
            ).status_code
            == 404
        )
        assert client.get(page(cast, "go_public", "proof/pdf/")).status_code == 404
        refused = client.post(page(cast, "wind_up"), {"key": new_id()})
        assert refused.status_code == 422
        assert ONLY_THE_CLERK in refused.content.decode()
    own = cast.qin.client.get(page(cast, "names")).content.decode()
    assert "毛研究员（演示）" in own
    assert not Closure.objects.exists()


def test_an_entry_is_corrected_on_its_page(cast: Cast, walk: Walk) -> None:
    walk.consents("lu")
    cast.at("2030-07-16T10:00")
    assert cast.lu.seat is not None
    address = page(cast, "names", f"entry/{cast.lu.seat.public_id}/")
    assert 'value="卢组长（演示）"' in cast.qin.client.get(address).content.decode()
    empty = cast.qin.client.post(address, {"key": "k", "name_zh": "", "order": "0"})
    assert empty.status_code == 422
    sent = {"key": "k", "name_zh": "卢某（演示）", "honorific": "教授", "order": "0"}
    assert cast.qin.client.post(address, sent)["Location"] == page(cast, "names")
    assert Correction.objects.get().name_zh == "卢某（演示）"
    proof = cast.qin.client.get(page(cast, "names")).content.decode()
    assert "组长：卢某（演示） 教授，卢氏研究所（演示）" in proof


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_nothing_is_public_before_publication(cast: Cast, walk: Walk, lang: str) -> None:
    walk.to_the_end()
    walk.close()
    walk.roll()
    cast.at("2030-07-18T10:00")
    for client in (Client(), cast.qin.client, cast.wu.client):
        for tail in ("", f"report-{lang}.pdf", f"report-{lang}.docx"):
            answer = client.get(f"/published/cast/{tail}", {"lang": lang})
            assert answer.status_code == 404
            assert FRAME[:8] not in answer.content.decode()
        assert "总报告" not in client.get("/published/").content.decode()


def test_the_book_page_is_the_same_for_everybody(cast: Cast, walk: Walk) -> None:
    out = walk.published()
    cast.at("2030-07-19T10:00")
    first = Client().get("/published/cast/")
    assert first.status_code == 200
    assert first.content == cast.qin.client.get("/published/cast/").content
    text = first.content.decode()
    assert "<script" not in text
    assert "csrf" not in text
    assert not first.cookies
    for words in (
        "测发布〔2030〕1号",
        "第一章　总论",
        "第二章　红组",
        "第三章　蓝组",
        "卢组长（演示）",
        "场景一",
        out.sha256,
        out.checkpoint.split("\n")[2],
        "/published/cast/report-zh-hans.pdf",
        "个人 · 蓝组",
    ):
        assert words in text
    assert "<svg" not in text, "a code that leads nowhere but to this machine"
    english = Client().get("/published/cast/", {"lang": "en"}).content.decode()
    for words in ("1　Frame", "Published reports", "Persons: Blue cell", "18 July 2030"):
        assert words in english
    assert "总报告" in Client().get("/published/").content.decode()


def test_the_book_page_answers_not_modified(cast: Cast, walk: Walk) -> None:
    walk.published()
    first = Client().get("/published/cast/")
    tag = first["ETag"]
    assert "Last-Modified" not in first
    later = {"if-modified-since": "Thu, 18 Jul 2031 02:00:00 GMT"}
    assert Client().get("/published/cast/", headers=later).status_code == 200
    assert first["Cache-Control"] == "public, no-cache"
    assert Client().get("/published/cast/", headers={"if-none-match": tag}).status_code == 304
    english = Client().get("/published/cast/", {"lang": "en"}, headers={"if-none-match": tag})
    assert (english.status_code, english["Content-Language"]) == (200, "en")
    assert english["ETag"] != tag


def test_downloads_are_the_stored_bytes(cast: Cast, walk: Walk, real_press: None) -> None:
    out = walk.published()
    for form in ("pdf", "docx", "html"):
        stored = queries.artefacts(out)[form]
        answer = Client().get(f"/published/cast/report-zh-hans.{form}")
        data = b"".join(answer.streaming_content)
        assert hashlib.sha256(data).hexdigest() == stored.sha256
        assert data == read(stored)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["ETag"] == f'"{stored.sha256}"'
    for tail in ("report-en.html", "report-fr.pdf", "report-zh-hans.exe"):
        assert Client().get(f"/published/cast/{tail}").status_code == 404


def test_a_withdrawn_report_says_so_and_nothing_else(cast: Cast, walk: Walk) -> None:
    out = walk.published()
    cast.at("2030-07-19T10:00")
    empty = cast.qin.client.post(page(cast, "go_public", "retract/"), {"key": "k", "reason": ""})
    assert empty.status_code == 422
    lead = cast.lu.client.post(page(cast, "go_public", "retract/"), {"key": "k", "reason": "错"})
    assert lead.status_code == 422
    retract(cast.qin.act(), publication=out, reason="数据有误")
    answer = Client().get("/published/cast/")
    assert answer.status_code == 410
    text = answer.content.decode()
    assert "本报告已于 2030-07-19 撤回。" in text
    assert "数据有误" in text
    assert "场景一" not in text
    assert Client().get("/published/cast/report-zh-hans.pdf").status_code == 404
    assert "总报告" not in Client().get("/published/").content.decode()


def test_the_book_page_costs_two_queries(cast: Cast, walk: Walk) -> None:
    walk.published()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        Client().get("/published/cast/")
    tables = [one["sql"] for one in asked if "release_" in one["sql"]]
    assert len(tables) == 2


def test_the_proof_costs_the_same_for_one_and_for_many(cast: Cast, walk: Walk) -> None:
    cast.at("2030-07-16T10:00")
    costs = []
    for names in (("lu",), ("he", "mao", "mi"), ("hua", "tao", "fang", "ji")):
        walk.consents(*names)
        cast.qin.client.get(page(cast, "names"))
        with CaptureQueriesContext(connection) as asked:
            text = cast.qin.client.get(page(cast, "names")).content.decode()
        costs.append((len(asked), len(re.findall(r"/entry/", text))))
    assert [rows for _, rows in costs] == [2, 5, 9]
    assert len({cost for cost, _ in costs}) == 1


class TestMaking:
    """Between the act and its files: the public address says so, and nobody is told."""

    @pytest.fixture
    def acted(self, cast: Cast, walk: Walk, settings: Any) -> Publication:
        settings.TASKS = WAITING
        return walk.published()

    def told(self) -> int:
        return Message.objects.filter(kind="release.published").count()

    def test_nothing_unmade_is_shown_as_readable(self, cast: Cast, acted: Publication) -> None:
        for lang, words in (("zh-hans", "正在制作"), ("en", "are being made")):
            answer = Client().get("/published/cast/", {"lang": lang})
            assert (answer.status_code, answer["Retry-After"]) == (202, "10")
            assert words in answer.content.decode()
        assert "总报告" not in Client().get("/published/").content.decode()
        assert Client().get("/published/cast/report-zh-hans.pdf").status_code == 404
        assert (
            "公开页和文件正在制作" in cast.qin.client.get(page(cast, "go_public")).content.decode()
        )
        assert self.told() == 0

    def test_made_it_is_readable_and_told_once(self, cast: Cast, acted: Publication) -> None:
        assert work(idle=0.01) == 1
        assert Client().get("/published/cast/").status_code == 200
        told = self.told()
        assert told > 0
        Job.objects.filter(kind="release.files").update(state="failed", error="jobs.broke")
        order_again(acted, cast.qin.act())
        assert work(idle=0.01) == 1
        assert self.told() == told
        assert acted.artefacts.count() == 5

    def test_what_failed_says_why_and_is_made_once_more(
        self, cast: Cast, acted: Publication, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr("keti.release.actions.producing.render", tangled)
            work(idle=0.01)
        shown = cast.qin.client.get(page(cast, "go_public")).content.decode()
        again = page(cast, "go_public", "produce/")
        assert "公开页和文件没有做成" in shown
        assert again in shown
        assert cast.mao.client.post(again, {"key": "k"}).status_code == 404
        assert cast.qin.client.post(again, {"key": "k"}).status_code == 302
        work(idle=0.01)
        assert Client().get("/published/cast/").status_code == 200

    def test_withdrawn_before_it_was_made_it_is_not_made(
        self, cast: Cast, acted: Publication
    ) -> None:
        cast.at("2030-07-19T10:00")
        retract(cast.qin.act(), publication=acted, reason="数据有误")
        assert work(idle=0.01) == 1
        assert acted.artefacts.count() == self.told() == 0
        assert Client().get("/published/cast/").status_code == 410


def tangled(_paper: Any, _form: str) -> None:
    raise Refused("documents.text-too-tangled", seconds=20)

    def test_a_withdrawn_consent_takes_the_name_out_of_what_is_public(
        self, cast: Cast, acted: Publication
    ) -> None:
        work(idle=0.01)
        told, pdf = self.told(), "/published/cast/report-zh-hans.pdf"
        assert "卢组长（演示）" in Client().get("/published/cast/").content.decode()
        cast.at("2030-07-19T10:00")
        cast.lu.client.post("/me/consents/cast/withdraw/", {"key": new_id()})
        waiting = Client().get("/published/cast/")
        assert waiting.status_code == 202
        assert "卢组长（演示）" not in waiting.content.decode()
        assert Client().get(pdf).status_code == 404
        assert work(idle=0.01) == 1
        again = Client().get("/published/cast/").content.decode()
        assert "卢组长（演示）" not in again
        assert "何组长（演示）" in again
        assert Client().get(pdf).status_code == 200
        assert self.told() == told
