"""The river: no label covers another, every mark leads somewhere, long and short spans stand."""

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keti.planning.rules.river import (
    Band,
    Diamond,
    Dot,
    Holiday,
    Pin,
    River,
    draw,
    layout,
    rows,
)

SVG = "{http://www.w3.org/2000/svg}"
YEAR = River(
    start=date(2022, 5, 1),
    end=date(2022, 12, 5),
    today=date(2022, 8, 20),
    bands=(
        Band("征集报名", date(2022, 5, 5), date(2022, 5, 25), "done", "/call", "第一批征集报名"),
        Band("任务书", date(2022, 5, 27), date(2022, 6, 8), "done", "/books"),
        Band("分课题研究", date(2022, 6, 9), date(2022, 10, 31), "doing", "/research"),
        Band("中期", date(2022, 7, 18), date(2022, 8, 15), "done", "/midterm"),
        Band("发布与荣誉授予", date(2022, 11, 30), date(2022, 12, 2), "none", "/out"),
    ),
    diamonds=(
        Diamond("立项", date(2022, 5, 20), "done", "/g/1"),
        Diamond("合作书", date(2022, 5, 22), "done", "/g/2"),
        Diamond("中期评审", date(2022, 8, 15), "returned", "/g/3"),
    ),
    pins=(Pin("开题大会", date(2022, 5, 27), "/m/1"), Pin("发布大会", date(2022, 12, 1), "/m/2")),
    dots=tuple(
        Dot("月报", day, state, f"/d/{day}")
        for day, state in (
            (date(2022, 6, 30), "done"),
            (date(2022, 7, 29), "overdue"),
            (date(2022, 8, 30), "doing"),
            (date(2022, 9, 30), "none"),
        )
    ),
    holidays=(
        Holiday("端午", date(2022, 6, 3), date(2022, 6, 5)),
        Holiday("国庆", date(2022, 10, 1), date(2022, 10, 7)),
    ),
)


def collisions(river: River) -> list[tuple[object, object]]:
    """Pairs of label rectangles that share area, and labels that lie on another mark's shape."""
    plan = layout(river)
    pairs: list[tuple[object, object]] = [
        (one, two) for one, two in combinations(plan.labels(), 2) if one.covers(two)
    ]
    marks = [item for item in plan.placed if item.kind != "holiday"]
    for one in marks:
        pairs += [(one, two) for two in marks if one is not two and one.label.covers(two.shape)]
    return pairs


