"""Reports in the media by their acts: entered once, counted by outlets, put right, withdrawn."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.media import permissions, queries
from keti.media.actions import (
    enter_clipping,
    import_clippings,
    mend_clipping,
    withdraw_clipping,
)
from keti.media.models import Clipping
from keti.media.rules.press import (
    Item,
    address,
    count,
    key_of,
    link_key,
    read_clippings,
    read_day,
    tier_of,
)
from keti.media.tests.reaching import COVER, NOW, clip, kept, report
from tests.cast import seen_by


def code(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.code


@pytest.fixture
def later(cast):
    cast.at(NOW)
    return cast


def test_a_report_is_entered_once_however_it_is_written(later):
    one = clip(later)
    assert Clipping.objects.get() == one

    def again(**more):
        said = replace(report(), **more)
        return code(lambda: enter_clipping(later.qin.act(), programme=later.programme, report=said))

    same = "media.clipped-already"
    assert again(title="别的标题", link=one.link.replace("https", "HTTP") + "/#top") == same
    assert again(link="https://example.org/another", outlet=" 甲 报（演示） ") == same
    other = replace(report(), link="https://example.org/another", day=date(2030, 8, 18))
    enter_clipping(later.qin.act(), programme=later.programme, report=other)
    assert Clipping.objects.count() == 2, "another day is another report"


def test_what_is_entered_can_be_found_and_has_come(later):
    def enter(**more):
        said = replace(report(), **more)
        return code(lambda: enter_clipping(later.qin.act(), programme=later.programme, report=said))

    assert enter(outlet=" ") == "media.outlet-needed"
    assert enter(title="\n") == "media.title-needed"
    assert enter(link="") == "media.report-nowhere"
    assert enter(day=date(2030, 8, 21)) == "media.report-ahead"
    assert enter(tier="best") == "media.no-such-tier"
    assert enter(promise="outreach.uptake") == "media.no-such-promise"
    assert not Clipping.objects.exists()
    printed = replace(report(), link="", place="第 3 版")
    enter_clipping(later.qin.act(), programme=later.programme, report=printed)


def test_a_reprint_names_an_original_that_stands(later):
    first = clip(later)
    again = clip(later, "乙报（演示）", reprint=True, reprint_of=first)
    assert list(first.reprints.all()) == [again]

    def enter(**more):
        said = replace(report("丙报（演示）"), **more)
        return code(lambda: enter_clipping(later.qin.act(), programme=later.programme, report=said))

    assert enter(reprint_of=first) == "media.no-reprint"
    assert enter(reprint=True, reprint_of=again) == "media.reprint-of-what"
    mine = report(reprint=True)
    assert code(lambda: mend_clipping(later.qin.act(), clipping=first, report=mine)) == (
        "media.reprinted-itself"
    )


def test_outlets_are_counted_and_not_what_they_printed():
    found = count(
        [
            Item("甲", "central", False),
            Item("甲", "central", False),
            Item("甲", "central", True),
            Item("乙", "local", True),
            Item("丙", "own", False),
            Item("丁", "other", False),
            Item("丁", "trade", False),
        ]
    )
    assert (found.outlets, found.only_reprinted, found.own) == (2, 1, 1)
    assert (found.items, found.reprints) == (7, 2)
    assert found.tiers["central"] == (1, 0, 3)
    assert found.tiers["local"] == (0, 1, 1)
    assert found.tiers["trade"] == (1, 0, 2), "counted once, by the kind that was said last"
    assert "other" not in found.tiers


def test_what_is_mended_or_withdrawn_says_what_it_was(later):
    one = clip(later)
    other = clip(later, "乙报（演示）")
    said = report("甲报（演示）", "改过的标题")
    mend_clipping(later.qin.act(key="m"), clipping=one, report=said)
    mend_clipping(later.qin.act(key="m"), clipping=one, report=said)
    line = Entry.objects.get(kind="media.clipping.mended")
    assert line.content["facts"]["before"]["title"] == "课题报告发布"
    twin = replace(said, link=other.link)
    assert code(lambda: mend_clipping(later.qin.act(), clipping=one, report=twin)) == (
        "media.clipped-already"
    )
    assert code(lambda: withdraw_clipping(later.qin.act(), clipping=one, reason=" ")) == "media.why"
    withdraw_clipping(later.qin.act(), clipping=one, reason="不是本课题的报道。")
    for do in (
        lambda: withdraw_clipping(later.qin.act(), clipping=one, reason="再撤。"),
        lambda: mend_clipping(later.qin.act(), clipping=one, report=said),
    ):
        assert code(do) == "media.clipping-withdrawn"
    assert queries.measured(later.programme).of(COVER).counted.outlets == 1
    enter_clipping(later.qin.act(), programme=later.programme, report=said)


def test_the_database_itself_keeps_two_alike_apart_and_every_row(later):
    one = clip(later)
    other = clip(later, "乙报（演示）")
    for change in (f"link_key = '{one.link_key}'", "link = '', place = ''", "reprint_of_id = id"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE media_clipping SET {change} WHERE id = {other.pk}")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM media_clipping WHERE id = {other.pk}")


HEAD = ["媒体名称", "级别", "新闻标题", "发布时间", "链接", "是否转载", "阅读量"]


def test_a_messy_sheet_is_read_and_what_is_not_taken_is_said():
    table = [
        ["“课题”媒体报道汇总表", "", "", "", "", "", ""],
        ["", "", "", "", "", "", ""],
        HEAD,
        ["甲报（演示）", "央媒", "发布会\n召开", "2022年11月29日", "example.org/1", "否", "9万"],
        ["", "", "", "", "", "", ""],
        ["", "央媒", "无名", "2022-11-29", "https://example.org/2", "", ""],
        ["乙报（演示）", "", "", "2022-11-29", "https://example.org/3", "", ""],
        ["乙报（演示）", "", "明天的事", "去年冬天", "https://example.org/4", "", ""],
        ["乙报（演示）", "超一线", "好", "2022-11-29", "https://example.org/5", "", ""],
        ["乙报（演示）", "", "好", "2022-11-29", "=HYPERLINK(1)", "", ""],
        ["乙报（演示）", "", "好", "2022-11-29", "javascript:alert(1)", "", ""],
        ["乙报（演示）", "", "好", "2022-11-29", "", "", ""],
        ["乙报（演示）", "", "好", "2022-11-29", "https://example.org/6", "大概", ""],
        ["丙报（演示）", "省级", "长" * 201, "2022-11-29", "https://example.org/7", "", ""],
        ["丙报（演示）", "省级", "转的", "20221130", "https://example.org/8", "转载", ""],
        ["合计", "", "", "", "", "", ""],
    ]
    found = read_clippings(table)
    assert [(one.row, one.outlet, one.tier, one.reprint) for one in found.lines] == [
        (4, "甲报（演示）", "central", False),
        (15, "丙报（演示）", "local", True),
    ]
    first = found.lines[0]
    assert (first.title, first.day, first.link) == (
        "发布会 召开", date(2022, 11, 29), "https://example.org/1"
    )  # fmt: skip
    assert [(one.row, one.code) for one in found.problems] == [
        (6, "media.row-no-outlet"), (7, "media.row-no-title"), (8, "media.row-day"),
        (9, "media.row-tier"), (10, "media.row-link"), (11, "media.row-link"),
        (12, "media.row-nowhere"), (13, "media.row-reprint"), (14, "media.row-too-long"),
        (16, "media.row-no-title"),
    ]  # fmt: skip
    assert found.unread == ("阅读量",)
    assert read_clippings([["甲", "乙"], ["1", "2"]]).problems[0].code == "media.sheet-no-headings"
    assert read_clippings([]).problems[0].code == "media.sheet-no-headings"


def test_a_sheet_is_entered_once_and_twins_are_said(later):
    clip(later)
    file = kept(later, HEAD, ["甲"])
    rows = [
        HEAD,
        ["甲报（演示）", "", "课题报告发布", "2030-08-19", "https://example.org/x", "", ""],
        ["乙报（演示）", "", "报道", "2030-08-19", "https://example.org/y", "", ""],
        ["乙报（演示）", "", "报道（续）", "2030-08-19", "http://www.example.org/y/", "", ""],
        ["丙报（演示）", "", "预告", "2030-08-21", "https://example.org/z", "", ""],
    ]
    lines = read_clippings(rows).lines

    def bring(key="k", player=later.qin):
        return import_clippings(
            player.act(key=key), programme=later.programme, file=file, lines=lines, promise=COVER
        )

    taken = bring()
    assert taken.entered == 1
    assert [(one.row, one.code) for one in taken.problems] == [
        (2, "media.row-there"), (4, "media.row-twice"), (5, "media.row-ahead")
    ]  # fmt: skip
    assert bring().entered == 1 and Clipping.objects.count() == 2, "sent twice, entered once"
    assert code(lambda: bring("k2")) == "media.sheet-nothing-new"
    assert code(lambda: bring("k3", later.lu)) == "media.only-who-answers"
    line = Entry.objects.get(kind="media.clippings.entered")
    assert line.content["facts"] == {
        "entered": 1, "not_taken": 3, "file": file.sha256, "promise": COVER
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2022-11-29", date(2022, 11, 29)),
        ("２０２２／１１／２９", date(2022, 11, 29)),
        ("2022年11月29日 10:30", date(2022, 11, 29)),
        ("2022-11-29T10:30", date(2022, 11, 29)),
        ("2022.1.2", date(2022, 1, 2)),
        ("20221129", date(2022, 11, 29)),
        ("2022-02-30", None),
        ("44894", None),
        ("0001-01-01", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(said, day):
    assert read_day(said) == day


def test_names_and_addresses_are_one_by_what_they_mean():
    assert key_of("ＡＢＣ 日报") == key_of("abc日报") != key_of("abd日报")
    assert link_key("HTTP://www.Example.org/a/?q=1#x") == link_key("https://example.org/a/?q=1")
    assert link_key("https://example.org/a") != link_key("https://example.org/b")
    assert link_key(" ") == ""
    assert address("example.org/文章") == "https://example.org/文章"
    assert address("ftp://example.org") == address("见附件") == address("data:text/html,x.y") == ""
    assert (tier_of(""), tier_of("央媒"), tier_of("National Outlet"), tier_of("顶级")) == (
        "other", "central", "central", ""
    )  # fmt: skip


def test_only_who_answers_keeps_it_and_only_they_and_monitors_see_it(later):
    clip(later)
    seated = {who: one for who, one in later.players.items() if one.seat is not None}
    may = {
        who for who, one in seated.items()
        if permissions.may_keep_reach(one.act(), later.programme)
    }  # fmt: skip
    sees = {
        who for who, one in seated.items()
        if permissions.reach_in_sight(seen_by(one.seat), Clipping.objects.all()).exists()
    }  # fmt: skip
    assert may == {"qin"}
    watch = {who for who, one in seated.items() if one.seat.can("watch")}
    assert sees == {"qin"} | watch
    assert watch, "somebody monitors"
    assert not permissions.reach_in_sight(None, Clipping.objects.all()).exists()
