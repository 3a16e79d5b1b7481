"""The numbers of papers: the programme's prefix, the series word of the charter, year and number
(docs/decisions, 0041)."""

from collections.abc import Iterable
from datetime import datetime

from keti.charter.queries import compiled
from keti.documents.actions import next_numbers
from keti.duties.models import NumberedPaper, Obligation
from keti.kernel.acts import Act
from keti.programmes.models import Programme

LONGEST = 30


def number_for(programme: Programme, duty: Obligation | None, at: datetime) -> str:
    """The next number of the series that the charter names for what this duty produces; of the
    prefix alone where it names none, or where no duty stands behind the paper."""
    series, form = _series(programme, duty)
    return numbers_of(programme, series, programme.local(at).year, form=form)[0]


def numbers_of(
    programme: Programme, series: str, year: int, *, count: int = 1, form: str | None = None
) -> list[str]:
    """The next numbers of a series, in the form the programme numbers its papers in unless the
    paper has one of its own: the only way a paper comes to its number."""
    form = compiled(programme).number_format if form is None else form
    prefix = programme.number_prefix or ("" if series else _cut(programme.label))
    return next_numbers(
        programme, year=year, count=count, prefix=prefix, series=series[:LONGEST], form=form
    )


def give_number(
    act: Act, duty: Obligation, says: Iterable[dict[str, object]] = ()
) -> NumberedPaper | None:
    """What this duty produces gets its number, once, and with it what the paper says for ever; None
    where the charter names no series for it. The duty is held by the act that calls."""
    if not _series(duty.programme, duty)[0]:
        return None
    given = NumberedPaper.objects.filter(obligation=duty).first()
    return given or NumberedPaper.objects.create(
        programme=duty.programme,
        obligation=duty,
        number=number_for(duty.programme, duty, act.happened_at),
        says=list(says),
        by_label=act.by.label,
        at=act.happened_at,
        recorded_at=act.recorded_at,
    )


def numbered(paper: NumberedPaper | None) -> dict[str, object]:
    """What the line of an act says of the number it gave."""
    return {"number": paper.number} if paper else {}


def _cut(label: str) -> str:
    """The beginning of a name that stands where a prefix would, at the end of a word."""
    if len(label) <= LONGEST:
        return label
    head = label[: LONGEST + 1]
    return head.rpartition(" ")[0] if " " in head else label[:LONGEST]


def _series(programme: Programme, duty: Obligation | None) -> tuple[str, str]:
    """The series word of what this duty produces, and the form of its numbers."""
    charter = compiled(programme)
    work = None
    if duty is not None and duty.from_charter:
        work = next((one for one in charter.works if one.key == duty.kind), None)
    if work is None:
        return "", charter.number_format
    return work.series, work.number_format or charter.number_format
