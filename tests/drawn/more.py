"""What stands around the work, and parts that came later: requests, votes, rules of a panel."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.drawn.grown import titled

if TYPE_CHECKING:
    from tests.drawn.charters import Drawing


def requests(here: Drawing) -> None:
    """What is decided when somebody asks: more time, or that a group ends."""
    kinds = [key for key in here.data["groups"] if key != "whole"]
    if here.chance(0.4, "on request"):
        said: dict[str, Any] = {"within": "P9D"} if here.chance(0.7, "within") else {}
        if here.chance(0.6, "asked_by"):
            said["asked_by"] = ["head"]
        if here.chance(0.4, "request on a meeting") and "rounds" in here.data["obligations"]:
            said["inputs"] = ["rounds"]
        here.judge("longer", decides=["boss"], outcomes=["approve", "refuse"], on_request=True,
                   **said)  # fmt: skip
    if kinds and here.chance(0.3, "end on request"):
        here.judge("give_up", per=kinds[0], decides=["boss"], outcomes=["stop", "refuse"],
                   on_request=True, asked_by=[f"{kinds[0]}_lead"], within="P6D")  # fmt: skip


def votes(here: Drawing) -> None:
    """Amendments that are voted on by whoever holds the roles."""
    block = here.data.get("amendment")
    if block and here.chance(0.3, "amendment by vote"):
        block["classes"]["all"] |= {"rule": {"approve": "2/3"}, "open": "P6D"}


def rules(here: Drawing) -> None:
    """A panel seeks consensus first, or may abstain."""
    rule = here.data["gates"]["verdict"].get("rule")
    if not isinstance(rule, dict):
        return
    if here.chance(0.5, "consensus first"):
        rule["consensus_first"] = True
    if here.chance(0.5, "abstentions"):
        rule["of"] = "cast"


def around(here: Drawing) -> None:
    """What stands around the work: phases, events, late, amendment, and the kept blocks."""
    late = (here.data["calendar"]["term"]["to"] - here.start).days
    if here.chance(0.4, "phases"):
        half = here.day(late // 2)
        here.data["phases"] = {
            "early": titled("early") | {"from": "term.from", "to": half},
            "after": titled("after") | {"from": half + timedelta(days=1), "to": "term.to"},
        }
    if here.chance(0.3, "events"):
        here.data["events"] = {"feast": titled("feast") | {"at": here.day(late // 3)}}
    if here.chance(0.5, "late"):
        here.data["obligations"]["late"] = {
            "remind": ["P-3D", "P-1D"], "escalate": [{"after": "P2D", "to": "clerk"}],
            "respond": {"within": "P5D"},
        }  # fmt: skip
    if here.chance(0.98, "amendment"):
        here.data["amendment"] = {
            "propose": ["head"],
            "classes": {
                "all": {
                    "touches": ["calendar", "obligations", "deliverables", "roles", "gates",
                                "amendment"],
                    "approve": ["boss"], "notice": "P3D",
                },
            },
        }  # fmt: skip
    if "admission" in here.data or here.chance(0.3, "privacy"):
        here.data["privacy"] = {"retain": {"rejected_application": "P1Y"}}
    if here.chance(0.2, "courtesy"):
        here.data["courtesy"] = {"conflicts_seen_by": ["holder", "manage"]}
