"""Texts of this room in the old dialect (`md/1`)."""

from collections.abc import Iterator

from keti.documents.rules.written import MARKED, form_of
from keti.reports.models import Version


def old_texts() -> Iterator[str]:
    """What stands in frozen versions in the old dialect."""
    for rows in Version.objects.values_list("sections", flat=True).iterator():
        yield from (str(one["text"]) for one in rows if form_of(one) == MARKED)
