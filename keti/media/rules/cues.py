"""Cues of subtitles, read from WebVTT and SubRip and written again. Pure.

A cue is never dropped: what cannot be read refuses the whole file and names its line. Marks of
style go, the words stay; who speaks (`<v Name>`) stands before the words.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from keti.kernel.refusals import Refused

MOST_BYTES = 2 << 20
MOST_CUES = 5000
MOST_SIGNS = 1000
LAST = 100 * 3600 * 1000
"""No cue reaches beyond hundred hours."""
_TIME = re.compile(r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})")
_ARROW = re.compile(r"^\s*(\S+)\s+-->\s+(\S+)(.*)$")
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]+)>")
_STYLE = re.compile(
    r"</?(?:b|i|u|s|c|v|lang|ruby|rt|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\an?\d\}", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_BLOCKS = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from when to when, in milliseconds."""

    start: int
    end: int
    text: str

    @property
    def lines(self) -> list[str]:
        """Its lines."""
        return self.text.split("\n")


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, else GB 18030. Refuses what is no text."""
    if len(data) > MOST_BYTES:
        raise Refused("media.file-too-long", most=MOST_BYTES >> 20)
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for code in ["utf-16"] if wide else ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused("media.no-text")


def read(text: str) -> list[Cue]:
    """The cues of a WebVTT or SubRip text, by their start. Refuses by its line what is none."""
    if len(text.encode("utf-8", "surrogatepass")) > 2 * MOST_BYTES:
        raise Refused("media.file-too-long", most=MOST_BYTES >> 20)
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    vtt = bool(lines) and re.match(r"WEBVTT(?:[ \t]|$)", lines[0]) is not None
    found: list[Cue] = []
    for number, block in _blocks(lines):
        if vtt and (number == 1 or re.match(rf"(?:{'|'.join(_BLOCKS)})(?:[ \t]|$)", block[0])):
            if any("-->" in line for line in block):
                raise Refused("media.cue-without-a-blank-line", line=number)
            continue
        found.append(_cue(number, block, vtt))
        if len(found) > MOST_CUES:
            raise Refused("media.too-many-cues", most=MOST_CUES)
    if not found:
        raise Refused("media.no-cues")
    return ordered(found)


def _blocks(lines: Sequence[str]) -> Iterable[tuple[int, list[str]]]:
    block: list[str] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []
    if block:
        yield len(lines) + 1 - len(block), block


def _cue(number: int, block: list[str], vtt: bool) -> Cue:
    at = next((row for row, line in enumerate(block[:2]) if "-->" in line), None)
    if at is None:
        raise Refused("media.no-times", line=number, text=block[0].strip()[:40])
    match = _ARROW.match(block[at])
    start, end = (_moment(match[1]), _moment(match[2])) if match else (None, None)
    if start is None or end is None:
        raise Refused("media.times-unread", line=number + at, text=block[at].strip()[:40])
    if any("-->" in line for line in block[at + 1 :]):
        raise Refused("media.cue-without-a-blank-line", line=number)
    words = "\n".join(block[at + 1 :])
    return checked(Cue(start, end, plain(words, entities=vtt)), number + at)


def checked(cue: Cue, line: int) -> Cue:
    """The cue, if it can be one: refuses an end that is not after the start, and too many words."""
    if not 0 <= cue.start < cue.end <= LAST:
        raise Refused("media.ends-before-it-starts", line=line)
    if len(cue.text) > MOST_SIGNS:
        raise Refused("media.cue-too-long", line=line, most=MOST_SIGNS)
    if not cue.text:
        raise Refused("media.cue-empty", line=line)
    return cue


def plain(words: str, *, entities: bool) -> str:
    """The words without marks of style and control characters, their lines kept."""
    said = _STYLE.sub("", _VOICE.sub(r"\1：", words))
    if entities:
        said = html.unescape(said)
    said = _CONTROL.sub("", said).replace("-->", "—>")
    lines = (" ".join(line.split()) for line in said.split("\n"))
    return "\n".join(line for line in lines if line)


def _moment(word: str) -> int | None:
    found = _TIME.fullmatch(word)
    if found is None:
        return None
    hours, minutes, seconds, rest = found.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(rest.ljust(3, "0"))


def ordered(cues: Iterable[Cue]) -> list[Cue]:
    """By start, then by end; those of one moment stay as they came."""
    return sorted(cues, key=lambda one: (one.start, one.end))


def clock(moment: int, mark: str = ".") -> str:
    """A moment as both forms write it; they differ in the mark before the milliseconds."""
    seconds, rest = divmod(moment, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}{rest:03d}"


def to_vtt(cues: Iterable[Cue]) -> str:
    """The cues as WebVTT."""
    parts = ["WEBVTT\n"]
    for number, one in enumerate(cues, start=1):
        words = html.escape(one.text, quote=False)
        parts.append(f"{number}\n{clock(one.start)} --> {clock(one.end)}\n{words}\n")
    return "\n".join(parts)


def to_srt(cues: Iterable[Cue]) -> str:
    """The cues as SubRip."""
    parts = []
    for number, one in enumerate(cues, start=1):
        times = f"{clock(one.start, ',')} --> {clock(one.end, ',')}"
        parts.append(f"{number}\n{times}\n{one.text}\n")
    return "\n".join(parts)


WRITERS = {"vtt": to_vtt, "srt": to_srt}


def shifted(cues: Sequence[Cue], by: int, first: int = 1) -> list[Cue]:
    """Every cue from the one of number `first` on, moved by so many milliseconds.

    Refuses what would move one before the beginning or past the end: none is cut or lost.
    """
    if not 1 <= first <= len(cues):
        raise Refused("media.no-such-cue", count=len(cues)).at("first")
    moved = [
        replace(one, start=one.start + by, end=one.end + by) if number >= first else one
        for number, one in enumerate(cues, start=1)
    ]
    if any(one.start < 0 or one.end > LAST for one in moved):
        earliest = clock(min(one.start for one in cues[first - 1 :]))
        raise Refused("media.shifted-away", earliest=earliest).at("seconds")
    return ordered(moved)


def packed(cues: Iterable[Cue]) -> list[list[object]]:
    """The cues as rows that a table keeps."""
    return [[one.start, one.end, one.text] for one in cues]


def unpacked(rows: Iterable[Sequence[object]]) -> list[Cue]:
    """Kept rows as cues."""
    return [Cue(int(str(row[0])), int(str(row[1])), str(row[2])) for row in rows]
