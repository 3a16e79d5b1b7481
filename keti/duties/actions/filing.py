"""Meeting a duty by a file, by a text, or by a file that is read into its text; their pictures."""

from django.db import transaction

from keti.documents.actions import keep_picture_once, require_pictures
from keti.documents.models import StoredFile
from keti.documents.rules.doc1.typed_in import settled, signed
from keti.documents.rules.pictures import Picture
from keti.duties import permissions
from keti.duties.actions.numbering import give_number, numbered
from keti.duties.actions.owing import meet
from keti.duties.models import Filing, Obligation
from keti.duties.rules import MOST_LINES, FiledText, digest, summary_of
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold
from keti.ledger import actions as ledger


@transaction.atomic
def hand_in_file(
    act: Act,
    *,
    obligation: Obligation,
    file: StoredFile | None,
    lines: list[str],
    text: FiledText | None = None,
) -> Filing:
    """Meet a duty by a file with up to three lines of summary; the original is kept. A Word file
    comes with its `text`; a work that is handed in as a file may be a text alone.

    Refuses a report: its file carries the parts and the plan that the charter demands
    (`reports.hand_in_by_file`); a document that is none or whose pictures nobody keeps.

    Taken back by: withdraw_filing (it is owed again, late where its day is past).
    """
    duty = hold(Obligation.objects.all()).select_related("programme").get(pk=obligation.pk)
    programme = duty.programme
    if entry := ledger.repeated(act, "duties.filing.handed-in", programme=programme):
        return Filing.objects.get(public_id=entry.subject_id)
    permissions.may_do(act, duty).or_refuse()
    if duty.form == "report":
        raise Refused("duties.report-has-parts", title=duty.title)
    said = _settled(act, duty, text or FiledText())
    if file is None and not (said and duty.form == "file"):
        raise Refused("duties.file-needed")
    kept = [line.strip() for line in lines if line.strip()][:MOST_LINES] or summary_of(said.words)
    if not kept:
        raise Refused("duties.summary-needed")
    filing = Filing.objects.create(
        programme=programme,
        obligation=duty,
        file=file,
        text=said.words if said else None,
        doc=said.doc or None,
        left=[list(one) for one in said.left] or None,
        lines=kept,
        by_label=act.by.label,
        happened_at=act.happened_at,
        recorded_at=act.recorded_at,
    )
    met = meet(act, obligation=duty, with_=filing.subject())
    number = give_number(act, duty) if duty.form == "file" else None
    ledger.record(
        act,
        "duties.filing.handed-in",
        programme=programme,
        about=filing.subject(),
        facts={
            "key": duty.key,
            "file": file.sha256 if file else "",
            **({"text": digest(said.words), "doc": digest(said.doc)} if said else {}),
            "lines": kept,
            "counts": met.met_at,
            **numbered(number),
        },
    )
    return filing


def _settled(act: Act, duty: Obligation, text: FiledText) -> FiledText:
    """As it is stored: words to the letter, remarks under the name of who makes them."""
    words, doc = settled(text.words, text.doc)
    if doc:
        doc = signed(doc, text.read, act.by.label, act.recorded_at)
        require_pictures(duty.programme, [doc])
    return FiledText(words if words.strip() else "", doc, text.left)


@transaction.atomic
def keep_picture(act: Act, *, obligation: Obligation, picture: Picture) -> StoredFile:
    """Keep a cleaned picture for a text under work; one this person put into the programme before
    is the one that is kept.

    Refuses whoever may not do the duty, and what is beyond a quota. Leaves no line in the ledger:
    what shows it is said by the text that is handed in.
    """
    permissions.may_do(act, obligation).or_refuse()
    return keep_picture_once(act, obligation.programme, picture)
