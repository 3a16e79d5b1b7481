"""Scenes of gatherings: one held, with all that belongs to it; one called off."""

from collections.abc import Callable

from keti.documents.actions import keep_upload
from keti.gatherings import actions
from keti.release.tests.ending import PNG
from tests.cast import Cast, local


def gathered(cast: Cast) -> None:
    """Arranged, moved, filled, announced, signed and concluded; another called off."""
    day = ("2030-07-18T09:00", "2030-07-18T12:00")
    what = actions.Arranged(
        "conference", "大会", "一号厅", *map(local, day), promise="outreach.cover"
    )
    one = actions.arrange(cast.qin.act(), programme=cast.programme, what=what)
    actions.move(
        cast.qin.act(), gathering=one, begins_at=local(day[0]), place="二号厅", reason="更宽敞。"
    )
    part = actions.Part(local(day[0]), 20, "发布", speaker=cast.lu.person)
    slot = actions.add_slot(cast.qin.act(), gathering=one, what=part)
    paper = keep_upload(cast.qin.act(), programme=cast.programme, name="同意.png", data=PNG)
    actions.agree_on_paper(cast.qin.act(evidence=paper), slot=slot)
    actions.drop_slot(cast.qin.act(), slot=slot)
    guest = actions.invite(cast.qin.act(), gathering=one, name="来宾（演示）")
    actions.announce(cast.qin.act(), gathering=one)
    row = actions.list_signer(cast.qin.act(), gathering=one, paper="合作书", party="卢氏（演示）")
    cast.at("2030-07-18T12:30")
    actions.note_reply(cast.qin.act(), invitee=guest, reply="came")
    actions.note_signed(cast.qin.act(), signer=row, handed=1)
    actions.conclude(cast.qin.act(), gathering=one, present=80, link="https://example.org/1")
    other = actions.arrange(cast.qin.act(), programme=cast.programme, what=what)
    actions.call_off(cast.qin.act(), gathering=other, reason="并入下一场。")


GATHERING: dict[Callable[[Cast], None], set[str]] = {
    gathered: {
        f"gatherings.{one}"
        for one in (
            "add_slot", "agree_on_paper", "announce", "arrange", "call_off", "conclude",
            "drop_slot", "invite", "list_signer", "move", "note_reply", "note_signed",
        )
    },
}  # fmt: skip
