"""The references of a draft: added from what is pasted, mended, taken out."""

from dataclasses import dataclass

from django.db import transaction

from keti.documents.rules.refs.item import AUTHORS, EDITORS, checked, full, same_as, year_of
from keti.documents.rules.refs.item import Reference as Held
from keti.documents.rules.refs.pasted import numbered, read_pasted
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold
from keti.reports import permissions, queries
from keti.reports.actions.drafts import locked
from keti.reports.models import Reference, Report

MOST = 1000


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a text of references: the new ones, and how many stood in the list already."""

    new: list[Reference]
    known: int


@transaction.atomic
def add_references(act: Act, *, report: Report, text: str) -> Added:
    """Put the references of a pasted text (BibTeX, RIS, CSL-JSON, lines of GB/T 7714) into the
    draft's list; what stands there already is not put twice, so a text sent again adds nothing.
    What could not be read of one is kept as it was typed, and said.

    Refuses an empty text, more than a list holds, everybody who does not write the draft, and a
    draft that is handed in. Leaves no line in the ledger: what is said is said by the version
    frozen at submission.

    Taken back by: remove_reference.
    """
    report = locked(report)
    permissions.may_edit(act, report).or_refuse()
    found = read_pasted(text)
    if not found:
        raise Refused("reports.no-reference-typed")
    standing = list(Reference.objects.filter(report=report))
    known = {same_as(one.item) or one.typed for one in standing}
    new: list[Held] = []
    for one in numbered(found, {one.key for one in standing}):
        name = same_as(one.item) or one.typed
        if name not in known:
            known.add(name)
            new.append(one)
    if len(standing) + len(new) > MOST:
        raise Refused("reports.too-many-references", most=MOST)
    rows = [_row(report, one) for one in new]
    for row in rows:
        row.save(force_insert=True)
    return Added(rows, len(found) - len(rows))


def _row(report: Report, one: Held) -> Reference:
    row = Reference(programme=report.programme, report=report, key=one.key, typed=one.typed)
    _say(row, one)
    return row


def _say(row: Reference, one: Held) -> None:
    """What is known of a reference, and the words it is found by."""
    row.item, row.unread = dict(one.item), one.unread
    row.title = str(one.item.get("title", "")) or one.typed[:500]
    row.who = "、".join(full(name) for name in one.item.get(AUTHORS) or one.item.get(EDITORS, []))
    row.year = year_of(one.item)[:10]


@transaction.atomic
def mend_reference(act: Act, *, reference: Reference, held: Held, before: str) -> Reference:
    """Say otherwise what is known of a reference: the key by which the text cites it stays. What
    was typed stays as it was; nothing of it is unread any more.

    Refuses a reference without a title, one that somebody else mended since (`before` is the hash
    of what this change was made from), everybody who does not write the draft, and a draft that is
    handed in. Leaves no line in the ledger, as `add_references`.

    Taken back by: mend_reference.
    """
    report = locked(reference.report)
    permissions.may_edit(act, report).or_refuse()
    row = _standing(reference)
    item = checked(held.item)
    if not item.get("title"):
        raise Refused("reports.reference-needs-title")
    if row.item == item and not row.unread:
        return row
    if before != queries.print_of(row):
        raise Refused("reports.reference-changed")
    _say(row, Held(row.key, item, row.typed))
    row.save()
    return row


@transaction.atomic
def remove_reference(act: Act, *, reference: Reference) -> Report:
    """Take a reference out of the draft's list; sent again it changes nothing. Where the text still
    cites it, the page says so. Versions that were handed in keep it.

    Refuses everybody who does not write the draft, and a draft that is handed in. Leaves no line
    in the ledger, as `add_references`.

    Taken back by: add_references.
    """
    report = locked(reference.report)
    permissions.may_edit(act, report).or_refuse()
    Reference.objects.filter(pk=reference.pk).delete()
    return report


def _standing(reference: Reference) -> Reference:
    """The row as it stands now. Refuses one that was taken out meanwhile."""
    row = hold(Reference.objects.all()).filter(pk=reference.pk).first()
    if row is None:
        raise Refused("reports.reference-gone")
    row.report = reference.report
    return row
