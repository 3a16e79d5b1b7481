"""Fields that show something no run says: boxes to tick and lists to choose from of old forms,
signs put over or beside each other, buttons, signs of a font, addresses. Pure."""

import re
from collections import Counter
from urllib.parse import quote

from ..nodes import safe_link
from ..xml_in import Element
from .symbols import of_font

TICKED, EMPTY = "☑", "□"
_RINGS = frozenset("○〇◯OoΟО")
_ARGUMENT = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_LOOKS = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)\s*')
_SWITCHES = re.compile(r"(?:\\[a-z]+\s*(?:[a-z]*\d+|\\[^a-z])?\s*)+", re.IGNORECASE)
_CLOSING = {"[": "]", "{": "}", "(": ")", "<": ">", "|": "|"}
DEEPEST = 12
MOST = 2000


def chosen(data: Element | None) -> str:
    """What a box or a list of a form shows: ticked or not, the entry that is chosen."""
    if data is None:
        return ""
    box, rows = data.child("checkBox"), data.child("ddList")
    if box is not None:
        said = box.said("checked") if box.child("checked") else box.said("default")
        held = box.child("checked") or box.child("default")
        return TICKED if held is not None and (said or "1") not in ("0", "false", "off") else EMPTY
    if rows is None:
        return ""
    entries = [one.attrs.get("val", "") for one in rows.kids if one.tag == "listEntry"]
    at = rows.said("result") or rows.said("default") or "0"
    place = int(at) if at.isascii() and at.isdigit() and len(at) < 4 else 0
    return entries[place] if place < len(entries) else ""


def shown_by(code: str, data: Element | None, left: Counter[str]) -> str:
    """The words that a field shows which has no result: "" for one that shows nothing."""
    code = code.strip()
    name, _, rest = code.partition(" ")
    kind = name.upper()
    if kind in ("FORMCHECKBOX", "FORMDROPDOWN"):
        return chosen(data)
    if kind == "EQ":
        return equation(rest, left)
    if kind == "SYMBOL":
        return _symbol(rest, left)
    if kind in ("MACROBUTTON", "GOTOBUTTON"):
        return rest.strip().partition(" ")[2].strip()
    return ""


def address(code: str) -> str:
    """The address a HYPERLINK field leads to; "" where it is no page's or letter's."""
    name, _, rest = code.strip().partition(" ")
    if name.upper() != "HYPERLINK":
        return ""
    words = [(a.replace("\\\\", "\\") if a else b) for a, b in _ARGUMENT.findall(rest)]
    if not words or words[0].startswith("\\"):
        return ""
    to = words[0]
    if "\\l" in words[1:-1]:
        to += "#" + quote(words[words.index("\\l") + 1], safe="/?=&%:;,@!$'()*+~-._")
    return to if safe_link(to) and len(to) < 2000 and not to.startswith(("#", "/")) else ""


def _symbol(rest: str, left: Counter[str]) -> str:
    """SYMBOL 254 \\f "Wingdings"."""
    words = [a or b for a, b in _ARGUMENT.findall(rest)]
    font = words[words.index("\\f") + 1] if "\\f" in words[:-1] else ""
    said = words[0].lower() if words else ""
    try:
        at = int(said, 16) if said.startswith("0x") else int(said)
    except ValueError:
        return ""
    return of_font(font, at, left)


def equation(code: str, left: Counter[str]) -> str:
    """The letters of an EQ field in one line: a/b, √a, ① for a number in a ring, and the words
    below a guide to how they are read."""
    return _Equation(_LOOKS.sub("", code[:MOST]), left).all()


class _Equation:
    """Reads \\f(a,b), \\r(a,b), \\o\\ac(○,1), \\s\\up8(a) within each other."""

    def __init__(self, code: str, left: Counter[str]) -> None:
        self.code, self.at, self.left = code, 0, left

    def all(self, deep: int = 0, stops: str = "") -> str:
        """Words up to one of `stops`."""
        out = ""
        while self.at < len(self.code) and self.code[self.at] not in stops:
            one = self.code[self.at]
            if one == "\\" and self.code[self.at + 1 : self.at + 2] in tuple("(),;\\"):
                out, self.at = out + self.code[self.at + 1], self.at + 2
            elif one == "\\":
                out += self._switch(deep)
            elif one == '"':
                self.at += 1
            else:
                out, self.at = out + one, self.at + 1
        return out if deep else out.strip()

    def _switch(self, deep: int) -> str:
        found = _SWITCHES.match(self.code, self.at)
        if found is None or deep >= DEEPEST:
            self.at += 1
            return ""
        self.at = found.end()
        if self.code[self.at : self.at + 1] != "(":
            return ""
        return _put(found[0].lower(), self._arguments(deep + 1), self.left)

    def _arguments(self, deep: int) -> list[str]:
        said = []
        while self.at < len(self.code) and self.code[self.at] != ")":
            self.at += 1
            said.append(self.all(deep, ",;)"))
        self.at += 1
        return said


def _put(switches: str, said: list[str], left: Counter[str]) -> str:
    bare = [one.strip() for one in said]
    if switches.startswith("\\f") and len(bare) == 2:
        return "/".join(f"({one})" if re.search(r"[+\-−*/ ]", one) else one for one in bare)
    if switches.startswith("\\r") and bare:
        return f"{bare[0] if len(bare) > 1 else ''}√({bare[-1]})"
    if switches.startswith("\\o") and len(bare) == 2:
        return _over(bare, "\\ad" in switches, left)
    if switches.startswith("\\b"):
        first: str = next(iter(re.findall(r"\\[lb]c\s*\\(.)", switches)), "(")
        return first + "".join(bare) + _CLOSING.get(first, first)
    between = "," if switches.startswith("\\l") else ""
    return between.join(said)


def _over(bare: list[str], spread: bool, left: Counter[str]) -> str:
    """Two things on one place: a number in a ring, a guide over its words, else both."""
    ring, inner = bare
    if ring in _RINGS and inner.isascii() and inner.isdigit() and 0 <= int(inner[:4]) <= 20:
        n = int(inner)
        return chr(0x245F + n) if n else "⓪"
    if spread and ring:
        left["phonetic"] += 1
        return inner
    return ring + inner
