"""The numbers of outgoing papers, X〔year〕N号."""

from django.db import transaction

from keti.documents.models import PaperSeries
from keti.documents.rules.numbering import paper_number
from keti.kernel.transactions import hold
from keti.programmes.models import Programme


@transaction.atomic
def next_number(programme: Programme, *, year: int, prefix: str = "") -> str:
    """The next paper number of the series, X〔year〕N号, counted without gaps from where the
    charter lets it begin in the year it was brought in, else from 1."""
    prefix = prefix or programme.number_prefix
    PaperSeries.objects.get_or_create(programme=programme, prefix=prefix, year=year)
    series = hold(PaperSeries.objects.all()).get(programme=programme, prefix=prefix, year=year)
    first = programme.first_numbers.get(str(year), {}).get(prefix, 1)
    series.last = max(series.last + 1, first)
    series.save(update_fields=["last"])
    return paper_number(prefix, year, series.last)
