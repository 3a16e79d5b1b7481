"""Formulas: Office's own markup cut down to what a formula is, its readable words, and MathML.

Nothing but the elements of the list below survives, with their values; a formula is stored in the
one spelling `source` gives it.
"""

from collections.abc import Callable
from html import escape
from typing import Any, TypeAlias

from keti.kernel.texts import shortened

from ..xml_in import Element, parsed

SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
LONGEST = 100_000
DEEPEST = 40
_HELD = frozenset(
    {"oMath", "r", "t", "f", "num", "den", "sSup", "sSub", "sSubSup", "sPre", "sup", "sub", "e",
     "rad", "deg", "nary", "d", "func", "fName", "m", "mr", "acc", "bar", "limLow", "limUpp",
     "lim", "eqArr", "groupChr", "box", "borderBox", "phant"}
)  # fmt: skip
_SAID = frozenset(
    {"fPr", "type", "radPr", "degHide", "naryPr", "chr", "limLoc", "subHide", "supHide", "dPr",
     "begChr", "endChr", "sepChr", "accPr", "barPr", "pos", "groupChrPr", "rPr", "sty", "nor",
     "mPr", "mcs", "mc", "mcPr", "count", "mcJc"}
)  # fmt: skip
Math: TypeAlias = list[Any]


def source(math: Element) -> str:
    """The formula in its one spelling; "" where it is longer or deeper than anybody writes."""
    out: list[str] = []
    _spelled(math, out, 0)
    made = "".join(out).replace("<m:oMath>", f'<m:oMath xmlns:m="{SPACE}">', 1)
    return made if len(made) <= LONGEST else ""


def _spelled(one: Element, out: list[str], deep: int) -> None:
    name = one.tag
    if name not in _HELD and name not in _SAID:
        if name not in ("ctrlPr", "rFonts"):
            for kid in one.kids:
                _spelled(kid, out, deep)
        return
    if deep > DEEPEST:
        return
    value = one.attrs.get("val")
    said = f' m:val="{escape(value)}"' if name in _SAID and value is not None else ""
    if name == "t":
        out.append(f'<m:t xml:space="preserve">{escape(one.text, quote=False)}</m:t>')
        return
    inner: list[str] = []
    for kid in one.kids:
        _spelled(kid, inner, deep + 1)
    if name in _SAID and not said and not inner:
        out.append(f"<m:{name}/>")
    else:
        out.append(f"<m:{name}{said}>{''.join(inner)}</m:{name}>")


def is_canonical(text: str, readable: str) -> bool:
    """Whether a stored formula is in the spelling of `source`, and its words are its own."""
    if len(text) > LONGEST or "<!" in text:
        return False
    try:
        math = parsed(text.encode())
    except ValueError:
        return False
    return math.tag == "oMath" and source(math) == text and words(math) == readable


def of(text: str) -> Math:
    """A stored formula as a tree of few kinds: row, t, frac, script, root, fence, big, table,
    over, under, call."""
    return _math(parsed(text.encode()))


def words(math: Element) -> str:
    """The formula on one line: (a+b)/2, x^2, √(x), ∑_(i=1)^n."""
    return shortened(_words(_math(math)).strip(), 20_000)


def _row(kids: list[Element]) -> Math:
    made = [_math(one) for one in kids if one.tag not in _SAID]
    return made[0] if len(made) == 1 else ["row", made]


def _part(one: Element, name: str) -> Math:
    return _row(next((kid.kids for kid in one.kids if kid.tag == name), []))


def _value(one: Element, *names: str, default: str = "") -> str:
    for name in names:
        found = next((kid for kid in one.kids if kid.tag == name), None)
        if found is None:
            return default
        one = found
    return one.attrs.get("val", "")


def _math(one: Element) -> Math:
    make = _MAKERS.get(one.tag)
    if make is not None:
        return make(one)
    if one.tag == "t":
        return ["t", one.text]
    return _row(one.kids)


