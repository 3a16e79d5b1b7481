"""What the tests of this room share: inputs handed in, a panel, short ways to refusals."""

import pytest

from keti.documents.actions import keep_upload
from keti.duties.actions import hand_in_file
from keti.kernel.refusals import Refused
from keti.reports.actions import save_draft, start_report, submit_report
from keti.reports.models import Report
from keti.reports.rules import Content
from keti.review.actions import (
    ask_decision,
    decide,
    declare_conflict,
    give_opinion,
    open_gate,
)
from keti.review.queries import gate_by_key

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
SECTIONS = {"gains": "成果一。", "snags": "问题一。", "cures": "措施一。"}


def refused(run):
    """The refusal of an act that must be refused."""
    with pytest.raises(Refused) as caught:
        run()
    return caught.value


def scan(player, at, name="签批单.png"):
    """A signed paper, uploaded."""
    return keep_upload(player.act(at), programme=player.seat.programme, name=name, data=PNG)


def paper(cast, at="2030-03-12T10:00"):
    """The agreement that the first gate judges, handed in as a file."""
    file = scan(cast.tao, at, "合作书.png")
    return hand_in_file(
        cast.tao.act(at), obligation=cast.duty("paper"), file=file, lines=["合作书"]
    )


def halfway(cast, lead="lu", group="cell.red", at="2030-05-14", text="成果一。"):
    """The half-way report of a cell, handed in."""
    player = cast.players[lead]
    report = start_report(player.act(f"{at}T09:00"), obligation=cast.duty("halfway", group))
    report = save_draft(
        player.act(f"{at}T09:10"),
        report=report,
        content=Content({**SECTIONS, "gains": text}, ()),
        base=report.revision,
    )
    submit_report(player.act(f"{at}T09:20"), report=report)
    return report


def gate(cast, key="half@cell.red"):
    return gate_by_key(cast.programme, key)


def opened(cast, at="2030-05-16T09:00"):
    """The half-way gate of the red cell, open."""
    halfway(cast)
    return open_gate(cast.qin.act(at), gate=gate(cast))


def longer(cast, at="2030-05-19T09:00"):
    """More time asked for by the red cell, which its lead asks for and the patron decides."""
    reason = "请延期一周。"
    asked = "more_time@cell.red"
    return ask_decision(cast.lu.act(at), programme=cast.programme, asked=asked, reason=reason)


def sent_back(cast):
    """The half-way gate of the red cell, returned in its first round on 2030-05-18."""
    on = opened(cast)
    for who in ("ren", "rong"):
        vote(cast, who, "revise", on)
    decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="revise", reasons="补充案例。")
    on.refresh_from_db()
    return on


def revised(cast, day):
    """The returned report, handed in again on this day."""
    report = Report.objects.get()
    content = Content({**SECTIONS, "gains": "补充案例。"}, ())
    act = cast.lu.act(f"{day}T09:00")
    save_draft(act, report=report, content=content, base=report.revision)
    submit_report(cast.lu.act(f"{day}T09:20"), report=report)


def vote(cast, who, verdict, on, at="2030-05-17T09:00", comment="请修改。"):
    """A declaration of no conflict, and an opinion."""
    declare_conflict(cast.players[who].act(at), gate=on, has=False)
    return give_opinion(cast.players[who].act(at), gate=on, verdict=verdict, comment=comment)
