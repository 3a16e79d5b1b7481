"""Terms of office, promises and honours; drawn last, so that what is drawn before them stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.drawn.grown import titled

if TYPE_CHECKING:
    from tests.drawn.charters import Drawing

TERMS: tuple[Any, ...] = ("P5W", ["P2M", "P6W"], "P4M", ["P6M", "P1Y"], "P1Y")


def later(here: Drawing) -> None:
    """Each of them, where it comes in."""
    _terms(here)
    _promises(here)
    _honours(here)
    _proofs(here)
    _trace(here)
    _map(here)


def _terms(here: Drawing) -> None:
    """Somebody holds office for a time: elected or appointed, renewed or not."""
    roles = here.data["roles"]
    for key in sorted({"head", "eye", "wise", "site_lead"} & set(roles)):
        if not here.chance(0.3, f"term of {key}"):
            continue
        roles[key]["term"] = here.some("term", TERMS)
        if here.chance(0.6, "renewals"):
            roles[key]["renewals"] = here.some("renewals", (0, 1, 2))
        if here.chance(0.4, "elected_by"):
            roles[key]["elected_by"] = ["clerk"]


def _promises(here: Drawing) -> None:
    """What is promised beyond the papers: once, after something, again and again."""
    if not here.chance(0.4, "outreach"):
        return
    gates, ways = here.data["gates"], []
    late = (here.data["calendar"]["term"]["to"] - here.start).days
    ways.append({"due": here.day(late - 9)})
    ways.append({"after": f"{next(iter(gates))}.approve", "due": here.day(late - 6)})
    ways.append({"from": here.day(40), "every": "P1M", "for": "P3M"})
    ways.append({"at": here.day(late // 2), "due": here.day(late // 2 + 14)})
    found = here.data["outreach"] = dict[str, Any]()
    for number in range(here.some("promises", (1, 2, 3))):
        one = found[f"promise_{number}"] = titled(f"promise {number}") | {
            "by": here.some("promise by", ("clerk", "head")), "to": ["readers"],
            **here.some("promise at", tuple(ways)),
        }  # fmt: skip
        shown = here.some("shown", ({"proof": ["sent"]}, {"evidence": "link_list"},
                                    {"states": ["已送达", "已回复"]}))  # fmt: skip
        one |= shown
        if here.chance(0.3, "target"):
            one["target"] = {"count": 40}
        if here.chance(0.3, "approved_by"):
            one["approved_by"] = ["boss"]
        _for_whom(here, one)


def _for_whom(here: Drawing, one: dict[str, Any]) -> None:
    """Which units are to have what is promised and what they do first; what is filmed of it."""
    if here.chance(0.3, "entitles"):
        one["entitles"] = ["head"]
        if here.chance(0.5, "provided"):
            one["provided"] = ["paper.accepted"]
    if here.chance(0.3, "clips"):
        one |= {"clips": True, "keep": "P5Y", "release_form": "per_person", "subtitles": ["en"]}
    if here.chance(0.2, "consent of a promise"):
        one["consent"] = "per_person"


def _honours(here: Drawing) -> None:
    """Awards that are nominated, decided and contested; certificates of taking part."""
    kinds = [key for key in here.data["groups"] if key != "whole"]
    to = [f"{kinds[0]}_lead"] if kinds else ["head"]
    if here.chance(0.35, "award"):
        one = titled("award") | {"to": to, "decided_by": ["boss"], "criteria": ["paper.accepted"]}
        if kinds:
            one["criteria"] = here.some("criteria", (["part.met"], ["part.on_time"]))
        if here.chance(0.5, "nominated_by"):
            one["nominated_by"] = ["head"] if kinds else ["clerk"]
        if here.chance(0.5, "appeal"):
            one["appeal"] = "P3D"
        if here.chance(0.5, "verifiable"):
            one["verifiable"] = True
        if here.chance(0.5, "series of an honour"):
            one["series"] = "AWARD"
        here.data["honours"] = {"award": one}
    if here.chance(0.3, "participation"):
        here.data.setdefault("honours", {})["taking_part"] = titled("taking part") | {
            "to": to, "participation": True, "decided_by": ["clerk"],
            "criteria": ["part.met"] if kinds else ["paper.met"],
        }  # fmt: skip


def _proofs(here: Drawing) -> None:
    """A roll whose entries are looked at by those they are about, before it is drawn up."""
    roll = here.data["deliverables"].get("names")
    if roll and here.chance(0.5, "proofread"):
        roll["proofread"] = here.some("time to proofread", ("P1D", "P3D", "P1W"))
        if here.chance(0.6, "silent"):
            roll["silent"] = here.some("what of the silent", ("enter", "leave_out"))


def _trace(here: Drawing) -> None:
    """How findings and recommendations hang on what was found; asked by no gate."""
    if not here.chance(0.25, "trace"):
        return
    chain = ["challenge", "case", "source", "finding", "recommendation", "addressee"]
    here.data["trace"] = {"chain": chain}
    if here.chance(0.6, "rules of a trace"):
        here.data["trace"]["rules"] = {
            "evidence": {"each": "finding", "needs": {"source": 2}, "severity": "warning"},
            "addressed": {"each": "recommendation", "needs": {"addressee": 1}},
        }
    if "rules" in here.data["trace"] and here.chance(0.5, "what a case needs"):
        needs = ["checked", "approved"] if here.chance(0.5, "both of a case") else ["approved"]
        here.data["trace"]["rules"]["behind_cases"] = {"each": "case", "needs": needs}


def _map(here: Drawing) -> None:
    """What may be done where, beside every chain with rules: no die is thrown for it."""
    if "rules" in here.data.get("trace", {}):
        edges: dict[str, Any] = {"dims": ["street", "hour"], "cells": ["bright", "dim", "dark"]}
        why = {"zh": "图谱逐格研判，不设期限。", "en": "It is charted cell by cell, at no date."}
        edges["resolve"] = {"waives": ["OUT603"], "by": "clerk", "why": why}
        here.data["deliverables"]["chart"] = titled("chart") | edges
