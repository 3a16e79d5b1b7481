"""Signs that are letters of a font: what Symbol and the Wingdings show, as the signs everybody
has. Pure."""

from collections import Counter

_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL = {
    **{0x41 + at: sign for at, sign in enumerate(_GREEK)},
    **{0x61 + at: sign for at, sign in enumerate(_SMALL)},
    **{0x20 + at: sign for at, sign in enumerate(" !∀#∃%&∋()∗+,−./0123456789:;<=>?≅")},
    **{0x5B + at: sign for at, sign in enumerate("[∴]⊥_‾")},
    **{0x7B + at: sign for at, sign in enumerate("{|}∼")},
    **{0xA0 + at: sign for at, sign in enumerate("€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓")},
    **{0xB0 + at: sign for at, sign in enumerate("°±″≥×∝∂•÷≠≡≈…⏐⎯↵")},
    **{0xC0 + at: sign for at, sign in enumerate("ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉")},
    **{0xD0 + at: sign for at, sign in enumerate("∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓")},
    **{0xE0 + at: sign for at, sign in enumerate("◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪")},
    **{0xF1 + at: sign for at, sign in enumerate("〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭")},
}
_WINGDINGS = {
    0x20: " ", 0x21: "✏", 0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x2D: "📫", 0x36: "⌛",
    0x3F: "✍", 0x41: "✌", 0x43: "👍", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺",
    0x4C: "☹", 0x51: "✈", 0x52: "☼", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□",
    0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: "⌧", 0x9E: "•", 0x9F: "•",
    0xA0: "•", 0xA1: "○", 0xA2: "○", 0xA4: "◎", 0xA7: "▪", 0xA8: "□", 0xAA: "✦", 0xAB: "★",
    0xB2: "✧", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "←",
    0xE8: "➔", 0xE9: "↑", 0xEA: "↓", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + at: sign for at, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "⊗", 0x56: "⊗",
    0x97: "●", 0x98: "•", 0xA2: "■", 0xA3: "□", 0xA4: "□", 0x2A: "□",
    **{0x69 + at: sign for at, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x74 + at: sign for at, sign in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_3 = {0x75: "▼", 0x70: "▲", 0x71: "▼", 0x74: "◀", 0x7D: "▶", 0x84: "◀", 0x86: "▶"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2,
          "wingdings 3": _WINGDINGS_3}  # fmt: skip
UNKNOWN = "□"
_PRIVATE, _PRIVATE_END = 0xE000, 0xF8FF


def sign(font: str, code: str, left: Counter[str]) -> str:
    """The sign that a font shows for a letter in hexadecimal; □ for one nobody knows, told in
    `left`."""
    try:
        at = int(code, 16)
    except ValueError:
        at = -1
    return of_font(font, at, left)


def of_font(font: str, at: int, left: Counter[str]) -> str:
    """The sign that a font shows for the letter of this number."""
    letters = _FONTS.get(font.strip().lower())
    low = at - 0xF000 if 0xF000 <= at <= 0xF0FF else at
    if letters is None and not _PRIVATE <= at <= _PRIVATE_END and 0x20 <= at <= 0x10FFFF:
        return chr(at)
    found = (letters or _WINGDINGS).get(low)
    if found is None:
        left["symbol"] += 1
        return UNKNOWN
    return found


def read(font: str, words: str, left: Counter[str]) -> str:
    """Words written in such a font, as the signs they show; in other fonts they stay, and so do
    ordinary letters that the font has no sign for."""
    letters = _FONTS.get(font.strip().lower())
    if letters is None:
        return words
    return "".join(
        of_font(font, ord(one), left)
        if 0xF000 <= ord(one) <= 0xF0FF
        else letters.get(ord(one), one)
        for one in words
    )