def _script(one: Element) -> Math:
    below = _part(one, "sub") if one.tag != "sSup" else None
    above = _part(one, "sup") if one.tag != "sSub" else None
    return ["script", _part(one, "e"), below, above]


def _root(one: Element) -> Math:
    degree = next((kid.kids for kid in one.kids if kid.tag == "deg"), [])
    return ["root", _part(one, "e"), _row(degree) if degree else None]


def _fence(one: Element) -> Math:
    opening = _value(one, "dPr", "begChr", default="(")
    closing = _value(one, "dPr", "endChr", default=")")
    between = _value(one, "dPr", "sepChr", default="|")
    parts = [_row(kid.kids) for kid in one.kids if kid.tag == "e"]
    return ["fence", opening, closing, between, parts]


def _big(one: Element) -> Math:
    sign = _value(one, "naryPr", "chr", default="∫") or "∫"
    below, above = _part(one, "sub"), _part(one, "sup")
    return ["big", sign, _some(below), _some(above), _part(one, "e")]


def _some(part: Math) -> Math | None:
    return part if part != ["row", []] else None


def _table(one: Element) -> Math:
    if one.tag == "eqArr":
        return ["table", [[_row(kid.kids)] for kid in one.kids if kid.tag == "e"]]
    rows = [kid for kid in one.kids if kid.tag == "mr"]
    return ["table", [[_row(cell.kids) for cell in row.kids if cell.tag == "e"] for row in rows]]


def _over(one: Element) -> Math:
    if one.tag == "bar":
        return ["over", _part(one, "e"), ["t", "_" if _low(one) else "¯"], _low(one)]
    sign = _value(one, f"{one.tag}Pr", "chr", default="\u0302" if one.tag == "acc" else "⏟")
    return ["over", _part(one, "e"), ["t", _ACCENTS.get(sign, sign)], one.tag == "groupChr"]


_ACCENTS = {"\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0305": "¯", "\u0307": "˙",
            "\u0308": "¨", "\u20d7": "→", "\u030c": "ˇ", "\u0301": "´", "\u0300": "`"}  # fmt: skip


def _low(one: Element) -> bool:
    return _value(one, "barPr", "pos", default="bot") != "top"


_MAKERS: dict[str, Callable[[Element], Math]] = {
    "f": lambda one: ["frac", _part(one, "num"), _part(one, "den")],
    "sSup": _script, "sSub": _script, "sSubSup": _script, "sPre": _script,
    "rad": _root, "d": _fence, "nary": _big, "m": _table, "eqArr": _table,
    "func": lambda one: ["call", _part(one, "fName"), _part(one, "e")],
    "acc": _over, "bar": _over, "groupChr": _over,
    "limLow": lambda one: ["over", _part(one, "e"), _part(one, "lim"), True],
    "limUpp": lambda one: ["over", _part(one, "e"), _part(one, "lim"), False],
}  # fmt: skip


def _group(one: Math | None) -> str:
    said = _words(one) if one else ""
    return said if len(said) <= 1 or said.isalnum() else f"({said})"


def _words(one: Math) -> str:
    return _SAYERS[one[0]](one)


def _row_words(one: Math) -> str:
    return "".join(map(_words, one[1]))


def _table_words(one: Math) -> str:
    return "[" + "; ".join(", ".join(map(_words, row)) for row in one[1]) + "]"


_SAYERS: dict[str, Callable[[Math], str]] = {
    "t": lambda one: str(one[1]),
    "row": _row_words,
    "frac": lambda one: f"{_group(one[1])}/{_group(one[2])}",
    "script": lambda one: f"{_group(one[1])}{_tail('_', one[2])}{_tail('^', one[3])}",
    "root": lambda one: f"{_group(one[2])}√{_group(one[1])}",
    "fence": lambda one: f"{one[1]}{one[3].join(map(_words, one[4]))}{one[2]}",
    "big": lambda one: f"{one[1]}{_tail('_', one[2])}{_tail('^', one[3])}{_words(one[4])}",
    "table": _table_words,
    "over": lambda one: f"{_group(one[1])}{_tail('_' if one[3] else '^', one[2])}",
    "call": lambda one: f"{_words(one[1])} {_group(one[2])}",
}


