"""Scenes of recordings: entered, spoken in, subtitled, reviewed, taken down."""

from dataclasses import replace
from datetime import date

from keti.consents.actions import withdraw_consent
from keti.consents.enums import Purpose
from keti.duties.models import Obligation
from keti.media.actions import (
    ChannelFacts,
    Posted,
    approve_recording,
    correct_reach,
    import_clippings,
    leave_up,
    mend_channel,
    mend_clipping,
    mend_posting,
    mend_recording,
    name_speaker,
    post_on,
    remove_speaker,
    review_track,
    shift_track,
    show_reach,
    take_down,
    withdraw_channel,
    withdraw_clipping,
    withdraw_posting,
    withdraw_recording,
)
from keti.media.rules.press import ClippingLine
from keti.media.tests.reaching import COVER, NOW, channel, clip, kept, noted, read, report
from keti.media.tests.scene import agree, entered, footage, shown, subtitled
from tests.acts.undoing import Scene
from tests.cast import Cast


def recordings(cast: Cast) -> None:
    """A recording is entered, mended, approved; who is in it is named, one removed; its subtitles
    are saved, moved, reviewed; then it is taken down."""
    one = entered(cast)
    mend_recording(cast.qin.act(), recording=one, footage=footage(title="会议录像（演示）"))
    name_speaker(cast.qin.act(), recording=one, person=cast.mao.person)
    guest = name_speaker(cast.qin.act(), recording=one, name="来宾丙（演示）")
    remove_speaker(cast.qin.act(), speaker=guest, reason="没有发言。")
    approve_recording(cast.qin.act(), recording=one)
    first = subtitled(cast, one)
    moved = shift_track(cast.qin.act(), version=first, milliseconds=500)
    review_track(cast.mao.act(), version=moved)
    withdraw_recording(cast.qin.act(), recording=one, reason="会场录错了。")


def reach(cast: Cast) -> None:
    """A channel is entered, mended, read, the reading corrected; reports are entered one by one and
    from a sheet, one mended; the figures are shown for their promise; then all is withdrawn."""
    cast.at(NOW)
    one = channel(cast)
    facts = ChannelFacts(one.name, grade="最高等级", grade_by="平台（演示）")
    mend_channel(cast.qin.act(), channel=one, facts=facts)
    first = noted(cast, one, 10)
    correct_reach(cast.qin.act(), reading=first, reason="少写一位。", read=read(100))
    made = clip(cast)
    said = replace(report(), title="改过的标题")
    mend_clipping(cast.qin.act(), clipping=made, report=said)
    line = ClippingLine(2, "乙报（演示）", "报道", said.day, link="https://example.org/sheet")
    file = kept(cast, ["媒体", "标题", "日期"])
    import_clippings(
        cast.qin.act(), programme=cast.programme, file=file, lines=[line], promise=COVER
    )
    duty = Obligation.objects.filter(programme=cast.programme, kind=COVER).first()
    show_reach(cast.qin.act(), obligation=duty)
    withdraw_clipping(cast.qin.act(), clipping=made, reason="不是本课题的报道。")
    withdraw_channel(cast.qin.act(), channel=one, reason="不再合作。")


def posting(cast: Cast) -> None:
    """A film is put on a channel, put right; somebody in it no longer agrees, agrees again, no
    longer, and it is taken down; a text is entered by mistake."""
    cast.at(NOW)
    film = shown(cast, cast.mao)
    agree(cast.mao, Purpose.BROADCAST)
    where = channel(cast)
    said = Posted("https://example.org/shown", date(2030, 8, 19))
    one = post_on(cast.qin.act(), channel=where, posted=said, recording=film)
    mend_posting(cast.qin.act(), posting=one, posted=replace(said, title="改过", terms="署名"))
    wish = {"programme": cast.programme, "person": cast.mao.person, "purpose": Purpose.BROADCAST}
    withdraw_consent(cast.mao.act(), **wish)
    agree(cast.mao, Purpose.BROADCAST)
    leave_up(cast.qin.act(), posting=one)
    withdraw_consent(cast.mao.act(), **wish)
    take_down(cast.qin.act(), posting=one, day=date(2030, 8, 20), reason="撤回同意。")
    text = replace(said, link="https://example.org/text", title="一篇文字")
    other = post_on(cast.qin.act(), channel=where, posted=text)
    withdraw_posting(cast.qin.act(), posting=other, reason="从没有发布过。")


SHOWING: dict[Scene, set[str]] = {
    recordings: {
        "media.approve_recording",
        "media.enter_recording",
        "media.mend_recording",
        "media.name_speaker",
        "media.remove_speaker",
        "media.review_track",
        "media.save_track",
        "media.shift_track",
        "media.withdraw_recording",
    },
    posting: {
        "media.leave_up",
        "media.mend_posting",
        "media.post_on",
        "media.take_down",
        "media.withdraw_posting",
    },
    reach: {
        "media.correct_reach",
        "media.enter_channel",
        "media.enter_clipping",
        "media.import_clippings",
        "media.mend_channel",
        "media.mend_clipping",
        "media.note_reach",
        "media.show_reach",
        "media.withdraw_channel",
        "media.withdraw_clipping",
    },
}
