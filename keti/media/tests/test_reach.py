"""Channels and what was read of them: claims, readings never changed, figures for a promise."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from keti.documents.actions import read as bytes_of
from keti.duties.models import Obligation
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.media import queries
from keti.media.actions import (
    ChannelFacts,
    correct_reach,
    enter_channel,
    mend_channel,
    note_reach,
    show_reach,
    withdraw_channel,
)
from keti.media.models import MediaChannel, ReachValue
from keti.media.tests.reaching import COVER, NOW, channel, clip, noted, read
from keti.promises.actions import settle
from keti.promises.models import Exhibit
from keti.promises.queries import measured as of_promise


def code(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.code


@pytest.fixture
def later(cast):
    cast.at(NOW)
    return cast


def duty(cast):
    found = Obligation.objects.with_names().filter(programme=cast.programme, kind=COVER)
    return found.first()


def test_a_grade_is_a_claim_with_its_proof_or_without(later):
    def enter(**more):
        return code(lambda: channel(later, **more))

    assert enter(name=" ") == "media.channel-needed"
    assert enter(kind="best") == "media.no-such-kind"
    assert enter(grade="最高等级") == "media.who-claims"
    assert enter(grade_link="https://example.org/proof") == "media.which-grade"
    late = {"grade": "最高", "grade_by": "平台", "grade_day": date(2030, 8, 21)}
    assert enter(**late) == "media.proof-ahead"
    one = channel(later, column="栏目", grade="最高等级", grade_by="平台（演示）")
    assert (one.label, one.proven) == ("甲台（演示） · 栏目", False)
    assert enter(column=" 栏 目") == "media.channel-there"
    channel(later, column="另一栏目")
    facts = ChannelFacts(
        "甲台（演示）", "栏目", grade="最高等级", grade_by="平台（演示）",
        grade_link="https://example.org/proof",
    )  # fmt: skip
    one = mend_channel(later.qin.act(), channel=one, facts=facts)
    assert one.proven
    line = Entry.objects.get(kind="media.channel.mended")
    assert line.content["facts"]["before"]["proof"] == ""
    withdraw_channel(later.qin.act(), channel=one, reason="不再合作。")
    assert code(lambda: noted(later, one, 5)) == "media.channel-withdrawn"
    assert code(lambda: mend_channel(later.qin.act(), channel=one, facts=facts)) == (
        "media.channel-withdrawn"
    )
    enter_channel(later.qin.act(), programme=later.programme, facts=facts)


def test_a_reading_says_where_when_and_what_shows_it(later):
    one = channel(later)

    def note(**more):
        said = replace(read(10), **more)
        return code(lambda: note_reach(later.qin.act(), channel=one, read=said))

    assert note(unit="people") == note(unit="count") == note(unit="") == "media.no-such-unit"
    assert note(value=-1) == note(value=10**13) == "media.odd-value"
    assert note(source=" ") == "media.source-needed"
    assert note(evidence=" ") == "media.evidence-needed"
    assert note(captured_at=datetime(2030, 8, 21, tzinfo=UTC)) == "media.read-ahead"
    assert note(promise="outreach.uptake") == "media.no-such-promise"
    made = note_reach(later.qin.act(key="k"), channel=one, read=read(10))
    assert note_reach(later.qin.act(key="k"), channel=one, read=read(10)) == made
    assert note() == "media.read-already"
    stranger = code(lambda: note_reach(later.lu.act(), channel=one, read=read(11)))
    assert stranger == "media.only-who-answers"
    assert ReachValue.objects.count() == 1


def test_a_reading_is_never_changed_only_corrected(later):
    one = channel(later)
    first = noted(later, one, 10)
    for change in ("UPDATE media_reachvalue SET value = 11", "DELETE FROM media_reachvalue"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert code(lambda: correct_reach(later.qin.act(), reading=first, reason=" ")) == "media.why"
    assert code(lambda: correct_reach(later.lu.act(), reading=first, reason="错。")) == (
        "media.only-who-answers"
    )
    second = correct_reach(later.qin.act(), reading=first, reason="少写一位。", read=read(100))
    assert [row.value for row in queries.latest(later.programme)] == [100]
    again = code(lambda: correct_reach(later.qin.act(), reading=first, reason="再改。"))
    assert again == "media.corrected-already"
    gone = correct_reach(later.qin.act(), reading=second, reason="读错了渠道。")
    assert gone.value is None and queries.latest(later.programme) == []
    assert code(lambda: correct_reach(later.qin.act(), reading=gone, reason="再改。")) == (
        "media.corrected-already"
    )
    line = Entry.objects.filter(kind="media.reach.corrected").order_by("pk").first()
    assert (line.content["facts"]["before"]["value"], line.content["facts"]["value"]) == (10, 100)


def test_the_last_reading_of_each_channel_and_unit_stands_and_nothing_is_added_up(later):
    one, two = channel(later), channel(later, "乙台（演示）")
    noted(later, one, 400, day=18)
    noted(later, one, 700, day=19)
    noted(later, one, 9000, unit="views")
    noted(later, two, 600)
    noted(later, two, 50, what="第二场")
    noted(later, two, 1, promise="")
    found = queries.measured(later.programme)
    mine = found.of(COVER)
    assert [(row.shown_on, row.unit, row.value) for row in mine.readings] == [
        ("乙台（演示）", "viewers", 600),
        ("乙台（演示） · 第二场", "viewers", 50),
        ("甲台（演示）", "viewers", 700),
        ("甲台（演示）", "views", 9000),
    ]
    count, viewers, views = mine.reaches
    assert (count.unit, count.missing) == ("count", True)
    assert (viewers.target, viewers.best, viewers.reached) == (1000, 700, False)
    assert (views.target, views.best) == (None, 9000)
    assert (found.reports, found.readings) == (0, 1)


def test_figures_are_shown_for_the_promise_with_what_stands_behind_them(later):
    mine = duty(later)

    def show(player=later.qin, key=""):
        return show_reach(player.act(key=key), obligation=mine)

    assert code(show) == "media.nothing-new-to-show"
    one = channel(later)
    noted(later, one, 700)
    clip(later)
    clip(later, "乙报（演示）", reprint=True)
    clip(later, "丙网（演示）", tier="own")
    assert code(lambda: show(later.lu)) == "media.only-who-answers"
    assert show(key="k") == 2
    assert show(key="k") == 2 and Exhibit.objects.count() == 2, "sent twice, shown once"
    assert code(show) == "media.nothing-new-to-show"
    found = {row.unit: (row.best, row.reached) for row in of_promise(mine)}
    assert found == {"count": (1, False), "viewers": (700, False)}
    listed = Exhibit.objects.get(unit="count")
    text = bytes_of(listed.file).decode("utf-8-sig")
    assert text.count("\r\n") == 4 and "乙报（演示）" in text and "转载" in text
    noted(later, one, 1200, day=20)
    clip(later, "丁报（演示）")
    assert show() == 2
    assert all(row.reached for row in of_promise(mine))
    settle(later.qin.act(), obligation=mine, outcome="kept")
    line = Entry.objects.filter(kind="media.reach.shown").order_by("-pk").first()
    assert line.content["facts"]["measured"] == {"count": [2, 2], "viewers": [1200, 1000]}


def test_a_channel_is_never_deleted(later):
    one = channel(later)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM media_mediachannel WHERE id = {one.pk}")
    assert MediaChannel.objects.get() == one
