"""What the language learned later, thrown into a drawn charter when everything else stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.drawn.charters import Drawing


def grown(here: Drawing) -> None:
    """Each of the later words of the language, where it comes in."""
    _holders(here)
    _offices(here)
    _invited(here)
    _at_least(here)
    _endless(here)


def titled(key: str) -> dict[str, Any]:
    """The two names of something drawn."""
    words = key.replace("_", " ")
    return {"zh": f"{words}（演示）", "en": f"{words.capitalize()} (demo)"}


def _holders(here: Drawing) -> None:
    """Two parties commission together, a seat each."""
    if here.chance(0.25, "several holders"):
        here.data["parties"]["c"] = titled("ministry") | {"kind": "authority"}
        here.data["roles"]["boss"] |= {"holder": ["a", "c"], "min": 2, "max": 2}


def _offices(here: Drawing) -> None:
    """The leads of a kind of group sit in a council of the whole by their office."""
    kinds = [key for key in here.data["groups"] if key != "whole"]
    if kinds and here.chance(0.3, "ex officio"):
        council = titled("councillor") | {"in": "whole", "can": ["advise", "read"]}
        leads = [f"{kind}_lead" for kind in kinds]
        here.data["roles"]["councillor"] = council | {"ex_officio": [*leads, "head"], "min": 2}


def _invited(here: Drawing) -> None:
    """Other groups and roles are called to the meetings."""
    kinds = [key for key in here.data["groups"] if key != "whole"]
    for key, one in here.data["obligations"].items():
        if one.get("record") == "minutes" and kinds and here.chance(0.5, "with"):
            wanted = [kinds[-1], "clerk"] if key == "kickoff" else [kinds[0], "head"]
            one["with"] = wanted


def _at_least(here: Drawing) -> None:
    """Something so many times in each stretch of time; a round that stays open so long."""
    if here.chance(0.4, "at_least"):
        much = here.some("at_least", ("1 per P2M", "2 per P3M", "1 per P45D"))
        here.owe("talks", form="meeting", by="clerk", record="minutes", at_least=much,
                 roll="previous-workday", **{"from": "term.from", "to": "term.to"})  # fmt: skip
    if "rounds" in here.data and here.chance(0.5, "min of a round"):
        here.data["rounds"]["asked"]["min"] = "P9D"


def _endless(here: Drawing) -> None:
    """Something that recurs without a last day, laid down so far ahead."""
    if here.chance(0.3, "horizon"):
        here.data["programme"]["horizon"] = "P3M"
        here.owe("round_table", form="meeting", by="head", record="minutes",
                 rrule="FREQ=MONTHLY;BYMONTHDAY=11", roll="previous-workday",
                 **{"from": "term.from"})  # fmt: skip
