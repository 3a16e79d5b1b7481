"""Scenes of judgement: gates open, conflicts are declared, opinions given, decisions taken."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from keti.charter.rules.compiled import Compiled, Outcome
from keti.kernel.refusals import Refused
from keti.play.stage import Stage
from keti.play.working import scan
from keti.review import queries as review
from keti.review.actions import decide, declare_conflict, give_opinion, open_gate, vote_again
from keti.review.permissions import spec_of
from keti.review.rules import NO_CONSENSUS

CONFLICT = ("曾与执笔单位合作课题，申请回避。", "Worked with the authors; stands aside.")
SOUND = ("材料齐全，论证清楚。", "Complete and clearly argued.")
THIN = ("部分结论依据不足，请补充后再审。", "Some conclusions rest on little; please add.")
ENDED = ("进展与计划相差过大，不宜继续。", "Progress is too far from the plan to go on.")
UNCONVINCED = ("理由不足，不同意。", "The reasons do not convince; refused.")
WORDS = {"approve": SOUND, "revise": THIN, "stop": ENDED, "refuse": UNCONVINCED}


def judge(stage: Stage, duty: Any, push: Callable[..., None]) -> None:
    """One round of one gate, when nothing stands in its way any more."""
    gate = review.gate_of(duty)
    if gate is None or gate.state == "decided":
        return
    if gate.state == "waiting":
        if review.not_yet(gate, stage.now):
            return
        gate = open_gate(stage.act(duty.seat), gate=gate)
        stage.note(_said(stage, gate, "评审开始", "review opened"))
    outcome = _choice(stage, gate)
    _hear(stage, gate, outcome)
    if review.standing(gate, review.bench(gate, stage.now)).code == NO_CONSENSUS:
        gate = vote_again(stage.act(duty.seat), gate=gate)
        stage.note(_said(stage, gate, "没有达成一致，再次表决", "no consensus; a second vote"))
        _hear(stage, gate, outcome)
    act = _deciding(stage, gate, duty)
    reasons = stage.pen.pick(*WORDS[outcome.effect])
    decision = decide(act, gate=gate, outcome=outcome.key, reasons=reasons, scan=act.evidence)
    stage.note(_said(stage, gate, f"决定：{decision.title_zh}", f"decided: {decision.title_en}"))
    if decision.effect == "stop" and gate.group.parent_id is None:
        stage.memory["ended"] = True
        stage.note(stage.pen.pick("课题到此终止，未办事项全部取消", "the programme ends here"))


def asked(charter: Compiled, wishes: Sequence[str]) -> dict[str, str]:
    """Gate (its key, or its kind for all of them) -> outcome, of `GATE=OUTCOME` words.

    Refuses a gate and an outcome that the charter does not have.
    """
    found: dict[str, str] = {}
    every = (*charter.gates, *charter.requests)
    for wish in wishes:
        name, _, outcome = wish.partition("=")
        gates = [one for one in every if name in (one.key, one.kind)]
        offered = [one.key for gate in gates for one in gate.outcomes]
        if outcome not in offered:
            known = [f"{gate.kind}={one.key}" for gate in every for one in gate.outcomes]
            raise Refused("play.no-such-outcome", wish=wish, known=", ".join(dict.fromkeys(known)))
        found[name] = outcome
    return found


def _said(stage: Stage, gate: Any, zh: str, en: str) -> str:
    group, title = gate.group, gate.obligation.title
    return stage.pen.pick(
        f"{group.label} {title.in_('zh')}：{zh}", f"{group.title.in_('en')} {title.in_('en')}: {en}"
    )


def _leaning(stage: Stage, gate: Any) -> str:
    """One gate among several of its kind is sent back once; the last panel too."""
    spec = spec_of(gate)
    twice = spec.max_rounds > 1 and gate.round == 1
    kinds = stage.memory.setdefault("sent-back", set())
    if twice and gate.kind not in kinds and any(one.effect == "revise" for one in spec.outcomes):
        kinds.add(gate.kind)
        return "revise"
    return "approve"


def _choice(stage: Stage, gate: Any) -> Outcome:
    """What was asked for, in the round that offers it first; else what the play leans to."""
    spec = spec_of(gate)
    wishes = stage.memory.get("decide", {})
    wish = wishes.get(gate.key) or wishes.get(spec.key) or wishes.get(gate.kind)
    for one in spec.outcomes:
        if one.key == wish and (one.effect != "revise" or gate.round == 1):
            return one
    effect = _leaning(stage, gate)
    able = [one for one in spec.outcomes if one.effect == effect]
    return able[0] if able else next(one for one in spec.outcomes if one.effect == "refuse")


def _hear(stage: Stage, gate: Any, outcome: Outcome) -> None:
    """Everybody declares first; who has a conflict stands aside; the rest give opinions."""
    deciders = review.bench(gate, stage.now).deciders
    if len(deciders) == 1:
        _declare(stage, gate, deciders[0].seat, False)
        return
    for place, one in enumerate(deciders):
        has = len(deciders) > 3 and place == 1 and "conflict" not in stage.memory
        has = has and _spared(gate, one.seat, [each.seat for each in deciders])
        if one.declared is None:
            _declare(stage, gate, one.seat, has)
    for one in review.bench(gate, stage.now).deciders:
        if one.aside or one.opinion is not None:
            continue
        stage.move_to(stage.now + timedelta(minutes=7))
        said = _dissent(stage, gate) or outcome
        comment = stage.pen.pick(*WORDS[said.effect])
        give_opinion(stage.act(one.seat), gate=gate, verdict=said.key, comment=comment)


def _dissent(stage: Stage, gate: Any) -> Outcome | None:
    """Where consensus is sought first, somebody disagrees once."""
    spec = spec_of(gate)
    deciders = [one for one in review.bench(gate, stage.now).deciders if not one.aside]
    if (
        not spec.rule.consensus_first
        or gate.by_share
        or len(deciders) < 4
        or ("dissent" in stage.memory)
    ):
        return None
    stage.memory["dissent"] = True
    return next((one for one in spec.outcomes if one.effect == "revise"), None)


def _spared(gate: Any, seat: Any, seats: Sequence[Any]) -> bool:
    """Whether the gate can decide without this seat, as far as its composition goes."""
    alike = sum(one.role_id == seat.role_id for one in seats)
    return all(one.min < alike for one in spec_of(gate).composition if one.key == seat.role.key)


def _declare(stage: Stage, gate: Any, seat: Any, has: bool) -> None:
    if seat.acting_person is None:
        return
    text = stage.pen.pick(*CONFLICT) if has else ""
    declare_conflict(stage.act(seat), gate=gate, has=has, text=text)
    if has:
        stage.memory["conflict"] = True
        stage.note(
            stage.pen.pick(
                f"{seat.label}声明利益冲突，回避", f"{seat.label} stands aside: conflict"
            )
        )


def _deciding(stage: Stage, gate: Any, duty: Any) -> Any:
    """A signed sheet comes on paper; other decisions are taken on the page, by who may."""
    if not spec_of(gate).sign_off:
        able = [one.seat for one in review.bench(gate, stage.now).deciders if not one.aside]
        return stage.act(duty.seat if duty.seat in able or not able else able[0])
    manager = stage.manager()
    paper = scan(stage, stage.act(manager))
    signed = stage.now - timedelta(hours=1)
    return stage.act(manager, on_behalf_of=duty.seat, happened=signed, evidence=paper)
