"""Word files as they come from WPS, LibreOffice and officials' desks, made from their markup; each
with what stands in it, letter for letter. All words are invented."""
# ruff: noqa: E501

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
SPACES = " ".join(f'xmlns:{key}="{value}"' for key, value in _NAMES.items())
_OFFICE = _NAMES["r"]
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def png(colour: tuple[int, int, int] = (200, 30, 30), side: int = 8, extra: bytes = b"") -> bytes:
    """A square of one colour; `extra` is a chunk that a cleaned copy has not."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    rows = (b"\0" + bytes(colour) * side) * side
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    more = chunk(b"tEXt", b"Author\0" + extra) if extra else b""
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + more
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def packed(
    body: str,
    *,
    media: dict[str, bytes] | None = None,
    links: dict[str, str] | None = None,
    others: dict[str, tuple[str, str]] | None = None,
    **parts: str,
) -> bytes:
    """A Word file of this markup. `parts` are other parts of word/ by name, `media` pictures by
    relation id and ending ("rId7.png"), `links` addresses by relation id, `others` parts by file
    with the kind of their relation, whose id is the file's stem."""  # fmt: skip
    kinds = {"styles", "numbering", "footnotes", "endnotes", "comments"}
    files: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    }
    rels, types = [], []
    for name, inner in parts.items():
        if name in kinds:
            files[f"word/{name}.xml"] = f"<w:{name} {SPACES}>{inner}</w:{name}>"
            rels.append((f"rel{name}", name, f"{name}.xml", ""))
            types.append((f"/word/{name}.xml", f"{_MAIN}.{name}+xml"))
        else:
            files[f"word/charts/{name}.xml"] = inner
            rels.append((name, "chart", f"charts/{name}.xml", ""))
    for file, (kind, inner) in (others or {}).items():
        files[f"word/{file}"] = inner
        rels.append((file.rpartition("/")[2].partition(".")[0], kind, file, ""))
    for name, data in (media or {}).items():
        files[f"word/media/{name}"] = data
        rels.append((name.partition(".")[0], "image", f"media/{name}", ""))
    for ident, address in (links or {}).items():
        rels.append((ident, "hyperlink", address, ' TargetMode="External"'))
    files["word/_rels/document.xml.rels"] = _relations(rels)
    files["_rels/.rels"] = _relations([("rId1", "officeDocument", "word/document.xml", "")])
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
        '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/>'
        '<Default Extension="emf" ContentType="image/x-emf"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        + "".join(f'<Override PartName="{a}" ContentType="{b}"/>' for a, b in types)
        + "</Types>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            inner = files[name]
            head = "" if isinstance(inner, bytes) else '<?xml version="1.0" encoding="UTF-8"?>'
            archive.writestr(name, inner if isinstance(inner, bytes) else head + inner)
    return out.getvalue()


def _relations(rels: list[tuple[str, str, str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{ident}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
        for ident, kind, target, mode in rels
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{rows}</Relationships>'


def t(text: str, props: str = "") -> str:
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, props: str = "") -> str:
    """A paragraph; words are runs of their own, what begins with < is markup."""
    inner = "".join(one if one.startswith("<") else t(one) for one in runs)
    return f"<w:p><w:pPr>{props}</w:pPr>{inner}</w:p>"


def styled(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def style(ident: str, name: str, more: str = "", based: str = "") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/>{on}{more}</w:style>'


def cell(*paragraphs: str, props: str = "") -> str:
    inner = "".join(one if one.startswith("<") else p(one) for one in paragraphs) or "<w:p/>"
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, props: str = "") -> str:
    inner = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{props}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def drawn(ident: str, alt: str = "", wide: int = 60) -> str:
    """A picture in line, as Word and WPS write it."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{wide * 36000}" cy="360000"/>'
        f'<wp:docPr id="1" name="图片 1" descr="{alt}"/><a:graphic><a:graphicData uri="p">'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{ident}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def charted(name: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="c">'
        f'<c:chart r:id="{name}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def plotted(kind: str, labels: list[str], title: str = "", **series: list[str]) -> str:
    def points(values: list[str]) -> str:
        return "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(values) if v)

    rows = "".join(
        f"<c:ser><c:tx><c:strRef><c:strCache>{points([name])}</c:strCache></c:strRef></c:tx>"
        f"<c:cat><c:strRef><c:strCache>{points(labels)}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache>{points(values)}</c:numCache></c:numRef></c:val></c:ser>"
        for name, values in series.items()
    )
    said = (
        f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        if title
        else ""
    )
    return (
        f"<c:chartSpace {SPACES}><c:chart>{said}<c:plotArea><c:{kind}>{rows}</c:{kind}>"
        "</c:plotArea></c:chart></c:chartSpace>"
    )


def listed(*levels: tuple[str, str], number: int = 1) -> str:
    """A list with these forms and texts of its levels, as list number `number`."""
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    )


def at(level: int = 0, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def note(kind: str, ident: int, text: str) -> str:
    return f'<w:{kind} w:id="{ident}">{p("<w:r><w:footnoteRef/></w:r>", f" {text}")}</w:{kind}>'


def noted(ident: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{ident}"/></w:r>'


def math(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def mr(text: str) -> str:
    return f"<m:r><w:rPr><w:rFonts w:ascii='Cambria Math'/></w:rPr><m:t>{text}</m:t></m:r>"


WHO = 'w:author="审稿人（演示）" w:date="2022-05-06T07:08:00Z"'


@dataclass
class Sample:
    """One file: its bytes, its blocks as `told` says them, what stays in the original only."""

    name: str
    data: bytes
    blocks: list[Any]
    left: dict[str, int] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)


def told(blocks: list[dict[str, Any]]) -> list[Any]:
    """Blocks as a reader tells them: kind and words, tables cell by cell with their spans."""
    return [_told(block) for block in blocks]


def _told(block: dict[str, Any]) -> Any:
    kind = block["kind"]
    if kind == "table":
        rows = [[(c["rows"], c["cols"], told(c["blocks"])) for c in one] for one in block["rows"]]
        return ("table", block["head"], rows)
    if kind == "figure":
        return ("figure", block["file"], block["alt"], block["wide"])
    if kind == "chart":
        series = [(one["name"], one["values"]) for one in block["series"]]
        return ("chart", block["form"], block["title"], block["labels"], series)
    if kind == "formula":
        return ("formula", block["text"])
    level = {"heading": f"h{block.get('level')}", "item": f"i{block.get('level')}"}.get(kind, "p")
    return (level, *map(_said, block["runs"]))


def _said(run: dict[str, Any]) -> Any:
    if "note" in run:
        return ["note", *told(run["note"])]
    if "formula" in run:
        return ["formula", run["formula"]["text"]]
    if "left" in run:
        return ["left", run["left"]]
    if "words" not in run:
        return run
    more = [
        *run.get("marks", ()), *([run["link"]] if "link" in run else ()),
        *(f"+{run['ins']['by']}" for _one in [1] if "ins" in run),
        *(f"-{run['cut']['by']}" for _one in [1] if "cut" in run), *run.get("said", ()),
    ]  # fmt: skip
    return [run["words"], *more] if more else run["words"]
