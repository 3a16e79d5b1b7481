"""Scenes of the end: the proof of the roll, the roll, the report out, withdrawn and out again."""

from collections.abc import Callable

from keti.duties.actions import waive
from keti.duties.models import Obligation
from keti.release.actions import (
    Form,
    Wishes,
    answer_proof,
    close_proof,
    correct_entry,
    finish_programme,
    make_ready,
    open_proof,
    retract,
    settle_proof,
)
from keti.release.queries import proof_entries
from keti.release.tests.ending import AGREE, Walk
from tests.cast import Cast, local


def proved(cast: Cast) -> None:
    """The roll put before its owners: one right, one corrected, the rest silent."""
    cast.at("2030-07-15T12:00")
    until = local("2030-07-15T18:00")
    made = open_proof(cast.qin.act(), obligation=cast.duty("names"), until=until)
    entries = {one.seat_id: one for one in proof_entries(made)}
    answer_proof(cast.tao.act(), entry=entries[cast.tao.seat.pk])
    lu = entries[cast.lu.seat.pk]
    answer_proof(cast.lu.act(), entry=lu, wishes=Wishes(lu.name_zh, "", "教授"))
    form = Form(lu.name_zh, "", "教授", lu.order)
    settle_proof(cast.qin.act(), entry=lu, form=form)
    cast.at("2030-07-15T18:00")
    close_proof(cast.qin.act(), round_=made)


def ending(cast: Cast) -> None:
    """The roll proved and corrected, the report withdrawn and out again, the rest waived."""
    walk = Walk(cast)
    walk.to_the_end()
    walk.consents(*AGREE)
    walk.close()
    name = Form("卢组长（演示）", "Captain Lu (demo)")
    at = "2030-07-15T11:00"
    correct_entry(cast.qin.act(at), obligation=cast.duty("names"), seat=cast.lu.seat, form=name)
    proved(cast)
    walk.roll()
    duty, until = cast.duty("go_public"), local("2030-07-18T09:30")
    held = make_ready(cast.qin.act("2030-07-17T10:00"), obligation=duty, until=until)
    retract(cast.qin.act("2030-07-17T11:00"), publication=held, reason="改期。")
    retract(cast.qin.act("2030-07-18T12:00"), publication=walk.publish(), reason="有误。")
    walk.publish("2030-07-19T10:00")
    at = "2030-07-20T10:00"
    owed = Obligation.objects.filter(programme=cast.programme).apart_from_responses()
    for duty in owed.open():
        waive(cast.qin.act(at), obligation=duty, reason="不再需要。")
    finish_programme(cast.qin.act(at), programme=cast.programme)


ENDING: dict[Callable[[Cast], None], set[str]] = {
    ending: {
        "release.answer_proof", "release.close_proof", "release.correct_entry",
        "release.finish_programme", "release.make_ready", "release.open_proof", "release.retract",
        "release.settle_proof",
    },
}  # fmt: skip
