"""Programmes without a last day: people come in batches, every year one; every admitted
application of some is a group of its own, with papers that count from the day it was born."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.drawn.grown import titled


def yearly(dice: Random) -> tuple[dict[str, Any], list[str]]:
    """One of them, and what is in it."""
    born, month = dice.random() < 0.5, dice.choice((3, 4, 9))
    horizon, window = dice.choice(("P18M", "P2Y")), dice.choice((21, 30, 45))
    parts = ["yearly call", f"horizon {horizon}", f"window {window}"]
    data = _frame(dice, month, window) | {"lang": dice.choice((["en"], ["zh-Hans", "en"]))}
    data["programme"]["horizon"] = horizon
    if born:
        parts.append("born by admission")
        _topics(dice, data)
    else:
        parts.append("people in batches")
        _fellows(dice, data)
    _more(dice, data, parts, "topic" if born else "")
    return data, parts


def _frame(dice: Random, month: int, window: int) -> dict[str, Any]:
    """What all of them have: a council, a clerk, the series of the calls."""
    follow = {"after": "opening", "plus": f"P{window}D", "roll": "next-workday"}
    decide = {"after": "closing", "plus": "P21D", "roll": "next-workday"}
    rule = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY=1"
    series = dice.random() < 0.5
    one = {"min": 1, "max": 1}
    return {
        "keti": "charter/1", "tz": "Asia/Shanghai", "workdays": "cn",
        "programme": {"id": "drawn", "title": titled("drawn call"), "commissioner": "a"},
        "parties": {"a": titled("council") | {"kind": "authority"}},
        "groups": {"whole": titled("whole") | {"founded": "start"}},
        "roles": {
            "boss": titled("boss") | {"in": "whole", "holder": "a", "can": ["commission", "read"]}
            | one,
            "clerk": titled("clerk") | {"in": "whole", "can": ["manage", "read"],
                                        "appointed_by": "boss"} | one,
        },
        "call": {"title": titled("call"), "body": titled("text"), "signatory": titled("council")},
        "admission": {"window": {"open": "opening", "close": "closing"}, "decide_by": "chosen"},
        "calendar": {
            "start": titled("start") | {"date": "2023-02-01"},
            "announced": titled("announced") | {"rrule": rule, "from": "2023-02-01",
                                                "roll": "next-workday"},
            "opening": titled("opening") | {"after": "announced", "plus": "P7D"},
            "closing": titled("closing") | follow,
            "chosen": titled("chosen") | decide,
        },
        "obligations": {
            "seats": titled("seats") | {"form": "appointment", "by": "clerk", "opens": "start",
                                        "due": "2023-02-15"},
            "calling": titled("calling") | {"form": "call", "by": "clerk", "due": "announced"}
            | ({"series": "CALL"} if series else {}),
            "choosing": titled("choosing") | {"form": "admission", "by": "clerk", "due": "chosen"}
            | ({"series": "ADM"} if series else {}),
        },
    }  # fmt: skip


def _topics(dice: Random, data: dict[str, Any]) -> None:
    data["groups"]["topic"] = titled("topic") | {
        "parent": "whole", "named_by": "topic",
        **dice.choice(({"instances": "by_admission"}, {"by_admission": True})),
    }  # fmt: skip
    data["roles"]["lead"] = titled("lead") | {
        "in": "topic", "min": 1, "max": 1, "can": ["lead", "contribute", "read"],
    }  # fmt: skip
    data["admission"] |= {
        "form": titled("form") | {"fields": {
            "topic": titled("topic"), "plan": titled("plan") | {"kind": "lines", "max_chars": 900},
            "place": titled("place") | {"kind": "choice", "options": ["north", "south"],
                                        "required": False, "hint": titled("hint")},
        }, "declarations": {"truth": titled("truth")}},
        "tracks": {"person": titled("lead") | {"role": "lead", "kind": "person"}},
    }  # fmt: skip
    months = dice.choice((4, 6, 9))
    text = {"text": titled("text")}
    data["deliverables"] = {
        "outline": titled("outline") | {"per": "topic", "form": "report", "due": "born + P30D",
                                        "sections": text},
        "final": titled("final") | {"per": "topic", "form": "report", "opens": "born + P60D",
                                    "due": f"born + P{months}M", "round": "down", "sections": text},
    }  # fmt: skip
    data["gates"] = {
        "accepted": titled("accepted") | {
            "per": "topic", "decides": ["boss"], "inputs": ["final"],
            "outcomes": ["approve", "revise", "stop"], "by": f"born + P{months + 2}M",
            "round": "down",
        }
    }  # fmt: skip


def _fellows(dice: Random, data: dict[str, Any]) -> None:
    data["roles"]["fellow"] = titled("fellow") | {"in": "whole", "can": ["contribute", "read"]}
    track = titled("fellow") | {"role": "fellow"}
    data["admission"]["form"] = titled("form") | {
        "fields": {"plan": titled("plan") | {"kind": "lines"}}
    }
    if dice.random() < 0.6:
        track |= {"require": ["degree"], "rank": ["first"]}
        data["admission"]["evidence"] = {
            key: titled(key) | {"by": ["form"], "checked_by": "clerk"}
            for key in ("degree", "first")
        }
    data["admission"]["tracks"] = {"person": track}


def _more(dice: Random, data: dict[str, Any], parts: list[str], kind: str) -> None:
    """A term for the clerk, meetings, requests, honours; what came by the call is kept a while."""
    data["privacy"] = {"retain": {"rejected_application": "P1Y"}}
    touched = ["calendar", "obligations", "roles", "groups", "admission", "call", "amendment"]
    data["amendment"] = {"propose": ["clerk"], "classes": {"all": {
        "touches": [*touched, *(["deliverables", "gates"] if kind else [])],
        "approve": ["boss"], "notice": "P7D"}}}  # fmt: skip
    if dice.random() < 0.4:
        parts.append("term of clerk")
        data["roles"]["clerk"] |= {"term": dice.choice(("P1Y", ["P6M", "P1Y"])), "renewals": 1}
    if dice.random() < 0.5:
        parts.append("at_least without end")
        data["obligations"]["talks"] = titled("talks") | {
            "form": "meeting", "by": "clerk", "record": "minutes", "at_least": "1 per P4M",
            "roll": "previous-workday", "from": "start",
        }  # fmt: skip
    if kind and dice.random() < 0.4:
        parts.append("honour of what is born")
        data["honours"] = {"good": titled("good topic") | {
            "to": ["lead"], "criteria": ["final.accepted"], "decided_by": ["boss"]}}  # fmt: skip
        data["amendment"]["classes"]["all"]["touches"].append("honours")
    if kind and dice.random() < 0.4:
        parts.append("request of what is born")
        data["gates"]["longer"] = titled("longer") | {
            "per": kind, "decides": ["boss"], "on_request": True, "asked_by": ["lead"],
            "within": "P9D", "outcomes": ["approve", "refuse"],
        }  # fmt: skip
