"""Lists, each declared once: shown a page at a time, sorted, searched, narrowed, saved as a file.

No view outside this room pages or writes a sheet of a list: it declares its columns and choices,
says which rows the seat may see, and asks for `show` and `save`.
"""

from keti.lists.doors.asking import Asked
from keti.lists.doors.declaring import (
    LISTS,
    Choice,
    Column,
    Deed,
    Listing,
    Options,
    Row,
    Rows,
    Searched,
    declared,
    deeds_of,
    offers,
)
from keti.lists.doors.saving import save
from keti.lists.doors.saying import spoken
from keti.lists.doors.showing import Shown, filters, paged, show
from keti.lists.doors.usual import (
    GROUP_NAMES,
    by_code,
    by_group,
    groups_among,
    holder,
    holders,
    in_turn,
    once,
    recorded,
)

__all__ = [
    "GROUP_NAMES",
    "LISTS",
    "Asked",
    "Choice",
    "Column",
    "Deed",
    "Listing",
    "Options",
    "Row",
    "Rows",
    "Searched",
    "Shown",
    "by_code",
    "by_group",
    "declared",
    "deeds_of",
    "filters",
    "groups_among",
    "holder",
    "holders",
    "in_turn",
    "offers",
    "once",
    "paged",
    "recorded",
    "save",
    "show",
    "spoken",
]