def _tail(sign: str, one: Math | None) -> str:
    return f"{sign}{_group(one)}" if one else ""


def mathml(text: str, *, display: bool) -> str:
    """A stored formula as MathML."""
    look = ' display="block"' if display else ""
    return f"<math{look}>{_ml(of(text))}</math>"


def _ml(one: Math | None) -> str:
    return "<mrow></mrow>" if one is None else _WRITERS[one[0]](one)


def _ml_root(one: Math) -> str:
    if one[2] is None:
        return f"<msqrt>{_ml(one[1])}</msqrt>"
    return f"<mroot>{_ml(one[1])}{_ml(one[2])}</mroot>"


def _ml_fence(one: Math) -> str:
    inner = _ml_sign(one[3]).join(map(_ml, one[4]))
    return f"<mrow>{_ml_sign(one[1])}{inner}{_ml_sign(one[2])}</mrow>"


def _ml_table(one: Math) -> str:
    rows = "".join(
        f"<mtr>{''.join(f'<mtd>{_ml(cell)}</mtd>' for cell in row)}</mtr>" for row in one[1]
    )
    return f"<mtable>{rows}</mtable>"


def _ml_over(one: Math) -> str:
    name = "munder" if one[3] else "mover"
    return f"<{name}>{_ml(one[1])}{_ml(one[2])}</{name}>"


def _ml_scripts(one: Math) -> str:
    big = one[0] == "big"
    base = _ml_sign(one[1]) if big else _ml(one[1])
    below, above = one[2], one[3]
    if below is not None and above is not None:
        name = "munderover" if big else "msubsup"
        made = f"<{name}>{base}{_ml(below)}{_ml(above)}</{name}>"
    elif below is not None:
        made = f"<{'munder' if big else 'msub'}>{base}{_ml(below)}</{'munder' if big else 'msub'}>"
    elif above is not None:
        made = f"<{'mover' if big else 'msup'}>{base}{_ml(above)}</{'mover' if big else 'msup'}>"
    else:
        made = base
    return f"<mrow>{made}{_ml(one[4])}</mrow>" if big else made


def _ml_sign(sign: str) -> str:
    return f"<mo>{escape(sign)}</mo>" if sign else ""


def _ml_words(text: str) -> str:
    """Letters and digits as names and numbers, every other sign as a sign of reckoning."""
    out: list[str] = []
    run = ""
    for char in [*text, ""]:
        if run and (not char or _sort(char) != _sort(run[-1])):
            name = _sort(run[-1])
            out.append(f"<{name}>{escape(run)}</{name}>")
            run = ""
        if char and not char.isspace():
            if _sort(char) == "mo":
                out.append(f"<mo>{escape(char)}</mo>")
            else:
                run += char
    return out[0] if len(out) == 1 else f"<mrow>{''.join(out)}</mrow>"


def _sort(char: str) -> str:
    if char.isdigit() or char == ".":
        return "mn"
    return "mi" if char.isalpha() else "mo"


_WRITERS: dict[str, Callable[[Math], str]] = {
    "t": lambda one: _ml_words(str(one[1])),
    "row": lambda one: f"<mrow>{''.join(map(_ml, one[1]))}</mrow>",
    "frac": lambda one: f"<mfrac>{_ml(one[1])}{_ml(one[2])}</mfrac>",
    "script": _ml_scripts,
    "root": _ml_root,
    "fence": _ml_fence,
    "big": _ml_scripts,
    "table": _ml_table,
    "over": _ml_over,
    "call": lambda one: f"<mrow>{_ml(one[1])}<mo>\u2061</mo>{_ml(one[2])}</mrow>",
}
