"""Reading the XML of an office file with a real parser that knows no DTD and no entities."""

import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from keti.kernel.acts import Text

Look = Callable[[dict[str, str]], None]
MOST_ELEMENTS = 5_000_000
LONGEST_TOKEN = 4 << 20
LOCKED = "documents.file-locked"
MACROS, EMBEDDED, REMOTE, ODD, DAMAGED = (
    "documents.file-has-macros",
    "documents.file-has-embedded",
    "documents.file-has-remote-parts",
    "documents.file-archive-unsafe",
    "documents.file-damaged",
)
_LINKS = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink",
    }
)
_BARRED_RELATIONS = {
    **dict.fromkeys(
        ("vbaproject", "wordvbadata", "attachedtoolbars", "xlmacrosheet", "xlintlmacrosheet"),
        MACROS,
    ),
    **dict.fromkeys(
        ("oleobject", "control", "activexcontrolbinary", "afchunk", "activex"), EMBEDDED
    ),
    **dict.fromkeys(("subdocument", "frame", "webextension", "webextensiontaskpanes"), REMOTE),
}
_BARRED_TYPES = {
    "macro": MACROS,
    "vba": MACROS,
    "activex": EMBEDDED,
    "oleobject": EMBEDDED,
    "text/html": EMBEDDED,
    "application/xhtml": EMBEDDED,
    "message/rfc822": EMBEDDED,
    "application/rtf": EMBEDDED,
    "text/rtf": EMBEDDED,
    "webextension": REMOTE,
}
_BARRED_ELEMENTS = {
    "altChunk": EMBEDDED,
    "subDoc": REMOTE,
    "ddeLink": REMOTE,
    "dde-source": REMOTE,
    "dde-link": REMOTE,
    "floating-frame": REMOTE,
    "applet": EMBEDDED,
    "plugin": EMBEDDED,
    "webPr": REMOTE,
    "script": MACROS,
    "event-listener": MACROS,
}
FETCHING = frozenset(
    {
        "DDE",
        "DDEAUTO",
        "INCLUDE",
        "INCLUDEPICTURE",
        "INCLUDETEXT",
        "IMPORT",
        "LINK",
        "RD",
        "DATABASE",
    }
)
_COMPUTING = re.compile(
    r"\b(?:WEBSERVICE|RTD|IMAGE|IMPORTDATA|CALL|REGISTER(?:\.ID)?|EXEC)\s*\(|^\s*[=+]?\w+\|",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20\u00a0\u200b-\u200f\ufeff]")
_OWN_TEMPLATE = re.compile(
    r"(?:(?:file:/{1,3})?[a-z]:[\\/]|file:///(?=(?:users|applications|library)/))"
    r"(?:[^\\/:?*%\x00-\x1f]|%(?!5c|2f|25|3a|[01][0-9a-f])[0-9a-f]{2})+(?:[\\/][^\\/:?*\x00-\x1f]+)*",
    re.IGNORECASE,
)
"""The template a document was begun from, the workbook a chart was pasted from, on the disk of
whoever wrote it: opening the document looks for it on the reader's own disk and nowhere else."""
_HARMLESS = ("http:", "https:", "mailto:")
WHAT = {
    "attachedtemplate": Text("外部模板", "an outside template"),
    "image": Text("链接的图片", "a linked picture"),
    "hyperlink": Text("指向文件或程序的链接", "a link to a file or a program"),
    "field": Text("从外部取内容的域", "a field that fetches content"),
    "formula": Text("从外部取内容的公式", "a formula that fetches content"),
}
OTHER = Text("外部引用", "an outside reference")


class Found(Exception):
    """Something in the markup that is not taken: the code, and what it is in words."""

    def __init__(self, code: str, what: Text = OTHER) -> None:
        super().__init__(code)
        self.code = code
        self.what = what


