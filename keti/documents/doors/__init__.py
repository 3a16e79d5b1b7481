from keti.documents.doors.made import make, sweep_made
from keti.documents.doors.papers import paper_file
from keti.documents.doors.receiving import give_out, give_picture, held, tell_limit
from keti.documents.doors.sheets import sheet

__all__ = [
    "give_out",
    "give_picture",
    "held",
    "make",
    "paper_file",
    "sheet",
    "sweep_made",
    "tell_limit",
]
