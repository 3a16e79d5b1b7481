"""The numbers of outgoing papers, X〔year〕N号, or in the form the charter says."""

from django.db import transaction
from django.db.models import QuerySet

from keti.documents.models import PaperSeries
from keti.documents.rules.numbering import counted_as, paper_number
from keti.kernel.prepared import prepared
from keti.kernel.transactions import hold
from keti.programmes.models import Programme


@transaction.atomic
def next_number(
    programme: Programme, *, year: int, prefix: str = "", series: str = "", form: str = ""
) -> str:
    """The next number of a series, from where the charter lets it begin in the year it was brought
    in, else from 1.

    A series is the office's, not the programme's: two programmes with the same letters count on in
    one row, and no number is given twice. Only demo programmes count for themselves.
    """
    return next_numbers(programme, year=year, prefix=prefix, series=series, form=form)[0]


@transaction.atomic
def next_numbers(
    programme: Programme, *, year: int, count: int = 1, prefix: str = "", series: str = "",
    form: str = "",
) -> list[str]:  # fmt: skip
    """So many numbers of a series on end, as `next_number` gives them one by one."""
    prefix = prefix or programme.number_prefix
    words = counted_as(form, prefix=prefix, series=series)
    owner = programme if programme.is_demo else None
    row = _held(owner, words, year)
    if row is None:
        PaperSeries.objects.get_or_create(programme=owner, prefix=words, year=year)
        row = _held(owner, words, year)
    assert row is not None
    first = programme.first_numbers.get(str(year), {}).get(f"{prefix}{series}", 1)
    begin = max(row.last + 1, first)
    row.last = begin + count - 1
    row.save(update_fields=["last"])
    numbers = range(begin, begin + count)
    return [paper_number(form, year, n, prefix=prefix, series=series) for n in numbers]


def _held(owner: Programme | None, words: str, year: int) -> PaperSeries | None:
    """The row of a series, held; None where nothing was numbered in it yet."""

    def read(words: str, year: int, *owners: int) -> QuerySet[PaperSeries]:
        found = PaperSeries.objects.filter(prefix=words, year=year)
        whose = {"programme__in": owners} if owners else {"programme": None}
        return hold(found.filter(**whose))

    owners = [owner.pk] if owner else []
    return next(iter(prepared(("documents.series", bool(owner)), read, words, year, *owners)), None)
