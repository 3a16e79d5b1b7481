"""What waits for an answer ends with the programme or the group, and who waited is told."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from keti.duties.actions import astray, await_everywhere, waive
from keti.duties.enums import DutyState, Nature
from keti.duties.models import Obligation
from keti.intake.tests.scene import submitted
from keti.notify.models import Message
from keti.planning.actions import answer_amendment, apply_amendment, propose_amendment
from keti.planning.tests.test_amending import NO_BLUE, Proposal, file
from keti.programmes.models import Programme
from keti.release.actions import finish_programme, retract
from keti.release.models import Publication
from keti.release.tests.conftest import _proof as set_in_type
from keti.release.tests.ending import AGREE, Walk
from keti.reports.actions import Content, PlanItem, save_draft, submit_report
from keti.reports.tests.conftest import TEXTS, Desk
from keti.review import permissions
from keti.review.actions import decide, declare_conflict, open_gate
from keti.review.tests.bench import gate, opened, paper, vote
from tests.cast import Cast, Player, local


@pytest.fixture(autouse=True)
def _not_set(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Papers need not be set."""
    monkeypatch.setattr("keti.release.actions.producing.render", set_in_type)
    return None


def waiting(cast: Cast, **which: object) -> list[str]:
    """The verbs of what is still owed in answer."""
    found = Obligation.objects.filter(programme=cast.programme, nature=Nature.RESPONSE, **which)
    return sorted(found.filter(state=DutyState.OPEN).values_list("form", flat=True))


def told(player: Player) -> list[str]:
    """What this player was told of answers that do not come."""
    found = Message.objects.filter(kind="duties.unanswered", recipient_id=player.person.public_id)
    return [one.body for one in found]


def agrees(cast: Cast, at: str) -> None:
    """What waits and what is owed are the same, also after everything was looked at anew."""
    programme = Programme.objects.get(pk=cast.programme.pk)
    assert list(astray(programme, cast.at(at))) == []
    before = waiting(cast)
    await_everywhere(programme, cast.at(at))
    assert waiting(cast) == before


def month(cast: Cast, who: str) -> None:
    """April's report of this lead's group handed in: it waits for its readers."""
    report, player = Desk(cast).start(who), cast.players[who]
    none = Content(TEXTS, [PlanItem("无")])
    save_draft(player.act(), report=report, content=none, base=report.revision)
    submit_report(player.act(), report=report)


def laid_aside(cast: Cast) -> Publication:
    """The programme to its end, with a month that nobody has accepted, and laid aside."""
    walk = Walk(cast)
    walk.to_the_end()
    cast.at("2030-07-13T09:00")
    month(cast, "lu")
    walk.consents(*AGREE)
    walk.close()
    walk.roll()
    out = walk.publish()
    owed = Obligation.objects.filter(programme=cast.programme).apart_from_responses()
    for duty in owed.open():
        waive(cast.qin.act("2030-07-20T10:00"), obligation=duty, reason="不再需要。")
    assert "accept" in waiting(cast)
    finish_programme(cast.qin.act("2030-07-20T11:00"), programme=cast.programme)
    return out


def test_when_the_programme_is_laid_aside(cast: Cast) -> None:
    laid_aside(cast)
    assert Programme.objects.get(pk=cast.programme.pk).closed_at is not None
    assert waiting(cast) == []
    [word] = told(cast.lu)
    assert word.startswith("“测试课题”已办结。") and "月度报告" in word
    assert told(cast.mao) == []
    agrees(cast, "2030-07-21T09:00")


def test_what_is_withdrawn_lets_it_wait_again(cast: Cast) -> None:
    out = laid_aside(cast)
    retract(cast.qin.act("2030-07-22T10:00"), publication=out, reason="有误。")
    assert "accept" in waiting(cast)
    agrees(cast, "2030-07-22T11:00")


def test_when_a_gate_stops_the_whole(cast: Cast) -> None:
    sent = submitted(cast)
    paper(cast)
    assert "decide" in waiting(cast)
    on = open_gate(cast.qin.act("2030-03-16T09:00"), gate=gate(cast, "setup@core"))
    act = cast.gao.act("2030-03-17T09:00")
    declare_conflict(act, gate=on, has=False)
    decide(act, gate=on, outcome="stop", reasons="条件不具备。")
    assert waiting(cast) == []
    [word] = told(cast.wu)
    assert sent.number in word and "不予通过" in word
    agrees(cast, "2030-03-18T09:00")


def test_when_a_gate_stops_one_group(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.at("2030-04-28T10:00")
    month(cast, "lu")
    month(cast, "he")
    on = opened(cast)
    spec = permissions.spec_of(on)
    ends = replace(spec.outcomes[1], key="stop", effect="stop")
    with_stop = replace(spec, outcomes=(*spec.outcomes, ends))
    monkeypatch.setattr(permissions, "spec_of", lambda one: with_stop)
    vote(cast, "ren", "stop", on)
    vote(cast, "rong", "stop", on)
    decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="stop", reasons="不再继续。")
    assert waiting(cast, group__key="cell.red") == []
    assert waiting(cast, group__key="cell.blue") == ["accept"]
    assert [len(told(one)) for one in (cast.lu, cast.he)] == [1, 0]
    assert cast.group("cell.red").is_over and not cast.group("cell.blue").is_over
    monkeypatch.undo()
    agrees(cast, "2030-05-19T09:00")


def test_when_the_charter_drops_a_group(cast: Cast) -> None:
    cast.at("2030-04-02T09:00")
    _amended(cast, cast.gao)
    cast.at("2030-04-28T10:00")
    month(cast, "he")
    late = Obligation.objects.filter(due_at__lte=local("2030-05-06T00:00"))
    late.apart_from_responses().exclude(kind="moon").update(
        state=DutyState.MET, met_at=local("2030-04-01T09:00")
    )
    made = _amended(cast, cast.fang, NO_BLUE)
    answer_amendment(cast.gao.act(), amendment=made, approve=True, reason="")
    cast.at("2030-05-06T10:00")
    apply_amendment(cast.qin.act(), amendment=made)
    assert waiting(cast, group__key="cell.blue") == []
    [word] = told(cast.he)
    assert "相关小组不再保留" in word
    agrees(cast, "2030-05-07T09:00")


def _amended(cast: Cast, player: Player, *changes: tuple[str, str]) -> Any:
    proposal = Proposal(file(*changes), "应各组要求。")
    return propose_amendment(player.act(), programme=cast.programme, proposal=proposal)


def test_what_was_over_before_ends_with_the_migration(cast: Cast) -> None:
    """A folder of before: what waited in a programme that is over was left open."""
    cast.at("2030-04-28T10:00")
    month(cast, "lu")
    Programme.objects.update(closed_at=cast.at("2030-04-29T10:00"))
    assert waiting(cast) != []
    over = import_module("keti.review.migrations.0005_what_is_over").over
    over(apps, None)
    assert waiting(cast) == []
    agrees(cast, "2030-04-30T10:00")
