"""Remarks in a draft: who says one and when is written by the house, not by a browser. Pure."""

from dataclasses import replace
from datetime import datetime

from keti.documents.rules.doc1.schema import read, write
from keti.reports.rules.content import Content


def signed(content: Content, stored: Content, by: str, at: datetime) -> Content:
    """The content, each remark that is not in the `stored` one as it stands said `by` this person
    at this moment; one whose words were changed too."""
    docs = {
        key: _signed(text, stored.docs.get(key, ""), by, at) for key, text in content.docs.items()
    }
    return replace(content, docs=docs)


def _signed(text: str, stored: str, by: str, at: datetime) -> str:
    doc = read(text)
    if not doc["comments"]:
        return text
    known = read(stored)["comments"] if stored else {}
    said = {}
    for name, one in doc["comments"].items():
        held = known.get(name)
        same = held is not None and held["words"] == one["words"]
        fresh = {"by": by, "at": at.isoformat(timespec="seconds"), "words": one["words"]}
        said[name] = held if same else fresh
    return write(doc | {"comments": said})
