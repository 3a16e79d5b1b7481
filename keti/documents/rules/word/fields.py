"""Fields of a Word file: what counts, cites, refers or leads to something. Everything else of a
field is the words it shows. Pure."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ..doc1.schema import KEY, MOST_CITED, Run, every_block
from ..docx_fields import read_citation
from ..typed import shown
from ..xml_in import Element
from .forms import address, shown_by

_SEQ = re.compile(r"\s*SEQ\s", re.IGNORECASE)
_REF = re.compile(
    r'\s*REF\s+"?([^\s"\\]{1,60})"?(?:\s+\\[a-z*]|\s+MERGEFORMAT)*\s*$', re.IGNORECASE
)
_LABELS = re.compile(r"\s*(?:(表)|(图)|(table)|(figure|fig\.?|chart))\s*$", re.IGNORECASE)
DEEPEST = 20


@dataclass
class Field:
    """One field while it is read: its code, where its words begin among the runs of which
    paragraph; what old forms say of it; runs that stand in its code, which are no words."""

    code: str = ""
    shows: bool = False
    begin: int = 0
    at: int = 0
    data: Element | None = None
    broken: bool = False
    held: list[Run] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Counted:
    """A line whose number counts itself: its label (表 1), what it names, its words behind."""

    label: str
    of_table: bool
    words: str


class Fields:
    """The fields that are open at a place of the text; they may lie in each other."""

    def __init__(self, left: Counter[str]) -> None:
        self.open: list[Field] = []
        self.left = left

    def sign(self, kind: str, runs: list[Run], at: int, data: Element | None = None) -> None:
        """A sign of a field: where it begins, where its words begin, where it ends."""
        if kind == "begin" and len(self.open) < DEEPEST:
            self.open.append(Field(at=at, begin=len(runs), data=data))
        elif kind == "separate" and self.open:
            self.open[-1].shows = True
            self.open[-1].begin, self.open[-1].at = len(runs), at
        elif kind == "end" and self.open:
            self._close(self.open.pop(), runs, at)

    def tell(self, code: str) -> None:
        """A piece of the code of the field that is open."""
        if self.open and not self.open[-1].shows and len(self.open[-1].code) < 20_000:
            self.open[-1].code += code

    def takes(self, run: Run, at: int) -> bool:
        """Whether words stand in the code of a field, where they are none."""
        holder = next((one for one in self.open if not one.shows and not one.broken), None)
        if holder is None or holder.at != at:
            return False
        holder.held.append(run)
        self.tell(run["words"])
        return True

    def end(self, runs: list[Run], at: int) -> None:
        """A paragraph ends: what was taken for the code of a field that never shows anything is
        given back."""
        for one in self.open:
            if not one.shows and one.at == at and not one.broken:
                runs += one.held
                one.held, one.broken = [], True

    def _close(self, one: Field, runs: list[Run], at: int) -> None:
        """What a field that ended is: its words stay where it is none of those we know."""
        if one.at != at:
            return
        shown_runs = runs[one.begin :]
        if not any(run.get("words", "x").strip() for run in shown_runs):
            said = shown(shown_by(one.code, one.data, self.left))
            if said and (not self.open or self.open[-1].shows):
                runs.append({"words": said})
                return
        if to := address(one.code):
            runs[one.begin :] = [_leading(run, to) for run in shown_runs]
        elif one.shows and not self.open:
            self._known(one, runs, shown_runs)

    def _known(self, one: Field, runs: list[Run], shown_runs: list[Run]) -> None:
        if cites := _cites(one.code):
            runs[one.begin :] = [{"cite": cites}]
        elif _SEQ.match(one.code):
            runs.append({"counted": True})
        elif shown_runs and (found := _REF.match(one.code)) and _plain(shown_runs):
            runs[one.begin :] = [{"to": found[1], "was": shown_runs}]


def _leading(run: Run, to: str) -> Run:
    return run | {"link": to} if "words" in run and "link" not in run else run


def _cites(code: str) -> list[dict[str, str]]:
    """What a citation of ours cites, as far as it is one."""
    said = read_citation(code)
    if not isinstance(said, list) or not 0 < len(said) <= MOST_CITED:
        return []
    out: list[dict[str, str]] = []
    for one in said:
        key = one.get("ref") if isinstance(one, dict) else None
        if not isinstance(key, str) or not KEY.fullmatch(key):
            return []
        pages = shown(str(one.get("at", "")))[:60].strip()
        out.append({"ref": key} | ({"at": pages} if pages and "\n" not in pages else {}))
    return out


def _plain(runs: list[Run]) -> bool:
    """Whether runs are nothing but words."""
    return all(run.keys() <= {"words", "marks"} for run in runs)


def counted(runs: list[Run]) -> tuple[list[Run], Counted | None]:
    """The runs of a paragraph without the sign of what counts itself; and what it counts, where it
    is a line that names a table or picture."""
    at = next((place for place, run in enumerate(runs) if "counted" in run), -1)
    clean = [run for run in runs if "counted" not in run]
    if at < 1 or not all(run.keys() == {"words"} for run in clean):
        return clean, None
    before, number = _words(runs[: at - 1]), _words(runs[at - 1 : at])
    label = _LABELS.match(before)
    if label is None or not number.strip().isdigit():
        return clean, None
    words = _words(runs[at:]).strip(" \u3000\t:：.")
    kind = bool(label[1] or label[3])
    return clean, Counted(_bare(before + number), kind, "" if "\n" in words else words)


def _words(runs: list[Run]) -> str:
    return "".join(str(run.get("words", "")) for run in runs)


def _bare(words: str) -> str:
    return "".join(words.split())


def settled(blocks: list[dict[str, Any]]) -> None:
    """References to what is named in the text lead there, where they say what stands there; others
    are the words they showed. Blocks have their names already."""
    called: dict[str, tuple[str, str]] = {}
    for block in blocks:
        block.pop("counted", None)
        label = block.pop("label", None)
        for mark in block.pop("places", ()):
            if block["kind"] == "heading":
                called[mark] = (block["id"], _bare(_words(block["runs"])))
            elif label:
                called[mark] = (block["id"], label)
    for block in blocks:
        if any("was" in run for run in block.get("runs", ())):
            block["runs"] = joined([new for run in block["runs"] for new in _led(run, called)])


def _led(run: Run, called: dict[str, tuple[str, str]]) -> list[Run]:
    if "was" not in run:
        return [run]
    name, said = called.get(run["to"], ("", ""))
    return [{"to": name}] if name and _bare(_words(run["was"])) == said else list(run["was"])


def captioned(blocks: list[dict[str, Any]]) -> list[int]:
    """Give tables and pictures the line that counts them, where it stands over the one or under
    the other; returns the places of those lines, which are lines no more."""
    wanted = {
        run["to"] for one in every_block(blocks) for run in one.get("runs", ()) if "was" in run
    }
    gone: list[int] = []
    for place, block in enumerate(blocks):
        said: Counted | None = block.get("counted")
        at = place + 1 if said and said.of_table else place - 1
        target = blocks[at] if said and 0 <= at < len(blocks) else {}
        fits = target.get("kind") in (("table",) if said and said.of_table else ("figure", "chart"))
        places = block.get("places", [])
        if not said or not fits or "label" in target or not (said.words or wanted & set(places)):
            continue
        target |= {"label": said.label, "places": places}
        if said.words:
            target["caption"] = said.words[:1000]
        gone.append(place)
    return gone


def joined(runs: list[Run]) -> list[Run]:
    """Runs that carry the same are one."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else {}
        if "words" in run and "words" in last and _carried(run) == _carried(last):
            out[-1] = last | {"words": last["words"] + run["words"]}
        else:
            out.append(run)
    return [one for one in out if one.get("words", "x") or "said" in one]


def _carried(run: Run) -> dict[str, Any]:
    return {key: value for key, value in run.items() if key != "words"}
