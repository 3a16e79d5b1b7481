"""The small words of the language, a line or two each: every one comes into so many charters of a
hundred. What does not fit where it falls is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.drawn.grown import titled

if TYPE_CHECKING:
    from tests.drawn.charters import Drawing


def words(here: Drawing) -> None:
    """Each of them, where it comes in."""
    for name, (share, put) in PARTS.items():
        if here.chance(share, name):
            put(here)


def _programme(here: Drawing) -> None:
    here.data["programme"] |= {
        "short": titled("short"), "about": titled("about"), "aliases": ["Other name (demo)"],
        "issued_by": "a", "source": ["1"],
        "principles": {"open": titled("openness") | {"bound_to": ["gates.verdict"]}},
    }  # fmt: skip


def _first_number(here: Drawing) -> None:
    here.data["programme"]["first_number"] = 7


def _affiliated(here: Drawing) -> None:
    if "b" in here.data["parties"]:
        here.data["parties"]["b"]["affiliated_with"] = "a"


def _record(here: Drawing) -> None:
    here.data["record"] = {
        "log": "transparency", "events": ["report", "decision"], "leaf": "salted_hash",
        "checkpoint": "daily",
    }  # fmt: skip


def _access(here: Drawing) -> None:
    here.data.setdefault("privacy", {}).update({"access": "P6M", "publish": ["report"]})


def _findings(here: Drawing) -> None:
    if "findings" in here.data:
        here.data["findings"] |= {"triage_within": "P2D", "owner_within": "P4D"}


def _head(here: Drawing) -> None:
    here.data["roles"]["head"] |= {"honorific": titled("professor"), "duty": ["paper"]}


def _deputy(here: Drawing) -> None:
    here.data["roles"]["second"] = titled("second") | {
        "in": "whole", "can": ["contribute", "read"], "min": 1, "appointed_by": "boss",
        "deputises": "head",
    }  # fmt: skip


def _external(here: Drawing) -> None:
    if "wise" in here.data["roles"]:
        here.data["roles"]["wise"] |= {"external": True, "holder_kind": "person"}


def _late(here: Drawing) -> None:
    late = here.data["obligations"].get("late")
    if late:
        late |= {"record_late": True, "on_behalf": True, "seen_by": ["holder", "lead", "manage"]}
        late["respond"] |= {
            "accept": "P4D", "confirm": "P3D", "answer": "P4D", "approve": "P3D", "open": "P3D",
            "vouch": "P4D", "decide": "P9D",
        }  # fmt: skip


def _never(here: Drawing) -> None:
    if "amendment" in here.data:
        here.data["amendment"]["never"] = ["retroactive_lateness", "delete_record"]


def _vote(here: Drawing) -> None:
    one = here.data.get("amendment", {}).get("classes", {}).get("all", {})
    if "open" in one:
        one["rule"] = here.some("vote", ({"quorum": "1/2", "approve": "1/2"}, {"unanimous": True}))


def _paper(here: Drawing) -> dict[str, Any]:
    found: dict[str, Any] = here.data["deliverables"]["paper"]
    return found


def _references(here: Drawing) -> None:
    _paper(here)["references"] = here.some("edition", (2015, 2025))


def _classified(here: Drawing) -> None:
    _paper(here)["classification"] = titled("public")


def _annexes(here: Drawing) -> None:
    _paper(here)["annexes"] = ["decision", "minority", "comments", "cases"]


def _own_number(here: Drawing) -> None:
    _paper(here).update({"number_format": "{series}/{year}/{n:02}", "first_number": 3})


def _covering(here: Drawing) -> None:
    _paper(here).update({"courtesy": "呈阅", "issued_by": "a", "remind": ["P9D"], "at": "17:00"})


def _languages(here: Drawing) -> None:
    _paper(here)["languages"] = list(here.data["lang"])


def _customary(here: Drawing) -> None:
    paper = _paper(here)
    if "assembles" in paper:
        return
    paper.pop("sections", None)
    kinds = ("necessity", "opening", "monthly", "consolidated", "mid-term", "final")
    paper["sections_of"] = here.some("customary", kinds)


def _sections(here: Drawing) -> None:
    paper = _paper(here)
    if "sections_of" not in paper:
        text = titled("text") | {"hint": titled("hint"), "required": True}
        paper["sections"] = {"sum": titled("sum") | {"summary": True}, "text": text}


def _outline(here: Drawing) -> None:
    here.make("sketch", form="report", by="head", opens="term.from", due=here.day(34),
              sections_of="outline")  # fmt: skip
    _paper(here)["outline"] = "sketch"


def _verdict(here: Drawing) -> None:
    gate = here.data["gates"]["verdict"]
    gate |= {"at": "18:00", "issued_by": "a"}
    gate["outcomes"] = {
        "yes": titled("yes") | {"effect": "approve"},
        "again": titled("again") | {"effect": "revise"},
        "no": titled("no") | {"effect": "stop"},
    }  # fmt: skip
    text = str(here.data["gates"]) + str(here.data.get("outreach"))
    if "verdict.approve" in text:
        gate["outcomes"] = ["approve", "revise", "stop"]


def _first_by(here: Drawing) -> None:
    gate = here.data["gates"]["verdict"]
    if "max_rounds" in gate:
        gate["first_by"] = here.day(_late_days(here.data) - 18)


def _panel(here: Drawing) -> None:
    gate = here.data["gates"]["verdict"]
    if gate["decides"] == ["juror"]:
        gate["composition"] = {"juror": {"min": 2, "max": 9}}
        rule = gate.get("rule")
        if isinstance(rule, dict):
            rule["no_voice"] = ["head"]
        elif rule is None:
            gate["rule"] = {"unanimous": True}


def _consult(here: Drawing) -> None:
    if "rounds" in here.data:
        here.data["gates"]["verdict"]["consult"] = "asked"


def _opened(here: Drawing) -> None:
    phases, leave = here.data.get("phases"), here.data["gates"].get("leave")
    if phases and leave and leave["by"] < phases["after"]["from"]:
        phases["after"]["opens_with"] = "leave"


def _dates(here: Drawing) -> None:
    """Days said in other ways: with a time, a month alone, months of a term, rounded."""
    here.data["calendar"]["about"] = titled("about") | {"date": here.day(50), "precision": "month"}
    here.data.setdefault("events", {})["fair"] = titled("fair") | {"at": "about"}
    calendar = here.data["calendar"]
    calendar["plan_day"] = titled("plan day") | {"date": here.day(27), "at": "16:00"}
    here.make("plan_note", form="file", by="head", due="plan_day")
    calendar["two_months"] = titled("two months") | {
        "months": [1, 2, 4], "from": "term.from", "roll": "previous-workday", "round": "down",
    }  # fmt: skip
    here.make("table", form="file", by="clerk", due="two_months")


def _young(here: Drawing) -> None:
    note = here.data["obligations"].get("note")
    if note:
        where = here.some("young", (note, here.data["calendar"]["monthly"]))
        where["first"] = {"skip_if_younger_than": "10 workdays", "since": "term.from"}


def _override(here: Drawing) -> None:
    kinds = [key for key in here.data["groups"] if key != "whole"]
    if not kinds or "part" not in here.data["deliverables"]:
        return
    kind = here.data["groups"][kinds[0]]
    kind["may_override"] = ["deliverables.part.due"]
    first = next(iter(kind["instances"].values()))
    first["overrides"] = {"deliverables.part.due": here.day(_late_days(here.data) - 61)}


def _family(here: Drawing) -> None:
    """A group that follows the ways of another."""
    kinds = [key for key in here.data["groups"] if key != "whole"]
    if len(kinds) == 2:
        here.data["groups"][kinds[1]]["inherits"] = kinds[0]


def _nested(here: Drawing) -> None:
    """Groups of one kind under single groups of another."""
    kinds = [key for key in here.data["groups"] if key != "whole"]
    if len(kinds) == 2:
        above = list(here.data["groups"][kinds[0]]["instances"])
        here.data["groups"][kinds[1]]["parent"] = kinds[0]
        for number, one in enumerate(here.data["groups"][kinds[1]]["instances"].values()):
            one["parent"] = f"{kinds[0]}.{above[number % len(above)]}"


def _followed(here: Drawing) -> None:
    if "kickoff" in here.data["obligations"]:
        here.data["obligations"]["kickoff"]["action_items"] = "tracked"


def _call(here: Drawing) -> None:
    """What an admission may say besides."""
    shape = here.data.get("admission")
    if not shape:
        return
    here.data["call"] |= {"audience": titled("everybody"), "signatory": titled("council")}
    for track in shape["tracks"].values():
        track |= {"require": ["able"], "rank": ["near"], "kind": "person"}
        track["open_to_others"] = True
        kind = here.data["roles"][track["role"]]["in"]
        shape.setdefault("capacity", {})[kind] = {"min": 1, "max": 9}
    shape["evidence"] = {
        key: titled(key) | {"by": ["form"], "checked_by": "clerk", "decided_by": "boss"}
        for key in ("able", "near")
    }
    shape["form"] = titled("form") | {
        "fields": {"place": titled("place") | {"kind": "choice", "options": ["north", "south"]},
                   "plan": titled("plan") | {"kind": "lines", "max_chars": 900,
                                             "required": False, "hint": titled("hint")}},
        "declarations": {"truth": titled("truth")},
    }  # fmt: skip


def _late_days(data: dict[str, Any]) -> int:
    term = data["calendar"]["term"]
    days: int = (term["to"] - term["from"]).days
    return days


Part = tuple[float, Callable[["Drawing"], None]]
PARTS: dict[str, Part] = {
    "words of the programme": (0.2, _programme), "first_number": (0.15, _first_number),
    "affiliated": (0.2, _affiliated), "record": (0.3, _record), "access": (0.2, _access),
    "terms of findings": (0.5, _findings), "words of the head": (0.2, _head),
    "deputises": (0.15, _deputy), "external adviser": (0.4, _external),
    "words of late": (0.5, _late),
    "never": (0.3, _never), "vote with a quorum": (0.5, _vote), "references": (0.2, _references),
    "classification": (0.15, _classified), "annexes": (0.2, _annexes),
    "number of its own": (0.15, _own_number), "covering page": (0.2, _covering),
    "languages": (0.15, _languages), "sections_of": (0.2, _customary),
    "sections": (0.15, _sections),
    "outline": (0.12, _outline), "words of a gate": (0.2, _verdict), "first_by": (0.2, _first_by),
    "panel": (0.4, _panel), "consult": (0.25, _consult), "opens_with": (0.5, _opened),
    "days said otherwise": (0.2, _dates), "young": (0.4, _young), "override": (0.25, _override),
    "inherits": (0.3, _family), "nested": (0.3, _nested),
    "action_items": (0.3, _followed), "words of the call": (0.6, _call),
}  # fmt: skip
