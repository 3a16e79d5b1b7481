"""What the ids of a charter are called, so that a finding names things as people do.

A sentence says `{word:role}` where a fact is the id of a role; what stands after the colon is a
section of the charter, or `any` for the whole of it, or `key` for a key of the language (`spelt`
where it is to be written).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from keti.charter.rules.aliases import CHINESE
from keti.charter.rules.kinds import Bilingual
from keti.charter.rules.shape import Charter
from keti.kernel.acts import Text

KEY, SPELT, ANY = "key", "spelt", "any"
Names = Mapping[tuple[str, str], Text]
_ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*(?:@[a-z0-9_.]+)?")


def names_of(charter: Charter) -> Names:
    """(section, id) -> title, of everything that has both; `any` where no two titles differ."""
    sections: dict[str, Mapping[str, Bilingual]] = {
        "party": charter.parties, "group": charter.groups, "role": charter.roles,
        "date": charter.calendar.__pydantic_extra__, "phase": charter.phases,
        "gate": charter.gates, "round": charter.rounds, "honour": charter.honours,
        "promise": charter.outreach, "principle": charter.programme.principles,
        "class": charter.amendment.classes, "check": _checks(charter),
        "work": {**charter.obligations.__pydantic_extra__, **charter.deliverables},
    }  # fmt: skip
    found: dict[tuple[str, str], Text] = {}
    for section, blocks in sections.items():
        found |= {(section, key): Text(one.zh, one.en) for key, one in blocks.items()}
    for kind, group in charter.groups.items():
        for key, one in group.instances.items():
            found["group", f"{kind}.{key}"] = Text(one.zh, one.en)
    found = {place: text for place, text in found.items() if text.zh or text.en}
    alike: dict[str, set[Text]] = {}
    for (_, key), text in found.items():
        alike.setdefault(key, set()).add(text)
    return found | {(ANY, key): next(iter(one)) for key, one in alike.items() if len(one) == 1}


def _checks(charter: Charter) -> Mapping[str, Bilingual]:
    return charter.admission.evidence if charter.admission else {}


def named(fact: str, section: str, names: Names, lang: str) -> str:
    """A fact with every id in it called by its title, the id in brackets."""
    english = lang.startswith("en")
    if section in (KEY, SPELT):
        chinese = fact if english else CHINESE.get(fact, fact)
        return chinese if section == SPELT or chinese == fact else f"{chinese}（{fact}）"

    def called(found: re.Match[str]) -> str:
        word = found[0]
        title = _title(word.partition("@")[0], section, names)
        if title is None:
            return word
        if title.in_(lang).lower() == word:
            return title.in_(lang)
        return f"{title.in_(lang)} ({word})" if english else f"{title.in_(lang)}（{word}）"

    return _ID.sub(called, fact)


def _title(word: str, section: str, names: Names) -> Text | None:
    """The title of an id, or of what a fact such as `vote.approve` is about."""
    return names.get((section, word)) or names.get((section, word.rpartition(".")[0]))


class Facts(dict[str, object]):
    """The facts of a finding as a sentence asks for them; one that is missing is empty."""

    def __init__(self, facts: Mapping[str, object], names: Names, lang: str) -> None:
        super().__init__(facts)
        self._names, self._lang = names, lang

    def __missing__(self, key: str) -> str:
        return ""

    def __getitem__(self, key: str) -> object:
        value = super().__getitem__(key)
        return _Fact(value, self._names, self._lang) if isinstance(value, str) else value


class _Fact:
    def __init__(self, text: str, names: Names, lang: str) -> None:
        self._text, self._names, self._lang = text, names, lang

    def __format__(self, section: str) -> str:
        return named(self._text, section, self._names, self._lang) if section else self._text
