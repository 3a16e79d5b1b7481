"""A value of a list as one text."""

from datetime import tzinfo

from keti.kernel.fingerprints import short
from keti.kernel.templatetags.keti_dates import deadline_text, when_text
from keti.lists.rules import Count, Due, Label, Moment, Print, Value, tagged

NOTHING = "—"


def spoken(value: Value, zone: tzinfo, lang: str) -> str:
    """The value as one text, for a sheet that is printed or a line that names a row."""
    if isinstance(value, Moment):
        said = when_text(value.at, zone, lang) if value.at else ""
        return tagged(said, value.tags) if said else NOTHING
    if isinstance(value, Due):
        return deadline_text(value.at, zone, lang) if value.at else NOTHING
    if isinstance(value, Print):
        return short(value.sha) or NOTHING
    if isinstance(value, Count):
        return NOTHING if value.n is None else str(value.n)
    note = f" {value.note}" if isinstance(value, Label) and value.note else ""
    return tagged(f"{value.text}{note}", value.tags) or NOTHING
