"""The clauses of a notice, read from their table (id, zh, en) or made from its sentences. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from keti.kernel.refusals import Refused


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its id and our own paraphrase."""

    id: str
    zh: str
    en: str

    def text(self, lang: str) -> str:
        return (self.en or self.zh) if lang.startswith("en") else (self.zh or self.en)


def read(table: str) -> dict[str, Clause]:
    """Clause id -> clause, in the order of the table; the header line is left out."""
    found: dict[str, Clause] = {}
    for line in table.splitlines():
        cells = [*line.split("\t"), "", ""][:3]
        if cells[0] and cells[0] != "clause":
            found[cells[0].strip()] = Clause(cells[0].strip(), cells[1].strip(), cells[2].strip())
    return found


def cited(sources: Iterable[str]) -> list[str]:
    """The clause ids of `二.13.1; 二.12.2` and the like, each once, in order."""
    found: dict[str, None] = {}
    for source in sources:
        for one in source.replace("；", ";").split(";"):
            if one.strip():
                found.setdefault(one.strip())
    return list(found)


HEAD = "clause\tzh\ten"
_HEADING = re.compile(
    r"\s*(?:第[一二三四五六七八九十百]+[章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.、．])"
)
_END = re.compile(r"(?<=[。！？；;!?])|(?<=\.)\s+(?=[A-Z])")
_CHINESE = re.compile("[\u3400-\u9fff]")
MOST = 600
"""So many sentences of a notice become clauses; a notice is no book."""


def sentences(notice: str) -> Iterator[str]:
    """The sentences of a notice, one after the other; a line of its own that heads others too."""
    for line in notice.splitlines():
        for one in _END.split(line.strip()):
            if one.strip():
                yield " ".join(one.split())


def numbered(notice: str) -> str:
    """The table of clauses that a notice makes: its sentences, numbered under its headings.

    A heading (一、 （一） 1. 第三条) begins a new number; the sentences under it count on (2.1).
    What stands above the first heading (number, title, to whom) is 0.1, 0.2. Refuses more
    sentences than `MOST`: none is left out in silence.
    """
    rows, place = [HEAD], 0
    said = list(sentences(notice))
    if len(said) > MOST:
        raise Refused("planning.notice-too-long", count=len(said), most=MOST)
    headed = any(_HEADING.match(words) for words in said)
    part = 0 if headed else -1
    for words in said:
        if _HEADING.match(words) or part < 0:
            part, place = max(part, 0) + 1, 0
            key = str(part)
        else:
            place += 1
            key = f"{part}.{place}"
        chinese = bool(_CHINESE.search(words))
        rows.append(f"{key}\t{words if chinese else ''}\t{'' if chinese else words}")
    return "\n".join(rows) + "\n" if len(rows) > 1 else ""
