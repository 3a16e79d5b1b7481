"""Charters nobody wrote: drawn over every form of work, most keys and the shipped templates.

A drawing is a small sound programme with parts thrown in or left out; what lint says something
against is drawn again. What comes back names what is in it, so that the spread can be printed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from keti.charter.rules.lint import lint
from keti.charter.rules.workdays import Workdays
from tests.charter_tools import fewer_groups, shifted
from tests.drawn.grown import grown, titled
from tests.drawn.later import later
from tests.drawn.more import around, requests, rules, votes
from tests.drawn.spread import forms_and_keys
from tests.drawn.words import words
from tests.drawn.yearly import yearly

WORKS = Workdays("cn")
TEXT = {"zh": "正文", "en": "Text"}
LANGS = (["zh-Hans", "en"], ["en"], ["zh-Hans"])
RULES: tuple[Any, ...] = (
    None, "unanimous", {"quorum": 2}, {"quorum": "2/3", "approve": "2/3"}, {"approve": "1/2"},
    {"quorum": "1/2", "conflicts": "recuse"},
)  # fmt: skip
TRIES = 60
TEMPLATED = range(29, 10_000, 20)
"""These are a template made smaller and moved; plays of them are long."""
ENDLESS = range(7, 10_000, 12)
"""These call for people every year and have no last day."""
CHARTERS = Path(__file__).resolve().parents[2] / "charters"
TEMPLATES = sorted(one.stem for one in CHARTERS.glob("*-*.yaml"))


@dataclass
class Drawn:
    """One charter, what is in it, and how many were drawn before it that lint refused."""

    text: str
    parts: list[str]
    refused: int = 0


@dataclass
class Drawing:
    """A charter being drawn: its blocks, its dice, the parts that came in."""

    dice: Random
    data: dict[str, Any] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)

    def chance(self, share: float, part: str) -> bool:
        """Whether a part comes in, so many times of one hundred."""
        comes = self.dice.random() < share
        self.parts += [part] if comes else []
        return comes

    def some(self, part: str, choices: tuple[Any, ...]) -> Any:
        """One of several, by its place."""
        place = self.dice.randrange(len(choices))
        self.parts.append(f"{part} {place}")
        return choices[place]

    def day(self, number: int) -> date:
        """The working day on or after this one, counted from the first day of the term."""
        return WORKS.roll(self.start + timedelta(days=number), "next-workday")

    @property
    def start(self) -> date:
        day: date = self.data["calendar"]["term"]["from"]
        return day

    def owe(self, key: str, **work: Any) -> None:
        """One obligation more."""
        self.data["obligations"][key] = titled(key) | work

    def make(self, key: str, **work: Any) -> None:
        """One deliverable more."""
        self.data["deliverables"][key] = titled(key) | work

    def judge(self, key: str, **gate: Any) -> None:
        """One gate more; a rule that is none is left out."""
        self.data["gates"][key] = titled(key) | {k: v for k, v in gate.items() if v is not None}


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: a charter has no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def drawn(seed: int) -> Drawn:
    """The first charter of this seed that lint has nothing against, no warning either."""
    dice = Random(f"charter {seed}")
    told: list[str] = []
    for refused in range(TRIES):
        text, parts = kind_of(seed)(dice)
        found = [one for one in lint(text, "drawn.yaml") if one.severity != "note"]
        if not found:
            return Drawn(text, parts, refused)
        told += [one.as_text("en") for one in found]
    raise AssertionError(f"seed {seed}: no clean charter in {TRIES}:\n" + "\n".join(told[-20:]))


def kind_of(seed: int) -> Callable[[Random], tuple[str, list[str]]]:
    """How the charter of this seed is drawn."""
    return _template if seed in TEMPLATED else _endless if seed in ENDLESS else _own


def _own(dice: Random) -> tuple[str, list[str]]:
    """One put together from parts, and which came in."""
    here = _drawing(dice)
    return _written(here.data), [*here.parts, *forms_and_keys(here.data)]


def _endless(dice: Random) -> tuple[str, list[str]]:
    """One that calls for people every year."""
    data, parts = yearly(dice)
    return _written(data), [*parts, *forms_and_keys(data)]


def _written(data: dict[str, Any]) -> str:
    return yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=4096)


def _template(dice: Random) -> tuple[str, list[str]]:
    """A shipped template with a group or two of each kind, some weeks later."""
    name = dice.choice(TEMPLATES)
    groups, weeks = dice.choice((1, 2)), dice.randrange(0, 60)
    text = shifted(fewer_groups((CHARTERS / f"{name}.yaml").read_text("utf-8"), groups), 7 * weeks)
    return text, [f"template {name}", f"template with {groups}"]


def _drawing(dice: Random) -> Drawing:
    here = Drawing(dice)
    _head(here)
    _people(here)
    _beginning(here)
    middle: list[Callable[[Drawing], None]] = [_meetings, _monthly, _files, _books, _asides]
    for part in middle:
        part(here)
    _report(here)
    _end(here)
    around(here)
    grown(here)
    requests(here)
    votes(here)
    rules(here)
    later(here)
    words(here)
    return here


def _head(here: Drawing) -> None:
    first = date(2023, 2, 27) + timedelta(days=here.dice.randrange(0, 200))
    length = here.dice.choice([150, 220, 330, 480])
    here.parts.append(f"{length} days")
    programme: dict[str, Any] = {"id": "drawn", "title": titled("drawn study"), "commissioner": "a"}
    if here.chance(0.5, "contractor"):
        programme["contractor"] = "b"
    if here.chance(0.4, "number_prefix"):
        programme["number_prefix"] = "演"
    if here.chance(0.25, "number_format"):
        programme["number_format"] = "{prefix}T/{series} {n:03}—{year}"
    here.data |= {
        "keti": "charter/1",
        "lang": here.some("lang", LANGS),
        "tz": here.some("zone", ("Asia/Shanghai", "Europe/Berlin", "America/New_York")),
        "workdays": "cn",
        "programme": programme,
        "parties": {"a": titled("council") | {"kind": "authority"}},
        "groups": {"whole": titled("whole") | {"founded": "term.from"}},
        "roles": {},
        "calendar": {
            "term": titled("term") | {"from": first, "to": first + timedelta(days=length)}
        },
        "obligations": {},
        "deliverables": {},
        "gates": {},
    }
    if "contractor" in programme:
        here.data["parties"]["b"] = titled("institute") | {"kind": "academic"}


def _people(here: Drawing) -> None:
    roles = here.data["roles"]

    def role(key: str, home: str, can: list[str], **more: Any) -> None:
        roles[key] = titled(key) | {"in": home, "can": can} | more

    one = {"min": 1, "max": 1}
    role("boss", "whole", ["commission", "read"], holder="a", **one)
    held = {"holder": "b"} if "b" in here.data["parties"] and here.chance(0.5, "holder") else {}
    role("clerk", "whole", ["manage", "read"], **one, **(held or {"appointed_by": "boss"}))
    role("head", "whole", ["lead", "contribute", "read"], appointed_by="boss", **one)
    if here.chance(0.4, "watch"):
        role("eye", "whole", ["watch", "read"], min=1, appointed_by="boss", excludes=["head"])
        here.data["findings"] = {"raised_by": ["eye"], "verified_by": "eye"}
    if here.chance(0.3, "resolve"):
        role("fixer", "whole", ["resolve", "read"], min=1, appointed_by="boss")
    if here.chance(0.4, "advise"):
        role("wise", "whole", ["advise"], min=1, appointed_by="boss")
    if here.chance(0.6, "jury"):
        role("juror", "whole", ["judge"], min=4, external=True, appointed_by="boss",
             excludes=["head"])  # fmt: skip
    for kind in ("site", "desk")[: here.some("kinds", (0, 1, 2))]:
        count = here.some("instances", (1, 2, 3))
        here.data["groups"][kind] = titled(kind) | {
            "parent": "whole",
            "founded": "term.from",
            "instances": {f"{kind[0]}{n}": titled(f"{kind} {n}") for n in range(1, count + 1)},
        }
        role(f"{kind}_lead", kind, ["lead", "contribute", "read"], appointed_by="head", **one)
        role(f"{kind}_hand", kind, ["contribute", "read"], min=2, appointed_by=f"{kind}_lead")

    below = [key for key, one in roles.items() if one["in"] != "whole"]
    for key in {"eye", "juror"} & set(roles):
        roles[key]["excludes"] += below


def _kinds(here: Drawing) -> list[str]:
    return [key for key in here.data["groups"] if key != "whole"]


def _beginning(here: Drawing) -> None:
    """The call and who comes by it; seats; the founding of the groups."""
    start = here.start
    open_to = [f"{kind}_hand" for kind in _kinds(here)]
    if open_to and here.chance(0.4, "admission"):
        opens, closes = start - timedelta(days=60), start - timedelta(days=40)
        tracks = {f"way_{n}": titled(f"way {n}") | {"role": key} for n, key in enumerate(open_to)}
        here.data["admission"] = {
            "window": {"open": opens, "close": closes},
            "decide_by": start - timedelta(days=20),
            "tracks": tracks,
        }
        here.data["call"] = {"title": titled("call")}
        here.owe("calling", form="call", by="clerk", due=here.day(-64), series="CALL")
        here.owe("joining", form="admission", by="clerk", due=here.day(-21))
        for key in open_to:
            del here.data["roles"][key]["appointed_by"]
    here.owe("seats", form="appointment", by="clerk", opens="term.from", due=here.day(9))
    for kind in _kinds(here):
        here.owe(f"{kind}_seats", form="appointment", per=kind, by="clerk", opens="term.from",
                 due=here.day(10))  # fmt: skip
        if here.chance(0.3, "founding"):
            here.owe(f"{kind}_founding", form="founding", per=kind, by="clerk", due=here.day(12))


def _length(here: Drawing) -> int:
    days: timedelta = here.data["calendar"]["term"]["to"] - here.start
    return days.days


def _meetings(here: Drawing) -> None:
    if here.chance(0.5, "meeting"):
        more = {"series": "MEET"} if here.chance(0.5, "series") else {}
        here.owe("kickoff", form="meeting", by="clerk", due=here.day(17), record="minutes", **more)
    kinds = _kinds(here)
    if kinds and here.chance(0.3, "meetings"):
        here.owe("rounds", per=kinds[0], by=f"{kinds[0]}_lead", record="minutes",
                 months=[1, 3], roll="previous-workday", **{"from": "term.from"})  # fmt: skip


def _monthly(here: Drawing) -> None:
    """Reports that come again, put together by the head."""
    kinds = _kinds(here)
    if not kinds or not here.chance(0.5, "monthly"):
        return
    kind, last = kinds[0], here.start + timedelta(days=_length(here) - 60)
    here.data["calendar"]["monthly"] = titled("monthly day") | {
        "rrule": "FREQ=MONTHLY;BYMONTHDAY=20", "from": here.start + timedelta(days=30), "to": last,
        "roll": "previous-workday",
    }  # fmt: skip
    here.owe("note", per=kind, by=f"{kind}_lead", due="monthly", sections={"text": TEXT},
             plan=here.chance(0.5, "plan"))  # fmt: skip
    if here.chance(0.5, "collects"):
        here.data["calendar"]["sum_day"] = titled("sum day") | {
            "after": "monthly", "plus": "6 workdays",
        }  # fmt: skip
        here.owe("digest", by="head", due="sum_day", collects="note", sections={"text": TEXT})


def _files(here: Drawing) -> None:
    if here.chance(0.5, "file"):
        more = {"series": "FILE"} if here.chance(0.5, "file series") else {}
        here.make("plan_paper", form="file", by="head", due=here.day(24), **more)
    kinds = _kinds(here)
    if kinds and here.chance(0.4, "one group alone"):
        name = next(iter(here.data["groups"][kinds[0]]["instances"]))
        here.make("own_paper", form="file", per=f"{kinds[0]}.{name}", by=f"{kinds[0]}_lead",
                  due=here.day(27))  # fmt: skip


def _books(here: Drawing) -> None:
    kinds = _kinds(here)
    if kinds and here.chance(0.4, "task_book"):
        kind = kinds[0]
        here.owe("books", form="task_book", per=kind, by="clerk", due=here.day(20),
                 fields=["target"], series="TB")  # fmt: skip
        if here.chance(0.5, "acceptance"):
            here.owe("book_accepted", form="acceptance", per=kind, by=f"{kind}_hand",
                     due=here.day(27), needs=["books"])  # fmt: skip


def _asides(here: Drawing) -> None:
    """A decision without material, by whoever commissions."""
    if here.chance(0.3, "no inputs"):
        rounds = {"max_rounds": 2, "revise_within": "P3D"}
        here.judge("leave", decides=["boss"], outcomes=["approve", "revise", "stop"],
                   opens=here.day(30), by=here.day(40), **rounds)  # fmt: skip
        here.parts.append("revise")


def _report(here: Drawing) -> None:
    """The paper, from parts of the groups or written at once; asked about, judged."""
    late = _length(here)
    judges, parts = ["juror"] if "juror" in here.data["roles"] else ["boss"], ""
    for kind in _kinds(here)[:1]:
        here.make("part", form="report", per=kind, by=f"{kind}_lead", due=here.day(late - 60),
                  sections={"text": TEXT, "more": TEXT})  # fmt: skip
        parts = "part"
        if here.chance(0.5, "gate per group"):
            here.judge("check", per=kind, decides=["boss"], inputs=["part"],
                       outcomes=["approve", "revise"], by=here.day(late - 50))  # fmt: skip
    more: dict[str, Any] = {"assembles": parts} if parts else {"sections": {"text": TEXT}}
    if "leave" in here.data["gates"]:
        more["needs"] = ["leave"]
    if here.chance(0.3, "signed"):
        more["signed"] = True
    here.make("paper", form="report", by="head", opens="term.from", due=here.day(late - 42),
              series="PAPER", **more)  # fmt: skip
    when = "all(check.approve)" if "check" in here.data["gates"] else None
    if here.chance(0.4, "consultation"):
        here.owe("asking", form="consultation", by="clerk", subject="paper",
                 opens=here.day(late - 40), due=here.day(late - 26))  # fmt: skip
        if here.chance(0.6, "round"):
            here.data["rounds"] = {
                "asked": {
                    "subject": "paper", "open": "P10D", "from": ["head"], "disposition": "required",
                }
            }  # fmt: skip
            if here.chance(0.5, "public round"):
                here.data["rounds"]["asked"]["from"] = ["head", "public"]
        when = f"asking.done and {when}" if when else "asking.done"
    revise = here.chance(0.5, "rounds of a gate")
    rounds = {"max_rounds": 2, "revise_within": "P4D"} if revise else {}
    rule = here.some("rule", RULES) if judges == ["juror"] else None
    here.judge("verdict", decides=judges, inputs=["paper"], outcomes=["approve", "revise", "stop"],
               rule=rule, when=when, opens=here.day(late - 24), by=here.day(late - 12),
               sign_off=here.chance(0.2, "sign_off") or None, **rounds)  # fmt: skip


def _end(here: Drawing) -> None:
    late = _length(here)
    needs = ["verdict"]
    if here.chance(0.5, "publication"):
        here.make("book", form="publication", by="clerk", subject="paper", needs=["verdict"],
                  due=here.day(late - 8), series="PUB")  # fmt: skip
        needs.append("book")
    if here.chance(0.8, "closing"):
        here.make("ending", form="closing", by="clerk", due=here.day(late), needs=needs)
        needs = ["ending"]
    if here.chance(0.4, "roll"):
        here.make("names", form="roll", by="clerk", due=here.day(late + 7), needs=needs,
                  consent="per_person")  # fmt: skip
