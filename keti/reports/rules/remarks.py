"""Remarks in a draft: who says one and when is written by the house, not by a browser. Pure."""

from dataclasses import replace
from datetime import datetime

from keti.documents.rules.doc1 import typed_in
from keti.reports.rules.content import Content


def signed(content: Content, stored: Content, by: str, at: datetime) -> Content:
    """The content, each remark that is not in the `stored` one as it stands said `by` this person
    at this moment; one whose words were changed too."""
    docs = {
        key: typed_in.signed(text, stored.docs.get(key, ""), by, at)
        for key, text in content.docs.items()
    }
    return replace(content, docs=docs)
