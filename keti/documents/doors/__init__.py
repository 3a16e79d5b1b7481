from keti.documents.doors.made import make, sweep_made
from keti.documents.doors.papers import paper_file

__all__ = ["make", "paper_file", "sweep_made"]
