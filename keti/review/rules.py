"""How votes are counted, when a decision stands, who is in conflict. Pure.

A recusal lowers the number of those who can still vote; it never lowers the quorum.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from fractions import Fraction
from math import ceil

from keti.charter.rules.compiled import GateRule, GateSpec, Outcome
from keti.kernel.acts import Text
from keti.kernel.terms import term_ends
from keti.review.enums import Effect

NO_VOICE = "review.no-voice"
ABSTAIN = Outcome("abstain", Text("弃权", "Abstains"), "abstain")
NO_CONSENSUS = "review.no-consensus"


@dataclass(frozen=True, slots=True)
class Votes:
    """One count: seats that decide, how many stand aside, and the votes (outcome keys).

    `unfilled` counts deciding roles of which nobody, or too few, are left to vote.
    """

    seats: int
    aside: int
    votes: tuple[str, ...]
    unfilled: int = 0

    @property
    def free(self) -> int:
        """Those who may vote."""
        return self.seats - self.aside


@dataclass(frozen=True, slots=True)
class VoteResult:
    """The outcomes the votes carry now; or the code of what is missing, with its facts."""

    outcomes: tuple[str, ...] = ()
    code: str = ""
    facts: Mapping[str, int] = field(default_factory=dict)


def too_few(spec: GateSpec, present: Mapping[str, int]) -> tuple[str, ...]:
    """Roles of which too few are left to vote: none, where all must vote; or fewer than the
    charter's `composition` asks for."""
    needs_all = spec.rule.unanimous or spec.rule.quorum is None
    least = dict.fromkeys(spec.decides, int(needs_all))
    for one in spec.composition:
        least[one.key] = max(one.min, least.get(one.key, 0))
    return tuple(key for key, count in least.items() if present.get(key, 0) < count)


def quorum(rule: GateRule, tally: Votes) -> int:
    """How many votes there must be: a count, a share of all deciding seats (rounded up), or,
    where the charter names none, the vote of everybody who does not stand aside."""
    if isinstance(rule.quorum, Fraction):
        return ceil(rule.quorum * tally.seats)
    if rule.quorum is not None:
        return rule.quorum
    return max(tally.free, 1)


def carried(rule: GateRule, yes: int, cast: int) -> bool:
    """Do so many votes in favour, of so many cast, approve?"""
    if rule.unanimous:
        return yes == cast > 0
    if rule.approve is None:
        return 2 * yes > cast
    return cast > 0 and yes >= rule.approve * cast


def standing(
    rule: GateRule, effects: Mapping[str, str], tally: Votes, *, consensus: bool = False
) -> VoteResult:
    """What the votes carry. Approval needs quorum and share; a refusal of it stands only when
    approval is out of reach even if everybody still silent were in favour. While `consensus` is
    sought, only what all who do not abstain agree on stands."""
    needed, cast = quorum(rule, tally), len(tally.votes)
    facts = {"needed": needed, "cast": cast, "free": tally.free, "seats": tally.seats}
    if tally.unfilled:
        return VoteResult(code="review.role-unfilled", facts={"count": tally.unfilled})
    if tally.free < needed:
        return VoteResult(code="review.quorum-out-of-reach", facts=facts)
    if cast < needed:
        return VoteResult(code="review.quorum-missing", facts=facts)
    yes = sum(effects[vote] == Effect.APPROVE for vote in tally.votes)
    heard = [vote for vote in tally.votes if effects[vote] != Effect.ABSTAIN]
    silent = tally.free - cast
    more = {**facts, "yes": yes, "silent": silent}
    if consensus:
        return _agreed(
            heard, VoteResult(code="review.votes-missing", facts=more) if silent else None
        )
    base = len(heard) if rule.of == "cast" else cast
    if carried(rule, yes, base) and not (rule.unanimous and silent):
        return VoteResult(_most(heard, effects, approving=True))
    if silent and carried(rule, yes + silent, base + silent):
        return VoteResult(code="review.votes-missing", facts=more)
    return VoteResult(_most(heard, effects, approving=False))


def _agreed(heard: Sequence[str], waits: VoteResult | None) -> VoteResult:
    """What everybody agrees on who does not abstain, once all have spoken; else a second vote."""
    if waits is not None:
        return waits
    if len(set(heard)) == 1:
        return VoteResult((heard[0],))
    return VoteResult(code=NO_CONSENSUS)


def _most(votes: Sequence[str], effects: Mapping[str, str], *, approving: bool) -> tuple[str, ...]:
    """Of the outcomes that approve (or do not), those with the most votes; where too many
    abstained for approval and nobody voted otherwise, any that does not approve."""
    counts: dict[str, int] = {}
    for vote in votes:
        if (effects[vote] == Effect.APPROVE) is approving:
            counts[vote] = counts.get(vote, 0) + 1
    top = max(counts.values(), default=0)
    others = (Effect.APPROVE, Effect.ABSTAIN)
    if not counts and not approving:
        return tuple(key for key, effect in effects.items() if effect not in others)
    return tuple(key for key, count in counts.items() if count == top)


