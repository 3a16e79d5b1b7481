"""A text with a document (`doc/1`) beside it, as two boxes of a form: the editor writes both, and
where no script runs the document comes back as it was shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.safestring import SafeString, mark_safe

from keti.documents.rules.html import carried_html
from keti.documents.rules.typed import shown
from keti.kernel.refusals import Refused, sentence

LONGEST_DOC = 4_000_000


def doc_field(words: str, doc: str = "") -> forms.CharField:
    """The box of the document that stands beside the box called `words`."""
    attrs = {"hidden": True, "data-doc-of": words, "rows": 1}
    return forms.CharField(
        required=False,
        strip=False,
        max_length=LONGEST_DOC,
        initial=doc,
        widget=forms.Textarea(attrs=attrs),
    )


def lines_only_in_editor(words: forms.Field) -> None:
    """The words of a document are not typed into a box that holds lines only; their length is that
    of the document."""
    words.validators = [one for one in words.validators if not isinstance(one, MaxLengthValidator)]
    words.widget.attrs |= {"readonly": True}
    words.widget.attrs.pop("maxlength", None)


def without_its_document(
    data: Mapping[str, Any], name: str, held: tuple[str, str], typed: str, lang: str
) -> str:
    """Why words that came without the document `name` beside them are refused: they would take away
    the one that is `held` (its words, itself). "" where they do not."""
    words, doc = held
    if name in data or not doc or shown(typed).strip() == words.strip():
        return ""
    return sentence("documents.needs-editor", {}, lang)


def carried(docs: Iterable[str]) -> list[tuple[str, SafeString]]:
    """The charts and formulas of documents that stand in an editor, by name, as a page shows them;
    nothing of a document that is none."""
    found: dict[str, str] = {}
    for text in docs:
        try:
            found |= carried_html(text) if text else {}
        except Refused:
            continue
    return [(name, mark_safe(page)) for name, page in found.items()]
