"""Honours without criteria, targets without owners, principles that bind nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import get_args

from keti.charter.rules.aliases import CHINESE
from keti.charter.rules.comparing import touches
from keti.charter.rules.criteria import read_criterion
from keti.charter.rules.dates import FULL_DAY, DateProblem, duration
from keti.charter.rules.findings import Path, nearest
from keti.charter.rules.gates import dated
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.course import course_of, works_of
from keti.charter.rules.lint.seats import Cast, cast_of
from keti.charter.rules.promises import AmendmentClass
from keti.charter.rules.shape import Charter, Form
from keti.charter.rules.works import PUBLIC
from keti.kernel.acts import Text

SHORT_MONTH = 28
"""Days: a month is no shorter."""

FACT = re.compile(r"([a-z][\w.]*?)( *(>=|<=|==|>|<) *\d+(/\d+|%)?)?\Z")
STATES = {
    "met", "done", "on_time", "accepted", "verified", "reported", "attended", "approved", "signed",
    "answered", "closed", "by_peers",
}  # fmt: skip
RECORDED = {
    *get_args(Form),
    "input",
    "deliverable",
    "obligation",
    "finding",
    "comment",
    "nomination",
}
PLAIN_TERM = re.compile(r"P\d+[YMWD]\Z")
TERM = re.compile(r"P\d+[YMWD]( after [a-z][\w.]*)?\Z")
COMPANY = "enterprise"
SINGULAR = {
    "parties": "party", "roles": "role", "phases": "phase", "events": "event", "gates": "gate",
    "obligations": "obligation", "deliverables": "deliverable", "rounds": "round",
    "honours": "honour", "outreach": "outreach", "calendar": "calendar", "groups": "group",
}  # fmt: skip
OF_A_SEAT = {"seats": "delegate", "duty": "extension"}
NO_EVIDENCE = Text("没有证明材料", "has no evidence")
NO_CHECKER = Text("没有核对者", "has nobody who checks it")
NO_CRITERIA = Text("没有标准", "has no criteria")
NO_DECIDER = Text("没有决定者", "has nobody who decides")
NO_OWNER = Text("没有负责者", "has no owner")
KEPT_BY_NOTHING = Text("没有凭据可以证明", "has no evidence of having been kept")


def judge(brief: Brief) -> None:
    """Report what is promised and cannot be kept, checked or found."""
    cast = cast_of(brief)
    _admission(brief)
    _honours(brief, cast)
    _outreach(brief, cast)
    _principles(brief)
    _amendment(brief, cast)
    _privacy(brief)
    _access(brief)
    _chain(brief)
    _rounds(brief, cast)
    _witnesses(brief)
    _never_due(brief)


def _lacks(brief: Brief, code: str, path: Path, word: str, lacks: list[Text]) -> None:
    """One finding that says everything a block lacks."""
    if lacks:
        zh, en = "，".join(one.zh for one in lacks), " and ".join(one.en for one in lacks)
        brief.report.warning(code, path, at_key=True, word=word, what_zh=zh, what_en=en)


def _unnamed(brief: Brief, path: Path, word: str, known: Iterable[str]) -> None:
    """A word that names nothing, with the nearest that does."""
    near = nearest(word, list(known))
    brief.report.warning("charter.names-nothing", path, word=word, nearest=near)


def _admission(brief: Brief) -> None:
    """Every condition has evidence and somebody who checks it."""
    shape = brief.charter.admission
    if shape is None:
        return
    asked: dict[str, Path] = {}
    for key, track in shape.tracks.items():
        for name, words in (("require", track.require), ("rank", track.rank)):
            for number, word in enumerate(words):
                asked.setdefault(word, ("admission", "tracks", key, name, number))
    for word, path in asked.items():
        known = shape.evidence.get(word)
        lacks = [] if known and known.by else [NO_EVIDENCE]
        lacks += [] if known and known.checked_by else [NO_CHECKER]
        here = ("admission", "evidence", word) if known else path
        _lacks(brief, "charter.check-unproved", here, word, lacks)


def _honours(brief: Brief, cast: Cast) -> None:
    """An honour has criteria that are facts, and deciders who neither receive nor sell it."""
    roles, parties = brief.charter.roles, brief.charter.parties
    for key, honour in brief.charter.honours.items():
        path: Path = ("honours", key)
        lacks = [] if honour.criteria else [NO_CRITERIA]
        lacks += [] if honour.decided_by else [NO_DECIDER]
        _lacks(brief, "charter.honour-unfounded", path, key, lacks)
        for number, word in enumerate(honour.criteria):
            here = (*path, "criteria", number)
            if not _is_fact(brief, word.strip()):
                brief.report.warning("charter.criterion-no-fact", here, word=word)
            elif (found := read_criterion(word)) is None or not found.computed(_keys(brief)):
                brief.report.warning("charter.criterion-not-computed", here, word=word)
        _roles(brief, cast, (*path, "to"), honour.to)
        _roles(brief, cast, (*path, "nominated_by"), honour.nominated_by)
        _roles(brief, cast, (*path, "decided_by"), honour.decided_by)
        for number, word in enumerate(honour.decided_by):
            here, role = (*path, "decided_by", number), cast.role_of(word)
            if word in honour.to:
                brief.report.warning("charter.honours-itself", here, word=key, other=word)
            firms = roles[role].holder if role else []
            for who in (one for one in firms if one in parties and parties[one].kind == COMPANY):
                code = "charter.company-awards"
                brief.report.warning(code, here, word=key, who=who, other=word)


def _is_fact(brief: Brief, word: str) -> bool:
    """Whether a criterion is recorded: `task_book.met`, `reports.on_time >= 5/6`, `gate.approve`.

    It speaks of a work or gate by key, or of what is recorded of everybody, one or many.
    """
    found = FACT.match(word)
    if found is None:
        return False
    keys, gates = _keys(brief), brief.charter.gates.items()
    known = {f"{key}.{outcome}" for key, gate in gates for outcome in gate.outcomes}
    for state in STATES:
        for mark in "._":
            what = found[1].removesuffix(f"{mark}{state}")
            if what != found[1] and (what in keys or what.removesuffix("s") in RECORDED):
                return True
    return found[1] in known


def _keys(brief: Brief) -> set[str]:
    """The keys of the works a charter declares."""
    return {str(path[-1]) for path, _ in works_of(brief)}


def _roles(brief: Brief, cast: Cast, path: Path, words: Iterable[str]) -> None:
    """Every word of a list is a role."""
    for number, word in enumerate(words):
        if not cast.role_of(word):
            _unnamed(brief, (*path, number), word, brief.charter.roles)


def _outreach(brief: Brief, cast: Cast) -> None:
    """A promise to the public has an owner, evidence, and a time that exists."""
    for key, one in brief.charter.outreach.items():
        path: Path = ("outreach", key)
        lacks = [] if one.by else [NO_OWNER]
        lacks += [] if one.evidence or one.proof or one.states else [KEPT_BY_NOTHING]
        _lacks(brief, "charter.promise-unkept", path, key, lacks)
        if one.by and not cast.role_of(one.by):
            _unnamed(brief, (*path, "by"), one.by, brief.charter.roles)
        known = _moments(brief)
        if one.after and one.after not in known:
            _unnamed(brief, (*path, "after"), one.after, known)
        if (one.clips or one.keep) and not (one.release_form or one.consent):
            code = "charter.names-without-consent"
            brief.report.warning(code, path, at_key=True, word=key)


def _moments(brief: Brief) -> set[str]:
    """What something can come after: a date, a work, a gate or one of its outcomes."""
    course = course_of(brief)
    gates = brief.charter.gates.items()
    outcomes = {f"{key}.{outcome}" for key, gate in gates for outcome in gate.outcomes}
    works = {f"{key}.done" for key in course.items}
    return set(course.items) | outcomes | works | set(brief.scene.date_names())


def _principles(brief: Brief) -> None:
    """A principle binds something that exists."""
    known = set(_names(brief))
    for key, one in brief.charter.programme.principles.items():
        path: Path = ("programme", "principles", key)
        if not one.bound_to:
            code = "charter.principle-binds-nothing"
            brief.report.warning(code, path, at_key=True, word=key)
        for number, word in enumerate(one.bound_to):
            if word not in known:
                brief.report.warning(
                    "charter.principle-bound-to-nothing",
                    (*path, "bound_to", number),
                    principle=key,
                    word=word,
                    nearest=nearest(word, known),
                )


def _names(brief: Brief) -> Iterator[str]:
    """Everything a charter calls by a name: blocks it has, what they declare, `gate.final`."""
    for block, inner in brief.data.items():
        if inner:
            yield block
        if block in SINGULAR and isinstance(inner, dict):
            for key in inner:
                yield from (key, f"{block}.{key}", f"{SINGULAR[block]}.{key}")
        elif isinstance(inner, dict):
            yield from (f"{block}.{key}" for key in inner)
    yield from brief.charter.trace.rules
    yield from (f"class.{key}" for key in brief.charter.amendment.classes)


def _amendment(brief: Brief, cast: Cast) -> None:
    """The charter says how it is changed: by whom, what, and once for each thing."""
    shape = brief.charter.amendment
    if not shape.classes:
        path: Path = ("amendment",) if brief.report.has(("amendment",)) else ("programme",)
        brief.report.warning("charter.no-amendment-rule", path, at_key=True)
    _roles(brief, cast, ("amendment", "propose"), shape.propose)
    seen: dict[str, str] = {}
    for key, one in shape.classes.items():
        path = ("amendment", "classes", key)
        _roles(brief, cast, (*path, "approve"), one.approve)
        if not one.approve:
            brief.report.warning("charter.nobody-approves", (*path, "approve"), klass=key)
        _vote(brief, cast, path, key, one)
        for number, word in enumerate(one.touches):
            here = (*path, "touches", number)
            if not _can_touch(brief, word):
                brief.report.warning("charter.touches-nothing", here, klass=key, word=word)
            other = seen.setdefault(word, key)
            if set(shape.classes[other].approve) != set(one.approve):
                facts = {"klass": other, "other": key, "word": word}
                brief.report.found_wanting("charter.classes-contradict", here, facts)


def _vote(brief: Brief, cast: Cast, path: Path, key: str, one: AmendmentClass) -> None:
    """A vote is open for a time and can reach its quorum; without a rule nothing is voted on."""
    if one.rule is None:
        if one.open:
            brief.report.warning("charter.open-without-vote", (*path, "open"), klass=key)
        return
    quorum, roles = one.rule.quorum, [cast.role_of(word) for word in one.approve]
    most = 0
    for role in (brief.charter.roles[key] for key in roles if key):
        if role.max is None:
            return
        most += role.max * sum(group.kind == role.group for group in brief.compiled.groups)
    if quorum is not None and quorum >= 1 and quorum > most:
        facts: dict[str, object] = {"klass": key, "needed": int(quorum), "most": most}
        here = (*path, "rule", "quorum")
        brief.report.found_problem("charter.vote-out-of-reach", here, facts)


def _can_touch(brief: Brief, pattern: str) -> bool:
    """Whether a pattern leads to something a charter may have, to who acts for a body, or to
    more time for one duty."""
    first, *rest = pattern.split(".")
    if first in OF_A_SEAT:
        return rest == [OF_A_SEAT[first]]
    if first not in Charter.model_fields:
        return False
    return all(step == "*" or step in CHINESE for step in rest) or any(
        touches(pattern, tuple(str(step) for step in path)) for path in brief.report.paths()
    )


def _privacy(brief: Brief) -> None:
    """Names are published with consent; what is collected is kept for a stated time."""
    for path, work in works_of(brief):
        if work.form == "roll" and not work.consent:
            code = "charter.names-without-consent"
            brief.report.warning(code, path, at_key=True, word=str(path[-1]))
    retain = brief.charter.privacy.retain
    if brief.charter.admission and not retain:
        path = ("privacy",) if brief.report.has(("privacy",)) else ("admission",)
        brief.report.warning("charter.kept-without-term", path, at_key=True)
    for key, term in retain.items():
        if not TERM.match(term.strip()):
            path = ("privacy", "retain", key)
            brief.report.warning("charter.term-unreadable", path, word=term)
    known = set(_publishable(brief))
    for number, word in enumerate(brief.charter.privacy.publish):
        if word not in known:
            _unnamed(brief, ("privacy", "publish", number), word, known)


def _access(brief: Brief) -> None:
    """How long participants read on after the end is a plain length of time."""
    access = brief.charter.privacy.access
    if access and not PLAIN_TERM.match(access.strip()):
        brief.report.error("charter.access-unreadable", ("privacy", "access"), word=access)


def _publishable(brief: Brief) -> Iterator[str]:
    """What can be made public: works by key or form, honours, decisions, the record's heads."""
    for path, work in works_of(brief):
        yield from (str(path[-1]), work.form or ("file" if path[0] == "deliverables" else "report"))
    yield from brief.charter.honours
    if brief.charter.gates:
        yield from ("decisions", *brief.charter.gates)
    if brief.charter.record.checkpoint:
        yield "checkpoints"