def leanings(spec: GateSpec) -> dict[str, str]:
    """What a vote for each outcome counts as: on request to stop is what somebody asked for."""
    granted = (Effect.APPROVE, Effect.STOP) if spec.on_request else (Effect.APPROVE,)
    return {one.key: Effect.APPROVE if one.effect in granted else one.effect
            for one in votable(spec, spec.outcomes)}  # fmt: skip


def votable(spec: GateSpec, outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """What one may vote for: these outcomes, and to abstain where the rule counts who does."""
    return (*outcomes, ABSTAIN) if spec.rule.of else tuple(outcomes)


def fingerprint(facts: Mapping[str, object]) -> str:
    """The hash of what was asked for: the request as it is judged."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def waited_for(owed: Sequence[tuple[str, bool, datetime]]) -> tuple[str, ...]:
    """Of the works a decision on request names (key, still open, due), those it waits for: of what
    comes again, the next one still owed, else the last."""
    series: dict[tuple[str, str], list[tuple[str, bool, datetime]]] = {}
    for one in owed:
        kind, _, place = one[0].partition("@")
        series.setdefault((kind, place.partition("/")[0]), []).append(one)
    found = []
    for each in series.values():
        ahead = [one for one in each if one[1]]
        chosen = min(ahead, key=_due) if ahead else max(each, key=_due)
        found.append(chosen[0])
    return tuple(found)


def _due(one: tuple[str, bool, datetime]) -> datetime:
    return one[2]


def rounds(spec: GateSpec) -> int:
    """How many rounds there may be: a gate that offers a way back has at least a second one."""
    offers = any(one.effect == Effect.REVISE for one in spec.outcomes)
    return max(spec.max_rounds, 2 if offers else 1)


def on_offer(spec: GateSpec, number: int) -> tuple[Outcome, ...]:
    """The outcomes of this round. In the last one nothing can be returned any more, unless that
    is the only way not to approve: then it ends the gate."""
    last = number >= rounds(spec)
    if last and any(one.effect == Effect.STOP for one in spec.outcomes):
        return tuple(one for one in spec.outcomes if one.effect != Effect.REVISE)
    return spec.outcomes


def back_too_long(spec: GateSpec, number: int, now: datetime, due: datetime, zone: tzinfo) -> bool:
    """Would work sent back now, in this round, be due only when the gate is to be decided?"""
    back = spec.revise_within
    if back is None or all(one.effect != Effect.REVISE for one in on_offer(spec, number)):
        return False
    return number < rounds(spec) and term_ends(now, back, zone) >= due


def returning(spec: GateSpec, number: int) -> tuple[str, ...]:
    """The outcomes on offer by which what was judged goes back; none in the last round."""
    if number >= rounds(spec):
        return ()
    return tuple(one.key for one in on_offer(spec, number) if one.effect == Effect.REVISE)


def outcome_of(spec: GateSpec, word: str) -> Outcome | None:
    """The outcome of this key, or the first with this effect."""
    for one in spec.outcomes:
        if one.key == word:
            return one
    return next((one for one in spec.outcomes if one.effect == word), None)


def named(spec: GateSpec, key: str) -> Text:
    """The name the charter gives an outcome; its key where it names it no longer."""
    every = {one.key: one.title for one in votable(spec, spec.outcomes)}
    return every.get(key, Text(key, key))


def way_back(spec: GateSpec) -> Text:
    """How the outcome is called that returns what was judged; the common word for several."""
    titles = {one.title for one in spec.outcomes if one.effect == Effect.REVISE}
    return titles.pop() if len(titles) == 1 else Text("退回修改", "Returned for revision")


def review_set(pins: Iterable[tuple[str, str]]) -> str:
    """One hash over everything that is judged: the key and the hash of each input, sorted."""
    lines = "".join(f"{key} {sha}\n" for key, sha in sorted(pins))
    return hashlib.sha256(lines.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Side:
    """What of a decider or an author matters for a conflict; 0 and "" stand for nothing."""

    seat: str
    role: str
    person: int = 0
    unit: int = 0
    parent_unit: int = 0
    groups: frozenset[str] = frozenset()


def conflict(decider: Side, author: Side, *, named: Sequence[str]) -> str:
    """The code of the conflict between a decider and an author of the input, or "".

    `groups` of an author holds the sub-group the input comes from, of a decider every sub-group
    they work in. An author whose role the charter itself names among the deciders (`named`) is
    no conflict for the holder of that same role.
    """
    if author.role == decider.role and author.role in named:
        return ""
    if decider.seat == author.seat or (decider.person and decider.person == author.person):
        return "review.conflict-own-work"
    if decider.groups & author.groups:
        return "review.conflict-own-group"
    if not (decider.unit and author.unit):
        return ""
    if decider.unit == author.unit:
        return "review.conflict-same-unit"
    kin = decider.unit == author.parent_unit or author.unit == decider.parent_unit
    sisters = decider.parent_unit != 0 and decider.parent_unit == author.parent_unit
    return "review.conflict-affiliated-unit" if kin or sisters else ""
