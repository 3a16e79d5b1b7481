"""A report as one HTML file that needs nothing else: no script, no network, prints well."""

from html import escape
from pathlib import Path

from .bulk import bulk
from .headings import annex_label, chapter_label, labelled
from .html import Writer
from .nodes import Node
from .paper import Lang, Paper, stage_line
from .parted import Parted, parted
from .pictures import inside
from .qr import qr_svg
from .tree import flush, trees
from .typed import shown
from .words import WORDS

_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
_CODES = {"zh-hans": "zh-Hans", "en": "en"}


def to_page(paper: Paper) -> str:
    """The paper as a whole HTML5 page, to be saved, mailed or printed."""
    read = parted(paper, trees)
    body, chapters = read.body, read.chapters
    parts = [_head(paper), *_summaries(paper, read)]
    bound = bulk(paper)
    if paper.chapters and bound != "short":
        parts.append(_contents(paper))
    if body:
        writer = Writer("b", 2, inside)
        inner = writer.page(_numbered(body, paper, 0))
        parts.append(f'<div class="body">{inner}</div>')
    parts += [_chapter(paper, place, blocks) for place, blocks in enumerate(chapters, start=1)]
    parts += [*_annexes(paper, read), _roll(paper, read), _imprint(paper)]
    title, code = _text(paper.title), _CODES[paper.lang]
    return (
        f'<!DOCTYPE html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<main class="{bound}">\n{"".join(parts)}\n</main>\n</body>\n</html>\n'
    )


def _text(raw: str) -> str:
    return escape(shown(raw))


def _numbered(blocks: list[Node], paper: Paper, under: int) -> list[Node]:
    """Headings with their number in the words."""
    out: list[Node] = []
    for old, block in zip(blocks, labelled(blocks, paper.lang, under=under), strict=True):
        if block[0] == "h":
            label = f"{block[2]} " if block[2].isascii() and block[2] else block[2]
            block = ["h", block[1], old[2], [["s", label], *block[3]]]
        out.append(block)
    return out


def _head(paper: Paper) -> str:
    say = WORDS[paper.lang]
    demo = f'<p><span class="demo">{say["demo"]}</span></p>' if paper.demo else ""
    named = "　".join(_text(one) for one in (paper.issuer, paper.classification) if one)
    line = f"<span>{named}</span><span>{_text(paper.number)}</span>"
    under = [one for one in (stage_line(paper), paper.subtitle) if one]
    subtitle = "".join(f"<p>{_text(one)}</p>" for one in under)
    stand = f'<p class="quiet">{_text(paper.conclusion)}</p>' if paper.conclusion else ""
    rows = "".join(
        f'<tr><th scope="row">{_text(label)}</th><td>{_text(value)}</td></tr>'
        for label, value in paper.facts
    )
    facts = f'<div class="table"><table class="facts"><tbody>{rows}</tbody></table></div>'
    return (
        f'<header>{demo}<p class="quiet line">{line}</p><h1>{_text(paper.title)}</h1>'
        f'{subtitle}{stand}<p class="quiet head">{_text(paper.date)}</p>'
        f"{facts if rows else ''}</header>"
    )


def _titles(paper: Paper) -> list[str]:
    titles: list[str] = []
    for place, chapter in enumerate(paper.chapters, start=1):
        label = chapter_label(chapter.title, place, paper.lang)
        titles.append(_text(f"{label}　{chapter.title}" if label else chapter.title))
    return titles


def _contents(paper: Paper) -> str:
    say = WORDS[paper.lang]["contents"]
    items = "".join(
        f'<li><a href="#chapter-{place}">{title}</a></li>'
        for place, title in enumerate(_titles(paper), start=1)
    )
    return f'<nav aria-label="{say}"><p class="quiet">{say}</p><ol>{items}</ol></nav>'


def _chapter(paper: Paper, place: int, blocks: list[Node]) -> str:
    say, chapter = WORDS[paper.lang], paper.chapters[place - 1]
    authors = _text(say["sep"].join(chapter.authors))
    by = f'<p class="quiet">{say["authors"]}{authors}</p>' if authors else ""
    inner = Writer(f"c{place}", 2, inside).page(_numbered(blocks, paper, place))
    title = _titles(paper)[place - 1]
    top = f'<section id="chapter-{place}"><h2>{title}</h2>{by}'
    return f'{top}<div class="body">{inner}</div></section>'


def _summaries(paper: Paper, read: Parted) -> list[str]:
    """Summary, and title and summary in the other language, marked as being in it."""
    other: Lang = "zh-hans" if paper.lang == "en" else "en"
    found = (
        (paper.lang, "", read.summary, "s"),
        (other, paper.other_title, read.other, "o"),
    )
    out = []
    for lang, title, blocks, mark in found:
        if blocks:
            named = f"<p><strong>{_text(title)}</strong></p>" if title else ""
            inner = Writer(mark, 2, inside).page(flush(blocks, lang))
            head = f'<section lang="{_CODES[lang]}"><h2>{WORDS[lang]["summary"]}</h2>{named}'
            out.append(f'{head}<div class="body">{inner}</div></section>')
    return out


def _annexes(paper: Paper, read: Parted) -> list[str]:
    out = []
    for place, (annex, blocks) in enumerate(zip(paper.annexes, read.annexes, strict=True), 1):
        label = annex_label(place, len(paper.annexes), paper.lang)
        inner = Writer(f"a{place}", 2, inside).page(_numbered(blocks, paper, 1))
        head = f'<section id="annex-{place}"><h2>{label}　{_text(annex.title)}</h2>'
        out.append(f'{head}<div class="body">{inner}</div></section>')
    return out


def _roll(paper: Paper, read: Parted) -> str:
    if not paper.roll:
        return ""
    groups = ""
    for place, (group, table) in enumerate(zip(paper.roll, read.tables, strict=True), 1):
        lines = "".join(f"<li>{_text(entry)}</li>" for entry in group.entries)
        inner = (
            Writer(f"r{place}", 3, inside).page(table)
            if table
            else f"<ul class='roll'>{lines}</ul>"
        )
        groups += f"<h3>{_text(group.title)}</h3>{inner}"
    return f"<section><h2>{WORDS[paper.lang]['roll']}</h2>{groups}</section>"


def _imprint(paper: Paper) -> str:
    say = WORDS[paper.lang]
    lines = [line for line in (paper.signatory or paper.issuer, paper.date) if line]
    sign = "<br>".join(_text(line) for line in lines)
    rows = "".join(
        f'<tr><th scope="row">{_text(label)}</th><td>{_text(value)}</td></tr>'
        for label, value in paper.colophon
    )
    told = f'<div class="table"><table class="facts"><tbody>{rows}</tbody></table></div>'
    note = f'<p class="quiet">{say["demo_note"]}</p>' if paper.demo else ""
    check = (
        f'<p class="quiet">{say["checkpoint"]}</p><pre>{_text(paper.checkpoint)}</pre>'
        if paper.checkpoint.strip()
        else ""
    )
    code = qr_svg(paper.qr) if paper.qr else ""
    return f'<footer><p class="sign">{sign}</p>{told if rows else ""}{note}{check}{code}</footer>'
