"""The numbers of outgoing papers, X〔year〕N号, or in the form the charter says."""

from django.db import transaction
from django.db.models import QuerySet

from keti.documents.models import PaperSeries
from keti.documents.rules.numbering import ENGLISH, alike, counted_as, is_given, paper_number
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
    """So many numbers of a series, as `next_number` gives them one by one; what may stand on a
    paper of another series already, whose numbers can look the same, is left out."""
    prefix = prefix or programme.number_prefix
    words = counted_as(form, prefix=prefix, series=series)
    owner = programme if programme.is_demo else None
    row, others = _held(owner, words, year)
    if row is None:
        last = _begun_before(owner, form, prefix, series, year)
        PaperSeries.objects.get_or_create(
            programme=owner, prefix=words, year=year, defaults={"alike": alike(words), "last": last}
        )
        row, others = _held(owner, words, year)
    assert row is not None
    first = programme.first_numbers.get(str(year), {}).get(f"{prefix}{series}", 1)
    numbers: list[str] = []
    row.last = max(row.last, first - 1)
    while len(numbers) < count:
        row.last += 1
        number = paper_number(form, year, row.last, prefix=prefix, series=series)
        if not any(is_given(number, one.prefix, one.year, one.last) for one in others):
            numbers.append(number)
    row.save(update_fields=["last"])
    return numbers


def _held(
    owner: Programme | None, words: str, year: int
) -> tuple[PaperSeries | None, list[PaperSeries]]:
    """The row of a series, held, None where nothing was numbered in it yet; and the rows whose
    numbers can be the same word: those of other years and of other forms."""

    def read(shape: str, *owners: int) -> QuerySet[PaperSeries]:
        whose = {"programme__in": owners} if owners else {"programme": None}
        return hold(PaperSeries.objects.filter(alike=shape, **whose).order_by("pk"))

    owners = [owner.pk] if owner else []
    rows = prepared(("documents.series", bool(owner)), read, alike(words), *owners)
    mine = next((one for one in rows if (one.prefix, one.year) == (words, year)), None)
    return mine, [one for one in rows if one is not mine]


def _begun_before(owner: Programme | None, form: str, prefix: str, series: str, year: int) -> int:
    """The last number of a series that was counted while a row bore only its letters, whatever
    the places of its form; 0 where there was none."""
    bare = paper_number(form, "", "", prefix=prefix, series=series)
    words = f"{prefix}{series}" if form in ("", ENGLISH) else bare
    before = PaperSeries.objects.filter(programme=owner, prefix=words, year=year, alike="").first()
    return before.last if before else 0
