"""A term that binds others does not run from a moment that somebody only claims."""

from dataclasses import replace

import pytest

from keti.documents.actions import keep_upload
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.work.actions import TaskSpec, assign_task
from keti.work.models import Task
from tests.cast import Cast, Player, local

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def spec(cast: Cast) -> TaskSpec:
    due = local("2030-03-16T00:00")
    return TaskSpec(
        programme=cast.programme,
        group=cast.group("cell.red"),
        title="补写",
        seat=cast.mao.seat,
        due_at=due,
    )


def last_week(cast: Cast, player: Player, **more: object) -> Act:
    act = player.act("2030-03-18T10:00", **more)
    paper = keep_upload(act, programme=cast.programme, name="a.pdf", data=PDF)
    return replace(act, happened=local("2030-03-11T10:00"), evidence=paper)


def test_a_lead_who_claims_to_have_asked_last_week_makes_nobody_late(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        assign_task(last_week(cast, cast.lu), spec=spec(cast))
    assert refused.value.code == "work.due-in-the-past"


def test_what_the_secretariat_records_from_paper_stands(cast: Cast) -> None:
    assign_task(last_week(cast, cast.qin, on_behalf_of=cast.lu.seat), spec=spec(cast))
    assert Task.objects.get().seat == cast.mao.seat
