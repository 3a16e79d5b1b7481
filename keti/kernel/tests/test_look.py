"""The interface's tags: dates as written, a word for every state, fields tied to their notes."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from keti.kernel.templatetags import keti_dates as dates
from keti.kernel.templatetags import keti_ui

BEIJING = ZoneInfo("Asia/Shanghai")
MIDNIGHT = datetime(2022, 7, 29, 16, tzinfo=UTC)
MORNING = datetime(2022, 8, 20, 2, tzinfo=UTC)


def shown(source: str, lang: str = "zh-hans", **facts: object) -> str:
    """A template with the tags, rendered in a language."""
    with translation.override(lang):
        return Template("{% load keti_ui %}" + source).render(
            Context({"zone": "Asia/Shanghai", **facts})
        )


def test_a_midnight_deadline_is_24_of_the_day_before() -> None:
    assert dates.deadline_text(MIDNIGHT, BEIJING, "zh-hans") == "2022-07-29 周五 24:00"
    assert dates.deadline_text(MIDNIGHT, BEIJING, "en") == "Fri 2022-07-29 24:00"


def test_the_same_instant_as_a_time_is_the_next_morning() -> None:
    assert dates.when_text(MIDNIGHT, BEIJING, "zh-hans") == "2022-07-30 周六 00:00"


def test_a_deadline_within_a_day_keeps_its_hour() -> None:
    assert dates.deadline_text(MORNING, BEIJING, "zh-hans") == "2022-08-20 周六 10:00"


@pytest.mark.parametrize(
    ("due", "zh", "en"),
    [
        (datetime(2022, 8, 30, 16, tzinfo=UTC), "还有 10 天", "10 days left"),
        (datetime(2022, 8, 21, 16, tzinfo=UTC), "还有 1 天", "1 day left"),
        (datetime(2022, 8, 20, 16, tzinfo=UTC), "还有 14 小时", "14 hours left"),
        (datetime(2022, 8, 20, 2, 30, tzinfo=UTC), "不到 1 小时", "less than 1 hour left"),
        (datetime(2022, 8, 20, 1, tzinfo=UTC), "已过 1 小时", "1 hour past"),
        (datetime(2022, 8, 20, 2, tzinfo=UTC), "刚过", "just past"),
        (datetime(2022, 8, 19, 16, tzinfo=UTC), "已过 10 小时", "10 hours past"),
        (datetime(2022, 8, 18, 16, tzinfo=UTC), "已过 2 天", "2 days past"),
        (datetime(2022, 8, 19, 1, tzinfo=UTC), "已过 1 天", "1 day past"),
    ],
)
def test_what_is_left_counts_days_and_on_the_last_day_hours(
    due: datetime, zh: str, en: str
) -> None:
    assert dates.until_text(due, MORNING, BEIJING, "zh-hans") == zh
    assert dates.until_text(due, MORNING, BEIJING, "en") == en


def test_the_zone_is_named_with_its_shift() -> None:
    assert dates.zone_text(BEIJING, MORNING, "zh-hans") == "时间均为北京时间（UTC+8）"
    assert dates.zone_text(ZoneInfo("Asia/Kolkata"), MORNING, "en") == (
        "All times Asia/Kolkata (UTC+5:30)"
    )


def test_where_the_clock_turns_each_time_names_its_own_offset() -> None:
    """A page of July with a deadline in November: one sentence cannot be true of both."""
    new_york = ZoneInfo("America/New_York")
    july = datetime(2022, 7, 1, 16, tzinfo=UTC)
    november = datetime(2022, 11, 30, 5, tzinfo=UTC)
    assert dates.when_text(july, new_york, "en") == "Fri 2022-07-01 12:00 UTC-4"
    assert dates.deadline_text(november, new_york, "en") == "Tue 2022-11-29 24:00 UTC-5"
    for at in (july, november, None):
        said = dates.zone_text(new_york, at, "en")
        assert said == "All times America/New_York, each with the offset it has then"
        assert "UTC" not in dates.zone_text(new_york, at, "zh-hans")
    assert dates.deadline_text(MIDNIGHT, BEIJING, "en") == "Fri 2022-07-29 24:00"


def test_the_tags_read_zone_and_now_from_the_page() -> None:
    page = shown("{% deadline due %}|{% until due %}", due=MIDNIGHT, now=MORNING)
    assert page == (
        '<time datetime="2022-07-29T16:00:00+00:00">2022-07-29 周五 24:00</time>|已过 22 天'
    )
    assert shown("{% until due %}", due=MIDNIGHT) == ""
    assert shown("{% when due %}{% deadline due %}{% day due %}", due=None) == ""
    assert shown("{% day d %}", d=date(2022, 8, 20)) == (
        '<time datetime="2022-08-20">2022-08-20 周六</time>'
    )


@pytest.mark.parametrize("kind", sorted(keti_ui.SHAPES))
def test_every_state_has_a_shape_and_a_word_in_both_languages(kind: str) -> None:
    chinese, english = shown(f'{{% mark "{kind}" %}}'), shown(f'{{% mark "{kind}" %}}', "en")
    assert "<svg" in chinese
    assert f"<span>{keti_ui.WORDS[kind]}</span>" in chinese
    assert chinese != english


def test_shapes_differ_from_each_other() -> None:
    assert len(set(keti_ui.SHAPES.values())) == len(keti_ui.SHAPES)


def test_an_unknown_state_is_not_begun_and_labels_are_escaped() -> None:
    assert 'class="mark tone-none"' in shown('{% mark "strange" %}')
    assert "&lt;b&gt;" in shown("{% mark 'done' label %}", label="<b>")


def test_no_reason_leaves_no_box() -> None:
    assert shown("{% whynot reason %}", reason="") == ""
    assert "只有秘书处可以" in shown("{% whynot reason %}", reason="只有秘书处可以")


def test_a_field_ties_help_and_error_to_its_control() -> None:
    class Name(forms.Form):
        name = forms.CharField(label="名称", help_text="写全称")

    page = shown("{% field form.name %}", form=Name({"name": ""}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert '<label for="id_name">名称</label>' in page


def test_a_duty_shows_its_due_instant_and_its_acts() -> None:
    row = SimpleNamespace(
        due_at=MIDNIGHT,
        title="提交月报",
        note="",
        url="/d/1",
        state="overdue",
        state_label="",
        actions=[{"label": "补交月报", "url": "/d/1/submit", "primary": True}],
        whynot="",
    )
    page = shown("{% duty row %}", row=row, now=MORNING)
    assert "2022-07-29 周五 24:00" in page
    assert "逾期" in page
    assert 'class="button primary" href="/d/1/submit"' in page


def test_crumbs_link_all_but_the_last() -> None:
    page = shown('{% crumbs "会议" "/m/" "第三次碰头会" %}')
    assert '<li><a href="/m/">会议</a></li><li>第三次碰头会</li>' in page
