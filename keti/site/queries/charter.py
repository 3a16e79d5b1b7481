"""What the charter makes of each clause: blocks with their sources, facts and remarks."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keti.charter.models import CharterVersion
from keti.charter.queries import compiled, holidays
from keti.charter.rules import Compiled, Finding
from keti.charter.rules.lint import lint
from keti.groups.doors import Door
from keti.kernel.templatetags.keti_dates import day_text, deadline_text
from keti.site.rules.clauses import Clause, cited, read

TONES = {"error": "overdue", "warning": "soon", "note": "none"}


@dataclass(slots=True)
class Block:
    """One thing the charter says, beside the clauses it comes from."""

    path: str
    title: str
    source: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    why: str = ""
    clauses: list[Clause] = field(default_factory=list)
    remarks: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Blocks of one kind."""

    key: str
    title: str
    blocks: list[Block]


def chapters(door: Door, version: CharterVersion) -> tuple[list[Chapter], list[Clause], int]:
    """Everything the charter says, the clauses nothing was made of, the number of remarks."""
    charter = compiled(door.programme)
    table = read(version.clauses)
    findings = lint(version.text, version.name, holidays=holidays())
    parts = [
        Chapter("dates", _("日期"), [*_anchors(door, charter), *_series(door, charter)]),
        Chapter("works", _("应办事项"), _works(door, charter)),
        Chapter("gates", _("评审"), _gates(door, charter)),
        Chapter("roles", _("职务"), _roles(door, charter)),
    ]
    used: set[str] = set()
    for part in parts:
        for block in part.blocks:
            _dress(block, table, findings, door)
            used |= {clause.id for clause in block.clauses}
    used |= set(cited(_other_sources(charter)))
    left = [one for one in table.values() if one.id not in used and "." in one.id]
    return [part for part in parts if part.blocks], left, len(findings)


def _dress(block: Block, table: dict[str, Clause], findings: Iterable[Finding], door: Door) -> None:
    block.clauses = [table[one] for one in cited([block.source]) if one in table]
    for one in findings:
        if one.path == block.path or one.path.startswith(f"{block.path}."):
            mend = "" if one.waived else one.suggestion(door.lang)
            block.remarks.append((TONES[one.severity], one.sentence(door.lang), mend))


def _other_sources(charter: Compiled) -> list[str]:
    found = [group.source for group in charter.groups]
    found += [principle.source for principle in charter.principles]
    found += [charter.call.source, charter.admission.source if charter.admission else ""]
    for value in charter.blocks.values():
        found += _sources_in(value)
    return found


def _sources_in(value: object) -> list[str]:
    if not isinstance(value, dict):
        return []
    own = [str(value["source"])] if value.get("source") else []
    return own + [source for inner in value.values() for source in _sources_in(inner)]


def _anchors(door: Door, charter: Compiled) -> list[Block]:
    blocks = []
    for one in charter.anchors:
        days = day_text(one.date, door.lang)
        if one.last != one.date:
            days = f"{days} – {day_text(one.last, door.lang)}"
        if one.precision == "month":
            days += _("（按月）")
        facts = [
            (_("通知怎么写"), one.stated_in.in_(door.lang) or one.stated),
            (_("定为"), days),
            (_("写法"), one.rule),
            (_("谁定的"), _role_title(charter, one.decided_by, door.lang)),
        ]
        blocks.append(
            _block(
                f"calendar.{one.key}",
                one.title.in_(door.lang),
                one.source,
                facts,
                one.why_in.in_(door.lang) or one.why,
            )
        )
    return blocks


def _series(door: Door, charter: Compiled) -> list[Block]:
    blocks = []
    for one in charter.series:
        days = "、".join(day_text(each.day, door.lang) for each in one.occurrences)
        facts = [
            (_("通知怎么写"), one.stated_in.in_(door.lang) or one.stated),
            (_("定为"), days),
            (_("写法"), one.rule),
            (_("谁定的"), _role_title(charter, one.decided_by, door.lang)),
        ]
        blocks.append(
            _block(
                f"calendar.{one.key}",
                one.title.in_(door.lang),
                one.source,
                facts,
                one.why_in.in_(door.lang) or one.why,
            )
        )
    return blocks