def _chain(brief: Brief) -> None:
    """A rule of the chain of research is about a link of the chain, and asks for something."""
    chain = [*brief.charter.trace.chain, "link"]
    for key, rule in brief.charter.trace.rules.items():
        path: Path = ("trace", "rules", key)
        each = str(rule.get("each", ""))
        if each not in chain:
            facts = {"rule": key, "word": each, "nearest": nearest(each, chain)}
            brief.report.found_wanting("charter.rule-binds-nothing", (*path, "each"), facts)
        if not (rule.get("needs") or rule.get("fresh")):
            brief.report.warning("charter.rule-asks-nothing", path, at_key=True, rule=key)


def _rounds(brief: Brief, cast: Cast) -> None:
    """A round of comments is about a text, asks people, and answers each of them."""
    subjects = {str(path[-1]) for path, _ in works_of(brief)} | set(brief.charter.trace.chain)
    for key, one in brief.charter.rounds.items():
        path: Path = ("rounds", key)
        if not one.disposition:
            brief.report.warning("charter.comments-unanswered", path, at_key=True, word=key)
        if one.min and _days(one.open) < _days(one.min):
            facts: dict[str, object] = {"word": key, "open": one.open, "least": one.min}
            brief.report.found_problem("charter.open-below-min", (*path, "open"), facts)
        if one.subject not in subjects:
            _unnamed(brief, (*path, "subject"), one.subject, subjects)
        for number, word in enumerate(one.respondents):
            if word != PUBLIC and not cast.role_of(word):
                _unnamed(brief, (*path, "from", number), word, [*brief.charter.roles, PUBLIC])


def _days(text: str) -> float:
    """How long a duration is at the least, in days; 0 where it is none."""
    try:
        found = duration(text)
    except DateProblem:
        return 0
    return found.months * SHORT_MONTH + found.days + found.minutes / FULL_DAY


def _witnesses(brief: Brief) -> None:
    """Witnesses of the record exist."""
    for number, word in enumerate(brief.charter.record.witnesses):
        if word not in brief.charter.parties:
            _unnamed(brief, ("record", "witnesses", number), word, brief.charter.parties)


def _never_due(brief: Brief) -> None:
    """A declared work is owed at some time: by its date, or because something asks for it."""
    gates = dated(brief.charter.gates).values()
    asked = {word.split(" per ")[0] for gate in gates for word in gate.inputs}
    for _, work in works_of(brief):
        asked |= set(work.contains)
    for path, work in works_of(brief):
        if not (work.due or work.rrule or work.months or work.at_least) and path[-1] not in asked:
            brief.report.warning("charter.never-due", path, at_key=True, word=str(path[-1]))
