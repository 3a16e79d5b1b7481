"""A report by a personal link: what its Word file says is shown, and where each heading goes,
before it is handed in. Pictures go along; who holds the link sees the words that stand for them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from keti.documents.actions import examined, keep_picture_once
from keti.documents.doors import readings
from keti.documents.rules.html import many_to_html
from keti.documents.rules.reading import Read
from keti.documents.rules.written import DOC, as_body
from keti.duties.models import Obligation
from keti.groups.doors import keep_pictures, left_in
from keti.groups.models import Seat
from keti.kernel.acts import Act
from keti.reports.doors import (
    documents,
    found_in,
    laid_as,
    laid_fields,
    loose_documents,
    moved_in,
    tracked_in,
)
from keti.reports.rules import Content, Handed, filled_in
from keti.site.forms import PhoneReportForm

LAY = "lay"
"""The button that puts the headings where they were sent to, and hands nothing in."""


def read_of(form: PhoneReportForm, lang: str) -> Read | None:
    """What the Word file of the form says; None of any other file, and of one that only a worker
    reads."""
    upload = form.upload()
    if upload is None or not readings.is_word(upload, str(upload.name)):
        return None
    read = readings.known(upload, str(upload.name), lang)
    return filled_in(read, form.spec) if read is not None and read.doc else None


def to_look_at(
    form: PhoneReportForm, read: Read, whose: tuple[list[Seat], date]
) -> QueryDict | None:
    """The fields of the form as the file fills them, where its sender has not seen them so; None
    where what is shown is what would be handed in."""
    said = {name: str(form.data[name]) for name in form.data}
    sha = _sha(form)
    if said.get("seen") != sha:
        fields = laid_fields(read, form.spec, whose, None, Content({}), {})
        fields |= _typed(said) if not said.get("seen") else {}
    elif LAY in said or laid_as(moved_in(read, form.spec, said)) != said.get("laid", ""):
        fields = laid_fields(read, form.spec, whose, said, Content({}), {})
    else:
        return None
    data = QueryDict(mutable=True)
    data.update(fields | {"key": said.get("key", ""), "seen": sha})
    return data


def _sha(form: PhoneReportForm) -> str:
    upload = form.upload()
    return examined(upload, str(upload.name)).sha256 if upload else ""


def _typed(said: Mapping[str, str]) -> dict[str, str]:
    """What was typed into the boxes before the file was read: it stands."""
    words = {name: text for name, text in said.items() if name[:1] == "s" and name[1:].isdigit()}
    kept = {name: text for name, text in words.items() if text.strip()}
    plan = {name: text for name, text in said.items() if name[:1] == "p" and name[1:2].isdigit()}
    return kept | (plan if any(text.strip() for text in plan.values()) else {})


def shown(form: PhoneReportForm, read: Read | None, lang: str) -> dict[str, Any]:
    """What the page shows of the file: its headings, each section as it will be read, what has no
    place yet, what stays in the original."""
    if read is None or not form["seen"].value():
        return {"laid": False}
    said = {name: str(form.data[name]) for name in form.data}
    found = found_in(read, form.spec, moved_in(read, form.spec, said))
    docs = documents(read, found, form.spec, said)
    previews = _previews(docs)
    loose = _previews(loose_documents(read, found, said) if form.apart else {})
    keys = [one.key for one in form.spec.sections]
    return {
        "laid": True,
        "heads": [
            (one.title, form[f"h{one.at}"]) for one in found.opened if f"h{one.at}" in form.heads
        ],
        "found_heads": len(found.opened),
        "parts": [
            (bound, previews.get(key, "")) for key, bound in zip(keys, form.sections(), strict=True)
        ],
        "loose": [
            (one["words"], one["to"], loose.get(f"r{number}", ""))
            for number, one in enumerate(form.loose())
        ],
        "left": left_in(read, lang),
        "tracked": tracked_in(docs.values()),
    }


def _previews(docs: Mapping[str, str]) -> dict[str, SafeString]:
    pages = many_to_html([as_body(one, DOC) for one in docs.values()], 3)
    return {key: mark_safe(page) for key, page in zip(docs, pages, strict=True)}


def handed(act: Act, duty: Obligation, form: PhoneReportForm, read: Read | None) -> Handed:
    """What is handed in: the words of the boxes, and the documents of the file, whose pictures are
    kept, where its words were left as they are."""
    if read is None:
        return form.handed()
    said = {name: str(form.data[name]) for name in form.data}
    found = found_in(read, form.spec, moved_in(read, form.spec, said))
    docs = documents(read, found, form.spec, said)
    bare = replace(act, key="")
    for doc in docs.values():
        keep_pictures(read, doc, lambda one: keep_picture_once(bare, duty.programme, one))
    return replace(form.handed(), docs=docs)
