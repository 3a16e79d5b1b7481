"""Parts of drawn charters that came later; drawn last, so that what is drawn before stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
