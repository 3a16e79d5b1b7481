"""A sheet of reports, as it was sent."""

from typing import Any

from keti.documents.actions import examined
from keti.documents.rules.sheet import read_table
from keti.kernel.refusals import Refused
from keti.media.rules.press import Sheet, read_clippings

MOST_ROWS = 5000
KINDS = ("xlsx", "xls", "et", "csv")


def sheet_read(upload: Any) -> Sheet:
    """Its reports, and what is wrong with its rows; refuses what is no sheet."""
    kind = examined(upload, upload.name).sniffed.safe_name.rpartition(".")[2].lower()
    if kind not in KINDS:
        raise Refused("media.no-sheet").at("file")
    upload.seek(0)
    return read_clippings(read_table(upload.read(), kind, max_rows=MOST_ROWS).rows)
