"""What a rich text file (RTF) carries beside its text: objects, and whatever fetches when opened.

Control words are looked for in every byte; the instruction of a field is put together from its
pieces, however it is spelled.
"""

import re

from keti.kernel.refusals import Refused

from .markup import EMBEDDED, FETCHING, REMOTE, WHAT, Found
from .streams import Stream, windows
from .zips import unsafe

LONGEST_FIELD = 1 << 14
MOST_OF_FIELDS = 8 << 20
"""How much of a file is read as instructions of fields: a text of thousands has less. One of
nothing but beginnings of fields would be read for minutes."""
_ALONE = rb"(?<!\\)(?:\\\\)*\\"
_OBJECT = re.compile(_ALONE + rb"(?:obj|oleclsid)", re.IGNORECASE)
_REMOTE = re.compile(
    _ALONE + rb"(?:template|mmconnect|mmodso|mmdatasource|mmquery|subdocument|filetbl)"
    rb"|(?:pib|blip)\w{0,20}name\W[^a-z]{0,40}sv[^}]{0,40}?(?:[a-z]{2,}:|\\\\\\\\|//)",
    re.IGNORECASE,
)
_FIELD = re.compile(_ALONE + rb"fldinst", re.IGNORECASE)
_PIECE = re.compile(
    rb"\\'(?P<byte>[0-9a-f]{2})|\\u(?P<code>-?\d{1,6}) ?\??|\\(?P<word>[a-z]{1,32})-?\d{0,10} ?"
    rb"|\\(?P<sign>[^a-z])|(?P<turn>[{}])|(?P<said>[^\\{}\r\n]+)",
    re.IGNORECASE,
)


def refuse_active_rtf(file: Stream, name: str) -> None:
    """Refuse objects, outside templates and pictures, fields that fetch."""
    try:
        left = MOST_OF_FIELDS
        for _at, window in windows(file, LONGEST_FIELD):
            left = _judge(window, name, left)
    except Found as found:
        raise Refused(found.code, name=name, what=found.what) from None


def _judge(window: bytes, name: str, left: int) -> int:
    """Refuse what is found here; returns how much of fields may still be read."""
    if _OBJECT.search(window):
        raise Found(EMBEDDED)
    if _REMOTE.search(window):
        raise Found(REMOTE)
    for field in _FIELD.finditer(window):
        said, length = _instruction(window[field.end() : field.end() + LONGEST_FIELD])
        left -= length
        if left < 0:
            raise unsafe(name)
        words = said.split(None, 1)
        if words and words[0].strip("\"'").upper() in FETCHING:
            raise Found(REMOTE, WHAT["field"])
    return left


def _instruction(text: bytes) -> tuple[str, int]:
    """What the field says up to the end of its group, put together from its pieces, and how much
    was read for it."""
    said: list[str] = []
    depth = end = 0
    for piece in _PIECE.finditer(text):
        turn, end = piece["turn"], piece.end()
        depth += {b"{": 1, b"}": -1}.get(turn, 0) if turn else 0
        if depth < 0:
            break
        if piece["word"] and piece["word"].lower() == b"field" and not any(map(str.strip, said)):
            raise Found(REMOTE, WHAT["field"])  # what it does is itself computed
        if piece["byte"]:
            said.append(chr(int(piece["byte"], 16)))
        elif piece["code"]:
            said.append(chr(int(piece["code"]) % 0x10000))
        elif piece["said"]:
            said.append(piece["said"].decode("latin-1"))
    return "".join(said), end
