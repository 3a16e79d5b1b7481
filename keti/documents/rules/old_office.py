"""What betrays an old binary office file (doc, xls, wps, et, dps) that is more than a document."""

import re
from typing import Any

from .markup import WHAT

Sign = tuple["re.Pattern[bytes]", str, dict[str, Any]]
NEW_FORM = {"xls": "xlsx", "wps": "docx", "et": "xlsx", "dps": "pptx"}
"""Programs write these in the old binary form or, under the same ending, in the new one."""


def _words(*words: str) -> "re.Pattern[bytes]":
    return re.compile(b"|".join(re.escape(word.encode("utf-16-le")) for word in words))


PACKED_LOCK = _words("EncryptedPackage")
_BOOK = _words("Workbook", "Book")
BODY = {"xls": _BOOK, "et": _BOOK, "dps": _words("PowerPoint Document")}
OLD_BODIES = {"doc": _words("WordDocument"), "xls": _BOOK, "ppt": _words("PowerPoint Document")}
"""By which stream a file of the old form is known for what it is."""
_FIELD = re.compile(rb"\x13\x00?[ \x00]*(?:D\x00?D\x00?E|I\x00?N\x00?C\x00?L\x00?U\x00?D\x00?E)")
_SHEET_OF_MACROS = re.compile(
    rb"\x09\x08\x10\x00\x00\x06\x40\x00|\x85\x00[\x08-\x80]\x00.{4}[\x00-\x02][\x01\x06]", re.DOTALL
)
_DDE = re.compile(
    rb"\xae\x01[\x04-\xff]\x00..[\x01-\xff]\x00[\x00\x01](?:[\x20-\xff]\x00?){1,60}\x03", re.DOTALL
)
_SHEET_LOCK = re.compile(rb"\x09\x08\x10\x00\x00\x06.{10,14}\x2f\x00[\x04-\xff]\x00", re.DOTALL)
_SLIDE_MACROS = re.compile(rb"\x02\x00\x00\x04\x0c\x00\x00\x00.{4}\x01\x00\x00\x00", re.DOTALL)
_SLIDE_OBJECT = re.compile(rb"[\x00\x10]\x00\x11\x10")
_EVERY: tuple[Sign, ...] = (
    (PACKED_LOCK, "file-locked", {}),
    (_words("_VBA_PROJECT", "Macros"), "file-has-macros", {}),
)
_OF_A_TEXT: tuple[Sign, ...] = (
    *_EVERY,
    (_words("Workbook", "PowerPoint"), "file-kind-mismatch", {"found": "xls/ppt"}),
    (_words("ObjectPool"), "file-has-embedded", {}),
    (_FIELD, "file-has-remote-parts", {"what": WHAT["field"]}),
)
_OF_A_SHEET: tuple[Sign, ...] = (
    *_EVERY,
    (_SHEET_LOCK, "file-locked", {}),
    (_words("PowerPoint", "WordDocument"), "file-kind-mismatch", {"found": "doc/ppt"}),
    (_SHEET_OF_MACROS, "file-has-macros", {}),
    (_words("MBD0"), "file-has-embedded", {}),
    (_DDE, "file-has-remote-parts", {"what": WHAT["formula"]}),
)
_OF_SLIDES: tuple[Sign, ...] = (
    *_EVERY,
    (_words("EncryptedSummary"), "file-locked", {}),
    (_words("Workbook", "WordDocument"), "file-kind-mismatch", {"found": "doc/xls"}),
    (_SLIDE_MACROS, "file-has-macros", {}),
    (_SLIDE_OBJECT, "file-has-embedded", {}),
)


def old_signs(kind: str) -> tuple[Sign, ...]:
    """What is looked for in a file of this kind, and the code it is refused with."""
    return {"xls": _OF_A_SHEET, "et": _OF_A_SHEET, "dps": _OF_SLIDES}.get(kind, _OF_A_TEXT)