class Watcher:
    """Reads one XML part as it unpacks and raises `Found` at the first thing that is not taken."""

    def __init__(self) -> None:
        self.root = ""
        self._fed = 0
        self._elements = 0
        self._known: dict[str, Look | None] = {}
        self._text: list[str] | None = None
        self._fields: list[list[str]] = []
        self._loose: list[str] = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.EntityDeclHandler = _no_doctype
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser = parser

    def feed(self, chunk: bytes) -> None:
        """Read on. Whatever is not well-formed is damaged; a word of megabytes is no markup."""
        self._parse(chunk, last=False)
        self._fed += len(chunk)
        if self._fed - max(self._parser.CurrentByteIndex, 0) > LONGEST_TOKEN:
            raise Found(ODD)

    def close(self) -> None:
        """The part is at its end."""
        self._parse(b"", last=True)
        _judge_field("".join(self._loose))

    def _parse(self, chunk: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(chunk, last)
        except (expat.ExpatError, ValueError, LookupError) as broken:
            raise Found(DAMAGED) from broken

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise Found(ODD)
        known = self._known
        look = known[name] if name in known else self._learn(name)
        if look is not None:
            look(attributes)

    def _learn(self, name: str) -> "Look | None":
        """What to do about elements of this name, found out once: a sheet has millions of them."""
        space, _, local = name.rpartition(" ")
        self.root = self.root or local
        look = self._known[name] = self._look(local, space)
        return look

    def _look(self, local: str, space: str) -> "Look | None":
        if code := _BARRED_ELEMENTS.get(local):
            return _refuser(code)
        if local in ("instrText", "delInstrText") or (local == "f" and "sheet" in space):
            return self._listen
        if local == "fldChar":
            return self._turn
        if local in _PICTURES:
            return _picture if "opendocument" not in space else _both
        if "opendocument" in space:
            return _LOOKS.get(local) or (_anchor if local == "a" else _linked)
        return _LOOKS.get(local)

    def _listen(self, _attributes: dict[str, str]) -> None:
        self._text = []
        self._parser.CharacterDataHandler = self._text.append

    def _end(self, name: str) -> None:
        if self._text is None:
            return
        said = "".join(self._text)
        self._text = None
        self._parser.CharacterDataHandler = None
        if name.endswith(" f"):
            _judge_formula(said)
        elif self._fields:
            self._fields[-1].append(said)
        else:
            self._loose.append(said)

    def _turn(self, attributes: dict[str, str]) -> None:
        """A field begins, shows its result, or ends. Its first word is what it does."""
        kind = _value(attributes, "fldchartype").lower()
        if kind == "begin":
            if self._fields and not "".join(self._fields[-1]).strip():
                raise Found(REMOTE, WHAT["field"])  # what it does is itself computed
            self._fields.append([])
        elif self._fields:
            _judge_field("".join(self._fields[-1]))
            if kind == "end":
                self._fields.pop()


def _no_doctype(*_said: object) -> None:
    raise Found(ODD)


def _value(attributes: Mapping[str, str], wanted: str) -> str:
    """An attribute by its local name in any namespace and any case."""
    for name, value in attributes.items():
        if name.rpartition(" ")[2].lower() == wanted:
            return value
    return ""


def _judge_field(instruction: str) -> None:
    words = instruction.split(None, 1)
    if words and words[0].strip("\"'").upper() in FETCHING:
        raise Found(REMOTE, WHAT["field"])


def _judge_formula(formula: str) -> None:
    if _COMPUTING.search(formula):
        raise Found(REMOTE, WHAT["formula"])


def _simple_field(attributes: dict[str, str]) -> None:
    _judge_field(_value(attributes, "instr"))


def _content_type(attributes: dict[str, str]) -> None:
    said = _value(attributes, "contenttype").lower()
    for word, code in _BARRED_TYPES.items():
        if word in said:
            raise Found(code)


def _connection(attributes: dict[str, str]) -> None:
    if _value(attributes, "refreshonload") in ("1", "true"):
        raise Found(REMOTE)


def _object(attributes: dict[str, str]) -> None:
    if _value(attributes, "type").lower() == "link":
        raise Found(REMOTE)


def _click(attributes: dict[str, str]) -> None:
    if _value(attributes, "action").lower().startswith(("ppaction://program", "ppaction://macro")):
        raise Found(MACROS)


def _relation(attributes: dict[str, str]) -> None:
    """One relation of a part: what it is, and whether it leads out of the file."""
    said = attributes.get("Type", "")
    kind = said.rstrip("/").rpartition("/")[2].lower()
    modes = [v for n, v in attributes.items() if n.rpartition(" ")[2].lower() == "targetmode"]
    targets = [v for n, v in attributes.items() if n.rpartition(" ")[2].lower() == "target"]
    if kind == "oleobject" and targets and all(map(_OWN_TEMPLATE.fullmatch, targets)):
        return  # a chart pasted with a link to its workbook; a linked object says LINK besides
    if code := _BARRED_RELATIONS.get(kind):
        raise Found(code)
    outside = any(mode.strip().lower() != "internal" for mode in modes)
    for target in targets or [""]:
        if target == "NULL" or not (outside or leads_out(target)):
            continue
        if kind == "attachedtemplate" and _OWN_TEMPLATE.fullmatch(target):
            continue
        if said not in _LINKS or not _is_harmless(target):
            raise Found(REMOTE, WHAT.get(kind, OTHER))


def leads_out(target: str) -> bool:
    """An address with a scheme, or one of another computer."""
    bare = _BLANK.sub("", target)
    return bool(_SCHEME.match(bare)) or bare.startswith(("\\\\", "//", "\\/", "/\\"))


def _is_harmless(target: str) -> bool:
    bare = _BLANK.sub("", target).lower()
    return bare.startswith(_HARMLESS) if leads_out(target) else not bare.startswith("\\")


_PICTURES = frozenset({"imagedata", "fill", "stroke", "image", "img", "use", "feImage"})
_XLINK = "http://www.w3.org/1999/xlink href"


def _manifest(attributes: dict[str, str]) -> None:
    said = _value(attributes, "media-type").lower()
    if any(word in said for word in ("vnd.sun.star.basic", "ms-vba", "javascript", "oleobject")):
        raise Found(MACROS)


def _locked(_attributes: dict[str, str]) -> None:
    raise Found(LOCKED)


def _refuser(code: str) -> Look:
    def refuse(_attributes: dict[str, str]) -> None:
        raise Found(code)

    return refuse


def _picture(attributes: dict[str, str]) -> None:
    """A picture named by its address."""
    for name in ("src", "href", _XLINK):
        if _fetched(attributes.get(name, "")):
            raise Found(REMOTE, WHAT["image"])


def _linked(attributes: dict[str, str]) -> None:
    """Whatever OpenDocument takes from elsewhere lies in the same file."""
    if _leaves(attributes.get(_XLINK, "")):
        raise Found(REMOTE)


def _anchor(attributes: dict[str, str]) -> None:
    if not _is_harmless(attributes.get(_XLINK, "")):
        raise Found(REMOTE, WHAT["hyperlink"])


def _both(attributes: dict[str, str]) -> None:
    _picture(attributes)
    _linked(attributes)


def _fetched(address: str) -> bool:
    return leads_out(address) and not _BLANK.sub("", address).lower().startswith("data:")


def _leaves(address: str) -> bool:
    bare = _BLANK.sub("", address)
    return leads_out(address) or bare.startswith(("/", "\\", ".."))


_LOOKS: dict[str, Look] = {
    "Relationship": _relation,
    "fldSimple": _simple_field,
    "Default": _content_type,
    "Override": _content_type,
    "file-entry": _manifest,
    "encryption-data": _locked,
    "connection": _connection,
    "OLEObject": _object,
    "hlinkClick": _click,
    "hlinkHover": _click,
    "hlinkMouseOver": _click,
}
