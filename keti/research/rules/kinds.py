"""The nouns of the chain, and what is asked of each beside its title and text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from keti.kernel.acts import Text

LONG, SHORT, CHOICE, DAY, LINK = "long", "short", "choice", "day", "link"
FILLED, UNMET = "instrument", "unmet"
DEMAND, CASE, SOURCE = "demand", "case", "source"
RECOMMENDATION, ADDRESSEE = "recommendation", "addressee"
"""Kinds that acts know: what is asked for, what is recommended, and to whom."""
JURISDICTION, MODEL, ASSESSMENT = "jurisdiction", "business_model", "assessment"
"""Kinds of a map: what stands at its edges, and what a cell of it says."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is said of a node of a kind. `choices`: its codes, where it is chosen."""

    key: str
    title: Text
    shape: str = LONG
    choices: Mapping[str, Text] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One noun of the chain. `lead` is the way in which it is mostly tied to what stands before it
    in the chain."""

    key: str
    title: Text
    lead: str = "rests_on"
    fields: tuple[Field, ...] = ()


def _codes(**words: str) -> dict[str, Text]:
    return {key: Text(*both.split("/")) for key, both in words.items()}


GRAVE = _codes(high="高/high", middle="中/medium", low="低/low")
EVIDENCE = _codes(limited="有限/limited", medium="中等/medium", robust="充分/robust")
AGREEMENT = _codes(low="低/low", medium="中/medium", high="高/high")
SURE = _codes(very_low="很低/very low", low="低/low", medium="中/medium", high="高/high")
EFFECT = _codes(better="改善/improves", same="无明显影响/no clear effect", worse="削弱/weakens")
STATES = _codes(
    allowed="可以开展/permitted",
    conditional="有条件开展/permitted under conditions",
    barred="不能开展/not permitted",
    unclear="尚不明确/unclear",
)
INSTRUMENTS = _codes(
    law="法律法规/law or regulation",
    policy="政策文件/policy document",
    standard="标准/standard",
    pilot="试点/pilot",
    funding="资金支持/funding",
    discipline="行业自律/self-discipline",
)

KINDS: dict[str, Kind] = {
    one.key: one
    for one in (
        Kind("goal", Text("治理目标", "goal"), "part_of"),
        Kind("scenario", Text("应用场景", "scenario"), "part_of", (
            Field("actors", Text("参与方", "actors")),
            Field("flows", Text("数据与资金流向", "flows of data and money")),
            Field("risks", Text("风险点", "risks")),
        )),
        Kind("challenge", Text("治理挑战", "challenge"), "addresses", (
            Field("severity", Text("严重程度", "severity"), CHOICE, GRAVE),
            Field("tradeoff", Text("发展与管控的取舍", "growth against control")),
        )),
        Kind(DEMAND, Text("政策诉求", "policy demand"), "addresses", (
            Field("obstacle", Text("遇到的障碍", "obstacle")),
            Field("asked", Text("希望采取的措施", "what is asked for")),
            Field(UNMET, Text("不采纳的理由", "why it is not taken up")),
        )),
        Kind(CASE, Text("研究案例", "research case"), "illustrates", (
            Field("facts", Text("事实", "facts")),
            Field("claims", Text("主张的成效", "claimed effects")),
            Field("supplier", Text("由谁提供", "supplied by"), SHORT),
        )),
        Kind(SOURCE, Text("文献来源", "source"), "rests_on", (
            Field("publisher", Text("发布机构", "publisher"), SHORT),
            Field("address", Text("网址", "address"), LINK),
            Field("issued", Text("发布日期", "date of issue"), DAY),
        )),
        Kind("finding", Text("研究发现", "research finding"), "rests_on", (
            Field("method", Text("方法说明", "method note")),
            Field("evidence", Text("证据", "evidence"), CHOICE, EVIDENCE),
            Field("agreement", Text("一致程度", "agreement"), CHOICE, AGREEMENT),
            Field("override", Text("另定的把握程度", "confidence said otherwise"), CHOICE, SURE),
            Field("why", Text("另定的理由", "reason for saying otherwise")),
        )),
        Kind("direction", Text("治理方向", "direction"), "addresses"),
        Kind("element", Text("框架要素", "framework element"), "part_of"),
        Kind(RECOMMENDATION, Text("政策建议", "recommendation"), "rests_on", (
            Field("instrument", Text("政策工具", "instrument"), CHOICE, INSTRUMENTS),
            Field("basis", Text("法律依据", "basis in law")),
            Field("priority", Text("优先次序", "priority"), CHOICE, GRAVE),
            Field("problem", Text("问题有多要紧", "how grave the problem is")),
            Field("effects", Text("利弊", "benefit and harm")),
            Field("certainty", Text("把握程度", "certainty")),
            Field("resources", Text("所需资源", "resources")),
            Field("acceptability", Text("各方接受程度", "acceptability")),
            Field("feasibility", Text("可行性", "feasibility")),
            Field("burden", Text("给各方增加的负担", "burden on those affected")),
            Field("safety", Text("对安全的影响", "effect on safety"), CHOICE, EFFECT),
            Field("innovation", Text("对创新的影响", "effect on innovation"), CHOICE, EFFECT),
            Field("minority", Text("少数意见", "minority opinion")),
        )),
        Kind(ADDRESSEE, Text("建议对象", "addressee"), "addresses"),
        Kind(JURISDICTION, Text("法域", "jurisdiction"), "part_of"),
        Kind(MODEL, Text("业务模式", "business model"), "part_of"),
        Kind(ASSESSMENT, Text("研判", "assessment"), "part_of", (
            Field("state", Text("结论", "conclusion"), CHOICE, STATES),
            Field("instrument", Text("依据的文件", "instrument it rests on")),
            Field("address", Text("网址", "address"), LINK),
            Field("as_of", Text("截至哪一天", "as of"), DAY),
            Field("conditions", Text("开展的条件", "conditions")),
            Field("confidence", Text("把握程度", "confidence"), CHOICE, SURE),
        )),
    )
}  # fmt: skip
OF_MAPS = (JURISDICTION, MODEL, ASSESSMENT)
CHAIN = tuple(key for key in KINDS if key not in OF_MAPS)
"""The chain where a charter declares none."""
ALIASES = {"measure": FILLED}
"""What charters call a field otherwise."""


def kind_of(key: str) -> Kind:
    """The kind a charter calls `key`; a word of its own is a kind with title and text alone."""
    return KINDS.get(key) or Kind(key, Text(key, key.replace("_", " ")))


def chain(declared: Iterable[str]) -> tuple[Kind, ...]:
    """The kinds of a programme in the order of its chain; all of them where it declares none."""
    return tuple(kind_of(key) for key in (tuple(declared) or CHAIN))


def kept(kind: Kind, facts: Mapping[str, str]) -> dict[str, str]:
    """What was said of a node, as far as its kind asks it; nothing of what was left empty."""
    said = {one.key: str(facts.get(one.key) or "").strip() for one in kind.fields}
    return {key: value for key, value in said.items() if value}


def unknown(kind: Kind, facts: Mapping[str, str]) -> str:
    """The first field whose value is none of its codes; "" where all are."""
    for one in kind.fields:
        value = facts.get(one.key)
        if one.choices is not None and value and value not in one.choices:
            return one.key
    return ""
