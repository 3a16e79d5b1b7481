"""Keeping files and giving papers their numbers. Other rooms' acts call these and record them."""

from keti.documents.actions.aside import Held, drop_aside, laid_aside, set_aside
from keti.documents.actions.keeping import (
    Upload,
    examined,
    keep_produced,
    keep_upload,
    nothing_left_behind,
)
from keti.documents.actions.modes import mend_modes, open_to_others
from keti.documents.actions.numbering import next_number, next_numbers
from keti.documents.actions.pictures import keep_picture_once, require_pictures
from keti.documents.actions.places import folder, path_of, read
from keti.documents.actions.reading import keep_old
from keti.documents.actions.sweeping import Swept, missing, orphans, sweep, sweep_hourly

__all__ = [
    "Held",
    "Swept",
    "Upload",
    "drop_aside",
    "examined",
    "folder",
    "keep_old",
    "keep_picture_once",
    "keep_produced",
    "keep_upload",
    "laid_aside",
    "mend_modes",
    "missing",
    "next_number",
    "next_numbers",
    "nothing_left_behind",
    "open_to_others",
    "orphans",
    "path_of",
    "read",
    "require_pictures",
    "set_aside",
    "sweep",
    "sweep_hourly",
]
