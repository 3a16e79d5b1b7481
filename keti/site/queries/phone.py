"""What the phone page brings along: last month's plan, the task book that waits."""

from keti.charter.queries import compiled
from keti.charter.rules.numbers import receipts, usual_format
from keti.documents.rules.numbering import paper_number
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.ledger.models import Entry
from keti.programmes.models import Programme
from keti.reports.models import Report
from keti.reports.queries import version_before
from keti.work.models import TaskBook
from keti.work.queries import book_of


def plan_before(duty: Obligation) -> list[str]:
    """The plan of the group's newest report of this kind before this one, item by item."""
    newest = version_before(duty)
    if newest is None:
        return []
    lines = [str(item.get("title", "")) for item in newest.plan]
    if not any(lines) and len(newest.lines) == 3:
        lines = [str(newest.lines[2])]
    return [line for line in lines if line]


def task_book_of(duty: Obligation) -> TaskBook | None:
    """The issued task book whose acceptance this duty is."""
    found = TaskBook.objects.with_names().live().filter(acceptance=duty).first()
    return found or (book_of(duty.seat) if duty.seat else None)


def returned_for(duty: Obligation) -> str:
    """Why what was handed in for it was returned; "" where it was not."""
    if duty.state != DutyState.RETURNED:
        return ""
    reasons = Report.objects.filter(obligation=duty).values_list("reason", flat=True)
    return next(iter(reasons), "")


def receipt_number(programme: Programme, entry: Entry) -> str:
    """The number of a receipt: of the series of receipts, counted by the lines of the record."""
    year = programme.local(entry.recorded_at).year
    langs = compiled(programme).langs
    word, form = receipts(langs)[1], usual_format(langs)
    return paper_number(form, year, entry.seq, prefix=programme.number_prefix, series=word)
