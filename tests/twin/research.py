"""What the research of the red cell says in confidence, and what it has not settled yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from keti.research.actions import (
    Became,
    Found,
    Parties,
    Said,
    ask_approval,
    assess,
    change,
    check_facts,
    enter,
    enter_all,
    link,
    say_provenance,
    say_uptake,
    settle,
    verify_uptake,
)

if TYPE_CHECKING:
    from tests.twin.world import Story

RED, BLUE = "cell.red", "cell.blue"
SIDES = ("large", "small")
ADVICE = ("设立试点（演示）", "公开清单（演示）", "统一口径（演示）")
"""The first or the second takes up a demand; the third was sent somewhere."""


def research(story: Story) -> None:
    """Three recommendations everybody reads; demands, a case and an addressee that few know."""
    story.cast.at("2030-04-18T10:00")
    _map(story)
    advice = [_advice(story, one) for one in ADVICE]
    _demands(story, advice)
    _cases(story, advice[0])
    _became(story, advice[2])


def _entered(story: Story, who: str, kind: str, title: str, group: str, **more: Any) -> Any:
    said = Said(kind, title, group=story.cast.group(group), **more)
    return enter(story.act(who), programme=story.cast.programme, said=said)


def _advice(story: Story, title: str) -> Any:
    node = _entered(
        story, "hua", "recommendation", story.text(title), BLUE, facts={"instrument": "pilot"}
    )
    return settle(story.act("he"), node=node)


def _demands(story: Story, advice: list[Any]) -> None:
    """Three that everybody reads of each side, one in confidence of each, and four more: with a
    word nobody else reads, refused or open, of one side or the other, answered here or there."""
    blue = story.cast.group(BLUE)
    known = [
        Said("demand", story.text(f"公开诉求{n}（演示）"), group=blue, stakeholder=side)
        for side in SIDES
        for n in range(3)
    ]
    for node in enter_all(story.act("he"), programme=story.cast.programme, many=known):
        settle(story.act("he"), node=node)
    many = [
        Said("demand", story.text(f"保密诉求{side}（演示）"), group=story.cast.group(RED),
             stakeholder=side, confidential=True)
        for side in SIDES
    ]  # fmt: skip
    enter_all(story.act("lu"), programme=story.cast.programme, many=many)
    first = _asked(story, story.say("demandtitle"), text=story.say("demandtext"))
    settle(story.act("lu"), node=first)
    for name in ("demandunmet", "demandwhether"):
        node = _asked(story, story.text(f"{name}（演示）"))
        done = name == "demandunmet" or story.pick(name, "yes", "")
        reason = (
            story.say("demandunmet") if name == "demandunmet" else story.text("不属本课题（演示）")
        )
        facts = {"asked": story.text("改写（演示）")} | ({"unmet": reason} if done else {})
        said = Said("demand", node.title_zh, group=node.group, confidential=True, facts=facts)
        change(story.act("mao"), node=node, said=said, version=1)
    _asked(story, story.text("归属待定（演示）"), side=story.pick("demandside", *SIDES))
    answer = advice[int(story.pick("demandanswer", "0", "1"))]
    link(story.act("qin"), first=answer, second=first, kind="answers")


def _asked(story: Story, title: str, text: str = "", side: str = "") -> Any:
    """What Mao asks for in confidence."""
    facts = {"obstacle": text} if text else {}
    more = {"stakeholder": side, "confidential": True, "facts": facts}
    return _entered(story, "mao", "demand", title, RED, **more)


def _cases(story: Story, advice: Any) -> None:
    """One in confidence, checked and asked about; a draft; one that everybody reads, whose supplier
    made the demand that is answered here or there."""
    facts = {"facts": story.say("casefacts")}
    more = {"confidential": True, "facts": facts}
    kept = _entered(story, "mao", "case", story.say("casetitle"), RED, **more)
    kept = settle(story.act("lu"), node=kept)
    parties = Parties(told_named=story.say("caseunit"), supplier_named=story.text("商户（演示）"))
    say_provenance(story.act("mao"), node=kept, parties=parties)
    outcome = story.pick("caseoutcome", "in_part", "fails")
    found = Found(outcome, story.say("casecheck"), date(2030, 4, 17))
    check_facts(story.act("qin"), node=kept, version=kept.version, found=found)
    ask_approval(story.act("mao"), node=kept, version=kept.version)
    _entered(story, "mao", "case", story.say("casedraft"), RED)
    known = _entered(story, "hua", "case", story.text("公开案例（演示）"), BLUE)
    link(story.act("hua"), first=known, second=advice, kind="illustrates")
    parties = Parties(told_named=story.text("园区（演示）"), supplier=story.cast.mao.seat)
    say_provenance(story.act("hua"), node=known, parties=parties)
    settle(story.act("he"), node=known)


def _became(story: Story, advice: Any) -> None:
    """Whose recommendation it is does not know that it was also sent there."""
    named = story.say("addressee")
    office = settle(
        story.act("lu"),
        node=_entered(story, "lu", "addressee", named, RED, confidential=True),
    )
    link(story.act("qin"), first=advice, second=office, kind="addresses")
    state = story.pick("becamestate", "under_study", "declined")
    became = Became(state, date(2030, 4, 17), story.say("became"))
    one = say_uptake(story.act("qin"), recommendation=advice, addressee=office, became=became)
    verify_uptake(story.act("lu"), uptake=one)


def _map(story: Story) -> None:
    """A cell of the map is assessed in the red cell, and nobody else has read it yet."""
    act, programme = story.act, story.cast.programme
    edges = [
        Said(kind, story.text(title), group=story.cast.group(BLUE))
        for kind, title in (
            ("jurisdiction", "甲地（演示）"),
            ("business_model", "虚拟展厅（演示）"),
        )
    ]
    side, head = (
        settle(act("he"), node=node)
        for node in enter_all(act("he"), programme=programme, many=edges)
    )
    state = story.pick("mapstate", "allowed", "barred")
    facts = {"state": state, "instrument": story.say("mapinstrument"), "as_of": "2030-04-01"}
    said = Said("assessment", "", group=story.cast.group(RED), facts=facts)
    assess(act("lu"), programme=programme, key="chart", side=side, head=head, said=said)