def words_of(svg: str) -> list[str]:
    """Everything written in the picture, in order."""
    return [node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text")]


def test_a_year_has_no_collisions() -> None:
    assert collisions(YEAR) == []


def test_gates_two_days_apart_stand_in_two_rows() -> None:
    tops = {item.mark.label: item.shape.y for item in layout(YEAR).placed if item.kind == "diamond"}
    assert tops["合作书"] - tops["立项"] == 60
    assert tops["中期评审"] == tops["立项"]


def test_overlapping_phases_take_lanes_and_touching_ones_share() -> None:
    tops = {item.mark.label: item.shape.y for item in layout(YEAR).placed if item.kind == "band"}
    assert tops["征集报名"] == tops["分课题研究"]
    assert tops["中期"] > tops["分课题研究"]


def test_a_band_too_narrow_writes_its_name_beside_it() -> None:
    last = next(item for item in layout(YEAR).placed if item.mark.label == "发布与荣誉授予")
    assert last.inside is False
    assert not last.label.covers(last.shape)


def test_every_mark_is_a_link_with_a_title() -> None:
    root = ET.fromstring(draw(YEAR))
    links = {link.get("href"): link.findtext(f"{SVG}title") for link in root.iter(f"{SVG}a")}
    assert len(links) == len(YEAR.bands) + len(YEAR.diamonds) + len(YEAR.pins) + len(YEAR.dots)
    assert links["/call"] == "阶段 · 第一批征集报名 · 2022-05-05 – 2022-05-25 · 已办"
    assert links["/g/3"] == "关口 · 中期评审 · 2022-08-15 · 退回修改"
    assert links["/m/1"] == "会议 · 开题大会 · 2022-05-27"
    assert links["/d/2022-07-29"] == "应办事项 · 月报 · 2022-07-29 · 逾期"


def test_the_english_picture_speaks_english() -> None:
    svg = draw(River(**{**vars(YEAR), "lang": "en"}))
    assert "Jun" in words_of(svg)
    assert 'aria-label="Timeline of the programme"' in svg
    assert "Gate · 中期评审 · 2022-08-15 · returned" in svg


def test_today_stands_once_and_not_when_outside() -> None:
    assert words_of(draw(YEAR)).count("8-20") == 1
    outside = River(**{**vars(YEAR), "today": date(2023, 3, 1)})
    assert "rv-today" not in draw(outside)


def test_nothing_in_it_needs_inline_style_and_text_is_escaped() -> None:
    river = River(
        start=date(2022, 1, 1),
        end=date(2022, 3, 1),
        diamonds=(Diamond('<script>"x"&', date(2022, 2, 1), "none", '/a?b=1&c="2"'),),
    )
    svg = draw(river)
    assert "style=" not in svg
    assert "<script>" not in svg
    assert [link.get("href") for link in ET.fromstring(svg).iter(f"{SVG}a")] == ['/a?b=1&c="2"']


@pytest.mark.parametrize("days", [0, 1, 13, 45, 62, 63, 184, 560, 1096])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_long_and_short_spans_stand(days: int, lang: str) -> None:
    start = date(2022, 5, 1)
    end = start + timedelta(days=days)
    middle = start + timedelta(days=days // 2)
    river = River(
        start=start,
        end=end,
        today=end,
        lang=lang,
        bands=(Band("全部", start, end, "doing", "/a"),),
        diamonds=(Diamond("第一次评审", start, "done", "/b"), Diamond("终审", end, "none", "/c")),
        pins=(Pin("大会", middle, "/d"),),
    )
    assert collisions(river) == []
    assert len([tick for tick in layout(river).ticks if tick.text]) >= 1
    assert re.match(r'<svg class="river( river-wide)?"', draw(river))


def test_a_long_programme_gets_the_wide_sheet() -> None:
    long = River(start=date(2022, 1, 1), end=date(2024, 12, 31))
    assert layout(long).width == 2240
    assert layout(YEAR).width == 1120


def test_marks_outside_the_span_are_left_out_of_the_picture_not_of_the_table() -> None:
    river = River(**{**vars(YEAR), "pins": (Pin("后来", date(2025, 1, 1), "/late"),)})
    assert "/late" not in draw(river)
    assert rows(river)[-1].label == "后来"


def test_the_table_is_in_the_order_of_time() -> None:
    lines = rows(YEAR)
    assert [line.label for line in lines[:4]] == ["征集报名", "立项", "合作书", "任务书"]
    assert lines[0].until == date(2022, 5, 25)
    assert lines[0].kind_text == "阶段"
    assert [line.date for line in lines] == sorted(line.date for line in lines)


DAYS = st.integers(min_value=0, max_value=400).map(lambda n: date(2022, 1, 1) + timedelta(days=n))
NAMES = st.text(alphabet="中期评审总报告开题会议abc ", min_size=1, max_size=14)


@settings(max_examples=60, deadline=None)
@given(
    bands=st.lists(st.tuples(NAMES, DAYS, st.integers(0, 90)), max_size=8),
    gates=st.lists(st.tuples(NAMES, DAYS), max_size=10),
    dots=st.lists(st.tuples(NAMES, DAYS), max_size=12),
    offs=st.lists(st.tuples(NAMES, DAYS, st.integers(0, 8)), max_size=5),
    today=DAYS,
)
def test_no_programme_makes_labels_collide(
    bands: list[tuple[str, date, int]],
    gates: list[tuple[str, date]],
    dots: list[tuple[str, date]],
    offs: list[tuple[str, date, int]],
    today: date,
) -> None:
    river = River(
        start=date(2022, 1, 1),
        end=date(2023, 2, 4),
        today=today,
        bands=tuple(Band(name, day, day + timedelta(days=n)) for name, day, n in bands),
        diamonds=tuple(Diamond(name, day) for name, day in gates),
        pins=tuple(Pin(name, day) for name, day in gates),
        dots=tuple(Dot(name, day) for name, day in dots),
        holidays=tuple(Holiday(name, day, day + timedelta(days=n)) for name, day, n in offs),
    )
    assert collisions(river) == []


def test_a_label_beside_its_band_stands_close_to_it() -> None:
    bands = (
        Band("Call and establishment", date(2022, 5, 1), date(2022, 5, 9)),
        Band("Release", date(2022, 11, 26), date(2022, 11, 30)),
    )
    plan = River(start=date(2022, 5, 1), end=date(2022, 11, 30), bands=bands, lang="en")
    right, left = layout(plan).placed
    drawn = draw(plan)
    close = right.shape.x + right.shape.w + 5
    assert f'<text x="{close:.1f}" y="{right.label.y + 13:.1f}" text-anchor="start"' in drawn
    end = left.shape.x - 5
    assert f'<text x="{end:.1f}" y="{left.label.y + 13:.1f}" text-anchor="end"' in drawn
