"""What the tests of this room share: the cast's programme walked to its end."""

from collections.abc import Callable

import pytest

from keti.consents.actions import give_consent
from keti.documents.actions import keep_upload
from keti.duties.actions import hand_in_file
from keti.kernel.refusals import Refused
from keti.release.actions import close_programme, draw_up_roll, publish
from keti.release.models import Closure, Publication, Roll
from keti.reports.actions import Content, save_draft, start_report, submit_report
from keti.reports.models import Version
from keti.review.actions import decide, declare_conflict, give_opinion, open_gate
from keti.review.models import Gate
from keti.review.queries import gate_by_key
from tests.cast import Cast

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
AGREE = ("lu", "he", "tao", "fang", "ji")
HALF = {"gains": "阶段成果。", "snags": "问题。", "cures": "措施。"}
RED = "红组研究了虚拟场景的治理。\n\n## 发现\n\n- 场景一\n- 场景二"
BLUE = "蓝组研究了数据流转的治理。\n\n## 发现\n\n数据须可追溯。"
FRAME = "本报告汇总两个小组的研究。\n\n## 方法\n\n访谈与案例。"


def refused(run: Callable[[], object]) -> Refused:
    """The refusal of an act that must be refused."""
    with pytest.raises(Refused) as caught:
        run()
    return caught.value


class Walk:
    """Does, step by step, what must be done before the room's own acts."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def report(self, who: str, kind: str, at: str, **texts: str) -> Version:
        player = self.cast.players[who]
        group = player.seat.group.key if player.seat else ""
        report = start_report(player.act(at), obligation=self.cast.duty(kind, group))
        report = save_draft(
            player.act(at), report=report, content=Content(texts, ()), base=report.revision
        )
        return submit_report(player.act(at), report=report)

    def gate(self, key: str) -> Gate:
        found = gate_by_key(self.cast.programme, key)
        assert found is not None
        return found

    def judged(self, key: str, day: str, *votes: str, outcome: str = "approve") -> None:
        """The gate opened, everybody of `votes` in favour, decided, all on one day."""
        on = open_gate(self.cast.qin.act(f"{day}T09:00"), gate=self.gate(key))
        for who in votes:
            player = self.cast.players[who]
            declare_conflict(player.act(f"{day}T10:00"), gate=on, has=False)
            give_opinion(player.act(f"{day}T10:00"), gate=on, verdict=outcome, comment="同意。")
        by = self.cast.qin if len(votes) > 1 else self.cast.players[votes[0]]
        decide(by.act(f"{day}T12:00"), gate=on, outcome=outcome, reasons="同意。")

    def agreed(self) -> None:
        """The agreement handed in and approved: the work begins."""
        cast = self.cast
        at = "2030-03-12T10:00"
        file = keep_upload(cast.tao.act(at), programme=cast.programme, name="合作书.png", data=PNG)
        hand_in_file(cast.tao.act(at), obligation=cast.duty("paper"), file=file, lines=["合作书"])
        self.judged("setup@core", "2030-03-16", "gao")

    def to_the_book(self) -> Version:
        """Up to the final report handed in."""
        self.agreed()
        self.report("lu", "halfway", "2030-05-14T09:00", **HALF)
        self.report("he", "halfway", "2030-05-14T09:30", **HALF)
        self.judged("half@cell.red", "2030-05-17", "ren", "rong", "rui")
        self.judged("half@cell.blue", "2030-05-18", "ren", "rong", "rui")
        self.report("lu", "part", "2030-06-18T09:00", matter=RED)
        self.report("he", "part", "2030-06-18T09:30", matter=BLUE)
        return self.report("tao", "whole_book", "2030-06-28T09:00", frame=FRAME)

    def to_the_panel(self) -> Version:
        """Up to the approval of the panel."""
        version = self.to_the_book()
        self.judged("panel@core", "2030-07-02", "ren", "rong", "rui")
        return version

    def to_the_end(self) -> Version:
        """Up to the last gate decided: everything this room asks for."""
        version = self.to_the_panel()
        self.judged("end@core", "2030-07-12", "gao", outcome="close")
        return version

    def consents(self, *names: str) -> None:
        for name in names:
            player = self.cast.players[name]
            give_consent(
                player.act("2030-07-13T09:00"),
                programme=self.cast.programme,
                person=player.person,
            )

    def close(self) -> Closure:
        return close_programme(
            self.cast.qin.act("2030-07-15T10:00"), obligation=self.cast.duty("wind_up")
        )

    def roll(self, at: str = "2030-07-16T10:00") -> Roll:
        return draw_up_roll(self.cast.qin.act(at), obligation=self.cast.duty("names"))

    def publish(self, at: str = "2030-07-18T10:00", key: str = "") -> Publication:
        return publish(self.cast.qin.act(at, key=key), obligation=self.cast.duty("go_public"))

    def published(self) -> Publication:
        self.to_the_end()
        self.consents(*AGREE)
        self.close()
        self.roll()
        return self.publish()
