"""How far a letter reached as a picture: a tile for each of the 34 provincial divisions. Pure.

It is told by how far a tile is filled and by its figures, not by colour alone.
"""

from html import escape

from keti.letters.rules import divisions

Reached = dict[str, tuple[int, int, int]]
SIDE, GAP = 64, 6
WORDS = {
    "zh": (
        "覆盖情况：每格一个省级区划，数字为已送达的区划数和全部区划数",
        "{name}：{all} 个区划中已寄出 {out} 个，已送达 {here} 个",
    ),
    "en": (
        "Coverage: a tile for each provincial division; its figures are the divisions reached and"
        " all divisions",
        "{name}: of {all} divisions sent to {out}, arrived in {here}",
    ),
}


def within(province: str, found: dict[str, tuple[int, int, int]]) -> tuple[int, int, int]:
    """How many of the divisions of a province, itself among them, are reached: all of them, those
    to which something went out, those where something arrived."""
    own = [code for code in found if code[:2] == province[:2]]
    return (
        len(own),
        sum(found[code][1] > 0 for code in own),
        sum(found[code][2] > 0 for code in own),
    )


def picture(found: Reached, lang: str) -> str:
    """The picture as SVG that stands in a page as it is."""
    title, told = WORDS["en" if lang.startswith("en") else "zh"]
    wide = (max(at[0] for at in divisions.TILES.values()) + 1) * (SIDE + GAP) - GAP
    high = (max(at[1] for at in divisions.TILES.values()) + 1) * (SIDE + GAP) - GAP
    tiles = "".join(_tile(code, within(code, found), lang, told) for code in divisions.PROVINCES)
    return (
        f'<svg class="tiles" role="img" viewBox="0 0 {wide} {high}"'
        f' xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>{tiles}</svg>'
    )


def _tile(code: str, counts: tuple[int, int, int], lang: str, told: str) -> str:
    every, out, here = counts
    column, row = divisions.TILES[code[:2]]
    x, y = column * (SIDE + GAP), row * (SIDE + GAP)
    name = divisions.short(code, lang)
    words = told.format(name=name, all=every, out=out, here=here)
    low = SIDE * here / every
    mid = SIDE * out / every
    size = 17 if len(name) <= 3 else 10 if len(name) <= 9 else 8
    return (
        f"<g><title>{escape(words)}</title>"
        f'<rect class="tile-box" x="{x}" y="{y}" width="{SIDE}" height="{SIDE}"/>'
        f'<rect class="tile-out" x="{x}" y="{y + SIDE - mid:.1f}" width="{SIDE}"'
        f' height="{mid:.1f}"/>'
        f'<rect class="tile-here" x="{x}" y="{y + SIDE - low:.1f}" width="{SIDE}"'
        f' height="{low:.1f}"/>'
        f'<text class="tile-name" x="{x + SIDE / 2}" y="{y + 26}" font-size="{size}">'
        f"{escape(name)}</text>"
        f'<text class="tile-count" x="{x + SIDE / 2}" y="{y + 48}" font-size="16">'
        f"{here}/{every}</text></g>"
    )
