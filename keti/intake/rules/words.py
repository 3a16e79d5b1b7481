"""Instants in words, in both languages. Pure."""

from datetime import datetime, tzinfo

from keti.kernel.acts import Text
from keti.kernel.templatetags.keti_dates import deadline_text


def deadline(at: datetime, zone: tzinfo) -> Text:
    """A deadline as people say it: the end of a day reads 24:00 of that day."""
    return Text(deadline_text(at, zone, "zh-hans"), deadline_text(at, zone, "en"))
