"""Channels, readings and reports, for tests."""

from datetime import UTC, date, datetime

from keti.documents.actions import keep_produced
from keti.documents.rules.sheet import to_xlsx
from keti.media.actions import (
    ChannelFacts,
    Read,
    Report,
    enter_channel,
    enter_clipping,
    note_reach,
)
from keti.media.models import Clipping, MediaChannel, ReachValue

COVER = "outreach.cover"
NOW = "2030-08-20T10:00"


def report(outlet="甲报（演示）", title="课题报告发布", **more) -> Report:
    """What somebody enters of a report."""
    known = {"link": f"https://example.org/{outlet}/{title}", "tier": "central", "promise": COVER}
    return Report(outlet, title, **({"day": date(2030, 8, 19)} | known | more))


def clip(cast, outlet="甲报（演示）", title="课题报告发布", **more) -> Clipping:
    """A report that stands."""
    said = report(outlet, title, **more)
    return enter_clipping(cast.qin.act(), programme=cast.programme, report=said)


def channel(cast, name="甲台（演示）", **more) -> MediaChannel:
    """A channel that stands."""
    facts = ChannelFacts(name, **more)
    return enter_channel(cast.qin.act(), programme=cast.programme, facts=facts)


def read(value, unit="viewers", day=19, **more) -> Read:
    """What somebody read."""
    known = {"source": "后台导出", "evidence": "截图在秘书处存档", "promise": COVER}
    return Read(unit, value, captured_at=datetime(2030, 8, day, 1, tzinfo=UTC), **known | more)


def noted(cast, where, value, **more) -> ReachValue:
    """A reading of a channel."""
    return note_reach(cast.qin.act(), channel=where, read=read(value, **more))


def kept(cast, *rows):
    """A stored sheet of these rows."""
    data = to_xlsx("报道", rows[0], rows[1:])
    return keep_produced(
        cast.qin.act(), programme=cast.programme, name="报道.xlsx", mime="application/x", data=data
    )
