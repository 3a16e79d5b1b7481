"""What the research of a play says: titles and texts of its nodes, read from a table beside the
charter. Pure but for the reading; no title and no text stands twice."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keti.kernel.acts import Text
from keti.research.actions import Said
from keti.research.enums import Level
from keti.research.rules.kinds import CHOICE, DAY, LINK, Field, kind_of

ROW = 4
SIDES = ("large", "small", "association", "academia", "users", "large", "large", "small")
"""Whose voice each of the askers is: the government and those abroad stay silent."""
IN_CONFIDENCE = 2
"""So many of a group's demands are confidential: the first."""
Rows = Mapping[tuple[str, str], Sequence[Text]]


def beside(file: Path | None) -> Rows:
    """The table `NAME.chain.tsv` beside a charter: (group, kind) -> pairs; nothing without one."""
    found: dict[tuple[str, str], list[Text]] = {}
    table = file.with_name(f"{file.stem}.chain.tsv") if file else None
    if table is None or not table.is_file():
        return found
    with table.open(encoding="utf-8", newline="") as rows:
        for row in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not row or row[0].startswith("#"):
                continue
            if len(row) != ROW:
                raise ValueError(f"{table.name}: {row}")
            found.setdefault((row[0], row[1]), []).append(Text(row[2], row[3]))
    return found


@dataclass(frozen=True)
class Table:
    """The table, as it is asked for the nodes of one group after the other."""

    rows: Rows
    lang: str

    @property
    def groups(self) -> list[str]:
        """The keys of the groups that have research of their own."""
        return list(dict.fromkeys(group for group, _kind in self.rows if group))

    def of(self, group: Any, kind: str) -> list[Said]:
        """What the group says of this kind; without a group, what the whole says."""
        titles = self._titles(group.key if group else "", kind)
        return [self._said(group, kind, title, place) for place, title in enumerate(titles)]

    def evidence(self, title: Text, number: int) -> str:
        """What shows that an office answered, for the time of this number."""
        [pattern] = self.rows["", "evidence"]
        return pattern.in_(self.lang).format(title=title.in_(self.lang), n=number)

    def assessed(self, side: Text, head: Text, state: str, day: str, n: int) -> Said:
        """What a cell of the map says, where these two meet."""
        parts = {"side": side, "head": head, "n": Text(str(n), str(n))}
        text, instrument, conditions = (
            _both(pattern, **parts)
            for name in ("text", "instrument", "conditions")
            for pattern in self.rows["", f"assessment.{name}"]
        )
        facts = {"state": state, "as_of": day, "confidence": "medium"}
        if state != "unclear":
            facts["instrument"] = instrument.in_(self.lang)
        if state == "conditional":
            facts["conditions"] = conditions.in_(self.lang)
        return Said("assessment", "", text_zh=text.zh, text_en=text.en, facts=facts)

    def unmet(self, title: Text) -> str:
        """Why a demand is not taken up."""
        return self._filled("demand.unmet", title, Text("", "")).in_(self.lang)

    def _titles(self, group: str, kind: str) -> list[Text]:
        own = self.rows.get((group, kind), ())
        if own or not group:
            return list(own)
        topics, scenes = self.rows[group, "challenge"], self.rows[group, "scenario"]
        askers = self.rows["", "asker"]
        return [
            _both(
                pattern,
                topic=topics[place % len(topics)],
                scenario=scenes[place % len(scenes)],
                asker=askers[place % len(askers)],
            )
            for place, pattern in enumerate(self.rows["", kind])
        ]

    def _said(self, group: Any, kind: str, title: Text, place: int) -> Said:
        whose = group.title if group else Text("", "")
        text = self._filled(f"{kind}.text", title, whose)
        facts = {
            one.key: said
            for one in kind_of(kind).fields
            if (said := self._fact(kind, one, title, whose, place))
        }
        levels = Level.values if kind in ("challenge", "recommendation") else ("",)
        return Said(
            kind, title.zh, title.en, text.zh, text.en, group, levels[place % len(levels)],
            jurisdiction=title.zh.partition("：")[0] if kind == "case" else "",
            stakeholder=SIDES[place % len(SIDES)] if kind == "demand" else "",
            confidential=kind == "demand" and place < IN_CONFIDENCE,
            facts=facts,
        )  # fmt: skip

    def _fact(self, kind: str, one: Field, title: Text, whose: Text, place: int) -> str:
        if one.key in ("publisher", "supplier"):
            names = self.rows["", "publisher" if one.key == "publisher" else "asker"]
            return names[place % len(names)].in_(self.lang)
        if one.shape == CHOICE:
            codes = [*(one.choices or {})]
            return "" if one.key == "override" else codes[place % len(codes)]
        if one.shape == DAY:
            return f"2021-{place + 1:02}-15"
        if one.shape == LINK:
            return f"https://example.org/sources/{place + 1}"
        if one.key == "unmet" or ("", f"{kind}.{one.key}") not in self.rows:
            return ""
        return self._filled(f"{kind}.{one.key}", title, whose).in_(self.lang)

    def _filled(self, what: str, title: Text, whose: Text) -> Text:
        [pattern] = self.rows["", what]
        return _both(pattern, title=title, group=whose)


def _both(pattern: Text, **parts: Text) -> Text:
    return Text(
        pattern.zh.format(**{name: one.zh for name, one in parts.items()}),
        pattern.en.format(**{name: one.en for name, one in parts.items()}),
    )
