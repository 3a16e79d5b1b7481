"""Planning and applying from files, for the terminal: a charter file, a saved plan."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from keti.accounts.queries import by_mail
from keti.charter.actions import CharterFile
from keti.charter.queries import compiled
from keti.groups.models import Seat
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, no, sentence
from keti.kernel.transactions import run
from keti.planning.actions.preparing import Prepared, prepare, refuse_impossible, words_for
from keti.planning.actions.proposing import Proposal, propose_amendment
from keti.planning.permissions import may_propose
from keti.planning.rules.changes import from_data
from keti.planning.rules.wording import text as in_words
from keti.programmes.models import Programme

NOTHING, WRONG, CHANGES = 0, 1, 2
PLAN = "keti-plan/1"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the terminal prints, and the exit code."""

    text: str
    code: int


def plan_file(file: Path, slug: str, *, out: Path | None, as_json: bool, lang: str) -> Answer:
    """Compare a charter file with a running programme; 0 nothing to do, 2 changes, 1 an error."""
    try:
        programme = _programme(slug)
        charter = CharterFile(file.name, file.read_text(encoding="utf-8"), _clauses(file))
        now = clock.instant()
        prepared = prepare(programme, charter, now)
        if not prepared.plan.is_empty:
            refuse_impossible(programme, prepared, now)
    except (Refused, ValueError, OSError) as trouble:
        return _wrong(trouble, lang)
    saved = _saved(programme, prepared)
    if out is not None:
        out.write_text(_json(saved), encoding="utf-8")
    shown = _json(saved["plan"]) if as_json else _text(programme, prepared, lang)
    return Answer(shown, NOTHING if prepared.plan.is_empty else CHANGES)


def _clauses(file: Path) -> str:
    table = file.with_suffix(".clauses.tsv")
    return table.read_text(encoding="utf-8") if table.is_file() else ""


def _saved(programme: Programme, prepared: Prepared) -> dict[str, Any]:
    return {
        "format": PLAN,
        "programme": programme.slug,
        "name": prepared.file.name,
        "text": prepared.file.text,
        "clauses": prepared.file.clauses,
        "class": prepared.klass.key,
        "approve": list(prepared.klass.approve),
        "takes_effect_at": prepared.takes_effect_at.isoformat(),
        "plan": prepared.plan.as_data(),
    }


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _text(programme: Programme, prepared: Prepared, lang: str) -> str:
    if prepared.plan.is_empty:
        return sentence("planning.nothing-to-do", {}, lang) + "\n"
    facts = {
        "klass": prepared.klass.title.in_(lang) or "-",
        "touched": ", ".join(prepared.plan.touched),
        "who": _titles(programme, prepared.klass.approve, lang),
        "when": programme.local(prepared.takes_effect_at).strftime("%Y-%m-%d %H:%M"),
        "people": len(prepared.affected),
    }
    head = sentence("planning.plan-head", facts, lang)
    return f"{head}\n{in_words(prepared.plan, words_for(programme, lang, prepared.desired))}"


def _titles(programme: Programme, keys: tuple[str, ...], lang: str) -> str:
    charter = compiled(programme)
    return ", ".join(charter.role(key).title.in_(lang) for key in keys)


def apply_file(
    file: Path, who: str, reason: str, *, only_propose: bool = False, lang: str = "zh"
) -> Answer:
    """Bring a saved plan into force where `who` may do so alone: 0. Otherwise say whose approval
    is missing (2), and with `only_propose` propose it. 1 for a plan that no longer holds."""
    try:
        saved = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(saved, dict) or saved.get("format") != PLAN:
            raise Refused("planning.not-a-plan")
        return _applied(saved, who, reason, only_propose, lang)
    except (Refused, ValueError, KeyError, OSError) as trouble:
        return _wrong(trouble, lang)


def _applied(saved: dict[str, Any], who: str, reason: str, only_propose: bool, lang: str) -> Answer:
    programme, now = _programme(saved["programme"]), clock.instant()
    charter = CharterFile(saved["name"], saved["text"], saved["clauses"])
    act, prepared = _act(programme, charter, who, now)
    if prepared.plan.digest() != from_data(saved["plan"]).digest():
        raise Refused("planning.stale")
    own = act.seat.role.key if isinstance(act.seat, Seat) else ""
    others = tuple(key for key in prepared.klass.approve if key != own)
    waits = prepared.takes_effect_at > now
    if (others or waits) and not only_propose:
        facts = {
            "who": _titles(programme, others, lang) or "-",
            "when": programme.local(prepared.takes_effect_at).strftime("%Y-%m-%d %H:%M"),
        }
        return Answer(sentence("planning.not-alone", facts, lang) + "\n", CHANGES)
    proposal = Proposal(charter, reason)
    made = run(lambda: propose_amendment(act, programme=programme, proposal=proposal))
    code = NOTHING if made.version_id else CHANGES
    stored: dict[str, object] = {"number": made.number, "state": made.get_state_display()}
    return Answer(sentence("planning.stored", stored, lang) + "\n", code)


def _act(
    programme: Programme, charter: CharterFile, who: str, now: datetime
) -> tuple[Act, Prepared]:
    """The act of this person in the first seat in which they may propose it."""
    person = by_mail(who)
    if person is None:
        raise Refused("planning.nobody-of-this-mail", mail=who)
    seats = Seat.objects.filter(programme=programme).standing(now).of(person).with_names()
    refused = no("groups.no-seat")
    for seat in seats:
        act = Act(by=person, recorded_at=now, seat=seat)
        prepared = prepare(programme, charter, now, seat=seat)
        verdict = may_propose(act, programme, prepared.touched)
        if verdict:
            return act, prepared
        refused = verdict
    refused.or_refuse()
    raise Refused(refused.code)


def _programme(slug: str) -> Programme:
    found = Programme.objects.filter(slug=slug).first()
    if found is None:
        raise Refused("planning.no-such-programme", slug=slug)
    return found


def _wrong(trouble: Exception, lang: str) -> Answer:
    words = trouble.sentence(lang) if isinstance(trouble, Refused) else str(trouble)
    return Answer(f"keti: {words}\n", WRONG)