def _works(door: Door, charter: Compiled) -> list[Block]:
    blocks = []
    zone = door.programme.tz
    kinds = {group.kind: group.title.in_(door.lang) for group in charter.groups}
    several = {group.kind for group in charter.groups if group.key != group.kind}
    for one in charter.works:
        due = [spec for spec in charter.obligations if spec.kind == one.key]
        days = dict.fromkeys(deadline_text(spec.due_at, zone, door.lang) for spec in due)
        who = _role_title(charter, one.by, door.lang)
        per = _("每组一份") if one.per in several else kinds.get(one.per, "")
        facts = [
            (_("由谁"), f"{who}（{per}）" if per else who),
            (_("何时之前"), "、".join(days)),
            (_("写法"), due[0].due_rule if due else ""),
            (_("共几件"), str(len(due)) if due else _("未排期")),
            (_("栏目"), "、".join(section.title.in_(door.lang) for section in one.sections)),
        ]
        blocks.append(_block(f"obligations.{one.key}", one.title.in_(door.lang), one.source, facts))
    return blocks


def _gates(door: Door, charter: Compiled) -> list[Block]:
    blocks: dict[str, Block] = {}
    for one in charter.gates:
        if one.kind in blocks:
            continue
        rule = one.rule
        parts = [_("须{count}人到会").format(count=rule.quorum)] if rule.quorum else []
        parts += [_("{share} 以上赞成").format(share=rule.approve)] if rule.approve else []
        parts += [_("一致同意")] if rule.unanimous else []
        facts = [
            (_("由谁决定"), "、".join(_role_title(charter, key, door.lang) for key in one.decides)),
            (_("何时之前"), deadline_text(one.by_at, door.programme.tz, door.lang)),
            (_("怎样算通过"), "；".join(parts)),
            (_("可以作出"), "、".join(each.title.in_(door.lang) for each in one.outcomes)),
        ]
        blocks[one.kind] = _block(f"gates.{one.kind}", one.title.in_(door.lang), one.source, facts)
    return list(blocks.values())


def _roles(door: Door, charter: Compiled) -> list[Block]:
    blocks = []
    parties = {party.key: party.name.in_(door.lang) for party in charter.parties}
    for one in charter.roles:
        most = str(one.max) if one.max is not None else _("不限")
        facts = [
            (_("人数"), f"{one.min} – {most}"),
            (_("担任者"), parties.get(one.holder, "")),
            (_("由谁任命"), _role_title(charter, one.appointed_by, door.lang)),
            (_("可以做什么"), "、".join(can_text(verb) for verb in sorted(one.can))),
        ]
        blocks.append(_block(f"roles.{one.key}", one.title.in_(door.lang), one.source, facts))
    return blocks


def can_text(verb: str) -> str:
    """A verb of the charter language in words."""
    words = {
        "manage": _("管理（任免、受理、发文、记录）"),
        "lead": _("牵头本组"),
        "contribute": _("参加本组工作"),
        "watch": _("监控：查看全部，提出并核销监控意见"),
        "resolve": _("协调"),
        "commission": _("代表委托方决定"),
        "judge": _("评审"),
        "advise": _("咨询"),
        "read": _("查看"),
    }
    return words.get(verb, verb)


def _role_title(charter: Compiled, key: str, lang: str) -> str:
    for role in charter.roles:
        if role.key == key:
            return role.title.in_(lang)
    return ""


PUNCTUATION = {"、": ", ", "；": "; ", "（": " (", "）": ")"}


def listed(words: str) -> str:
    """A list put together with Chinese marks, with those of the page's language."""
    if (get_language() or "").startswith("en"):
        for chinese, english in PUNCTUATION.items():
            words = words.replace(chinese, english)
    return words


def _block(
    path: str, title: str, source: str, facts: list[tuple[str, str]], why: str = ""
) -> Block:
    shown = [(label, listed(words)) for label, words in facts if words]
    return Block(path, title, source, shown, why)
