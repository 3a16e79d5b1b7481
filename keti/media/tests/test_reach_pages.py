"""Channels, readings and reports through their pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from keti.documents.rules.sheet import to_xlsx
from keti.duties.models import Obligation
from keti.media.models import Clipping, MediaChannel, ReachValue
from keti.media.tests.reaching import COVER, NOW, channel, clip, noted
from keti.promises.models import Exhibit
from keti.reports.tests.conftest import PDF

NASTY = "<script>alert(1)</script>=1+1"


def at(name, cast, *more):
    return reverse(f"media:{name}", args=[cast.programme.slug, *more])


def html(answer):
    return answer.content.decode()


@pytest.fixture
def later(cast):
    cast.at(NOW)
    return cast


def upload(*rows):
    data = to_xlsx("报道", rows[0], rows[1:])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return SimpleUploadedFile("报道.xlsx", data, kind)


def test_a_report_is_entered_mended_and_withdrawn_on_its_pages(later):
    facts = {
        "key": "k1", "outlet": "甲报（演示）", "tier": "central", "title": NASTY,
        "day": "2030-08-19", "link": "", "promise": COVER,
    }  # fmt: skip
    missing = later.qin.client.post(at("clip", later), facts)
    assert missing.status_code == 422 and "请写网址或版次期号" in html(missing)
    assert "甲报（演示）" in html(missing), "what was typed stands"
    copy = SimpleUploadedFile("网页.pdf", PDF, "application/pdf")
    made = later.qin.client.post(at("clip", later), facts | {"key": "k2", "file": copy})
    assert made.status_code == 302
    one = Clipping.objects.get()
    page = at("clipping", later, one.public_id)
    shown = html(later.qin.client.get(page))
    assert one.file.sha256 in shown and "<script>alert(1)" not in shown
    assert b"".join(later.qin.client.get(at("clipping_file", later, one.public_id))) == PDF
    twice = later.qin.client.post(at("clip", later), facts | {"key": "k3", "place": "第 3 版"})
    assert twice.status_code == 422 and "已经登记" in html(twice)
    mended = facts | {"key": "k4", "title": "改过的标题"}
    assert later.qin.client.post(page, mended).status_code == 302
    one.refresh_from_db()
    assert one.title == "改过的标题" and one.file is not None, "the copy stays"
    away = at("withdraw_clipping", later, one.public_id)
    assert later.qin.client.post(away, {"key": "k5", "reason": ""}).status_code == 422
    assert later.qin.client.post(away, {"key": "k6", "reason": "重复。"}).status_code == 302
    assert "重复。" in html(later.qin.client.get(page))
    listed = html(later.qin.client.get(at("press", later)))
    assert "已撤回" in listed and "自己报道过的媒体：<strong>0 家</strong>" in listed


def test_a_sheet_is_uploaded_and_every_row_not_taken_is_named(later):
    head = ["媒体", "标题", "日期", "网址", "备注"]
    rows = [
        ["媒体报道汇总", "", "", "", ""],
        head,
        ["甲报（演示）", NASTY, "2030-08-19", "https://example.org/1", ""],
        ["乙报（演示）", "没有日期", "", "https://example.org/2", ""],
        ["甲报（演示）", NASTY, "2030/8/19", "https://example.org/3", ""],
    ]
    page = at("press", later)
    sent = {"key": "k1", "promise": COVER, "file": upload(*rows)}
    shown = html(later.qin.client.post(page, sent))
    assert "登记了 1 篇报道" in shown and "日期读不懂" in shown and "与第 3 行是同一篇" in shown
    assert "这一栏没有读" in shown and "<script>alert(1)" not in shown
    assert Clipping.objects.get().promise == COVER
    again = later.qin.client.post(page, {"key": "k2", "promise": COVER, "file": upload(*rows)})
    assert again.status_code == 422 and "已经登记过" in html(again)
    bad = SimpleUploadedFile("报道.pdf", PDF, "application/pdf")
    wrong = later.qin.client.post(page, {"key": "k3", "promise": "", "file": bad})
    assert wrong.status_code == 422 and "请上传表格" in html(wrong)
    empty = later.qin.client.post(
        page, {"key": "k4", "promise": "", "file": upload(["甲", "乙"], ["1", "2"])}
    )
    assert empty.status_code == 422 and "没有找到表头" in html(empty)
    assert Clipping.objects.count() == 1
    assert later.qin.client.get(at("press_template", later)).status_code == 200
    csv = b"".join(later.qin.client.get(at("press_export", later, "csv"))).decode()
    assert "甲报（演示）" in csv
    found = html(later.qin.client.get(page, {"q": "甲报", "origin": "no"}))
    assert "共 1 条" in found
    none = html(later.qin.client.get(page, {"origin": "yes"}))
    assert "共 0 条" in none or "甲报（演示）" not in none.split("filters")[-1]


def test_a_channel_says_what_is_claimed_and_what_was_read_last(later):
    facts = {
        "key": "k1", "name": "甲台（演示）", "column": "栏目", "kind": "video", "abroad": "on",
        "grade": "最高等级", "grade_by": "",
    }  # fmt: skip
    missing = later.qin.client.post(at("new_channel", later), facts)
    assert missing.status_code == 422 and "请写明这一等级是谁说的" in html(missing)
    sent = facts | {"key": "k2", "grade_by": "平台（演示）"}
    assert later.qin.client.post(at("new_channel", later), sent).status_code == 302
    one = MediaChannel.objects.get()
    page = at("channel", later, one.public_id)
    assert "所称，无证明" in html(later.qin.client.get(page))
    assert "所称，无证明" in html(later.qin.client.get(at("channels", later)))
    proof = SimpleUploadedFile("证书.pdf", PDF, "application/pdf")
    assert later.qin.client.post(page, sent | {"key": "k3", "file": proof}).status_code == 302
    assert '<span class="tag">所称，无证明' not in html(later.qin.client.get(page))
    assert b"".join(later.qin.client.get(at("channel_file", later, one.public_id))) == PDF
    away = at("withdraw_channel", later, one.public_id)
    assert later.qin.client.post(away, {"key": "k4", "reason": "停播。"}).status_code == 302
    assert "停播。" in html(later.qin.client.get(page))


def test_a_reading_is_noted_corrected_and_taken_away(later):
    assert "还没有渠道" in html(later.qin.client.get(at("read", later)))
    one = channel(later)
    facts = {
        "key": "k1", "channel": one.public_id, "unit": "viewers", "value": "700",
        "captured_at": "2030-08-19T12:00", "source": "后台导出", "evidence": "", "promise": COVER,
    }  # fmt: skip
    missing = later.qin.client.post(at("read", later), facts)
    assert missing.status_code == 422 and "请附上截图或导出表" in html(missing)
    shot = SimpleUploadedFile("截图.pdf", PDF, "application/pdf")
    sent = facts | {"key": "k2", "file": shot}
    assert later.qin.client.post(at("read", later), sent).status_code == 302
    first = ReachValue.objects.get()
    assert later.programme.local(first.captured_at).isoformat() == "2030-08-19T12:00:00+08:00"
    assert b"".join(later.qin.client.get(at("reading_file", later, first.public_id))) == PDF
    page = at("reading", later, first.public_id)
    better = facts | {"key": "k3", "value": "7000", "reason": "少写一位。"}
    assert later.qin.client.post(page, better).status_code == 302
    second = ReachValue.objects.get(corrects=first)
    assert (second.value, second.file) == (7000, first.file)
    assert "看更正后的" in html(later.qin.client.get(page))
    away = at("withdraw_reading", later, second.public_id)
    assert later.qin.client.post(away, {"key": "k4", "reason": "读错渠道。"}).status_code == 302
    listed = later.qin.client.get(at("readings", later), {"stands": "now"})
    assert "甲台（演示）" not in html(listed)
    past = html(later.qin.client.get(at("readings", later), {"stands": "past"}))
    assert past.count("已撤回") >= 2
    assert later.qin.client.get(at("readings_export", later, "xlsx")).status_code == 200


def test_the_picture_says_what_is_missing_and_hands_the_figures_to_the_promise(later):
    page = at("reach", later)
    assert "没有实测" in html(later.qin.client.get(page))
    clip(later)
    one = channel(later)
    noted(later, one, 700)
    noted(later, one, 5, promise="")
    shown = html(later.qin.client.get(page))
    assert "实测 700" in shown and "未达到目标" in shown and "<svg" in shown
    assert "0 篇报道、1 个读数没有计入" in shown
    duty = Obligation.objects.get(programme=later.programme, kind=COVER)
    show = at("show_reach", later, duty.public_id)
    assert later.qin.client.get(show).status_code == 405
    assert later.qin.client.post(show, {"key": "k1"}).status_code == 302
    assert later.qin.client.post(show, {"key": "k1"}).status_code == 302
    assert Exhibit.objects.count() == 2
    nothing = later.qin.client.post(show, {"key": "k2"})
    assert nothing.status_code == 422 and "没有新的数" in html(nothing)
    promise = reverse("promises:promise", args=[later.programme.slug, duty.public_id])
    assert "媒体报道登记" in html(later.lu.client.get(promise))


def test_who_does_not_keep_or_watch_it_finds_nothing(later):
    made, where = clip(later), channel(later)
    read = noted(later, where, 10)
    places = [
        at("reach", later), at("press", later), at("clip", later), at("channels", later),
        at("clipping", later, made.public_id), at("channel", later, where.public_id),
        at("readings", later), at("reading", later, read.public_id), at("read", later),
        at("press_export", later, "csv"), at("readings_export", later, "csv"),
        at("channels_export", later, "csv"), at("press_template", later),
    ]  # fmt: skip
    watcher = next(one for one in later.players.values() if one.seat and one.seat.can("watch"))
    for place in places:
        assert later.lu.client.get(place).status_code == 404, place
        assert Client().get(place).status_code in (302, 404), place
    assert "媒体报道" not in html(later.lu.client.get(at("recordings", later)))
    assert "媒体报道" in html(watcher.client.get(at("recordings", later)))
    shown = watcher.client.get(at("clipping", later, made.public_id))
    assert shown.status_code == 200 and "更正" not in html(shown).split("<main")[-1]
    refused = watcher.client.post(
        at("withdraw_clipping", later, made.public_id), {"key": "k", "reason": "我来撤。"}
    )
    assert refused.status_code == 422
    made.refresh_from_db()
    assert made.withdrawn_at is None
