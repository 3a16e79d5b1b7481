"""A Word file (docx, or WPS's of the same form) read into lines and into `doc/1`. Pure.

Names are told apart by their last part, so strict and transitional files read alike. A tracked
change is read into the document as one, and into lines as accepted.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from .doc1.schema import write
from .reading import NOTE, Read, ReadLine
from .streams import Stream
from .word.reader import Word, read_word

_MARK = re.compile("\ue000([a-z]+)\ue001")


def read_docx(file: Stream, name: str, marks: Mapping[str, str]) -> Read:
    """The document, and its lines. `marks` are the words that stand in lines for what is no text,
    by kind: picture, chart, formula, footnote, object; and `cut` for what is too long.

    Refuses what `read_word` refuses.
    """
    return as_read(read_word(file, name), marks)


def as_read(found: Word, marks: Mapping[str, str]) -> Read:
    """What was read, what is no text named in the words of one language."""

    def say(words: str) -> str:
        return _MARK.sub(lambda mark: marks.get(mark[1], ""), words)

    lines = [
        replace(one, words=say(one.words), cells=tuple(map(say, one.cells))) for one in found.lines
    ]
    if found.cut:
        lines.append(ReadLine(NOTE, marks.get("cut", "")))
    left = tuple(sorted((kind, n) for kind, n in found.left.items() if n))
    return Read(tuple(lines), 0, left, write(found.doc))
